"""`swprof merge`: several profiles as one, whose shares are of all their time together."""
import json

import pytest

import schema
from commandline import assert_one_line

PROGRAM = """
import sys, time
def one(seconds):
    until = time.perf_counter() + seconds
    while time.perf_counter() < until: pass
def two(seconds):
    until = time.perf_counter() + seconds
    while time.perf_counter() < until: pass
one(float(sys.argv[1])); two(float(sys.argv[2]))
"""


@pytest.fixture(scope="module")
def profiles(swprof, python, tmp_path_factory):
    """Two runs of one program, and one of the first run's length on another clock."""
    folder = tmp_path_factory.mktemp("merged")
    (folder / "program.py").write_text(PROGRAM)
    for name, words, times in [("a", [], ["0.3", "0.1"]), ("b", [], ["0.1", "0.6"]), ("cpu", ["--clock", "cpu"], ["0.1", "0.1"]),
                               ("traced", ["-d", "evalframe"], ["0.05", "0.05"])]:
        result = swprof("run", "--python", python, *words, "-o", folder / f"{name}.pb.gz", folder / "program.py", *times)
        assert result.returncode == 0, result.stderr
    return folder


def report(swprof, path):
    return schema.check_run(schema.parse(swprof("report", "--json", path).stdout))


def share(findings, name):
    return next(function["self"] for function in findings["functions"] if function["name"] == name)


def test_shares_are_of_all_time_together(swprof, profiles):
    result = swprof("merge", profiles / "a.pb.gz", profiles / "b.pb.gz", "-o", profiles / "merged.pb.gz")
    assert (result.returncode, result.stdout, result.stderr) == (0, "", "")
    parts, merged = [report(swprof, profiles / f"{name}.pb.gz") for name in "ab"], report(swprof, profiles / "merged.pb.gz")
    assert merged["seconds"] == pytest.approx(sum(part["seconds"] for part in parts), abs=1e-6)
    time = sum(thread["seconds"] for part in parts for thread in part["threads"])
    for name in ("one", "two"):
        expected = sum(share(part, name)["share"] * sum(thread["seconds"] for thread in part["threads"]) for part in parts) / time
        found = share(merged, name)
        assert found["share"] == pytest.approx(expected, abs=0.01)
        # More ticks, and so a narrower interval than the wider one of the parts.
        assert 0 < found["high"] - found["low"] < max(share(part, name)["high"] - share(part, name)["low"] for part in parts)
    assert merged["ledger"]["due"] == sum(part["ledger"]["due"] for part in parts)
    assert [process["name"].rsplit("/", 1)[1] for process in merged["processes"]] == ["a.pb.gz", "b.pb.gz"]
    codes = {caveat["code"] for caveat in merged["caveats"]}
    assert "program-mismatch" in codes and "same-run-twice" not in codes


def test_calls_of_tracers_add_up(swprof, profiles):
    result = swprof("merge", profiles / "traced.pb.gz", profiles / "traced.pb.gz", "-o", profiles / "twice.pb.gz")
    assert result.returncode == 0, result.stderr
    once, twice = report(swprof, profiles / "traced.pb.gz"), report(swprof, profiles / "twice.pb.gz")
    calls = [{function["qualname"]: function["calls"] for function in findings["functions"]} for findings in (once, twice)]
    assert calls[1] == {name: 2 * count for name, count in calls[0].items()}
    # One run is no surer for being there twice.
    assert "same-run-twice" in {caveat["code"] for caveat in twice["caveats"]}


def test_other_tools_files_can_be_merged(swprof, tmp_path):
    (tmp_path / "a.collapsed").write_text("main;f 10\nmain;g 30\n")
    (tmp_path / "b.collapsed").write_text("main;f 60\n")
    assert swprof("merge", tmp_path / "a.collapsed", tmp_path / "b.collapsed", "-o", tmp_path / "c.collapsed").returncode == 0
    stacks = dict(line.rsplit(" ", 1) for line in (tmp_path / "c.collapsed").read_text().splitlines() if not line.startswith("#"))
    assert sorted(stacks.values()) == ["30", "70"], stacks


@pytest.mark.parametrize("words, wanted", [
    (["a.pb.gz"], "two or more"), (["a.pb.gz", "cpu.pb.gz"], "merge profiles of one clock"),
    (["a.pb.gz", "traced.pb.gz"], "merge profiles of one design"),
])
def test_what_cannot_be_added_is_refused(swprof, profiles, words, wanted):
    result = swprof("merge", *(profiles / word for word in words), "-o", profiles / "refused.pb.gz")
    assert_one_line(result, 2, wanted)
    assert not (profiles / "refused.pb.gz").exists()


def test_what_is_no_profile_or_tells_no_format_is_refused(swprof, profiles, tmp_path):
    assert_one_line(swprof("merge", profiles / "a.pb.gz", profiles / "program.py", "-o", tmp_path / "x.pb.gz"), 3, "program.py")
    assert_one_line(swprof("merge", profiles / "a.pb.gz", profiles / "b.pb.gz", "-o", tmp_path / "x.nothing"), 2, "--to")
    assert_one_line(swprof("merge", profiles / "a.pb.gz", profiles / "missing.pb.gz", "-o", tmp_path / "x.pb.gz"), 3, "missing")


def test_a_merged_profile_survives_a_round_trip(swprof, profiles, tmp_path):
    swprof("merge", profiles / "a.pb.gz", profiles / "b.pb.gz", "-o", tmp_path / "m.pb.gz")
    assert swprof("convert", tmp_path / "m.pb.gz", tmp_path / "n.pb.gz").returncode == 0
    first, second = (json.dumps(report(swprof, tmp_path / name)["functions"]) for name in ("m.pb.gz", "n.pb.gz"))
    assert first == second
