"""The exercises of lab 3: a sampler."""
from __future__ import annotations

import sys
from collections.abc import Callable
from types import FrameType
from typing import Any

from ..exercises import Wrong, called, exercise
from .answers import close


@exercise("3.1")
def stack(answer: Callable[[FrameType], list[str]]) -> str:
    def outer() -> FrameType:
        return inner()

    def inner() -> FrameType:
        return sys._getframe()

    names = list(called(answer, outer()))
    if names[-2:] == ["outer", "inner"]:
        return "outermost first, as all of swprof's stacks are."
    if names[:2] == ["inner", "outer"]:
        raise Wrong("that is innermost first; turn it round.")
    raise Wrong(f"a frame of inner, which outer called, has to give a list that ends with 'outer', 'inner'; this one ends with {names[-2:]}.")


@exercise("3.2")
def ledger(answer: Callable[[list[float], float, float, float], tuple[int, int, float]]) -> str:
    for instants, end, interval, expected in (([0.25, 0.5, 1.75], 2.0, 0.25, (8, 3, 1.25)), ([0.5, 0.75], 1.1, 0.5, (2, 2, 0.25))):
        value = called(answer, instants, 0.0, end, interval)
        try:
            due, taken, longest = value
        except (TypeError, ValueError):
            raise Wrong(f"a triple is asked for, due, taken and the longest gap, and this is {value!r}.") from None
        if (due, taken) != expected[:2] or not close(longest, expected[2]):
            raise Wrong(f"for looks at {instants}, from 0 to {end:g} s, one each {interval:g} s, it gives {value!r} and not {expected}.")
    return "a sampler that does not print this hides what it did not see."


@exercise("3.3")
def missed(answer: Callable[[dict[str, float], dict[str, float]], set[str]]) -> str:
    seen = {"a": 0.0, "b": 0.5, "c": 0.004, "d": 0.0, "e": 0.496}
    other = {"a": 0.05, "b": 0.6, "c": 0.05, "d": 0.005, "e": 0.295}
    value = called(answer, seen, other)
    if set(value) != {"a", "c"}:
        raise Wrong(f"of seen = {seen} and other = {other}, a and c are missed: d has less than 0.01 by the other. This gives {value!r}.")
    return "a line that cannot be seen looks like one that costs nothing."


@exercise("3.4")
def bounds(answer: Callable[[float, float, int, float], tuple[float, float]]) -> str:
    value = called(answer, 3.0, 1.0, 100_000, 2e-6)
    try:
        low, high = value
    except (TypeError, ValueError):
        raise Wrong(f"a pair of shares is asked for, and this is {value!r}.") from None
    if not close(low, 0.75) or not close(high, 0.8):
        raise Wrong("where the first phase takes 3 s, the second 1 s, and 100,000 empty updates take 2 µs each, the update line has from 75 to 80 % "
                    f"of the whole 4 s; this gives {low!r} and {high!r}.")
    return "so narrow a bound needs one clock reading, not half a million."


@exercise("3.5")
def delay(answer: Callable[[float, float], float]) -> str:
    cases: tuple[tuple[float, float, float], ...] = ((0, 200, 200), (150, 200, 50), (198, 200, 5), (0, 3, 5), (20, 40, 20))
    for elapsed, length, expected in cases:
        value: Any = called(answer, elapsed, length)
        if not close(value, expected):
            raise Wrong(f"{elapsed} ms into a call of {length} ms it gives {value!r}. The call has {length - elapsed} ms to go; "
                        "the sampler waits for that, and for at least the switch interval.")
    return "the longer the call, the later the look; and there is one look, not one each millisecond."


@exercise("3.6")
def is_legal(answer: Callable[[list[str]], bool]) -> str:
    legal = ([], ["ping"], ["ping", "inside_ping"], ["pong"], ["pong", "inside_pong"])
    illegal = (["ping", "inside_pong"], ["pong", "inside_ping"], ["inside_ping"], ["ping", "ping"], ["<gone>"], ["pong", "inside_pong", "pong"])
    for stacks, expected in ((legal, True), (illegal, False)):
        for one in stacks:
            if bool(called(answer, one)) != expected:
                raise Wrong(f"{one} is {'possible' if expected else 'impossible: who calls whom?'}")
    return "a checker of possible stacks is a good test of any sampler."
