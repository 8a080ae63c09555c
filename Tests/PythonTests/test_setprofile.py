"""The design `setprofile`: counts exact to the last call, time counted once, and a program that notices nothing."""
import json
import signal
import statistics

import pytest

from profiling import PYTHON, plainly, profiled, profiled_within, start, written

# Runs main() of a program under cProfile and prints the calls by bare name.
REFERENCE = r"""
import cProfile, collections, json, re, sys
names = {"__name__": "reference"}
exec(compile(open(sys.argv[1]).read(), sys.argv[1], "exec"), names)
profile = cProfile.Profile(builtins=True)
profile.runcall(names["main"])
calls = collections.Counter()
for entry in profile.getstats():
    if isinstance(entry.code, str):
        bare = re.match(r"<method '(\w+)'|<built-in method (?:.*\.)?(\w+)|<function (?:.*\.)?(\w+)", entry.code)
        name = next(filter(None, bare.groups()))
    else:
        name = entry.code.co_name
    calls[name] += entry.callcount
calls["disable"] -= 1  # its own
print("\n" + json.dumps(+calls))
"""

PROGRAMS = {
    "recursion": """
def fib(n):
    return n if n < 2 else fib(n - 1) + fib(n - 2)
def even(n): return True if n == 0 else odd(n - 1)
def odd(n): return False if n == 0 else even(n - 1)
def main():
    fib(15)
    even(200)
""",
    "methods": """
class Base:
    def __init__(self, value): self.value = value
    def step(self): self.value += 1; return self.value
    def __add__(self, other): return type(self)(self.value + other.value)
    def __len__(self): return self.value
    @staticmethod
    def still(): return len("abc")
    @classmethod
    def made(cls): return cls(3)
    @property
    def twice(self): return 2 * self.value
class Derived(Base):
    def step(self): return super().step() + 1
def main():
    for item in [Base(1), Derived(2), Derived.made()] * 20:
        item.step(); len(item + item); item.still(); item.twice
        "a b".split(); {}.get(1); [].append(item); getattr(item, "value")
""",
    "generators": """
def count(n):
    for i in range(n): yield i
def delegating(n):
    yield from count(n)
    return (yield from count(2))
def catching():
    while True:
        try: yield 1
        except ValueError: yield 2
def main():
    list(delegating(50)); sum(i for i in count(30))
    abandoned = count(9); next(abandoned); next(abandoned); del abandoned
    closed = delegating(9); next(closed); closed.close()
    thrown = catching(); next(thrown); thrown.throw(ValueError); thrown.send(None); thrown.close()
    try: count(3).throw(KeyError)
    except KeyError: pass
""",
    "async": """
import asyncio
async def leaf(n):
    await asyncio.sleep(0)
    return n
async def numbers(n):
    for i in range(n):
        await asyncio.sleep(0)
        yield i
class Manager:
    async def __aenter__(self): return await leaf(1)
    async def __aexit__(self, *error): await leaf(2)
async def work():
    async with Manager():
        total = sum([i async for i in numbers(10)])
    return total + sum(await asyncio.gather(*[leaf(i) for i in range(10)]))
def main():
    asyncio.run(work())
""",
    "exceptions": """
def thrower(n):
    if n == 0: raise ValueError(n)
    thrower(n - 1)
def cleaning(n):
    try: thrower(n)
    finally: len("x")
def main():
    for i in range(20):
        try: cleaning(i)
        except ValueError: str(i)
        try: int("x")
        except ValueError: pass
        try: [].pop()
        except IndexError: pass
        try: next(iter([]))
        except StopIteration: pass
        try: len(5)
        except TypeError: pass
""",
    "callbacks": """
import functools, re
class Strange:
    def __init__(self, n): self.n = n
    def __lt__(self, other): return self.n < other.n
    def __hash__(self): return hash(self.n)
    def __eq__(self, other): return self.n == other.n
    def __getattr__(self, name): return len(name)
    def __repr__(self): return "S" + str(self.n)
    def __del__(self): max(1, 2)
def key(x): return -x
def add(x, y): return x + y
def shout(match): return match.group().upper()
def main():
    sorted(range(50), key=key); [5, 3, 4].sort(key=lambda x: x)
    functools.reduce(add, range(20)); list(map(key, range(10))); list(filter(key, range(10)))
    re.compile("[a-c]").sub(shout, "abcabc")
    sorted(Strange(i % 7) for i in range(20)); {Strange(i % 3): i for i in range(9)}
    Strange(1).missing; repr([Strange(1), Strange(2)]); min([3, 1], key=key)
    functools.partial(add, 1)(2)
""",
    "syntax": """
import contextlib, functools
def traced(function):
    @functools.wraps(function)
    def wrapper(*a, **k): return function(*a, **k)
    return wrapper
@traced
def decorated(x): return x + 1
@functools.lru_cache(None)
def cached(x): return x * x
class Managed:
    def __enter__(self): return self
    def __exit__(self, *error): return True
@contextlib.contextmanager
def managed():
    yield 1
def closures():
    n = 0
    def inner():
        nonlocal n; n += 1
    return inner
def main():
    for i in range(10):
        decorated(i); cached(i % 3)
        with Managed(): raise KeyError
        with managed(): pass
        class Local:
            x = [j for j in range(3)]
            def method(self): return {j for j in self.x}
        Local().method(); {j: j for j in range(2)}; tuple(j for j in range(2))
        inner = closures(); inner(); inner()
        exec("def made(): return len('x')\\nmade()", {}); eval("abs(-1)")
""",
    "recursion error": """
import sys
def down(n): return down(n + 1)
def main():
    before = sys.getrecursionlimit()
    sys.setrecursionlimit(200)
    for i in range(3):
        try: down(0)
        except RecursionError: len("caught")
    sys.setrecursionlimit(before)
""",
    "loop": """
def nothing(): pass
def main():
    for i in range(100_000): nothing()
    for i in range(100_000): abs(i)
""",
}

