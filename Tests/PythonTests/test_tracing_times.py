"""Times of the tracing designs: all of the run is charged, and once."""
import pytest

from commandline import TRACING
from counting import END, PROGRAMS
from profiling import profiled, written


@pytest.mark.parametrize("design", TRACING)
@pytest.mark.parametrize("program", ["recursion", "exceptions", "callbacks", "generators", "syntax"])
def test_self_times_add_up_to_the_whole(tmp_path, program, design):
    long_enough = "\nimport time\nuntil = time.time() + 0.2\nwhile time.time() < until: main()\n"
    findings = profiled(written(tmp_path, PROGRAMS[program] + long_enough), design=design)
    shares = [function["self"]["share"] for function in findings["functions"]]
    assert sum(shares) == pytest.approx(1, abs=0.05)
    for function in findings["functions"]:
        assert 0 <= function["self"]["share"] <= function["total"]["share"] + 1e-9 <= 1 + 2e-9


@pytest.mark.parametrize("design", TRACING)
def test_the_cpu_clock_charges_no_sleep(tmp_path, design):
    script = written(tmp_path, """
import time
def sleeps(): time.sleep(0.5)
def works():
    until = time.thread_time() + 0.3
    while time.thread_time() < until: pass
sleeps(); works()
""")
    findings = profiled(script, design=design, flags=["--clock", "cpu"])
    assert findings["clock"] == "cpu"
    assert findings.share("sleeps", "total") < 0.05
    assert findings.share("works", "total") > 0.9
    assert findings.function("works")["total"]["seconds"] == pytest.approx(0.3, rel=0.1)
