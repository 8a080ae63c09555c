"""The design `monitoring`: counts exact to the last call, beside programs that hook the interpreter themselves."""
import pytest

from counting import END, PROGRAMS, reference_calls
from profiling import LIBRARY, MONITORED, PYTHON, Outcome, command, plainly, profiled, profiled_within, start, version, written
from test_setprofile_own_hooks import OWN_CPROFILE, OWN_PROFILE
from test_setprofile_transparency import WORKING

pytestmark = pytest.mark.skipif(not MONITORED, reason="no Python of 3.12 or later is here")
each_python = pytest.mark.parametrize("python", MONITORED)


@each_python
@pytest.mark.parametrize("program", PROGRAMS)
def test_counts_equal_cprofiles_to_the_last_call(tmp_path, program, python):
    script = written(tmp_path, PROGRAMS[program] + END)
    expected = reference_calls(script, python=python)
    findings = profiled_within("main", script, design="monitoring", python=python)
    assert findings.outcome.status == 0
    calls = findings.calls()
    if program == "recursion error":
        # How far down 200 frames reach depends on the frames above.
        assert abs(calls.pop("down") - expected.pop("down")) <= 3 * 20
    assert calls == expected


@each_python
@pytest.mark.parametrize("program", [OWN_PROFILE, OWN_CPROFILE, """
import sys
def counted(): pass
seen = []
def tracer(frame, event, argument):
    if frame.f_code is counted.__code__: seen.append((event, frame.f_lineno))
    return tracer
sys.settrace(tracer)
counted()
sys.settrace(None)
sys.setprofile = None
for i in range(502): counted()
print(seen)
""", """
import sys
def counted(): pass
seen = []
monitoring = sys.monitoring
monitoring.use_tool_id(0, "own")
monitoring.register_callback(0, monitoring.events.PY_START, lambda code, offset: seen.append(code.co_name))
monitoring.set_events(0, monitoring.events.PY_START)
for i in range(500): counted()
monitoring.set_events(0, 0)
monitoring.free_tool_id(0)
for i in range(3): counted()
print(len(seen), monitoring.get_tool(0))
"""], ids=["sys.setprofile", "cProfile", "sys.settrace", "sys.monitoring"])
def test_a_programs_own_hooks_work_and_change_nothing(tmp_path, program, python):
    script = written(tmp_path, program)
    findings = profiled(script, design="monitoring", python=python)
    assert findings.outcome == plainly(script, python=python)
    assert findings.function("counted")["calls"] in (502, 503)


@each_python
@pytest.mark.parametrize("design", ["monitoring", "lines"])
def test_the_last_tool_is_taken_and_the_others_are_the_programs(tmp_path, design, python):
    script = written(tmp_path, """
from sys import monitoring
def counted(): pass
for tool in range(5): monitoring.use_tool_id(tool, f"own {tool}")
for i in range(100): counted()
for tool in range(5): monitoring.free_tool_id(tool)
print("over")
""")
    findings = profiled(script, design=design, python=python)
    assert findings.outcome == plainly(script, python=python)
    assert findings.function("counted")["calls"] == 100


@each_python
def test_a_fork_in_a_traced_function_is_left_alone(tmp_path, python):
    script = written(tmp_path, """
import os, sys
def counted(): pass
for i in range(100): counted()
def forks():
    child = os.fork()
    for i in range(50): counted()
    return child
if not forks():
    for i in range(100_000): counted()
    print([sys.monitoring.get_tool(tool) for tool in range(6)], flush=True)
    os._exit(5)
print(os.waitstatus_to_exitcode(os.wait()[1]))
""")
    findings = profiled(script, design="monitoring", python=python)
    assert (findings.outcome.status, findings.outcome.out) == (0, f"{[None] * 6}\n5\n")
    assert findings.function("counted")["calls"] == 150


@each_python
def test_a_program_that_sets_profile_functions_hears_what_it_hears_without_us(tmp_path, python):
    """Not of the return of the call that set the first; but of all of a call that sets another in its place."""
    script = written(tmp_path, """
import functools, sys
heard = []
def hears(name):
    def profile(frame, event, argument):
        heard.append((name, event, frame.f_code.co_name, getattr(argument, "__name__", None)))
    return profile
def work(): return len([])
def sets(setter):
    setter(hears("first"))
    work()
    setter(hears("second"))
    work()
    setter(None)
    setter(None)
for setter in sys.setprofile, functools.partial(sys.setprofile):
    sets(setter)
    for _ in range(100): work()
print(*heard, sep="\\n")
""")
    findings = profiled(script, design="monitoring", python=python)
    assert findings.outcome == plainly(script, python=python)
    assert findings.function("work")["calls"] == 204


@each_python
def test_a_subinterpreter_is_left_alone(tmp_path, python):
    module = "_xxsubinterpreters" if version(python) < (3, 13) else "_interpreters"
    script = written(tmp_path, f"""
import {module} as interpreters
def counted(): pass
other = interpreters.create()
interpreters.{"run_string" if version(python) < (3, 13) else "exec"}(other, "def counted(): pass\\nfor i in range(50): counted()")
interpreters.destroy(other)
for i in range(100): counted()
print("over")
""")
    findings = profiled(script, design="monitoring", python=python)
    assert findings.outcome == plainly(script, python=python)
    assert findings.function("counted")["calls"] == 100


@each_python
def test_a_kill_keeps_all_but_the_last_moment(tmp_path, python):
    findings = profiled(written(tmp_path, WORKING + "os.kill(os.getpid(), 9)"), design="monitoring", python=python)
    assert findings.outcome.status == -9
    done = int(findings.outcome.out)
    assert 0.75 * done <= findings.function("leaf")["calls"] <= done


@each_python
def test_sessions_one_after_the_other_within_open_calls_give_the_tool_back(tmp_path, python):
    script = written(tmp_path, """
import importlib.machinery, importlib.util, sys
loader = importlib.machinery.ExtensionFileLoader("_swprof", sys.argv[1])
swprof = importlib.util.module_from_spec(importlib.util.spec_from_loader("_swprof", loader))
loader.exec_module(swprof)
def counted(): pass
def starts(design, number):
    swprof.start({"design": design, "log": f"{sys.argv[2]}/{number}"})
    counted()
def passes(design, number):
    starts(design, number)
    counted()
    stops()
def stops(): swprof.stop()
for number, design in enumerate(["monitoring", "evalframe", "monitoring", "setprofile", "monitoring"]): passes(design, number)
counted()
print([sys.monitoring.get_tool(tool) for tool in range(6)])
""")
    assert plainly(script, LIBRARY, tmp_path, python=python) == Outcome(0, f"{[None] * 6}\n", "")


def test_where_there_is_no_monitoring_one_line_says_so(tmp_path):
    if version(PYTHON) >= (3, 12):
        pytest.skip("the default interpreter has it")
    script = written(tmp_path, "print('ran')")
    outcome = start(command(script, output=tmp_path / "profile.pb.gz", design="monitoring"))
    assert (outcome.status, outcome.out) == (3, "")
    assert outcome.err.count("\n") == 1 and "3.12" in outcome.err and "evalframe" in outcome.err
