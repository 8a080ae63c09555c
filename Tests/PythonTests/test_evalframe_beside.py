"""The design `evalframe` beside programs that hook the interpreter themselves, recurse, fork or have threads."""
import os

import pytest

from profiling import LIBRARY, INTERPRETERS, Outcome, plainly, profiled, version, written
from test_setprofile_own_hooks import OWN_CPROFILE, OWN_PROFILE
from test_setprofile_transparency import WORKING


@pytest.mark.parametrize("program, calls", [
    (OWN_PROFILE, 503), (OWN_CPROFILE, 502), ("""
import sys
def counted(): pass
seen = []
def tracer(frame, event, argument):
    if frame.f_code is counted.__code__: seen.append((event, frame.f_lineno))
    return tracer
sys.settrace(tracer)
counted()
sys.settrace(None)
counted()
sys.setprofile = None
counted()
print(seen)
""", 3)], ids=["sys.setprofile", "cProfile", "sys.settrace"])
def test_a_programs_own_hooks_work_and_change_nothing(tmp_path, program, calls):
    script = written(tmp_path, program)
    findings = profiled(script, design="evalframe")
    assert findings.outcome == plainly(script)
    assert findings.function("counted")["calls"] == calls
    assert not {"profile-function-replaced", "evaluation-hook-replaced"} & findings.caveats()


def test_a_hook_that_is_replaced_is_told(tmp_path):
    script = written(tmp_path, """
import _testinternalcapi
def counted(): pass
for i in range(100): counted()
seen = []
_testinternalcapi.set_eval_frame_record(seen)
for i in range(50): counted()
_testinternalcapi.set_eval_frame_default()
print(seen.count("counted"))
""")
    findings = profiled(script, design="evalframe")
    assert findings.outcome == plainly(script)
    assert "evaluation-hook-replaced" in findings.caveats()
    assert findings.function("counted")["calls"] == 100


def test_a_hook_that_was_there_before_goes_on(tmp_path):
    """CPython's own, which records what it evaluates; set by a `sitecustomize` that was there before ours."""
    folder = tmp_path / "path"
    folder.mkdir()
    (folder / "sitecustomize.py").write_text(
        "import _testinternalcapi, sys\nsys.seen = []\n_testinternalcapi.set_eval_frame_record(sys.seen)\n")
    script = written(tmp_path, """
import sys
def counted(): pass
for i in range(100): counted()
print(sys.seen.count("counted"))
""")
    environment = {**os.environ, "PYTHONPATH": str(folder)}
    findings = profiled(script, design="evalframe", env=environment)
    assert findings.outcome == plainly(script, env=environment)
    assert findings.outcome.out == "100\n"
    assert "evaluation-hook-replaced" not in findings.caveats()
    assert findings.function("counted")["calls"] == 100


def test_sessions_one_after_the_other_within_open_calls_leave_the_hook_as_it_was(tmp_path):
    script = written(tmp_path, """
import _testinternalcapi, importlib.machinery, importlib.util, sys
loader = importlib.machinery.ExtensionFileLoader("_swprof", sys.argv[1])
swprof = importlib.util.module_from_spec(importlib.util.spec_from_loader("_swprof", loader))
loader.exec_module(swprof)
def counted(): pass
def starts(number):
    swprof.start({"design": "evalframe", "log": f"{sys.argv[2]}/{number}"})
    counted()
def passes(number):
    starts(number)
    counted()
    stops()
def stops(): swprof.stop()
seen = []
_testinternalcapi.set_eval_frame_record(seen)
for number in range(3): passes(number)
seen.clear()
counted()
print(seen)
""")
    assert plainly(script, LIBRARY, tmp_path) == Outcome(0, "['counted']\n", "")


def test_a_fork_is_left_alone(tmp_path):
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
    print("child", flush=True)
    os._exit(5)
print(os.waitstatus_to_exitcode(os.wait()[1]))
""")
    findings = profiled(script, design="evalframe")
    assert (findings.outcome.status, findings.outcome.out) == (0, "child\n5\n")
    assert findings.function("counted")["calls"] == 150


@pytest.mark.parametrize("end, status", [("os._exit(7)", 7), ("os.kill(os.getpid(), 9)", -9)], ids=["_exit", "SIGKILL"])
def test_a_sudden_end_keeps_all_but_the_last_moment(tmp_path, end, status):
    findings = profiled(written(tmp_path, WORKING + end), design="evalframe")
    assert findings.outcome.status == status
    done = int(findings.outcome.out)
    counted = findings.function("leaf")["calls"]
    assert 0.75 * done <= counted <= done


DEEP = """
import sys, threading
def down(n): return down(n - 1) if n else 0
sys.setrecursionlimit(10 ** 6)
depth = %d
try: print(down(depth))
except RecursionError as error: print("RecursionError", "setprofile" in str(error))
print(down(100))
"""


@pytest.mark.parametrize("python", INTERPRETERS)
def test_ten_thousand_calls_deep(tmp_path, python):
    # From 3.14 on CPython itself takes nearly twice as much of the C stack for an evaluation.
    depth = 10_000 if version(python) < (3, 14) else 7_000
    script = written(tmp_path, DEEP % depth)
    findings = profiled(script, design="evalframe", python=python)
    assert findings.outcome == plainly(script, python=python)
    assert findings.function("down")["calls"] == depth + 1 + 101
    assert "recursion-refused" not in findings.caveats()


@pytest.mark.parametrize("python", INTERPRETERS)
@pytest.mark.parametrize("in_thread", [False, True], ids=["main thread", "small thread"])
def test_deeper_than_the_c_stack_is_refused_and_told(tmp_path, in_thread, python):
    program = DEEP % 500_000
    if in_thread:
        body = program.replace("\n", "\n    ")
        program = f"import threading\ndef work():{body}\nthreading.stack_size(256 << 10)\nthread = threading.Thread(target=work)\nthread.start(); thread.join()\n"
        program = program.replace("    import sys, threading", "    global down\n    import sys")
    findings = profiled(written(tmp_path, program), design="evalframe", python=python)
    assert (findings.outcome.status, findings.outcome.out) == (0, "RecursionError True\n0\n")
    assert "recursion-refused" in findings.caveats()
    assert any("setprofile" in caveat["text"] for caveat in findings["caveats"] if caveat["code"] == "recursion-refused")
