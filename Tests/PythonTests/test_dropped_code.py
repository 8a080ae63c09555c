"""Code that a program makes without end, and drops: tracers know code by its address, at which other code comes to be."""
import pytest

from commandline import TRACING, designs
from profiling import ONE_EACH, PYTHON, profiled, written

MAKING = """
import resource
def make(n):
    names = {}
    exec(f"def made_{n}(): return {n}", names)
    return names[f"made_{n}"]()
def grown(since=0): return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - since
before = grown()
print(sum(make(n) for n in range(%d)), grown(before) < 60_000)
"""


def assert_each_is_called_once(findings, count):
    assert findings.outcome.out == f"{sum(range(count))} True\n"
    made = {function["name"]: function["calls"] for function in findings["functions"] if function["name"].startswith("made_")}
    assert made == {f"made_{n}": 1 for n in range(count)}


def test_fifty_thousand_functions_that_come_and_go(tmp_path):
    findings = profiled(written(tmp_path, MAKING % 50_000), design="evalframe", python=PYTHON, timeout=120)
    assert_each_is_called_once(findings, 50_000)


@pytest.mark.parametrize("design, python", [(design, python) for python in ONE_EACH for design in designs(python, "tracing")])
def test_no_function_is_taken_for_one_that_was_there_before(tmp_path, design, python):
    findings = profiled(written(tmp_path, MAKING % 10_000), design=design, python=python, timeout=120)
    assert_each_is_called_once(findings, 10_000)


@pytest.mark.parametrize("python", ONE_EACH)
def test_functions_that_are_not_to_be_traced_come_and_go(tmp_path, python):
    script = written(tmp_path, MAKING % 10_000 + "\nmake(7)\n")
    findings = profiled(script, design="lines", python=python, flags=("--trace", "make"), timeout=120)
    assert findings.outcome.out == f"{sum(range(10_000))} True\n"
    assert [function["calls"] for function in findings["functions"] if function["name"] == "make"] == [10_001]


DROPPING = """
import weakref
told = []
def make(n):
    names = {}
    exec(f"def made_{n}(): return {n}", names)
    weakref.finalize(names[f"made_{n}"].__code__, told.append, n)
    return names[f"made_{n}"]()
print(sum(make(n) for n in range(10_000)))
del told[:]
"""


@pytest.mark.parametrize("design", TRACING)
def test_what_runs_as_code_is_dropped_is_traced_too(tmp_path, design):
    findings = profiled(written(tmp_path, DROPPING), design=design, timeout=60)
    assert (findings.outcome.status, findings.outcome.out) == (0, f"{sum(range(10_000))}\n")
    assert [function["calls"] for function in findings["functions"] if function["name"] == "make"] == [10_000]
