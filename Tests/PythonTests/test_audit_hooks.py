"""Audit hooks of the program (PEP 578): they hear of nothing that we do, and what they refuse ends profiling, not the program."""
import os

import pytest

from commandline import designs
from profiling import INTERPRETERS, ONE_EACH, PYTHON, plainly, profiled, start, version, written

DESIGNS = [(design, python) for python in ONE_EACH for design in designs(python)]

COUNTING = """
import sys, threading
heard = []
def hook(event, arguments):
    if event.startswith(("sys.", "os.", "ctypes")) and event != "sys._getframe": heard.append(event)
def work(): return sum(range(100))
for i in range(100): work()
sys.addaudithook(hook)
for i in range(100): work()
thread = threading.Thread(target=work); thread.start(); thread.join()
def mine(*event): pass
sys.setprofile(mine); sys.setprofile(None)
sys.addaudithook(lambda event, arguments: None)
print(heard)
import atexit
atexit.register(lambda: print(heard))
class Late:
    def __del__(self): print(heard)
sys.late = Late()
"""


@pytest.mark.parametrize("design, python", DESIGNS)
def test_hooks_that_count_hear_what_they_hear_without_us(tmp_path, design, python):
    script = written(tmp_path, COUNTING)
    findings = profiled(script, design=design, python=python)
    assert findings.outcome == plainly(script, python=python)
    if design not in ("signal", "gil"):
        assert findings.function("work")["calls"] == 201


REFUSING = """
import sys, threading
def hook(event, arguments):
    if event.startswith(("sys.setprofile", "sys.settrace", "sys.monitoring")): raise RuntimeError("no tracing in this house")
def work(): return sum(range(100))
for i in range(1000): work()
sys.addaudithook(hook)
for i in range(1000): work()
threads = [threading.Thread(target=work) for _ in range(20)]
for thread in threads: thread.start()
for thread in threads: thread.join()
class Late:
    def __del__(self):
        for i in range(1000): work()
sys.late = Late()
print("over")
"""


@pytest.mark.parametrize("design, python", DESIGNS)
def test_hooks_that_refuse_tracers_are_not_asked(tmp_path, design, python):
    script = written(tmp_path, REFUSING)
    findings = profiled(script, design=design, python=python)
    assert findings.outcome == plainly(script, python=python)
    assert findings.outcome.out == "over\n"
    if design not in ("signal", "gil"):
        assert findings.function("work")["calls"] >= 2020


# A hook of C's cannot be kept from hearing of us.
REFUSAL = """
#include <string.h>
extern void *PyExc_RuntimeError;
void PyErr_SetString(void *, const char *);
int PySys_AddAuditHook(int (*)(const char *, void *, void *), void *);
static int refuse(const char *event, void *arguments, void *data) {
    if (strcmp(event, "sys.setprofile") && strcmp(event, "sys.settrace") && strcmp(event, "sys.monitoring.register_callback")) return 0;
    PyErr_SetString(PyExc_RuntimeError, "no tracing in this house");
    return -1;
}
int begin(void) { return PySys_AddAuditHook(refuse, 0); }
"""


@pytest.fixture(scope="module")
def refusal(tmp_path_factory):
    folder = tmp_path_factory.mktemp("refusal")
    (folder / "refusal.c").write_text(REFUSAL)
    assert start(["gcc", "-shared", "-fPIC", "-o", folder / "refusal.so", folder / "refusal.c"]).status == 0
    return folder / "refusal.so"


@pytest.mark.parametrize("design, python", DESIGNS)
def test_a_refused_hook_is_a_clear_end(tmp_path, refusal, design, python):
    script = written(tmp_path, f"""
import ctypes, sys, threading
def work(): return sum(range(100))
for i in range(100): work()
ctypes.PyDLL({str(refusal)!r}).begin()
def started():
    for i in range(100): work()
thread = threading.Thread(target=started); thread.start(); thread.join()
class Late:
    def __del__(self):
        for i in range(1000): work()
sys.late = Late()
print("over")
""")
    findings = profiled(script, design=design, python=python)
    assert findings.outcome == plainly(script, python=python)
    if design == "setprofile" or (design == "lines" and version(python) < (3, 12)):
        assert findings.function("work")["calls"] == 100
        assert "hook-refused" in findings.caveats()
        assert "calls-lost" in {reason["code"] for reason in findings["unaccounted"]["reasons"]}


GIVING_WAY = """
import gc, sys, threading, time
class Ring:
    # Its finalizer gives up the GIL wherever the collector comes by.
    def __init__(self): self.itself = self
    def __del__(self): time.sleep(0)
gc.set_threshold(10)
def work(n): return [Ring() for _ in range(n)] and n
def slow(event, arguments):
    if event in ("sys.setprofile", "sys.settrace"): time.sleep(0.0005)
sys.addaudithook(slow)
for round in range(60):
    threads = [threading.Thread(target=work, args=(i,)) for i in range(12)]
    for thread in threads: thread.start()
    for thread in threads: thread.join()
print("over")
"""


@pytest.mark.parametrize("design, python", DESIGNS)
def test_threads_that_come_and_go_while_they_are_hooked(tmp_path, design, python):
    script = written(tmp_path, GIVING_WAY)
    findings = profiled(script, design=design, python=python)
    assert (findings.outcome.out, findings.outcome.status, findings.outcome.err) == ("over\n", 0, "")
    if design not in ("signal", "gil"):
        assert findings.function("work")["calls"] == 60 * 12


@pytest.mark.parametrize("python", [PYTHON, INTERPRETERS[-1]])
def test_a_refusing_hook_that_was_there_before(tmp_path, python):
    """A customisation's, which runs before the program's first line."""
    (tmp_path / "site").mkdir()
    (tmp_path / "site" / "sitecustomize.py").write_text("""
import sys
heard = sys.heard = []
def hook(event, arguments):
    if event.startswith(("sys.setprofile", "sys.settrace")): heard.append(event); raise RuntimeError("no tracing in this house")
sys.addaudithook(hook)
""")
    script = written(tmp_path, "import sys\ndef work(): pass\nfor i in range(300): work()\nprint(sys.heard)\n")
    environment = {"env": os.environ | {"PYTHONPATH": str(tmp_path / "site")}}
    findings = profiled(script, design="setprofile", python=python, **environment)
    assert findings.outcome == plainly(script, python=python, **environment)
    assert findings.function("work")["calls"] == 300
