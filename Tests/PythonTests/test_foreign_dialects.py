"""Every dialect of a tool's file has the figures that the tool meant, and what is no profile of time is refused by its name."""
import gzip
import json
import marshal
import pathlib
import pickle
import re
import struct
import subprocess

import pytest

import foreign_dialects as dialects
import foreign_profiles as foreign
import schema
import targets
from commandline import assert_one_line, version

# Those that tell no lines, or only of functions.
FORMATS_WITHOUT_TOTALS = ("scalene",)


def shares(found, which="self"):
    return {function["name"]: function[which]["share"] for function in found["functions"] if function["name"] in ("main", "leaf")}


def codes(found):
    return {caveat["code"] for caveat in found["caveats"]}


@pytest.mark.parametrize("name", dialects.ALL)
def test_shares_are_those_that_the_tool_meant(read, name):
    found = read(dialects.ALL[name])
    assert shares(found) == pytest.approx({"main": 0.25, "leaf": 0.75})
    if not name.startswith(FORMATS_WITHOUT_TOTALS):
        assert shares(found, "total") == pytest.approx({"main": 1, "leaf": 0.75})
    assert {function["name"] for function in found["functions"]} == {"main", "leaf"}, "a mark of a thread or a process is no function"
    assert len(found["threads"]) == 1


@pytest.mark.parametrize("name", ["gecko: Firefox itself", "cpuprofile: Chrome, Node", "callgrind: pyprof2calltree", "jsonl: CPython 3.15", "chrome: late keys"])
def test_the_content_tells_the_format_packed_or_under_another_ending(read, name):
    plain = read(dialects.ALL[name])
    assert read(gzip.compress(dialects.ALL[name]), name="x.json.gz")["functions"] == plain["functions"]
    assert read(dialects.ALL[name], name="x.txt")["functions"] == plain["functions"]


def test_only_austin_marks_threads_by_letters(read):
    names = {function["name"] for function in read(b"P1;f 3\nT0:5;g 1\n")["functions"]}
    assert names == {"P1", "f", "T0:5", "g"}


def test_austins_modes_are_what_they_measure(swprof, read, tmp_path):
    head = "# austin: 4.0.0\n# mode: {}\n"
    assert read(dialects.austin_stacks("P1", "T0:1", head=head.format("cpu")))["clock"] == "cpu"
    full = dialects.ALL["collapsed: austin, full"]
    assert (read(full)["clock"], read(full, "--type", "cpu")["clock"]) == ("wall", "cpu")
    assert shares(read(full, "--type", "cpu")) == pytest.approx({"main": 0, "leaf": 1})
    (tmp_path / "x").write_bytes(dialects.austin_stacks("P1", "T0:1", head=head.format("memory")))
    assert_one_line(swprof("report", tmp_path / "x"), 3, "bytes")


def test_names_with_blanks_and_parentheses(read):
    found = read(b"operator() (int) (x.cpp:12);std::map<int, a>::f(int) const (libx.so);f (/my (dir)/x.py:3) 1\n")
    assert [(function["name"], function["file"]) for function in sorted(found["functions"], key=lambda function: function["name"])] == [
        ("f", "/my (dir)/x.py"), ("operator() (int)", "x.cpp"), ("std::map<int, a>::f(int) const", None)]


def test_two_numbers_a_line_are_two_profiles(read):
    content = b"main;leaf 1 3\nmain 3 1\n"
    found = read(content)
    assert shares(found) == pytest.approx({"main": 0.25, "leaf": 0.75})
    assert "several-times" in codes(found)
    assert shares(read(content, "--type", "first")) == pytest.approx({"main": 0.75, "leaf": 0.25})


def test_three_numbers_a_line(read):
    content = b"main;leaf 9 1 3\nmain 1 3 1\n"
    assert shares(read(content)) == pytest.approx({"main": 0.25, "leaf": 0.75})
    assert shares(read(content, "--type", "first")) == pytest.approx({"main": 0.1, "leaf": 0.9})
    assert shares(read(content, "--type", "second")) == pytest.approx({"main": 0.75, "leaf": 0.25})


