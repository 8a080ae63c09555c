"""The exercises of lab 1: what a profiler measures."""
from __future__ import annotations

import math
import statistics
from collections.abc import Callable
from typing import Any

from ..exercises import Wrong, called, exercise
from .answers import close


@exercise("1.1")
def composites(answer: Callable[[int, int], int]) -> str:
    for n, count, expected in ((10, 4, 4), (100, 25, 73), (2, 0, 0), (1000, 168, 830)):
        if called(answer, n, count) != expected:
            raise Wrong(f"for n = {n} and count = {count} it gives {called(answer, n, count)!r}. "
                        "How many numbers are there from 2 to n - 1, and how many of them are primes?")
    return "so a sieve that loses or invents numbers is found out."


@exercise("1.2")
def standard_error(answer: Callable[[list[float]], float]) -> str:
    for values in ([1.0, 2.0, 3.0, 4.0], [5.0, 5.0, 8.0], [0.1 * i * i for i in range(30)]):
        expected = statistics.stdev(values) / math.sqrt(len(values))
        if not close(called(answer, values), expected):
            raise Wrong(f"for {values[:4]} it gives {called(answer, values)!r} where {expected:.4g} is expected for {len(values)} values. "
                        "Use the standard deviation of a series (stdev, not pstdev), and the root of how many there are.")
    return "it halves when there are four times as many values."


@exercise("1.3")
def steps(answer: Callable[[Callable[[], int], int], list[int]]) -> str:
    told = [10, 10, 13, 13, 13, 20, 21, 21, 40, 41, 50, 60, 70, 80, 90, 100]
    for readings, expected in ((1, [3]), (4, [3, 7, 1, 19])):
        clock = iter(told)
        found = called(answer, lambda: next(clock), readings)
        if list(found) != expected:
            raise Wrong(f"of a clock that tells {', '.join(map(str, told[:9]))}, … the first {readings} differences other than 0 are "
                        f"{expected}, not {found!r}. Each reading is compared with the one just before it.")
    return "of a real clock, the least of these is its step."


@exercise("1.4")
def shortest(answer: Callable[[float, float], float]) -> str:
    for cost, error in ((50.0, 0.01), (20.0, 0.1), (80.0, 0.0001)):
        if not close(called(answer, cost, error), cost / error):
            raise Wrong(f"with a cost of {cost:g} ns and an error of {error:g} it gives {called(answer, cost, error)!r}. "
                        "One reading too many may be the part error of what is bracketed.")
    return "what is shorter cannot be timed one by one; it can be counted, or sampled."


@exercise("1.5")
def waiting(answer: Callable[[float, float], float]) -> str:
    for wall, cpu, expected in ((2.0, 0.5, 0.75), (1.0, 1.0, 0.0), (4.0, 0.0, 1.0)):
        if not close(called(answer, wall, cpu), expected):
            raise Wrong(f"of {wall:g} s with {cpu:g} s of CPU time it gives {called(answer, wall, cpu)!r}, but {expected:g} of it was waiting.")
    if called(answer, 1.0, 1.001) != 0:
        raise Wrong("a CPU time a little longer than the wall-clock time is an error of the clocks: the part is 0 then, not below it.")
    return "that is what a profile on the CPU's clock does not show."


@exercise("1.6")
def corrected_share(answer: Callable[[float, float, int, float], float]) -> str:
    # A program of 1 s, 0.6 s of it in 10,000 updates, bracketed by a clock that takes 5 µs.
    cost, calls = 5e-6, 10_000
    value = called(answer, 0.6 + calls * cost, 1.0 + 2 * calls * cost, calls, cost)
    if close(value, 0.6):
        return "the brackets' own time is out of both, the part and the whole."
    if close(value, 0.6 / (1.0 + 2 * calls * cost)):
        raise Wrong("the brackets are out of the part, but still in the whole. The program without brackets has none of their readings.")
    raise Wrong(f"where updates truly take 0.6 s of 1 s, and {calls:,} brackets add one reading of 5 µs inside and one outside each, "
                f"it gives {value!r} and not 0.6.")


@exercise("1.7")
def folded(answer: Callable[[list[Any]], float], functions: list[Any]) -> str:
    expected = sum(function.self.share for function in functions if function.file is None or function.name == "eratosthenes")
    value = called(answer, functions)
    if not close(value, expected):
        raise Wrong(f"it gives {value!r}; add the self shares of eratosthenes and of every function whose file is None.")
    return "at this resolution the two profilers speak of the same thing."
