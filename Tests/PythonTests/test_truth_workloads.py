"""The known-answer workloads: each tells its own run's exact shares."""
import json
import re
import sqlite3

import pytest

from known_answers import BRACKETED, BY_CPU, SHORT, WORKLOADS, run, short_run, short_run_by_cpu


def numbers_in(value):
    if isinstance(value, dict):
        return [number for inner in value.values() for number in numbers_in(inner)]
    return [value] if isinstance(value, (int, float)) else []


def test_every_workload_that_tells_its_truth_is_tested():
    importing = re.compile("^from truth import", re.MULTILINE)
    assert {path.stem for path in WORKLOADS.glob("*.py") if importing.search(path.read_text())} == {*SHORT, "arrays"}


@pytest.mark.parametrize("name", SHORT)
def test_the_truth_is_one_line_of_json(name):
    result = short_run(name)
    line = result.line
    assert result.output.count("\n") == 1
    assert sorted(line["truth"]) == SHORT[name][1]
    assert line["within"] == "main"
    assert 0.01 < line["seconds"] < 30
    assert all(abs(number) < 100 for number in numbers_in(line))
    more = ["error"] if name == "lockstep" else []
    assert list(line) == ["truth", "within", "seconds", "bracket", "shortest", *more]


@pytest.mark.parametrize("name", SHORT)
def test_shares_are_parts_of_one_whole(name):
    shares = short_run(name).line["truth"].values()
    assert all(0 < share < 1 for share in shares)
    assert 0.7 < sum(shares) <= 1 + 1e-12, "main itself does next to nothing"


@pytest.mark.parametrize("name", BY_CPU)
def test_the_cpu_truth_is_told_where_it_is_asked_for(name):
    line = short_run_by_cpu(name).line
    assert sorted(line["cpuTruth"]) == SHORT[name][1]
    assert all(0 < share < 1 for share in line["cpuTruth"].values())
    assert sum(line["cpuTruth"].values()) <= 1 + 1e-12
    assert line["cpuSeconds"] > 0
    assert "cpuTruth" not in short_run(name).line


@pytest.mark.parametrize("name, function", [("bursts", "doze"), ("sleep_io", "doze"), ("sleep_io", "wait_for_pipe"), ("many_threads", "await_answer")])
def test_who_sleeps_has_wall_time_and_hardly_cpu_time(name, function):
    line = short_run_by_cpu(name).line
    assert line["cpuTruth"][function] < line["truth"][function] / 3


def test_segments_of_bursts_are_bracketed_for_a_thousandth_at_most():
    """They are as short as the bursts."""
    assert 0 < short_run("bursts").line["bracket"] <= 1e-3


@pytest.mark.parametrize("name", BRACKETED)
def test_brackets_cost_one_part_in_ten_thousand_at_most(name):
    assert 0 < short_run(name).line["bracket"] <= 1e-4


@pytest.mark.parametrize("name", BRACKETED)
def test_segments_are_coarse(name):
    """Their work is fixed, so that a program stays the one whose results are stored, and newer processors do it sooner
    than the 5 ms that it takes at least where these were measured: NumPy's product of matrices in 3. So the shortest is
    held against what a bracket costs on this machine; all of them together are, in the test above, more strictly."""
    result = short_run(name)
    whole = sum(end - begin for begin, end in (thread["within"] for thread in result.threads))
    bracket = result.line["bracket"] * whole / (len(result.segments) + len(result.threads))
    assert result.line["shortest"] * 1e9 >= 5_000 * bracket > 0
    assert min(end - begin for _, begin, end in result.segments) == round(result.line["shortest"] * 1e9)


def test_stored_segments_have_five_milliseconds():
    with sqlite3.connect(f"file:{WORKLOADS.parent}/coverage/results.sqlite?mode=ro", uri=True) as database:
        timelines = [(name, json.loads(content)) for name, content in database.execute("SELECT workload, content FROM timeline")]
    assert {name for name, _ in timelines} >= {"equal", "zipf", "stalls"}
    for name, timeline in timelines:
        if name in BRACKETED:
            assert min(end - begin for thread in timeline.get("threads", [timeline]) for _, begin, end in thread["segments"]) >= 5_000_000, name


@pytest.mark.parametrize("name", SHORT)
def test_the_timeline_agrees_with_the_truth(name):
    result = short_run(name)
    begins, ends = zip(*(thread["within"] for thread in result.threads))
    assert result.line["seconds"] == pytest.approx((max(ends) - min(begins)) / 1e9, abs=1e-12)
    whole = sum(ends) - sum(begins)
    for function, share in result.line["truth"].items():
        time = sum(end - begin for named, begin, end in result.segments if named == function)
        assert share == pytest.approx(time / whole, abs=1e-9)


@pytest.mark.parametrize("name", SHORT)
def test_the_segments_of_a_thread_follow_one_another_under_main(name):
    for thread in short_run(name).threads:
        begin, end = thread["within"]
        instants = [begin] + [instant for segment in thread["segments"] for instant in segment[1:]] + [end]
        assert instants == sorted(instants)


def test_several_threads_have_a_timeline_each():
    functions = [{segment[0] for segment in thread["segments"]} for thread in short_run("two_threads").threads]
    assert functions == [{"add", "arrange"}, {"subtract", "doze"}]


@pytest.mark.parametrize("name, kept", [("equal", 40), ("stalls", 17)])
def test_the_order_of_calls_is_always_the_same(name, kept):
    again = run(WORKLOADS / f"{name}.py", *SHORT[name][0])
    order = [segment[0] for segment in again.segments]
    assert order == [segment[0] for segment in short_run(name).segments]
    assert len(order) == kept and order != sorted(order)


def test_zipf_calls_the_kth_function_fifty_kths_times():
    order = [segment[0] for segment in short_run("zipf").segments]
    assert [order.count(f"rank_{rank:02}") for rank in range(1, 51)] == [round(50 / rank) for rank in range(1, 51)]


def test_a_size_lengthens_the_run():
    assert len(run(WORKLOADS / "deep_recursion.py", "1").segments) == 3
    assert len(short_run("deep_recursion").segments) == 9


def test_the_calling_part_is_settable():
    mostly = run(WORKLOADS / "calls_inlined.py", "1", "95").line["truth"]
    assert short_run("calls_inlined").line["truth"]["calling"] < 0.25
    assert mostly["calling"] > 0.75


@pytest.mark.parametrize("period, phases", [("1", 200), ("half", 400), ("double", 100)])
def test_lockstep_keeps_to_its_grid(period, phases):
    result = run(WORKLOADS / "lockstep.py", "50", period, "2")
    assert len(result.segments) == phases // 2
    ends = [end for name, _, end in result.segments if name == "back"]
    begin = result.timeline["within"][0]
    length = 100_000_000 // (phases // 4)
    assert all(end >= begin + (number + 1) * length for number, end in enumerate(ends))
    assert ends[-1] < begin + 100_000_000 + 500_000_000, "and does not fall behind"


def test_lockstep_states_its_error():
    result = short_run("lockstep")
    assert 0 < result.line["error"] < 0.02
    assert result.line["bracket"] == 0
