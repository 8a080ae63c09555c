"""The design `setprofile` beside programs that have a profile or trace function of their own."""
import pytest

from profiling import PYTHON, plainly, profiled, version, written


OWN_PROFILE = """
import sys
seen = []
def counted(): pass
def before():
    for i in range(500): counted()
def mine(frame, event, argument):
    if event == "call": seen.append(frame.f_code.co_name)
before()
sys.setprofile(mine)
counted()
counted()
sys.setprofile(None)
counted()
print(seen, sys.getprofile())
"""

OWN_CPROFILE = """
import cProfile, pstats
def counted(): pass
def before():
    for i in range(500): counted()
before()
profile = cProfile.Profile()
profile.enable()
counted(); counted()
profile.disable()
for entry in profile.getstats():
    if not isinstance(entry.code, str): print(entry.code.co_name, entry.callcount)
"""


@pytest.mark.parametrize("program", [OWN_PROFILE, OWN_CPROFILE], ids=["sys.setprofile", "cProfile"])
def test_a_programs_own_profile_function_works_and_is_told(tmp_path, program):
    script = written(tmp_path, program)
    findings = profiled(script, design="setprofile")
    assert findings.outcome == plainly(script)
    if program == OWN_CPROFILE and version(PYTHON) >= (3, 12):
        # It uses sys.monitoring there, and leaves the profile function alone.
        assert findings.function("counted")["calls"] == 502
        return
    assert "profile-function-replaced" in findings.caveats()
    assert findings.function("counted")["calls"] == 500
    assert findings.function("before")["calls"] == 1


def test_a_program_that_takes_the_profile_function_away(tmp_path):
    script = written(tmp_path, """
import sys
def counted(): pass
for i in range(300): counted()
sys.setprofile(None)
for i in range(300): counted()
print("over")
""")
    findings = profiled(script, design="setprofile")
    assert findings.outcome == plainly(script)
    assert "profile-function-replaced" in findings.caveats()
    assert findings.function("counted")["calls"] == 300


def test_a_profile_function_in_one_thread_leaves_the_others_counted(tmp_path):
    script = written(tmp_path, """
import sys, threading
def counted(): pass
def rebel():
    sys.setprofile(lambda *event: None)
    for i in range(100): counted()
thread = threading.Thread(target=rebel)
thread.start(); thread.join()
for i in range(300): counted()
""")
    findings = profiled(script, design="setprofile")
    assert "profile-function-replaced" in findings.caveats()
    assert findings.function("counted")["calls"] == 300


def test_threading_setprofile_is_told(tmp_path):
    script = written(tmp_path, """
import threading
seen = []
def counted(): pass
def work():
    for i in range(100): counted()
threading.setprofile(lambda frame, event, argument: seen.append(event) if frame.f_code is counted.__code__ else None)
thread = threading.Thread(target=work)
thread.start(); thread.join()
print(len(seen))
""")
    findings = profiled(script, design="setprofile")
    assert findings.outcome == plainly(script)
    assert "profile-function-replaced" in findings.caveats()


def test_a_debuggers_trace_function_goes_on_beside(tmp_path):
    script = written(tmp_path, """
import sys
lines = []
def counted():
    x = 1
    return x
def tracer(frame, event, argument):
    if frame.f_code is counted.__code__: lines.append((event, frame.f_lineno))
    return tracer
sys.settrace(tracer)
counted()
sys.settrace(None)
print(lines)
""")
    findings = profiled(script, design="setprofile")
    assert findings.outcome == plainly(script)
    assert findings.function("counted")["calls"] == 1