def test_what_austin_saw_without_a_frame_is_no_function(read):
    found = read(b"# austin: 3.6.0\n# mode: wall\nP1;T0:1; 100\nP1;T0:1 100\nP1;T0:1;/a.py:main:3 200\n")
    assert [(function["name"], function["self"]["share"]) for function in found["functions"]] == [("main", 0.5)]


def test_austins_native_frames_are_the_same_wherever_they_lay(read):
    found = read(b"# austin: 3.6.0\n# mode: wall\nP1;T0:1;/a.py:main:3;native@4f28b6:read:4166 100\nP1;T0:1;/a.py:main:3;native@4f2000:read:12;kernel:sys_read:0 300\n")
    assert {(function["name"], function["file"]): function["total"]["share"] for function in found["functions"]} == {("main", "/a.py"): 1, ("read", None): 1, ("sys_read", None): 0.75}


def test_austins_full_mode_in_its_other_formats(swprof, read, tmp_path):
    whole = dialects.mojo(mode="full", idle=b"\x08")
    for content, cpu in (whole, {"main": 0, "leaf": 1}), (dialects.speedscope_of_austin(), {"main": 0.75, "leaf": 0.25}):
        found = read(content)
        assert (found["clock"], "several-times" in codes(found)) == ("wall", True)
        assert shares(found) == pytest.approx({"main": 0.25, "leaf": 0.75})
        found = read(content, "--type", "cpu")
        assert found["clock"] == "cpu" and [thread["name"] for thread in found["threads"]] in ([""], ["12:0:12"])
        assert {"main": 0, **shares(found)} == pytest.approx(cpu)
        assert_one_line(swprof("report", "--type", "gpu", tmp_path / "x.unknown"), 3, "gpu", "wall", "cpu")
    read(dialects.mojo())
    assert_one_line(swprof("report", "--type", "cpu", tmp_path / "x.unknown"), 3, "one time", "--type")


def test_several_profiles_of_one_file(swprof, read, tmp_path):
    """Of a tool that is not known to write one for each thread; any may be taken alone."""
    file = json.loads(foreign.speedscope_sampled())
    one = file["profiles"][0]
    (file["exporter"], file["profiles"]) = ("x", [{**one, "name": "all"}, {**one, "name": "part", "weights": [3, 1, 0]}])
    content = dialects.json_bytes(file)
    assert "several-profiles" in codes(read(content))
    found = read(content, "--type", "part")
    assert "several-profiles" not in codes(found) and len(found["threads"]) == 1 and found["seconds"] == 4
    assert_one_line(swprof("report", "--type", "none", tmp_path / "x.unknown"), 3, "'all', 'part'")


def test_what_is_left_of_a_thread_after_its_last_event_is_no_functions(read):
    file = json.loads(foreign.speedscope_evented())
    file["profiles"][0]["endValue"] = 8
    found = read(dialects.json_bytes(file))
    assert shares(found) == pytest.approx({"main": 0.125, "leaf": 0.375}) and found["seconds"] == 8


def test_a_stack_that_repeats_leaves_out_what_was_not_python(read):
    found = read(dialects.mojo(4, repeats=True, on_top=b"\6sys_read\0"))
    assert {function["name"]: (function["self"]["share"], function["total"]["share"]) for function in found["functions"]} == {
        "main": (0, 1), "leaf": (0.75, 0.75), "sys_read": (0.25, 0.25)}


def test_a_span_written_last_is_the_outer_one(read):
    """Of two that are alike, where the file says nothing else: tools write at the end of calls."""
    content = dialects.chrome(dialects.span("leaf", 0, 10), dialects.span("main", 0, 10))
    assert shares(read(content), "total") == {"main": 1, "leaf": 1}
    assert shares(read(content)) == {"main": 0, "leaf": 1}
    begun = dialects.chrome(dialects.span("x", 0, 30), dialects.span("y", 5, 5), dialects.span("main", 12, 10), dialects.span("leaf", 12, 10))
    assert shares(read(begun))["main"] == 0


