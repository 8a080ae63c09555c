"""Threads that native code starts, and that call Python: tracers follow them as they do others."""
import pytest

from profiling import INTERPRETERS, MONITORED, plainly, profiled, version, written

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
