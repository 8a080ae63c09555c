"""Figures of other tools' files: no seconds that a file does not know, nothing added that is not of one kind, nobody's code by guess."""
import json

import pytest

from commandline import assert_one_line

PERF = "python 12/12 [000] 1.{second:03}: {period}{event}: \n\t7f001 work (/usr/lib/x.so)\n\t7f002 main (/usr/lib/x.so)\n\n"


def self_shares(found):
    return {function["name"]: function["self"]["share"] for function in found["functions"]}


def codes(found):
    return {caveat["code"] for caveat in found["caveats"]}


def perf(*samples):
    """Of each sample the second, the event and, where it has one, the period."""
    return "".join(
        PERF.format(second=second, event=event, period=f"{period} " if period else "") for second, event, period in samples).encode()


SPEEDSCOPE = {
    "$schema": "https://www.speedscope.app/file-format-schema.json", "shared": {"frames": [{"name": "main"}, {"name": "leaf"}]},
    "profiles": [{"type": "sampled", "name": "", "unit": "none", "startValue": 0, "endValue": 4, "samples": [[0], [0, 1]], "weights": [1, 3]}]}


@pytest.mark.parametrize("content", [
    b"main;leaf 3\nmain 1\n", json.dumps(SPEEDSCOPE).encode(), perf((1, "cpu-clock", 0), (11, "cpu-clock", 0)), perf((1, "cycles", 1000), (2, "cycles", 9))],
    ids=["collapsed", "speedscope", "perf without periods", "perf of cycles"])
def test_no_seconds_are_told_that_a_file_does_not_know(swprof, read, tmp_path, content):
    found = read(content)
    assert found["seconds"] is None and "seconds-unknown" in codes(found)
    assert all(function[which]["seconds"] is None for function in found["functions"] for which in ("self", "total"))
    assert all(thread["seconds"] is None for thread in found["threads"])
    report = swprof("report", tmp_path / "x.unknown").stdout
    assert "seconds not known" in report and " µs" not in report and " ns" not in report
    assert swprof("report", "--html", tmp_path / "x.html", tmp_path / "x.unknown").returncode == 0
    assert '"seconds":0,' in (tmp_path / "x.html").read_text()
    assert swprof("convert", tmp_path / "x.unknown", tmp_path / "x.pb.gz").returncode == 0
    again = json.loads(swprof("report", "--json", tmp_path / "x.pb.gz").stdout)
    assert again["seconds"] is None and self_shares(again) == pytest.approx(self_shares(found))


def test_files_without_seconds_are_compared_by_shares(swprof, tmp_path):
    (tmp_path / "a").write_bytes(b"main;leaf 3\nmain 1\n")
    (tmp_path / "b").write_bytes(b"main;leaf 30\nmain 30\n")
    result = swprof("compare", "--json", tmp_path / "a", tmp_path / "b")
    found = json.loads(result.stdout)
    assert all(function["self"]["seconds"] is None for design in found["designs"] for function in design["functions"])
    text = swprof("compare", tmp_path / "a", tmp_path / "b")
    assert " µs" not in text.stdout + text.stderr and "leaf" in text.stdout + text.stderr


def test_what_tells_no_seconds_is_not_added_to_what_does(swprof, tmp_path):
    (tmp_path / "a").write_bytes(b"main 1\n")
    speedscope = SPEEDSCOPE["profiles"][0] | {"unit": "seconds"}
    (tmp_path / "b").write_text(json.dumps(SPEEDSCOPE | {"profiles": [speedscope]}))
    assert swprof("merge", tmp_path / "a", tmp_path / "b", "-o", tmp_path / "c.pb.gz").returncode == 2


def test_pstats_would_make_seconds_of_them(swprof, tmp_path):
    (tmp_path / "a").write_bytes(b"main;leaf 3\nmain 1\n")
    assert "no seconds" in swprof("convert", tmp_path / "a", tmp_path / "a.pstats").stderr
    assert swprof("convert", "--strict", tmp_path / "a", tmp_path / "b.pstats").returncode != 0


def test_austins_numbers_are_seconds(read):
    found = read(b"# austin: 3.6.0\n# mode: wall\nP1;T0:1;/a.py:main:3 4000000\n")
    assert found["seconds"] == 4 and "seconds-unknown" not in codes(found)


def test_a_plan_of_a_file_without_seconds_takes_the_usual_rate(swprof, tmp_path):
    (tmp_path / "x").write_bytes(b"main;leaf 60\nmain 45\n")
    plan = json.loads(swprof("plan", "--json", tmp_path / "x").stdout)
    assert plan["rate"] == 1000


def test_of_several_events_one_counts(swprof, read, tmp_path):
    content = perf((1, "cycles", 1000), (2, "instructions", 9_000_000))
    found = read(content)
    assert "several-times" in codes(found) and found["functions"][0]["name"] == "work"
    assert "several-times" in codes(read(content, "--type", "instructions"))
    assert_one_line(swprof("report", "--type", "faults", tmp_path / "x.unknown"), 3, "faults", "cycles, instructions")


