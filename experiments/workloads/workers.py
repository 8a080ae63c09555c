"""Not a workload: Python work, and sleep, of a known length and answer, under any name.

The work adds quarters, which is exact in binary. It adds floats because CPython keeps a list of free ones:
ints may come to stand at the edge of a memory pool, and then the same loop takes twice as long.
"""
import time
from itertools import repeat
from types import FunctionType

# Additions that take at least 5 ms at 8.3 ns each; 12 ns is what a fast, quiet machine takes in CPython 3.11.
SEGMENT = 600_000


def add_quarters(times):
    """A quarter of `times`."""
    total = 0.0
    for _ in repeat(None, times):
        total += 0.25
    return total


def sleep(milliseconds):
    """Sleeps; gives whether it was long enough."""
    begin = time.monotonic()
    time.sleep(milliseconds / 1_000)
    return time.monotonic() - begin >= milliseconds / 1_000


def worker(name):
    """A function of its own, with code of its own, that does the work of `add_quarters`."""
    return renamed(add_quarters, name)


def sleeper(name):
    """The same of `sleep`."""
    return renamed(sleep, name)


def renamed(function, name):
    code = function.__code__.replace(co_name=name, co_qualname=name)
    return FunctionType(code, globals(), name)


def answer(segments):
    """The sum of what so many segments give."""
    return 0.25 * SEGMENT * segments
