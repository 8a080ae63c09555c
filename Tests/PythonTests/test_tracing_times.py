"""Times of the tracing designs: all of the run is charged, and once."""
import pytest

from commandline import TRACING
from counting import PROGRAMS
from profiling import MONITORED, PYTHON, profiled, profiled_within, written


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


# The first use of this clock calibrates, so not every interpreter is asked each time.
@pytest.mark.parametrize("design, python", [*((design, PYTHON) for design in TRACING), *(("monitoring", python) for python in MONITORED[:1])])
def test_a_threads_cpu_time_is_its_own(tmp_path, design, python):
    """It begins at nothing, however much the thread that starts it has used by then."""
    script = written(tmp_path, """
import threading, time
def uses(seconds):
    until = time.thread_time() + seconds
    while time.thread_time() < until: pass
def works(): uses(0.1)
uses(0.3)
thread = threading.Thread(target=works)
thread.start(); thread.join()
""")
    findings = profiled(script, design=design, python=python, flags=["--clock", "cpu"])
    assert findings.function("works")["total"]["seconds"] == pytest.approx(0.1, rel=0.1)


@pytest.mark.parametrize("python", MONITORED)
def test_evalframe_charges_a_function_with_what_its_return_frees(tmp_path, python):
    """From 3.12 on the frame is cleared within its evaluation."""
    script = written(tmp_path, """
import gc, time
gc.disable()
def makes():
    items = [[i] for i in range(20_000)]
    return len(items)
def main():
    until = time.perf_counter() + 0.5
    while time.perf_counter() < until: makes()
main()
""")
    findings = profiled_within("main", script, design="evalframe", python=python)
    assert findings.share("main") < 0.05
