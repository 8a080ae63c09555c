"""Programs that take the hooks away for a while and give back what they saved, as doctest and debuggers do."""
import pytest

from profiling import INTERPRETERS, command, plainly, profiled, start, version, written

DESIGNS = [*(("setprofile", python) for python in INTERPRETERS), *(("lines", python) for python in INTERPRETERS)]

SAVING = """
import sys, threading
def work(): return sum(range(200))
def quietly(function):
    trace, profile = sys.gettrace(), sys.getprofile()
    sys.settrace(None); sys.setprofile(None)
    try: return function()
    finally: sys.settrace(trace); sys.setprofile(profile)
def deeper(n): return deeper(n - 1) if n else quietly(work)
for i in range(100): work()
print(quietly(work))
for i in range(50): work()
print(deeper(5))
for i in range(50): work()
thread = threading.Thread(target=deeper, args=(3,)); thread.start(); thread.join()
print("over")
"""


@pytest.mark.parametrize("design, python", DESIGNS)
def test_tracing_goes_on_with_the_hook_that_was_saved(tmp_path, design, python):
    script = written(tmp_path, SAVING)
    findings = profiled(script, design=design, python=python)
    assert findings.outcome == plainly(script, python=python)
    # What ran while the hook was away is not counted where a hook is, and that is told.
    monitored = design == "lines" and version(python) >= (3, 12)
    assert findings.function("work")["calls"] == (203 if monitored else 200)
    assert findings.function("deeper")["calls"] == 6 + 4
    assert monitored or {"profile-function-replaced", "trace-function-replaced"} & findings.caveats()
    assert findings.function("<module>", "program.py")["total"]["share"] > 0.4


@pytest.mark.parametrize("design", ["setprofile", "lines"])
def test_doctest_runs(tmp_path, design):
    script = written(tmp_path, '"""\n>>> double(2)\n4\n>>> double("a")\n\'aa\'\n"""\ndef double(x):\n    return x * 2\n')
    outcome = start(command("-m", "doctest", script, output=tmp_path / "x.pb.gz", design=design))
    assert outcome.status == 0, outcome.err


@pytest.mark.parametrize("design", ["setprofile", "lines"])
def test_what_is_saved_can_be_called(tmp_path, design):
    script = written(tmp_path, "import sys\nfor hook in sys.getprofile(), sys.gettrace():\n    if hook: hook(sys._getframe(), 'call', None)\nprint('over')\n")
    assert profiled(script, design=design).outcome.out == "over\n"