def test_threads_keep_their_names(read):
    content = dialects.chrome({"ph": "M", "name": "thread_name", "args": {"name": "worker:0"}}, dialects.span("main", 0, 40))
    assert [thread["name"] for thread in read(content)["threads"]] == ["worker:0"]


def test_spans_that_are_no_threads_time_are_said_to_be_left_out(read):
    found = read(dialects.chrome(dialects.span("main", 0, 40), dialects.span("gemm", 0, 40, cat="kernel"), {"ph": "b", "id": 1, "name": "task", "ts": 0}))
    assert [caveat["text"] for caveat in found["caveats"] if caveat["code"] == "spans-left-out"] == ["1 spans of a GPU, 1 asynchronous spans: left out, since they are no thread's spans"]


@pytest.mark.parametrize("content, words", [
    (dialects.chrome({"ph": "P", "name": "ProfileChunk", "ts": 0}), ".cpuprofile"), (dialects.chrome(dialects.span("main", 0, 0)), "took time"),
    (dialects.json_bytes({"traceEvents": [], "samples": [{"ts": 1, "sf": 1}], "stackFrames": {"1": {"name": "main"}}}), "list of samples"),
])
def test_a_trace_without_spans(swprof, tmp_path, content, words):
    (tmp_path / "x").write_bytes(content)
    assert_one_line(swprof("report", tmp_path / "x"), 3, words)


def test_processes_of_firefox_are_named(read):
    one = dialects.gecko_raw()
    found = read(dialects.json_bytes({**one, "processes": [{**one, "threads": [{**one["threads"][0], "pid": 8}]}]}))
    assert [thread["name"] for thread in found["threads"]] == ["GeckoMain (process Web 7)", "GeckoMain (process Web 8)"]


def test_a_place_with_a_column_is_where_the_function_begins(read):
    raw = dialects.gecko_raw(":5")
    raw["threads"][0]["frameTable"]["data"] = [[0, 14], [1, 3]]
    found = read(dialects.json_bytes(raw))
    assert {function["name"]: function["line"] for function in found["functions"]} == {"main": 11, "leaf": 2}
    assert {(line["function"], line["line"]) for line in found["lines"]} == {("main", 14), ("leaf", 3)}


def test_libraries_are_no_files_of_functions(read):
    """As py-spy has it of machine code, in either of its formats."""
    file = json.loads(foreign.speedscope_sampled())
    file["shared"]["frames"][1] = {"name": "read", "file": "/lib/libc.so.6", "line": 0}
    for content in dialects.json_bytes(file), f"main ({foreign.FILE}:11);read (libc.so.6) 3\nmain ({foreign.FILE}:11) 1\n".encode():
        assert {(function["name"], function["file"]) for function in read(content)["functions"]} == {("main", foreign.FILE), ("read", None)}


def test_perf_without_stacks(read):
    found = read(b"".join(f"python 12 {number}.5: 1000000 cpu-clock:u:      7f0012 py::{name}:{foreign.FILE}+0xb (/tmp/perf-12.map)\n".encode() for number, name in enumerate(["leaf", "main", "leaf", "leaf"])))
    assert shares(found) == pytest.approx({"main": 0.25, "leaf": 0.75})


def test_yappis_functions_in_c_have_modules_and_no_files(read):
    names = {("builtins", "sum"): "sum", ("time", "sleep"): "time.sleep", ("builtins", "<method 'append' of 'list' objects>"): "list.append"}
    entries = {(file, 0, name): (1, 1, 0.25, 0.25, {}) for file, name in names}
    lines = "".join(f"fl=({number}) {file}\nfn=({number}) {name} {file}:0\n0 250000\n" for number, (file, name) in enumerate(names))
    for content in foreign.marshal.dumps(entries), f"version: 1\ncreator: yappi\n\nevents: Ticks\n{lines}".encode():
        assert {(function["qualname"], function["file"]) for function in read(content)["functions"]} == {(name, None) for name in names.values()}


