"""Every dialect of a tool's file has the figures that the tool meant, and what is no profile of time is refused by its name."""
import gzip
import json
import pathlib
import re
import struct

import pytest

import foreign_dialects as dialects
import foreign_profiles as foreign
import schema
from commandline import assert_one_line

# Those that tell no lines, or only of functions.
FORMATS_WITHOUT_TOTALS = ("Scalene",)


@pytest.fixture
def read(swprof, tmp_path):
    def read(content, *words, name="x.unknown"):
        (tmp_path / name).write_bytes(content)
        result = swprof("report", "--json", tmp_path / name, *words)
        assert (result.returncode, result.stderr) == (0, ""), result.stderr
        return schema.check_run(schema.parse(result.stdout))
    return read


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


@pytest.mark.parametrize("name", ["gecko", "cpuprofile", "callgrind", "Tachyon's JSONL", "chrome: late keys"])
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


# MARK: pprof

def varint(value):
    out = b""
    while value > 0x7F:
        out += bytes([value & 0x7F | 0x80])
        value >>= 7
    return out + bytes([value])


def field(number, value):
    if isinstance(value, int):
        return varint(number << 3) + varint(value)
    return varint(number << 3 | 2) + varint(len(value)) + value


class Pprof:
    """A file of another tool: `main` calls `work` and `wait`."""

    def __init__(self):
        self.texts = [""]

    def text(self, text):
        if text not in self.texts:
            self.texts.append(text)
        return self.texts.index(text)

    def file(self, types, work, wait, default="", drop="", labels=({}, {})):
        out = b"".join(field(1, field(1, self.text(name)) + field(2, self.text(unit))) for name, unit in types)
        for values, location, own in ((work, 2, labels[0]), (wait, 3, labels[1])):
            packed = b"".join(map(varint, values))
            out += field(2, field(1, varint(location) + varint(1)) + field(2, packed) + b"".join(self.label(*item) for item in own.items()))
        for number, name in enumerate(("main", "work", "wait"), 1):
            out += field(4, field(1, number) + field(4, field(1, number) + field(2, number)))
            out += field(5, field(1, number) + field(2, self.text(name)) + field(4, self.text("a.py")) + field(5, number))
        out += field(14, self.text(default)) + field(7, self.text(drop))
        return gzip.compress(out + b"".join(field(6, text.encode()) for text in self.texts))

    def label(self, key, value):
        return field(3, field(1, self.text(key)) + (field(3, value) if isinstance(value, int) else field(2, self.text(value))))


TWO = [("samples", "count"), ("cpu", "nanoseconds"), ("wall", "nanoseconds")]


def own(found):
    return {function["name"]: function["self"]["share"] for function in found["functions"]}


@pytest.mark.parametrize("default, words, clock, share", [
    ("", [], "wall", 0.095), ("cpu", [], "cpu", 0.9), ("wall", ["--type", "cpu"], "cpu", 0.9), ("samples", [], "wall", 0.095),
])
def test_which_time_is_read(read, default, words, clock, share):
    found = read(Pprof().file(TWO, (9, 900, 950), (1, 100, 9050), default), *words)
    assert (found["clock"], own(found)["work"]) == (clock, pytest.approx(share))
    assert "several-times" in codes(found)


def test_a_column_of_zeros_is_no_time(read):
    found = read(Pprof().file([("cpu-time", "nanoseconds"), ("cpu-samples", "count"), ("gpu-time", "nanoseconds")], (900, 5, 0), (100, 5, 0)))
    assert own(found)["work"] == pytest.approx(0.9)


@pytest.mark.parametrize("unit, seconds", [("µs", 1e-6), ("μs", 1e-6), ("usec", 1e-6), ("microseconds", 1e-6), ("ms", 1e-3), ("s", 1), ("minutes", 60), ("hrs", 3600)])
def test_units_of_time(read, unit, seconds):
    assert read(Pprof().file([("wall", unit)], (3,), (1,)))["seconds"] == pytest.approx(4 * seconds)


def test_a_type_that_is_not_there_is_named(swprof, tmp_path):
    (tmp_path / "x.pb.gz").write_bytes(Pprof().file(TWO, (1, 1, 1), (1, 1, 1)))
    assert_one_line(swprof("report", "--type", "gpu", tmp_path / "x.pb.gz"), 3, "gpu", "cpu, wall")
    (tmp_path / "x.txt").write_bytes(b"a;b 3\n")
    assert_one_line(swprof("report", "--type", "gpu", tmp_path / "x.txt"), 3, "--type")


@pytest.mark.parametrize("expression", ["work", "wo.*", "(?:w|x)ork", "[v-x]ork", "runtime\\.x|work"])
def test_what_the_file_drops_is_dropped(read, expression):
    assert set(own(read(Pprof().file([("cpu", "nanoseconds")], (10,), (10,), drop=expression)))) == {"main", "wait"}


@pytest.mark.parametrize("expression", ["(", "a{2}", "[b-a]", "\\pN", "(" * 500])
def test_an_expression_that_is_not_known_drops_nothing_and_is_said(read, expression):
    found = read(Pprof().file([("cpu", "nanoseconds")], (10,), (10,), drop=expression))
    assert "work" in own(found) and "frames-not-dropped" in codes(found)


def test_a_hostile_expression_takes_no_time(read):
    read(Pprof().file([("cpu", "nanoseconds")], (10,), (10,), drop="(a*)*" * 300 + "b"))


@pytest.mark.parametrize("labels, names", [
    (({"thread id": 5, "thread native id": 7, "thread name": "n"}, {"thread_id": 5, "thread native id": 7}), ["n"]),
    (({"Thread ID": "8", "Process ID": "1"}, {"Thread ID": "8", "Process ID": "2"}), ["process 1", "process 2"]),
    (({"tid": 1}, {"tid": 2}), ["", ""]), (({"thread": "a"}, {"thread": "b"}), ["a", "b"]),
])
def test_threads_by_the_labels_of_tools(read, labels, names):
    assert [thread["name"] for thread in read(Pprof().file([("wall", "ns")], (1,), (1,), labels=labels))["threads"]] == names


# MARK: What is none

@pytest.mark.parametrize("content, words", [
    (b"memray\0\1\2", "memray"), (b"FLR\0\0\2", "JFR"), (b"PERFILE2\0", "perf script"), (b"PK\3\4x", "zip"), (struct.pack("<I", 0x54414348) + b"\2\0", "replay"),
    (b"import time: self [us] | cumulative | imported package\nimport time:  1 |  1 | x\n", "importtime"), (b"<!DOCTYPE html><p>", "page"), (json.dumps({"schema": "swprof.run/1", "functions": []}).encode(), "report"),
    (b"{\"a\": 1}", "known format"), (b"\0\1\2\3", "known format"), (b"SQLite format 3\0", "SQLite"),
])
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
