"""Hooks that are there before ours, as coverage's and a customisation's are, go on and are told of."""
import os

import pytest

from profiling import INTERPRETERS, PYTHON, plainly, profiled, version, written

PROGRAM = """
import sys, threading
def work(n):
    total = 0
    for i in range(n): total += i
    return total
for i in range(400): work(5)
# Where there was none before, the interpreter shows the profiler's, which can be set again (docs/left-alone.md).
print(sys.calls, sys.lines, sys.getprofile() is sys.profile or not sys.profile, sys.gettrace() is sys.trace or not sys.trace)
"""
CUSTOMISATION = """
import sys
sys.calls = sys.lines = 0
sys.profile = sys.trace = None
def profile(frame, event, argument):
    if event == "call" and frame.f_code.co_name == "work": sys.calls += 1
def trace(frame, event, argument):
    if frame.f_code.co_name != "work": return None
    if event == "line": sys.lines += 1
    return trace
def begin():
    if KIND != "trace": sys.profile = profile; sys.setprofile(profile)
    if KIND != "profile": sys.trace = trace; sys.settrace(trace)
begin()
"""


@pytest.fixture
def customised(tmp_path):
    def environment(kind, module="sitecustomize"):
        (tmp_path / "site").mkdir()
        (tmp_path / "site" / f"{module}.py").write_text(f"KIND = {kind!r}\n" + CUSTOMISATION)
        return {"env": os.environ | {"PYTHONPATH": str(tmp_path / "site"), "PYTHONUSERBASE": str(tmp_path)}}
    return environment


@pytest.mark.parametrize("kind", ["profile", "trace", "both"])
@pytest.mark.parametrize("design", ["setprofile", "lines", "evalframe", "signal"])
@pytest.mark.parametrize("module, python", [("usercustomize", PYTHON), *(("sitecustomize", python) for python in INTERPRETERS)])
def test_hooks_of_a_customisation_go_on(tmp_path, customised, design, python, kind, module):
    script, environment = written(tmp_path, PROGRAM), customised(kind, module)
    findings = profiled(script, design=design, python=python, **environment)
    assert findings.outcome == plainly(script, python=python, **environment)
    if design != "signal":
        assert findings.function("work")["calls"] == 400
    shared = {"setprofile": "profile", "lines": "trace" if version(python) < (3, 12) else ""}.get(design, "")
    if shared and kind in (shared, "both"):
        assert "hooks-before" in findings.caveats()


@pytest.mark.parametrize("design", ["setprofile", "lines"])
def test_a_forked_child_keeps_the_hook_that_was_there_before(tmp_path, customised, design):
    script = written(tmp_path, PROGRAM + """
import os
if os.fork() == 0:
    for i in range(10): work(5)
    print(sys.calls, sys.lines, flush=True)
    os._exit(0)
os.wait()
""")
    environment = customised("both")
    findings = profiled(script, design=design, **environment)
    assert findings.outcome == plainly(script, **environment)


@pytest.mark.parametrize("python", INTERPRETERS)
def test_the_module_profile_works(tmp_path, python):
    """It cannot bear the return of the call that set its profile function."""
    script = written(tmp_path, """
import profile
for statement in ["max([0])", "max([0], key=int)", "len([1])", "sum(range(3))"]:
    profile.Profile().runctx(statement, globals(), locals())
print("over")
""")
    findings = profiled(script, design="setprofile", python=python)
    assert findings.outcome == plainly(script, python=python)