def test_a_function_without_time_of_its_own_has_what_it_calls(read):
    key = ("a.py", 1, "main")
    found = read(marshal.dumps({key: (0, 0, 0.0, 1.0, {}), ("a.py", 5, "leaf"): (0, 0, 1.0, 1.0, {})}))
    assert shares(found) == {"main": 0, "leaf": 1} and shares(found, "total") == pytest.approx({"main": 1, "leaf": 1})


def test_what_a_tool_left_out_is_in_no_function(read):
    """yappi without functions of C: `main` calls `hot` and `warm`, which call `sum`."""
    rows = {"main": (0.0, 2.0), "hot": (0.6, 1.5), "warm": (0.2, 0.5)}
    found = read(marshal.dumps({("a.py", 1, name): (1, 1, own, total, {}) for name, (own, total) in rows.items()}))
    assert {f["name"]: (f["self"]["share"], f["total"]["share"]) for f in found["functions"]} == {
        name: (pytest.approx(own / 2), pytest.approx(total / 2)) for name, (own, total) in rows.items()}
    assert "functions-left-out" in codes(found) and found["seconds"] == pytest.approx(2)


@pytest.mark.parametrize("interpreter", targets.VERSIONS, ids=lambda path: "{}.{}".format(*version(path)))
def test_what_python_itself_profiles(read, interpreter, tmp_path):
    """`python -m profile` names what it ran by its code, which is data here."""
    (tmp_path / "x.py").write_text("X = 123456789012345678901234567890, 1.5, 2j, ..., frozenset(), b'x'\ndef work():\n    class Inner:\n        y = {1, 2}\n        def f(self): return lambda: (yield)\n    return sum(range(9))\nfor _ in range(20): work()\n")
    subprocess.run([interpreter, "-W", "ignore", "-m", "profile", "-o", tmp_path / "out", tmp_path / "x.py"], check=True, capture_output=True)
    found = read((tmp_path / "out").read_bytes())
    calls = {function["name"]: function["calls"] for function in found["functions"]}
    assert found["clock"] == "cpu" and calls["work"] == 20
    assert any(re.fullmatch(r'<code object <module>, file ".*x\.py", line 1>', name) for name in calls)


@pytest.mark.parametrize("depth", [600, 2_000, 20_000])
def test_a_deep_tree_of_pyinstrument(read, depth):
    opening = '{"function": "main", "file_path": "/x.py", "file_path_short": "x.py", "line_no": 1, "time": 1.0, "children": ['
    leaf = '{"function": "leaf", "file_path": "/x.py", "line_no": 9, "time": 0.75, "children": []}'
    content = '{"duration": 1.0, "sample_count": 1, "root_frame": ' + opening * depth + leaf + "]}" * depth + "}"
    assert shares(read(content.encode())) == pytest.approx({"main": 0.25, "leaf": 0.75})


def test_lines_of_a_function_that_calls_itself_are_not_added(read):
    row = (1, 1, 0.0, 1.0)
    one, two = (foreign.FILE, 2, "fib"), (foreign.FILE, 3, "fib")
    content = foreign.marshal.dumps({("__sampled__",): True, one: (4, 4, 0.25, 1.0, {two: row}), two: (4, 4, 0.75, 1.0, {one: row})})
    found = read(content)
    assert found["functions"][0]["total"]["share"] == pytest.approx(1)


# MARK: What is none

