"""Subinterpreters: a report says that their functions are not profiled, and so none of them stands in it."""
import pytest

from profiling import INTERPRETERS, MONITORED, profiled, written

DESIGNS = [
    *((design, python) for design in ("signal", "gil", "setprofile", "lines", "evalframe") for python in INTERPRETERS),
    *(("monitoring", python) for python in MONITORED)]

PROGRAM = """
import sys
try: import _interpreters as interpreters
except ImportError: import _xxsubinterpreters as interpreters
run = getattr(interpreters, "exec", None) or interpreters.run_string
WORK = "def {}(seconds):\\n    import time\\n    begin = time.thread_time()\\n    while time.thread_time() - begin < seconds: pass\\n{}(0.2)"
exec(WORK.format("ours", "ours"))
run(interpreters.create(), WORK.format("theirs", "theirs"))
exec(WORK.format("ours", "ours"))
print("over")
"""


@pytest.mark.parametrize("design, python", DESIGNS)
def test_no_function_of_a_subinterpreter_is_in_the_report(tmp_path, design, python):
    findings = profiled(written(tmp_path, PROGRAM), design=design, python=python)
    assert findings.outcome.out == "over\n"
    assert "subinterpreters" in findings.caveats()
    assert findings.functions("ours") and not findings.functions("theirs")
