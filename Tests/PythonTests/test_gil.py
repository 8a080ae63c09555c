"""The design `gil`, the talk's: the program decides when it is seen, and the report says so."""
import pytest

from profiling import BUSY, INTERPRETERS, REPOSITORY, plainly, profiled, written

SIEVE = REPOSITORY / "experiments" / "workloads" / "sieve.py"


@pytest.fixture(scope="module")
def sieve(tmp_path_factory):
    """The sieve under `gil` at 1 kHz."""
    script = tmp_path_factory.mktemp("sieve") / "sieve.py"
    script.write_text(SIEVE.read_text())
    findings = profiled(script, "2000000", design="gil")
    assert (findings.outcome.status, findings.outcome.out) == (0, "148933\n")
    return findings


def test_the_sieve_lets_it_look_far_less_often_than_was_due(sieve):
    ledger = sieve["ledger"]
    assert ledger["taken"] < ledger["due"] / 2
    assert ledger["missed"] + ledger["taken"] == ledger["due"]
    assert ledger["taken"] > 20


def test_its_instants_are_not_its_own_so_it_prints_no_interval(sieve):
    assert "instants-not-ours" in sieve.caveats()
    for part in sieve["functions"] + sieve["lines"]:
        for kind in "self", "total":
            assert part[kind]["low"] is None and part[kind]["high"] is None
            assert 0 <= part[kind]["worstLow"] <= part[kind]["share"] <= part[kind]["worstHigh"] <= 1


def test_the_sieves_time_is_charged_to_the_lines_behind_the_long_calls(tmp_path):
    script = written(tmp_path, SIEVE.read_text())
    # Long, and twice: it looks so seldom that a short run's shares are mostly chance.
    runs = [profiled(script, "5000000", design="gil") for _ in range(2)]
    truth = profiled(script, "5000000").shares_by_line()
    # The GIL is given up between two instructions: behind the update, not in it.
    assert sum(run.shares_by_line().get(8, 0) for run in runs) / 2 > truth.get(8, 0) + 0.05
    assert all(run.share("eratosthenes") > 0.7 for run in runs)


@pytest.mark.parametrize("python", INTERPRETERS)
def test_sleeping_lines_and_threads(tmp_path, python):
    script = written(tmp_path, """
import threading, time
def sleeper():
    time.sleep(0.6)
    time.sleep(0.4)
def waits(): thread.join()
thread = threading.Thread(target=sleeper)
thread.start()
waits()
print("over")
""")
    findings = profiled(script, design="gil", python=python)
    assert (findings.outcome.status, findings.outcome.out) == (0, "over\n")
    lines = findings.shares_by_line()
    assert (lines[4], lines[5]) == pytest.approx((0.3, 0.2), abs=0.03)
    assert findings.share("waits", "total") == pytest.approx(0.5, abs=0.03)
    assert findings["ledger"]["taken"] > 0.7 * findings["ledger"]["due"]
    assert len(findings["threads"]) == 2


def test_its_own_thread_is_not_the_programs(tmp_path):
    script = written(tmp_path, "import threading, time" + BUSY + """
busy(0.3)
print(threading.active_count(), [thread.name for thread in threading.enumerate()])
""")
    findings = profiled(script, design="gil")
    assert findings.outcome == plainly(script)
    assert len(findings["threads"]) == 1