REFUSED = [
    (b"memray\0\1\2", "memray"), (b"FLR\0\0\2", "JFR"), (b"PERFILE2\0", "perf script"), (b"PK\3\4x", "zip"), (struct.pack("<I", 0x54414348) + b"\2\0", "replay"),
    (b"import time: self [us] | cumulative | imported package\nimport time:  1 |  1 | x\n", "importtime"), (b"<!DOCTYPE html><p>", "page"), (json.dumps({"schema": "swprof.run/1", "functions": []}).encode(), "report"),
    (pickle.dumps({"a": 1}), "pickle"), (pickle.dumps([("x", 1)], 5), "pickle"), (b"\x04\x22\x4d\x18\x64\x40\xa7", "lz4"), (b"SIMPLEPERF\1\0", "simpleperf"), (b"*version\n3\ndata", "Android"), (b'{"dhatFileVersion": 2}', "DHAT"), (struct.pack("<8Q", 0, 3, 0, 10_000, 0, 1, 1, 4), "gperftools"), (b"\x0a\6\x50\1\x08\2\x10\0" * 9, "Perfetto"),
    (b"Timer unit: 1e-06 s\n\nTotal time: 0.5 s\nFile: a.py\n", "line_profiler prints"), (b"  7 function calls in 0.002 seconds\n\n   Ordered by: standard name\n", "pstats prints"), (b"\n  _     ._   __/__   _ _  _  _ _/_   Recorded: 10:00:00\n", "pyinstrument prints"), (b"\xfd7zXZ\0", "xz"), (b"BZh91AY", "bzip2"), (b"JAVA PROFILE 1.0.1\0", "hprof"), (b"Nettrace\x14", ".NET"), (b"\x7fELF\2", "ELF"), (b"SWPROFTL\1", "simulate"), (b"heap profile: 1: 2 [3: 4] @ heap\n", "heap profile"), (b"goroutine profile: total 5\n", "goroutines"),
    (b"CMDLINE python x.py\nMEM 1.5 1234.5\n", "memory"), (b"desc: (none)\ncmd: ./x\ntime_unit: i\n", "massif"),
    (b"hello\nimport time: self [us] | cumulative | imported package\n", "importtime"), *((json.dumps(dict.fromkeys(keys.split(), [])).encode(), words) for keys, words in {
        "snapshot nodes samples": "heap snapshot", "head samples": "heap profile", "head startTime samples": "before 2017", "recording overview version": "Safari", "mode gc_samples raw frames": "stackprof", "flamebearer metadata": "Pyroscope", "resourceProfiles": "OpenTelemetry",
        "linux-perf-json-version samples": "perf", "functions costs events version": "gprof2dot", "name value children": "flame graph"}.items()),
    (b"{\"a\": 1}", "known format"), (b"\0\1\2\3", "known format"), (b"SQLite format 3\0", "SQLite"),
]


@pytest.mark.parametrize("content, words", REFUSED)
@pytest.mark.parametrize("name", ["x.json", "x.txt", "x.pb.gz"])
def test_what_is_no_profile_is_called_by_its_name(swprof, tmp_path, content, words, name):
    (tmp_path / name).write_bytes(content)
    result = swprof("report", tmp_path / name)
    assert_one_line(result, 3, words)
    assert "damaged" not in result.stderr


def test_profiles_are_no_programs_whatever_their_endings(swprof, tmp_path):
    for name in ("a.out", "b.out"):
        (tmp_path / name).write_bytes(b"main;leaf 3\nmain 1\n")
    result = swprof("compare", "--json", "-o", "-", tmp_path / "a.out", tmp_path / "b.out")
    assert result.returncode == 0, result.stderr
    assert len(schema.parse(result.stdout)["designs"]) == 2
    assert_one_line(swprof("compare", tmp_path / "a.out"), 2, "a profile")


def test_a_program_is_one_though_its_arguments_are_profiles(swprof, tmp_path):
    (tmp_path / "x.py").write_text("x = 1\n")
    (tmp_path / "plain").write_text("x = 1\nimport sys\n")
    (tmp_path / "a.txt").write_text("a;b 3\n")
    for program in ("x.py", "plain"):
        result = swprof("compare", "--designs", "gil", "--runs", "1", "--json", "-o", "-", tmp_path / program, tmp_path / "a.txt")
        assert pathlib.Path(schema.parse(result.stdout)["program"][0]).name == program


def test_the_format_may_be_named_wherever_a_profile_is_read(swprof, tmp_path):
    (tmp_path / "x").write_bytes(b"a;b 3\n")
    path = tmp_path / "x"
    for command, paths in ("report", [path]), ("plan", [path]), ("compare", [path, path]):
        assert_one_line(swprof(command, "--from", "pstats", *paths), 3, str(path))
    assert re.search("collapsed", swprof("report", "--help").stdout)
