"""Profiles pass from one format to another and back with their figures."""
import gzip
import io
import json
import pstats
import re
import shutil
import subprocess

import pytest

import schema
from commandline import BUSY, DESIGNS, assert_one_line, clean_environment
from readers import reads


def findings(swprof, path, *words):
    result = swprof("report", "--json", path, *words)
    assert result.returncode == 0, result.stderr
    return schema.check_run(schema.parse(result.stdout))


def shares(findings):
    return {(function["name"], function["file"]): (function["self"]["share"], function["total"]["share"]) for function in findings["functions"]}


def convert(swprof, *words):
    """What is lost is said in one line, and what is not is not."""
    result = swprof("convert", *words)
    assert (result.returncode, result.stdout) == (0, "")
    assert result.stderr == "" or result.stderr.count("\n") == 1 and "do not hold" in result.stderr
    return result.stderr


def test_to_collapsed_stacks_and_back_keeps_the_shares(swprof, busy_profile, tmp_path):
    convert(swprof, busy_profile, tmp_path / "x.txt")
    convert(swprof, tmp_path / "x.txt", tmp_path / "back.pb.gz")
    before, after = shares(findings(swprof, busy_profile)), shares(findings(swprof, tmp_path / "back.pb.gz"))
    # The names of C functions stand beside the stacks, and are lost with what collapsed files cannot hold.
    assert {key for key in before if key[1] is not None} == after.keys()
    for key in after:
        assert after[key] == pytest.approx(before[key], abs=0.002)


@reads("the lines of flamegraph.pl", "collapsed")
def test_collapsed_stacks_are_what_flame_graph_tools_read(swprof, busy_profile, tmp_path):
    convert(swprof, busy_profile, tmp_path / "x.folded")
    lines = (tmp_path / "x.folded").read_text().splitlines()
    assert lines and all(re.fullmatch(r"[^;]+(;[^;]+)* \d+", line) for line in lines)
    assert any("work" in line.split(";")[-1] for line in lines)


@pytest.mark.parametrize("format", ["pprof", "otlp"])
def test_what_holds_everything_keeps_everything(swprof, busy_profile, tmp_path, format):
    assert convert(swprof, "--strict", "--to", format, busy_profile, tmp_path / "there") == ""
    assert convert(swprof, "--strict", tmp_path / "there", tmp_path / "back.pb.gz") == ""
    assert findings(swprof, busy_profile) == findings(swprof, tmp_path / "there") == findings(swprof, tmp_path / "back.pb.gz")


@pytest.mark.parametrize("ending", ["pb.gz", "otlp"])
@pytest.mark.parametrize("schedule", ["jittered", "poisson", "periodic"])
def test_what_pprof_has_no_field_for_survives(swprof, run, script, tmp_path, schedule, ending):
    path = tmp_path / f"x.{ending}"
    run("--schedule", schedule, "--clock", "cpu", "--rate", "700", "-o", path, script(BUSY), "argument")
    found = findings(swprof, path)
    assert [found[key] for key in ("schedule", "clock", "rate", "exit")] == [schedule, "cpu", 700, 0]
    assert found["program"][1:] == ["argument"]
    assert found["ledger"]["due"] > 0


def test_a_file_that_is_not_packed_is_read_too(swprof, busy_profile, tmp_path):
    (tmp_path / "x.pb").write_bytes(gzip.decompress(busy_profile.read_bytes()))
    assert findings(swprof, tmp_path / "x.pb") == findings(swprof, busy_profile)


def test_the_formats_may_be_named(swprof, busy_profile, tmp_path):
    convert(swprof, "--to", "collapsed", busy_profile, tmp_path / "plain")
    convert(swprof, "--from", "collapsed", "--to", "pprof", tmp_path / "plain", tmp_path / "back")
    assert (tmp_path / "back").read_bytes()[:2] == b"\x1f\x8b"


def test_the_content_tells_the_format_whatever_the_ending(swprof, busy_profile, tmp_path):
    shutil.copy(busy_profile, tmp_path / "x.unknown")
    assert findings(swprof, tmp_path / "x.unknown") == findings(swprof, busy_profile)


