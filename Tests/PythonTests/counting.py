"""Programs with many kinds of calls, and how often cProfile counts each."""
import json

from profiling import PYTHON, start

# Runs main() of a program under cProfile and prints the calls by bare name.
REFERENCE = r"""
import cProfile, collections, json, re, sys
names = {"__name__": "reference"}
exec(compile(open(sys.argv[1]).read(), sys.argv[1], "exec"), names)
profile = cProfile.Profile(builtins=sys.argv[2] == "builtins")
profile.runcall(names["main"])
calls = collections.Counter()
for entry in profile.getstats():
    if isinstance(entry.code, str):
        # From 3.14 on cProfile counts them whatever it is asked.
        if sys.argv[2] != "builtins": continue
        bare = re.match(r"<method '(\w+)'|<built-in method (?:.*\.)?(\w+)|<function (?:.*\.)?(\w+)", entry.code)
        name = next(filter(None, bare.groups()))
    else:
        name = entry.code.co_name
    calls[name] += entry.callcount
calls["disable"] -= sys.argv[2] == "builtins"  # its own
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


def reference_calls(script, builtins=True, python=PYTHON):
    """What cProfile counts in `main`: calls by bare name, of C functions too unless told."""
    kind = "builtins" if builtins else "python"
    return json.loads(start([python, "-c", REFERENCE, script, kind]).out.splitlines()[-1])
