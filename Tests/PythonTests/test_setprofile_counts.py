"""The design `setprofile`: counts exact to the last call, and time counted once."""
import statistics

import pytest

from counting import END, PROGRAMS, reference_calls
from profiling import INTERPRETERS, profiled, profiled_within, written


@pytest.mark.parametrize("python", INTERPRETERS)
@pytest.mark.parametrize("program", PROGRAMS)
def test_counts_equal_cprofiles_to_the_last_call(tmp_path, program, python):
    script = written(tmp_path, PROGRAMS[program] + END)
    expected = reference_calls(script, python=python)
    findings = profiled_within("main", script, design="setprofile", python=python)
    assert findings.outcome.status == 0
    calls = findings.calls()
    if program == "recursion error":
        # How far down 200 frames reach depends on the frames above.
        assert abs(calls.pop("down") - expected.pop("down")) <= 3 * 20
    assert calls == expected


def test_total_time_counts_once_under_recursion(tmp_path):
    script = written(tmp_path, PROGRAMS["recursion"].replace("fib(15)", "fib(25)") + END)
    findings = profiled(script, design="setprofile")
    fib = findings.function("fib")
    assert fib["calls"] == 242_785
    assert fib["total"]["seconds"] == pytest.approx(fib["self"]["seconds"], rel=0.01)
    assert 0.8 < fib["total"]["share"] <= 1
    assert findings.share("main", "total") <= 1 + 1e-9


def test_a_short_program_is_not_charged_for_the_profilers_own_end(tmp_path):
    outside = []
    for run in range(11):
        # Of different lengths, so that the ends meet the profiler's own rhythm everywhere.
        script = written(tmp_path, f"import time\ndef f(): pass\nfor i in range(1000): f()\ntime.sleep({run} * 0.000_2)\n")
        findings = profiled(script, design="setprofile")
        life = sum(thread["seconds"] for thread in findings["threads"])
        outside.append(life - sum(function["self"]["seconds"] for function in findings["functions"]))
    # What lies outside all calls is the interpreter's way from the last line to its end.
    assert statistics.median(outside) < 0.000_5


def test_time_goes_to_those_who_spend_it(tmp_path):
    findings = profiled(written(tmp_path, """
import time
def sleeps(): time.sleep(0.3)
def raises():
    time.sleep(0.2)
    raise ValueError
def yields():
    time.sleep(0.1)
    yield
    time.sleep(0.1)
def outside(): time.sleep(0.3)
sleeps()
try: raises()
except ValueError: pass
generator = yields()
next(generator)
outside()
list(generator)
"""), design="setprofile")
    totals = {name: findings.function(name)["total"]["seconds"] for name in ["sleeps", "raises", "yields", "outside", "sleep"]}
    assert totals == pytest.approx({"sleeps": 0.3, "raises": 0.2, "yields": 0.2, "outside": 0.3, "sleep": 1.0}, rel=0.1)
    assert findings.function("sleep")["calls"] == 5
    assert findings.function("yields")["calls"] == 2
    assert findings.function("raises")["self"]["seconds"] < 0.02