@pytest.mark.parametrize("format, lost", [
    ("collapsed", ["'cpu' is read as 'wall'", "ledger"]), ("pstats", ["'cpu' is read as 'wall'", "lines", "ledger"]), ("speedscope", ["ledger"]), ("chrome", ["ledger"]), ("gecko", ["ledger"]), ("jsonl", ["ledger"]),
])
def test_what_a_format_does_not_hold_is_said_or_refused(swprof, run, script, tmp_path, format, lost):
    run("--clock", "cpu", "-o", tmp_path / "x.pb.gz", script(BUSY))
    said = convert(swprof, "--to", format, tmp_path / "x.pb.gz", tmp_path / "out")
    assert all(words in said for words in lost)
    if format in ("speedscope", "chrome", "gecko", "jsonl"):
        assert "clock" not in said and findings(swprof, tmp_path / "out")["clock"] == "cpu"
    assert_one_line(swprof("convert", "--strict", "--to", format, tmp_path / "x.pb.gz", tmp_path / "strict"), 3, *lost)
    assert not (tmp_path / "strict").exists()


@pytest.mark.parametrize("format", ["collapsed", "speedscope", "chrome", "gecko", "pstats", "callgrind", "otlp", "jsonl"])
def test_no_share_is_rounded(swprof, tmp_path, format):
    """Of stacks of less than a microsecond, too."""
    (tmp_path / "x.json").write_text(json.dumps({
        "$schema": "https://www.speedscope.app/file-format-schema.json", "shared": {"frames": [{"name": "main", "file": "/a.py", "line": 1}, {"name": "leaf", "file": "/a.py", "line": 9}]},
        "profiles": [{"type": "sampled", "name": "", "unit": "nanoseconds", "startValue": 0, "endValue": 550, "samples": [[0, 1], [0]], "weights": [400, 150]}]}))
    convert(swprof, "--to", format, tmp_path / "x.json", tmp_path / "out")
    found = {function["name"]: function["self"]["share"] for function in findings(swprof, tmp_path / "out")["functions"]}
    assert found == pytest.approx({"main": 150 / 550, "leaf": 400 / 550}, abs=1e-9)


def test_a_samplers_pstats_say_so_and_keep_their_sums(swprof, busy_profile, tmp_path):
    said = convert(swprof, busy_profile, tmp_path / "x.pstats")
    found = findings(swprof, tmp_path / "x.pstats")
    assert found["kind"] == "sampling" and "by sampling" not in said
    assert found["functions"][0]["self"]["low"] is None and "no interval is valid" in found["caveats"][0]["text"]
    printed = io.StringIO()
    stats = pstats.Stats(str(tmp_path / "x.pstats"), stream=printed)
    stats.sort_stats("cumulative").print_stats()
    assert "function calls" in printed.getvalue()
    mark = [key for key in stats.stats if "sampled" in key[2]]
    assert len(mark) == 1 and stats.stats[mark[0]] == (0, 0, 0.0, 0.0, {})
    del stats.stats[mark[0]]
    assert (stats.total_calls, stats.total_tt) == (sum(row[1] for row in stats.stats.values()), pytest.approx(sum(row[2] for row in stats.stats.values())))
    assert all(function["name"] != mark[0][2] for function in found["functions"])


def test_a_tracers_pstats_have_no_row_more(swprof, run, script, tmp_path):
    run("-d", "setprofile", "-o", tmp_path / "x.pb.gz", script(BUSY))
    convert(swprof, tmp_path / "x.pb.gz", tmp_path / "x.pstats")
    assert not any("sampled" in name for _, _, name in pstats.Stats(str(tmp_path / "x.pstats")).stats)
    assert findings(swprof, tmp_path / "x.pstats")["kind"] == "tracing"


def test_no_name_grows(swprof, run, script, tmp_path):
    run("-d", "setprofile", "-o", tmp_path / "0.pb.gz", script("sorted([len([])])\n"))
    for number in range(3):
        convert(swprof, tmp_path / f"{number}.pb.gz", tmp_path / f"{number}.pstats")
        convert(swprof, tmp_path / f"{number}.pstats", tmp_path / f"{number + 1}.pb.gz")
    assert (tmp_path / "1.pstats").read_bytes() == (tmp_path / "2.pstats").read_bytes()
    assert not any("<<" in name for _, _, name in pstats.Stats(str(tmp_path / "2.pstats")).stats)


