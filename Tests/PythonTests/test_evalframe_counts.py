"""The design `evalframe`: counts of Python calls exact to the last, and time counted once."""
import pytest

from counting import END, PROGRAMS, reference_calls
from profiling import INTERPRETERS, profiled, profiled_within, version, written


@pytest.mark.parametrize("python", INTERPRETERS)
@pytest.mark.parametrize("program", PROGRAMS)
def test_counts_equal_cprofiles_to_the_last_call(tmp_path, program, python):
    script = written(tmp_path, PROGRAMS[program] + END)
    expected = reference_calls(script, builtins=False, python=python)
    findings = profiled_within("main", script, design="evalframe", python=python)
    assert findings.outcome.status == 0
    calls = findings.calls()
    if program == "recursion error":
        # How far down 200 frames reach depends on the frames above.
        assert abs(calls.pop("down") - expected.pop("down")) <= 3 * 20
    if version(python) == (3, 13):
        # It enters those of simple classes past the hook, which is told.
        assert calls.pop("__init__", 0) <= expected.pop("__init__", 0)
    if program == "generators" and version(python) >= (3, 14):
        # Two are closed where they wait. Only where cProfile watches them are they resumed for it.
        expected["count"] -= 2
    assert ("init-not-counted" in findings.caveats()) == (version(python) == (3, 13))
    assert calls == expected


def test_a_call_beyond_the_recursion_limit_is_no_call(tmp_path):
    script = written(tmp_path, """
import sys
made = 0
def down():
    global made
    made += 1
    down()
sys.setrecursionlimit(300)
for i in range(5):
    try: down()
    except RecursionError: pass
print(made)
""")
    findings = profiled(script, design="evalframe")
    assert findings.function("down")["calls"] == int(findings.outcome.out)


def test_no_c_function_comes_by(tmp_path):
    findings = profiled(written(tmp_path, PROGRAMS["methods"] + END), design="evalframe")
    assert findings["kind"] == "tracing"
    assert all(function["file"] is not None for function in findings["functions"])


def test_time_goes_to_those_who_spend_it(tmp_path):
    findings = profiled(written(tmp_path, """
import time
def sleeps(): time.sleep(0.3)
def raises():
    sleeps_too()
    raise ValueError
def sleeps_too(): time.sleep(0.2)
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
"""), design="evalframe")
    totals = {name: findings.function(name)["total"]["seconds"] for name in ["sleeps", "raises", "yields", "outside"]}
    assert totals == pytest.approx({"sleeps": 0.3, "raises": 0.2, "yields": 0.2, "outside": 0.3}, rel=0.1)
    assert findings.function("yields")["calls"] == 2
    assert findings.function("raises")["self"]["seconds"] < 0.02


def test_what_is_called_at_exit_is_not_below_the_module(tmp_path):
    script = written(tmp_path, """
import atexit, time
def late(): time.sleep(0.2)
atexit.register(late)
""")
    findings = profiled(script, design="evalframe")
    assert findings.function("late")["calls"] == 1
    assert findings.function("<module>", "program.py")["total"]["seconds"] < 0.1