END = """
if __name__ == "__main__":
    main()
"""


def reference_calls(script):
    return json.loads(start([PYTHON, "-c", REFERENCE, script]).out.splitlines()[-1])


@pytest.mark.parametrize("program", PROGRAMS)
def test_counts_equal_cprofiles_to_the_last_call(tmp_path, program):
    script = written(tmp_path, PROGRAMS[program] + END)
    expected = reference_calls(script)
    findings = profiled_within("main", script, design="setprofile")
    assert findings.outcome.status == 0
    calls = findings.calls()
    if program == "recursion error":
        # How far down 200 frames reach depends on the frames above.
        assert abs(calls.pop("down") - expected.pop("down")) <= 3 * 20
    assert calls == expected


def test_total_time_counts_once_under_recursion(tmp_path):
    script = written(tmp_path, PROGRAMS["recursion"].replace("fib(15)", "fib(25)") + END)
    findings = profiled(script, design="setprofile")
    fib = findings.function("fib")
    assert fib["calls"] == 242_785
    assert fib["total"]["seconds"] == pytest.approx(fib["self"]["seconds"], rel=0.01)
    assert 0.8 < fib["total"]["share"] <= 1
    assert findings.share("main", "total") <= 1 + 1e-9


@pytest.mark.parametrize("program", ["recursion", "exceptions", "callbacks", "generators", "syntax"])
def test_self_times_add_up_to_the_whole(tmp_path, program):
    long_enough = "\nimport time\nuntil = time.time() + 0.2\nwhile time.time() < until: main()\n"
    findings = profiled(written(tmp_path, PROGRAMS[program] + long_enough), design="setprofile")
    shares = [function["self"]["share"] for function in findings["functions"]]
    assert sum(shares) == pytest.approx(1, abs=0.05)
    for function in findings["functions"]:
        assert 0 <= function["self"]["share"] <= function["total"]["share"] + 1e-9 <= 1 + 2e-9


def test_a_short_program_is_not_charged_for_the_profilers_own_end(tmp_path):
    outside = []
    for run in range(11):
        # Of different lengths, so that the ends meet the profiler's own rhythm everywhere.
        script = written(tmp_path, f"import time\ndef f(): pass\nfor i in range(1000): f()\ntime.sleep({run} * 0.000_2)\n")
        findings = profiled(script, design="setprofile")
        life = sum(thread["seconds"] for thread in findings["threads"])
        outside.append(life - sum(function["self"]["seconds"] for function in findings["functions"]))
    # What lies outside all calls is the interpreter's way from the last line to its end.
    assert statistics.median(outside) < 0.000_5