@pytest.mark.parametrize("format, counts", [("speedscope", False), ("gecko", False), ("chrome", True), ("callgrind", True)])
def test_calls_that_a_format_does_not_hold_are_unknown(swprof, run, script, tmp_path, format, counts):
    """And no number of the stretches that it holds; also in a file that is made of it."""
    run("-d", "setprofile", "-o", tmp_path / "0.pb.gz", script("def leaf(): pass\nfor i in range(50): leaf()\n"))
    convert(swprof, "--to", format, tmp_path / "0.pb.gz", tmp_path / "there")
    convert(swprof, tmp_path / "there", tmp_path / "back.pb.gz")
    for path in (tmp_path / "there", tmp_path / "back.pb.gz"):
        [leaf] = [function for function in findings(swprof, path)["functions"] if function["name"] == "leaf"]
        assert leaf["calls"] == (50 if counts else None)


@pytest.mark.parametrize("format", ["callgrind", "chrome", "speedscope"])
def test_a_samplers_file_of_times_alone_has_every_function_and_no_few_samples(swprof, run, script, tmp_path, format):
    run("-o", tmp_path / "0.pb.gz", script(BUSY.replace("def work", "def above(n): work(n)\ndef work").replace("    work(2000)", "    above(2000)")))
    convert(swprof, "--to", format, tmp_path / "0.pb.gz", tmp_path / "there")
    before, after = findings(swprof, tmp_path / "0.pb.gz"), findings(swprof, tmp_path / "there")
    totals = [{function["name"]: function["total"]["share"] for function in found["functions"] if function["file"]} for found in (before, after)]
    assert totals[1]["above"] == pytest.approx(totals[0]["above"], abs=1e-6) and totals[0].keys() == totals[1].keys()
    assert "few-samples" not in {caveat["code"] for caveat in after["caveats"]}


def test_callgrind_is_what_its_readers_read(swprof, busy_profile, tmp_path):
    convert(swprof, busy_profile, tmp_path / "x.callgrind")
    lines = (tmp_path / "x.callgrind").read_text().splitlines()
    assert lines[0] == "# callgrind format" and "events: ns" in lines
    total = next(int(line.split()[1]) for line in lines if line.startswith("totals:"))
    costs = [int(line.split()[1]) for before, line in zip(lines, lines[1:]) if re.fullmatch(r"\d+ \d+", line) and not before.startswith("calls=")]
    assert sum(costs) == total > 0


@reads("callgrind_annotate", "callgrind")
@pytest.mark.skipif(not shutil.which("callgrind_annotate"), reason="callgrind_annotate is not here")
def test_callgrind_annotate_reads_it(swprof, busy_profile, tmp_path):
    convert(swprof, busy_profile, tmp_path / "x.callgrind")
    result = subprocess.run(["callgrind_annotate", tmp_path / "x.callgrind"], capture_output=True, text=True, timeout=60)
    assert result.returncode == 0, result.stderr
    assert "work" in result.stdout


@reads("spans that nest, as viewers want them", "chrome")
def test_chrome_spans_nest(swprof, busy_profile, tmp_path):
    convert(swprof, "--to", "chrome", busy_profile, tmp_path / "x.json")
    events = [event for event in json.loads((tmp_path / "x.json").read_text())["traceEvents"] if event["ph"] == "X"]
    assert {"work", "<module>"} <= {event["name"] for event in events}
    for one in events:
        for other in events:
            if one["tid"] == other["tid"] and one["ts"] < other["ts"] < one["ts"] + one["dur"] - 1e-6:
                assert other["ts"] + other["dur"] <= one["ts"] + one["dur"] + 1e-6


@reads("the tables of profiler.firefox.com", "gecko")
def test_gecko_is_as_its_viewer_has_it(swprof, busy_profile, tmp_path):
    """The tables and columns of firefox-devtools/profiler, version 57."""
    convert(swprof, "--to", "gecko", busy_profile, tmp_path / "x.json")
    profile = json.loads((tmp_path / "x.json").read_text())
    assert profile["meta"]["preprocessedProfileVersion"] == 57
    texts = profile["shared"]["stringArray"]
    for thread in profile["threads"]:
        stacks, frames, functions, samples = (thread[name] for name in ("stackTable", "frameTable", "funcTable", "samples"))
        for table in (stacks, frames, functions, samples, thread["markers"]):
            assert {len(column) for column in table.values() if isinstance(column, list)} <= {table["length"]}
        assert all(prefix is None or prefix < stack for stack, prefix in enumerate(stacks["prefix"]))
        assert all(frame < frames["length"] for frame in stacks["frame"]) and all(function < functions["length"] for function in frames["func"])
        assert any(texts[name] == "work" for name in functions["name"])
        assert samples["weightType"] == "tracing-ms" and sum(samples["weight"]) > 0


