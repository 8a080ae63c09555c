"""How the known-answer workloads record their truth, with a clock that the test moves."""
import importlib.util
import json
import sys

import pytest

from known_answers import WORKLOADS


def load(name):
    """A module that the workloads share, loaded anew."""
    spec = importlib.util.spec_from_file_location(name, WORKLOADS / f"{name}.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture
def truth():
    return load("truth")


@pytest.fixture
def at(truth, monkeypatch):
    """A recorder whose clock stands still, and a function that moves the clock on."""
    now = [1_000]
    recorder = truth.Recorder(10)
    monkeypatch.setattr(truth, "clock", lambda: now[0])

    def pass_time(nanoseconds):
        now[0] += nanoseconds
    recorder.cost = 2
    return recorder, pass_time


def record(recorder, pass_time):
    """Under `main` 400 ns in `first`, 500 in `second`, in two calls each, and 100 in main itself."""
    def first(time):
        pass_time(time)

    def second(time):
        pass_time(time)

    def main():
        recorder.call(first, 300)
        pass_time(70)
        recorder.call(second, 200)
        recorder.call(second, 300)
        recorder.call(first, 100)
        pass_time(30)
    pass_time(50)
    recorder.call(main)
    pass_time(1_000)


def test_the_timeline_is_what_passed(at):
    record(*at)
    timeline = at[0].timeline()
    assert timeline.within == (1_050, 2_050)
    assert timeline.segments == [
        ("first", 1_050, 1_350), ("second", 1_420, 1_620), ("second", 1_620, 1_920), ("first", 1_920, 2_020)]


def test_the_truth_is_exact(truth, at, capsys):
    record(*at)
    truth.tell(at[0])
    assert json.loads(capsys.readouterr().out) == {
        "truth": {"first": 0.4, "second": 0.5}, "within": "main", "seconds": 1e-6, "bracket": 0.01, "shortest": 1e-7}


def test_the_cpu_truth_is_what_the_threads_clock_says(truth, at, monkeypatch, capsys):
    """The thread runs for half of the time that passes in `first`, and all of that in `second` and in main itself."""
    _, pass_time = at
    spent = [500]
    monkeypatch.setitem(sys.modules, "truth", truth)
    cpu_truth = load("cpu_truth")
    recorder = cpu_truth.Recorder(10)
    monkeypatch.setattr(cpu_truth, "cpu_clock", lambda: spent[0])

    def run_for(time, part=1):
        pass_time(time)
        spent[0] += time // part

    def first():
        run_for(200, part=2)

    def second():
        run_for(300)

    def main():
        for function in (first, second):
            recorder.call(function)
        run_for(100)
    recorder.call(main)
    cpu_truth.tell(recorder)
    line = json.loads(capsys.readouterr().out)
    assert line["truth"] == {"first": 2 / 6, "second": 3 / 6}
    assert line["cpuTruth"] == {"first": 1 / 5, "second": 3 / 5}
    assert line["cpuSeconds"] == 5e-7


def test_threads_add_up(truth):
    """Shares are of both threads' time together, however long each ran."""
    one = truth.Timeline((0, 100), [("first", 0, 60)])
    other = truth.Timeline((50, 350), [("first", 60, 100), ("second", 100, 300)])
    assert truth.shares([one, other]) == {"first": 0.25, "second": 0.5}


@pytest.mark.parametrize("segments", [
    [("outer", 10, 90), ("inner", 20, 30)], [("early", -5, 10)], [("late", 90, 101)], [("backwards", 20, 10)],
])
def test_brackets_that_do_not_follow_one_another_are_refused(truth, segments):
    with pytest.raises(ValueError, match="overlaps"):
        truth.shares([truth.Timeline((0, 100), segments)])


def test_a_step_of_a_generator_or_coroutine_has_the_name_of_its_body(truth):
    def rows():
        yield 1

    async def fetch():
        return 1
    coroutine = fetch()
    assert truth.name_of(rows().__next__) == "rows"
    assert truth.name_of(coroutine.send) == "fetch"
    assert truth.name_of(rows) == "rows"
    assert truth.name_of(sorted) == "sorted"
    coroutine.close()


def test_a_bracket_gives_what_the_call_gives(at):
    assert at[0].call(divmod, 7, 2) == (3, 1)


def test_the_cost_of_a_bracket_is_the_difference_of_the_least(truth, monkeypatch):
    """A batch without brackets takes 1, 2, … µs, one with brackets 4 µs more, and some are disturbed."""
    readings = []
    for batch in range(truth.BATCHES):
        disturbance = 0 if batch == 2 else 50_000 * batch + 1_000
        readings += [0, 5_000 + disturbance, 0, 1_000 + disturbance]
    recorder = truth.Recorder(1)
    durations = iter(end - begin for begin, end in zip(readings[::2], readings[1::2]))
    monkeypatch.setattr(truth, "duration", lambda function, *arguments: next(durations))
    assert recorder._measured_cost() == 4_000 / truth.BATCH
    assert recorder.count == 0


def test_no_timeline_is_written_unasked(truth, at, monkeypatch, capsys, tmp_path):
    monkeypatch.delenv("TRUTH_TIMELINE", raising=False)
    monkeypatch.chdir(tmp_path)
    record(*at)
    truth.tell(at[0])
    assert list(tmp_path.iterdir()) == []


def test_workers_are_functions_of_their_own():
    workers = load("workers")
    one, other = workers.worker("one"), workers.worker("other")
    codes = [one.__code__, other.__code__]
    assert [code.co_name for code in codes] == [code.co_qualname for code in codes] == ["one", "other"]
    assert one.__name__ == one.__qualname__ == "one"
    assert one(8) == other(8) == 2.0
    assert workers.answer(3) == 3 * one(workers.SEGMENT)
    assert workers.sleeper("nap").__code__.co_name == "nap"
    assert workers.sleeper("nap")(1) is True


def test_the_switches_of_lockstep_lie_amid_the_gaps(monkeypatch):
    """Gaps of 10, 20 and 10 ns between phases, 3 ns before the first and 7 after the last reading."""
    monkeypatch.syspath_prepend(WORKLOADS)
    lockstep = load("lockstep")
    timeline, error = lockstep.timeline_of((0, 1_000), [3, 300, 500, 800], [290, 480, 790, 993])
    assert timeline.segments == [("front", 3, 295), ("back", 295, 490), ("front", 490, 795), ("back", 795, 993)]
    assert error == (40 / 2 + 3 + 7) / 1_000
