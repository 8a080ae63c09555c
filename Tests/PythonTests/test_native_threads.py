"""Threads that native code starts, and that call Python: tracers follow them as they do others."""
import json
import shutil
import subprocess

import pytest

from profiling import INTERPRETERS, MONITORED, ONE_EACH, little_lost, much_lost, plainly, profiled, version, written

TRACERS = [
    *((design, python) for design in ("setprofile", "lines", "evalframe") for python in INTERPRETERS),
    *(("monitoring", python) for python in MONITORED)]

# The C library's own threads, so that no compiler is needed. Each call from C has a thread state of its own.
BEGUN = """
import ctypes, sys, threading
libc = ctypes.CDLL(None)
ENTRY = ctypes.CFUNCTYPE(ctypes.c_void_p, ctypes.c_void_p)
COMPARE = ctypes.CFUNCTYPE(ctypes.c_int, ctypes.c_void_p, ctypes.c_void_p)
libc.pthread_create.argtypes = [ctypes.POINTER(ctypes.c_void_p), ctypes.c_void_p, ENTRY, ctypes.c_void_p]
libc.pthread_join.argtypes = [ctypes.c_void_p, ctypes.c_void_p]
def inner(n):
    total = 0
    for i in range(n): total += i
    return total
def on_native_threads(entry, count):
    threads = [ctypes.c_void_p() for _ in range(count)]
    for thread in threads: libc.pthread_create(ctypes.byref(thread), None, entry, None)
    for thread in threads: libc.pthread_join(thread, None)
"""


@pytest.mark.parametrize("design, python", TRACERS)
def test_callbacks_on_threads_of_native_code(tmp_path, design, python):
    script = written(tmp_path, BEGUN + """
@ENTRY
def entered(argument):
    for i in range(50): inner(100)
    return None
on_native_threads(entered, 8)
thread = threading.Thread(target=on_native_threads, args=(entered, 4)); thread.start(); thread.join()
print("over")
""")
    findings = profiled(script, design=design, python=python)
    assert findings.outcome == plainly(script, python=python)
    assert findings.function("entered")["calls"] == 12
    assert findings.function("inner")["calls"] == 600


@pytest.mark.parametrize("python", INTERPRETERS)
def test_many_calls_of_one_native_thread_are_one_thread(tmp_path, python):
    """`qsort` on a thread of C's calls Python once for every comparison."""
    script = written(tmp_path, BEGUN + """
calls = 0
@COMPARE
def compare(a, b):
    global calls
    calls += 1
    inner(3)
    return 0
array = (ctypes.c_int * 300)()
@ENTRY
def entered(argument):
    libc.qsort(array, 300, 4, compare)
    return None
on_native_threads(entered, 3)
print(calls)
""")
    findings = profiled(script, design="setprofile", python=python)
    assert findings.outcome == plainly(script, python=python)
    assert findings.function("compare")["calls"] == findings.function("inner")["calls"] == int(findings.outcome.out)
    assert len(findings["threads"]) <= 4


@pytest.mark.parametrize("python", INTERPRETERS)
def test_recursion_ends_as_it_does_without_us(tmp_path, python):
    """To look at every call needs some of the C stack, which plain calls need none of."""
    script = written(tmp_path, BEGUN + """
@ENTRY
def entered(argument): inner(3)
on_native_threads(entered, 1)
sys.setrecursionlimit(60_000)
def deep(n): return deep(n - 1) if n else 0
print(deep(50_000))
""")
    findings = profiled(script, design="setprofile", python=python)
    assert findings.outcome == plainly(script, python=python)
    assert findings.function("deep")["calls"] == 50_001
    if version(python) < (3, 14):
        assert "native-threads-lost" in findings.caveats()


COMING_AND_GOING = """
#include <pthread.h>
#include <unistd.h>
typedef void (*Call)(void);
static Call call;
static void *run(void *times) {
    for (long left = (long)times; left > 0; left--) { call(); usleep(1000); }
    return 0;
}
static pthread_t threads[4];
extern "C" void begin(Call given, long times) {
    call = given;
    for (int at = 0; at < 4; at++) pthread_create(&threads[at], 0, run, (void *)times);
}
extern "C" void end() { for (int at = 0; at < 4; at++) pthread_join(threads[at], 0); }
"""


needs_compiler = pytest.mark.skipif(shutil.which("g++") is None, reason="there is no compiler")


def coming_and_going(tmp_path):
    """A program that sleeps for half a second while four threads of native code call Python 300 times each."""
    (tmp_path / "native.cpp").write_text(COMING_AND_GOING)
    subprocess.run(["g++", "-shared", "-fPIC", "-pthread", "-o", tmp_path / "native.so", tmp_path / "native.cpp"], check=True)
    return written(tmp_path, f"""
import ctypes, json, time
native = ctypes.CDLL({str(tmp_path / "native.so")!r})
def called(): sum(range(50))
entry = ctypes.CFUNCTYPE(None)(called)
def sleepy():
    begin = time.perf_counter()
    time.sleep(0.5)
    return time.perf_counter() - begin
native.begin(entry, ctypes.c_long(300))
print(json.dumps(sleepy()))
native.end()
""")


@needs_compiler
@pytest.mark.parametrize("python", ONE_EACH)
def test_native_threads_that_come_and_go_make_no_others_time_longer(tmp_path, python):
    """Between two calls of Python they are no threads of Python, and their time there is nobody's."""
    script = coming_and_going(tmp_path)
    findings = little_lost(lambda: profiled(script, python=python))
    seconds = json.loads(findings.outcome.out)
    assert findings.function("sleepy")["total"]["seconds"] == pytest.approx(seconds, rel=0.03 + much_lost(findings))
    assert max(thread["seconds"] for thread in findings["threads"]) <= findings["seconds"]


@needs_compiler
@pytest.mark.parametrize("design, python", TRACERS)
def test_to_tracers_too_native_threads_are_there_only_while_they_call(tmp_path, design, python):
    findings = profiled(coming_and_going(tmp_path), design=design, python=python)
    assert findings.function("called")["calls"] == 1200
    others = sum(thread["seconds"] for thread in findings["threads"] if thread["name"] != "main thread")
    # What the hook itself takes as a thread comes and goes is some calls' time; a whole life was a hundred times theirs.
    assert 0 < others < 8 * findings.function("called")["total"]["seconds"]