def test_time_goes_to_those_who_spend_it(tmp_path):
    findings = profiled(written(tmp_path, """
import time
def sleeps(): time.sleep(0.3)
def raises():
    time.sleep(0.2)
    raise ValueError
def yields():
    time.sleep(0.1)
    yield
    time.sleep(0.1)
def outside(): time.sleep(0.3)
sleeps()
try: raises()
except ValueError: pass
generator = yields()
next(generator)
outside()
list(generator)
"""), design="setprofile")
    totals = {name: findings.function(name)["total"]["seconds"] for name in ["sleeps", "raises", "yields", "outside", "sleep"]}
    assert totals == pytest.approx({"sleeps": 0.3, "raises": 0.2, "yields": 0.2, "outside": 0.3, "sleep": 1.0}, rel=0.1)
    assert findings.function("sleep")["calls"] == 5
    assert findings.function("yields")["calls"] == 2
    assert findings.function("raises")["self"]["seconds"] < 0.02


def test_the_cpu_clock_charges_no_sleep(tmp_path):
    script = written(tmp_path, """
import time
def sleeps(): time.sleep(0.5)
def works():
    until = time.thread_time() + 0.3
    while time.thread_time() < until: pass
sleeps(); works()
""")
    findings = profiled(script, design="setprofile", flags=["--clock", "cpu"])
    assert findings["clock"] == "cpu"
    assert findings.share("sleeps", "total") < 0.05
    assert findings.share("works", "total") > 0.9
    assert findings.function("works")["total"]["seconds"] == pytest.approx(0.3, rel=0.1)


# MARK: threads

THREADS = {
    "threading": """
import threading
def leaf(): pass
def work():
    for i in range(1000): leaf()
threads = [threading.Thread(target=work) for i in range(8)]
for thread in threads: thread.start()
for thread in threads: thread.join()
""",
    "_thread": """
import _thread, time
def leaf(): pass
done = []
def work():
    for i in range(1000): leaf()
    done.append(1)
for i in range(8): _thread.start_new_thread(work, ())
while len(done) < 8: time.sleep(0.01)
time.sleep(0.05)
""",
    "nested": """
import threading
def leaf(): pass
def work(depth):
    for i in range(1000): leaf()
    if depth:
        child = threading.Thread(target=work, args=(depth - 1,))
        child.start(); child.join()
work_calls = [threading.Thread(target=work, args=(3,)) for i in range(2)]
for thread in work_calls: thread.start()
for thread in work_calls: thread.join()
""",
    "executor": """
from concurrent.futures import ThreadPoolExecutor
def leaf(): pass
def work(n):
    for i in range(1000): leaf()
with ThreadPoolExecutor(4) as pool:
    list(pool.map(work, range(8)))
""",
    "daemons that wait at the end": """
import threading, time
def leaf(): pass
def work():
    for i in range(1000): leaf()
    done.release()
    time.sleep(60)
done = threading.Semaphore(0)
for i in range(8): threading.Thread(target=work, daemon=True).start()
for i in range(8): done.acquire()
""",
}


@pytest.mark.parametrize("program", THREADS)
def test_threads_that_start_later_are_counted_exactly(tmp_path, program):
    script = written(tmp_path, THREADS[program])
    findings = profiled(script, design="setprofile")
    assert (findings.outcome.status, findings.outcome.err) == (0, plainly(script).err)
    assert findings.function("leaf")["calls"] == 8000
    assert findings.function("work", "program.py")["calls"] == 8


def test_a_daemon_that_works_at_the_end_does_no_harm(tmp_path):
    script = written(tmp_path, """
import threading, time
def leaf(): pass
def work():
    while True: leaf()
for i in range(3): threading.Thread(target=work, daemon=True).start()
time.sleep(0.3)
print("over")
""")
    for _ in range(3):
        findings = profiled(script, design="setprofile")
        assert (findings.outcome.status, findings.outcome.out) == (0, "over\n")
        assert findings.function("leaf")["calls"] > 1000
        assert findings.function("work")["calls"] == 3


def test_threads_names_and_lives_are_told(tmp_path):
    findings = profiled(written(tmp_path, """
import threading, time
thread = threading.Thread(target=time.sleep, args=(0.4,))
thread.start(); thread.join()
"""), design="setprofile")
    assert len(findings["threads"]) == 2
    assert sorted(thread["seconds"] for thread in findings["threads"]) == pytest.approx([0.4, 0.4], rel=0.2)


# MARK: programs with a profile function of their own

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


# MARK: the program notices nothing

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
    ("os.kill(os.getpid(), 9)", 128 + 9),
    ("os.abort()", 128 + signal.SIGABRT),
    ("import ctypes; ctypes.string_at(0)", 128 + signal.SIGSEGV),
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
