"""Under the design `setprofile` a program notices nothing, and what is captured outlives it."""
import signal

import pytest

from profiling import plainly, profiled, written


@pytest.mark.parametrize("program", ["""
import weakref
class Thing(list):
    def __del__(self): print("gone", len(self))
    def method(self): pass
def use():
    thing = Thing([1, 2]); thing.append(3); thing.method()
    print("used")
use()
print("after use")
thing = Thing(); reference = weakref.ref(thing, lambda _: print("weak")); thing.append(1)
del thing
print(reference())
bound = Thing([1]).append
bound(2)
del bound
print("end")
""", """
import gc, sys
def made(n):
    names = {}
    exec(f"def f{n}(): return {n}", names)
    return names[f"f{n}"]
print([made(i)() for i in range(5)])
print(sys.getrefcount(sys.getprofile), sys.getprofile() is None or True)
thing = object()
before = sys.getrefcount(thing)
for i in range(100): repr(thing); isinstance(thing, int)
print(sys.getrefcount(thing) - before)
print(sys.gettrace(), sys.getrecursionlimit(), sorted(vars()))
"""], ids=["lifetimes", "references"])
def test_objects_live_as_long_as_without_us(tmp_path, program):
    script = written(tmp_path, program)
    findings = profiled(script, design="setprofile")
    assert findings.outcome == plainly(script)


def test_memory_of_short_lived_objects_is_given_back(tmp_path):
    script = written(tmp_path, """
import resource
def peak(): return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
def use():
    block = bytearray(1 << 20)
    block.append(1)
use()
before = peak()
for i in range(500): use()
print(peak() - before < 100_000)
""")
    assert profiled(script, design="setprofile").outcome.out == "True\n"


def test_a_fork_is_left_alone(tmp_path):
    script = written(tmp_path, """
import os, sys
def counted(): pass
for i in range(100): counted()
child = os.fork()
for i in range(50): counted()
if not child:
    for i in range(100_000): counted()
    print(sys.getprofile(), flush=True)
    os._exit(5)
print(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]))
""")
    findings = profiled(script, design="setprofile")
    assert (findings.outcome.status, findings.outcome.out) == (0, "None\n5\n")
    assert findings.function("counted")["calls"] == 150


# MARK: what is kept of a program that ends at once

WORKING = """
import os, sys, time
def leaf(): pass
def work(seconds):
    until = time.perf_counter() + seconds
    n = 0
    while time.perf_counter() < until:
        leaf(); n += 1
    return n
n = work(1)
print(n, flush=True)
"""


@pytest.mark.parametrize("end, status", [
    ("os._exit(7)", 7),
    ("os.kill(os.getpid(), 9)", -9),
    ("os.abort()", -signal.SIGABRT),
    ("import ctypes; ctypes.string_at(0)", -signal.SIGSEGV),
], ids=["_exit", "SIGKILL", "abort", "crash"])
def test_a_sudden_end_keeps_all_but_the_last_moment(tmp_path, end, status):
    findings = profiled(written(tmp_path, WORKING + end), design="setprofile")
    assert findings.outcome.status == status
    done = int(findings.outcome.out)
    counted = findings.function("leaf")["calls"]
    assert 0.75 * done <= counted <= done
    assert findings.share("work", "total") > 0.8


def test_an_exception_that_ends_the_program(tmp_path):
    script = written(tmp_path, "def leaf(): pass\nfor i in range(100): leaf()\nraise SystemError('so')\n")
    findings = profiled(script, design="setprofile")
    plain = plainly(script)
    assert (findings.outcome.status, findings.outcome.err) == (plain.status, plain.err)
    assert findings.function("leaf")["calls"] == 100
