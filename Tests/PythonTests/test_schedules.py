"""Schedules and clocks: each runs, and says what it is and how sure one may be of it."""
import pytest

from profiling import BUSY, command, profiled, start, written

SCHEDULES = ["jittered", "poisson", "periodic"]


@pytest.fixture(scope="module")
def program(tmp_path_factory):
    return written(tmp_path_factory.mktemp("program"), "import time" + BUSY + """
def first(): busy(0.3)
def second(): busy(0.1)
first(); second(); time.sleep(0.2)
""")


@pytest.mark.parametrize("design", ["signal", "gil"])
@pytest.mark.parametrize("schedule", SCHEDULES)
@pytest.mark.parametrize("clock", ["wall", "cpu"])
def test_a_profile_says_how_it_was_made(program, design, schedule, clock):
    findings = profiled(program, design=design, flags=["--schedule", schedule, "--clock", clock, "-r", "500", "--seed", "7"])
    assert findings.outcome.status == 0
    said = {key: findings[key] for key in ["design", "kind", "schedule", "clock", "rate"]}
    assert said == {"design": design, "kind": "sampling", "schedule": schedule, "clock": clock, "rate": 500}
    ledger = findings["ledger"]
    assert ledger["taken"] + ledger["missed"] + ledger["failed"] == ledger["due"]
    # Ticks fall due in the whole run, at the rate; under `poisson` by chance.
    assert ledger["due"] == pytest.approx(500 * findings["seconds"], rel=0.2 if schedule == "poisson" else 0.01, abs=2)


@pytest.mark.parametrize("schedule", SCHEDULES)
@pytest.mark.parametrize("clock, reads", [("wall", "monotonic"), ("cpu", "thread_time")])
def test_shares_are_those_of_the_clock(tmp_path, schedule, clock, reads):
    """By what the program itself reads of the clock: on a busy machine both run apart."""
    findings = profiled(written(tmp_path, f"import time\nclock = time.{reads}\nreadings = [clock()]" + BUSY + """
def first(): busy(0.3)
def second(): busy(0.1)
for work in first, second, lambda: time.sleep(0.2):
    work()
    readings.append(clock())
print(*readings)
"""), flags=["--schedule", schedule, "--clock", clock])
    begin, after_first, after_second, end = map(float, findings.outcome.out.split())
    for name, took in [("first", after_first - begin), ("second", after_second - after_first)]:
        total = findings.function(name)["total"]
        assert total["worstLow"] - 0.07 < took / (end - begin) < total["worstHigh"] + 0.07


@pytest.mark.parametrize("schedule", ["jittered", "poisson"])
def test_own_instants_give_intervals(program, schedule):
    findings = profiled(program, flags=["--schedule", schedule])
    total = findings.function("first")["total"]
    assert total["low"] < total["share"] < total["high"]
    assert total["high"] - total["low"] < 0.2
    assert not findings.caveats() & {"periodic-no-interval", "instants-not-ours"}


def test_periodic_gives_none_and_says_so(program):
    findings = profiled(program, flags=["--schedule", "periodic"])
    assert "periodic-no-interval" in findings.caveats()
    for part in findings["functions"] + findings["lines"]:
        assert [part[kind][end] for kind in ("self", "total") for end in ("low", "high")] == [None] * 4
        assert part["self"]["worstLow"] <= part["self"]["share"] <= part["self"]["worstHigh"]


def test_the_schedules_gaps_are_what_they_are_called(tmp_path):
    script = written(tmp_path, "import time\ntime.sleep(1)\n")
    gaps = {}
    for schedule in SCHEDULES:
        findings = profiled(script, flags=["--schedule", schedule, "-r", "100"])
        gaps[schedule] = findings["ledger"]["gaps"]
        assert gaps[schedule]["mean"] == pytest.approx(10_000_000, rel=0.4)
    assert gaps["periodic"]["median"] == pytest.approx(10_000_000, rel=0.02)
    # No jittered gap is longer than two intervals, but for late ticks; one of a hundred exponential ones nearly always is.
    assert gaps["jittered"]["longest"] < 25_000_000
    assert gaps["poisson"]["longest"] > 20_000_000


@pytest.mark.parametrize("flags", [["--schedule", "random"], ["--clock", "sun"], ["-d", "none"], ["-r", "0"], ["-r", "-1"], ["-r", "1000000000"], ["--seed", "x"]])
def test_what_is_no_schedule_is_refused(program, flags):
    outcome = start(command(program, output=program.with_name("refused.json"), flags=flags))
    assert outcome.status == 2
    assert not program.with_name("refused.json").exists()
