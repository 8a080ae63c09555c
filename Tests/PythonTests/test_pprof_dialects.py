"""pprof files as other tools write them: which time is read, in which unit, of which threads and tasks, and what is dropped."""
import pytest

from commandline import assert_one_line
from pprof_files import Pprof


TWO = [("samples", "count"), ("cpu", "nanoseconds"), ("wall", "nanoseconds")]


def own(found):
    return {function["name"]: function["self"]["share"] for function in found["functions"]}


@pytest.mark.parametrize("default, words, clock, share", [
    ("", [], "wall", 0.095), ("cpu", [], "cpu", 0.9), ("wall", ["--type", "cpu"], "cpu", 0.9), ("samples", [], "wall", 0.095),
])
def test_which_time_is_read(read, default, words, clock, share):
    found = read(Pprof().file(TWO, (9, 900, 950), (1, 100, 9050), default), *words)
    assert (found["clock"], own(found)["work"]) == (clock, pytest.approx(share))
    assert "several-times" in {caveat["code"] for caveat in found["caveats"]}


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
    assert "work" in own(found) and "frames-not-dropped" in {caveat["code"] for caveat in found["caveats"]}


def test_a_hostile_expression_takes_no_time(read):
    read(Pprof().file([("cpu", "nanoseconds")], (10,), (10,), drop="(a*)*" * 300 + "b"))


@pytest.mark.parametrize("labels, names", [
    (({"thread id": 5, "thread native id": 7, "thread name": "n"}, {"thread_id": 5, "thread native id": 7}), ["n"]),
    (({"Thread ID": "8", "Process ID": "1"}, {"Thread ID": "8", "Process ID": "2"}), ["process 1", "process 2"]),
    (({"tid": 1}, {"tid": 2}), ["", ""]), (({"thread": "a"}, {"thread": "b"}), ["a", "b"]),
])
def test_threads_by_the_labels_of_tools(read, labels, names):
    assert [thread["name"] for thread in read(Pprof().file([("wall", "ns")], (1,), (1,), labels=labels))["threads"]] == names


def test_tasks_of_ddtrace(read):
    found = read(Pprof().file([("wall-time", "nanoseconds")], (3,), (1,), labels=({"task name": "fetch", "task id": 7}, {"task id": 9})))
    assert {task["name"]: task["self"]["share"] for task in found["tasks"]} == {"fetch": 0.75, "task 9": 0.25}