@reads("the records of CPython 3.15", "jsonl")
def test_jsonl_is_as_cpythons_sampler_writes_it(swprof, busy_profile, tmp_path):
    """The records, keys and sums of `jsonl_collector.py` of CPython 3.15."""
    convert(swprof, busy_profile, tmp_path / "x.jsonl")
    records = [json.loads(line) for line in (tmp_path / "x.jsonl").read_text().splitlines()]
    assert [record["type"] for record in records if record["type"] != "string_table"] == ["meta", "frame_table", "agg", "end"]
    assert len({record["run_id"] for record in records}) == 1 and {record["v"] for record in records} == {0}
    texts = {text["str_id"]: text["value"] for record in records for text in record.get("strings", [])}
    frames = {frame["frame_id"]: frame for record in records for frame in record.get("frames", [])}
    entries = [entry for record in records for entry in record.get("entries", [])]
    assert sum(entry["self"] for entry in entries) <= records[-1]["samples_total"] == records[-2]["samples_total"]
    assert all(entry["self"] <= entry["cumulative"] <= records[-1]["samples_total"] for entry in entries)
    assert "work" in {texts[frames[entry["frame_id"]]["func_str_id"]] for entry in entries} and {"path_str_id", "line"} <= frames[0].keys()


def test_a_run_may_write_collapsed_stacks(run, script, tmp_path):
    assert run("-o", tmp_path / "x.collapsed", script(BUSY)).returncode == 0
    assert "work" in (tmp_path / "x.collapsed").read_text()


def test_collapsed_stacks_of_another_tool_are_read(swprof, tmp_path):
    (tmp_path / "x.txt").write_text("main;a 30\nmain;b;a 20\nmain 50\n")
    found = findings(swprof, tmp_path / "x.txt")
    assert {function["name"]: round(function["total"]["share"], 6) for function in found["functions"]} == {"main": 1, "a": 0.5, "b": 0.2}


@pytest.mark.parametrize("words", [["/missing/x.txt"], ["."], ["x.txt", "--from", "collapsed"]])
def test_what_cannot_be_converted_ends_in_one_line(swprof, busy_profile, tmp_path, words):
    result = swprof("convert", busy_profile, *words, cwd=tmp_path)
    assert_one_line(result, 3 if "--from" in words else 2)
    assert list(tmp_path.iterdir()) == []


@reads("go tool pprof", "pprof")
@pytest.mark.skipif(not shutil.which("go"), reason="go is not here")
@pytest.mark.parametrize("design", DESIGNS)
def test_go_reads_what_run_wrote(run, script, tmp_path, design):
    path = tmp_path / "x.pb.gz"
    run("-d", design, "-o", path, script(BUSY))
    environment = clean_environment(PPROF_TMPDIR=str(tmp_path), HOME=str(tmp_path), GOFLAGS="", GOTOOLCHAIN="local")
    result = subprocess.run(["go", "tool", "pprof", "-top", path], capture_output=True, text=True, env=environment, timeout=60)
    assert result.returncode == 0, result.stderr
    first = result.stdout.split("cum%\n")[1].splitlines()[0]
    assert first.split()[-1] == "work" or "work" in first
    assert float(first.split()[1].rstrip("%")) > 50


@pytest.mark.parametrize("by, wanted", [("function", "work"), ("line", "busy.py"), ("stack", "work"), ("thread", "main thread")])
def test_a_report_shows_each_side(swprof, busy_profile, by, wanted):
    result = swprof("report", "--by", by, busy_profile)
    assert (result.returncode, result.stderr) == (0, "")
    assert wanted in result.stdout
    assert "\x1b" not in result.stdout


def test_top_limits_the_rows(swprof, run, script, tmp_path):
    names = [f"function_{n}" for n in range(9)]
    path = script("".join(f"def {name}(): pass\n" for name in names) + "".join(f"{name}()\n" for name in names))
    run("-d", "setprofile", "-o", tmp_path / "x.pb.gz", path)
    def rows(top):
        return len(re.findall(r"function_\d", swprof("report", "--all", "--top", top, tmp_path / "x.pb.gz").stdout))
    assert rows("50") == 9
    assert rows("3") <= 3


def test_a_report_may_be_a_page(swprof, busy_profile, tmp_path):
    result = swprof("report", "--html", tmp_path / "x.html", busy_profile)
    assert (result.returncode, result.stderr) == (0, "")
    assert "work" in (tmp_path / "x.html").read_text()