def test_faults_are_no_time(swprof, tmp_path):
    (tmp_path / "x").write_bytes(perf((1, "page-faults", 1)))
    assert_one_line(swprof("report", tmp_path / "x"), 3, "page-faults", "no time")


@pytest.mark.parametrize(("head", "seconds"), [
    ("java 19983 cycles: ", None), ("java 19983/19985 [001] cycles: ", None), ("python 123 250000 cpu-clock: ", 0.0005), ("python 12/123 [000] 250000 cpu-clock: ", 0.0005),
    ("worker: 1 123/124 [000] 5.1: 250000 cpu-clock: ", 0.0005)])
def test_perf_may_leave_out_what_it_likes(read, head, seconds):
    found = read(f"{head}\n\t7f001 work (/usr/lib/x.so)\n\n{head}\n\t7f002 main (/usr/lib/x.so)\n\n".encode())
    assert self_shares(found) == {"work": 0.5, "main": 0.5}
    assert found["seconds"] == (None if seconds is None else pytest.approx(seconds)) and len(found["threads"]) == 1


def span(name, start, length):
    return {"ph": "X", "name": name, "pid": 1, "tid": 1, "ts": start, "dur": length}


@pytest.mark.parametrize("more", [[], [span("nothing", 1000, 0)]], ids=["alone", "with one of no length"])
def test_of_spans_alike_the_later_one_is_the_outer(read, more):
    """As tools write that do so at the end of calls; what takes no time tells nothing of it."""
    spans = [span("leaf", 0, 500), span("main", 0, 500), span("leaf", 500, 500), span("main", 500, 500)]
    assert self_shares(read(json.dumps(spans + more).encode()))["leaf"] == 1


def test_spans_of_no_length_turn_nobody_around(swprof, tmp_path):
    """A CPU clock gives most ticks no weight."""
    profile = SPEEDSCOPE["profiles"][0] | {"unit": "microseconds", "samples": [[0, 1], [2]], "weights": [998, 0]}
    frames = {"frames": [{"name": name} for name in ("main", "leaf", "other")]}
    (tmp_path / "a.speedscope.json").write_text(json.dumps(SPEEDSCOPE | {"shared": frames, "profiles": [profile]}))
    assert swprof("convert", tmp_path / "a.speedscope.json", tmp_path / "a.chrome.json").returncode == 0
    found = json.loads(swprof("report", "--json", tmp_path / "a.chrome.json").stdout)
    assert self_shares(found)["leaf"] == 1 and self_shares(found)["main"] == 0


@pytest.mark.parametrize("length", [-5, float("nan")])
def test_lengths_that_are_none_are_said(read, length):
    found = read(json.dumps([span("main", 0, 10), span("odd", 2, length)]).encode())
    assert self_shares(found)["main"] == 1 and "spans-without-length" in codes(found)


def gecko(order):
    table = {"schema": {"stack": 0, "time": 1}, "data": [[0, 0], [1, 1], [1, 2]]}
    thread = {
        "name": "main", "tid": 1, "stringTable": ["main", "leaf"], "samples": {key: table[key] for key in order},
        "frameTable": {"schema": {"location": 0}, "data": [[0], [1]]},
        "stackTable": {"schema": {"prefix": 0, "frame": 1}, "data": [[None, 0], [0, 1]]}}
    return json.dumps({"meta": {"interval": 1, "version": 9}, "threads": [thread]}).encode()


def test_rows_may_come_before_what_their_columns_are(read):
    found = read(gecko(("data", "schema")))
    assert self_shares(found) == pytest.approx({"main": 1 / 3, "leaf": 2 / 3})
    assert found["functions"] == read(gecko(("schema", "data")))["functions"]


def test_a_file_of_firefox_of_2016_is_called_so(swprof, tmp_path):
    (tmp_path / "x").write_text(json.dumps({"meta": {"interval": 1, "version": 3}, "threads": ["{}"]}))
    assert_one_line(swprof("report", tmp_path / "x"), 3, "2016", "profiler.firefox.com")


def test_what_callgrind_did_not_look_into_has_its_calls_time(read):
    found = read(b"events: us\n\nfl=a.c\nfn=main\n1 35\ncfn=library\ncalls=3 0\n2 100\n")
    assert self_shares(found) == pytest.approx({"main": 35 / 135, "library": 100 / 135})


def test_lines_that_end_by_carriage_returns_are_no_name(swprof, tmp_path):
    (tmp_path / "x").write_bytes(b"a;b 5\ra;c 3\r")
    assert_one_line(swprof("report", "--from", "collapsed", tmp_path / "x"), 3, "carriage returns")


def test_where_no_file_is_known_nobody_is_called_c(swprof, tmp_path):
    (tmp_path / "x").write_bytes(b"main;leaf 3\nmain 1\n")
    report = swprof("report", tmp_path / "x").stdout
    assert "beneath `leaf`" in report and "standard library" not in report and "C code" not in report


def test_another_format_than_the_one_that_is_named_is_no_damage(swprof, tmp_path):
    (tmp_path / "x").write_text(json.dumps(SPEEDSCOPE))
    assert_one_line(swprof("report", "--from", "pprof", tmp_path / "x"), 3, "speedscope", "--from")
