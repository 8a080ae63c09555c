"""The exercises of lab 2: a tracer."""
from __future__ import annotations

import collections
import statistics
import sys
from collections.abc import Callable, Sequence
from typing import Any

from ..exercises import Unanswered, Wrong, called, exercise
from .answers import close

Events = list[tuple[float, str, str]]


@exercise("2.1")
def counter(answer: Callable[[collections.Counter[str]], Any]) -> str:
    def leaf() -> None:
        len("")

    def branch() -> None:
        leaf()
        leaf()

    counts: collections.Counter[str] = collections.Counter()
    callback = called(answer, counts)
    if not callable(callback):
        raise Wrong("counter has to give a callback: a function of frame, event and arg.")
    before = sys.getprofile()
    sys.setprofile(callback)
    try:
        branch()
        branch()
    except Exception as error:
        raise Wrong(f"the callback raised {type(error).__name__}: {error}") from None
    finally:
        sys.setprofile(before)
    if not counts:
        raise Unanswered
    if (counts["branch"], counts["leaf"]) == (2, 4) and "len" not in counts:
        return "exact, whatever the machine does meanwhile."
    if counts["leaf"] > 4:
        raise Wrong(f"of 4 calls it counts {counts['leaf']}: count the event \"call\" only, not returns or calls of C functions.")
    raise Wrong(f"of 2 calls of branch and 4 of leaf it counts {counts['branch']} and {counts['leaf']}; take frame.f_code.co_name as the name.")


@exercise("2.2")
def self_times(answer: Callable[[Events], dict[str, float]]) -> str:
    one: Events = [(0, "call", "main"), (2, "call", "work"), (7, "return", "work"), (10, "return", "main")]
    again: Events = [(0, "call", "f"), (1, "call", "f"), (3, "call", "g"), (7, "return", "g"), (8, "return", "f"), (8, "call", "g"),
                     (9, "return", "g"), (12, "return", "f")]
    for events, expected in ((one, {"main": 5, "work": 5}), (again, {"f": 7, "g": 5})):
        value = called(answer, list(events))
        if not isinstance(value, dict):
            raise Wrong(f"a dictionary is asked for, and this is {value!r}.")
        if set(value) != set(expected) or not all(close(value[name], expected[name]) for name in expected):
            raise Wrong(f"for {events} it gives {dict(value)} and not {expected}. The time between two events is of whoever is on top of the stack.")
    return "recursion included: each moment is counted once."


@exercise("2.3")
def slowdown(answer: Callable[[Sequence[float], Sequence[float]], float]) -> str:
    profiled, control = [4.0, 4.0, 10.0], [1.0, 2.0, 3.0]
    value = called(answer, profiled, control)
    if close(value, 3.0):
        return "the time that it all takes, over the time that it would have taken."
    if close(value, statistics.mean(a / b for a, b in zip(profiled, control))):
        raise Wrong("that is the mean of the ratios; the ratio of the means is asked for.")
    raise Wrong(f"of {profiled} and {control} it gives {value!r} and not 3.")


@exercise("2.4")
def line(answer: Callable[[Sequence[float], Sequence[float]], tuple[float, float]]) -> str:
    for xs, ys, expected in (([0, 1, 2], [1, 3, 5], (1.0, 2.0)), ([0, 10, 20, 40], [0.0, 1.0, 5.0, 6.0], (0.2, 0.16))):
        value = called(answer, xs, ys)
        try:
            intercept, slope = value
        except (TypeError, ValueError):
            raise Wrong(f"a pair is asked for, intercept and slope, and this is {value!r}.") from None
        if not close(intercept, expected[0]) or not close(slope, expected[1]):
            raise Wrong(f"through x = {xs} and y = {ys} it gives {value!r}; intercept and slope are {expected}.")
    return "the slope is the tracer's, the intercept everything that is not by the call."


@exercise("2.5")
def predicted(answer: Callable[..., float]) -> str:
    cases: tuple[tuple[tuple[float, ...], float], ...] = (
        ((1.0, 3.0, 0, 1.0, 1.0), 0.25), ((1.0, 1.0, 1_000_000, 2e-6, 1.0), 0.75), ((1.0, 3.0, 0, 1.0, 2.0), 0.25),
        ((1.0, 1.0, 1_000_000, 2e-6, 2.0), 4 / 6))
    for arguments, expected in cases:
        value = called(answer, *arguments)
        if not close(value, expected):
            a, b, calls, cost, stretch = arguments
            raise Wrong(f"with {a:g} s and {b:g} s, {calls:,} calls at {cost:g} s each and a stretch of {stretch:g}, {expected:.3g} is expected, and "
                        f"this gives {value!r}. The calls' cost is in the part and in the whole; the stretch is of the program's own time.")
    return "a bias that can be predicted is a bias that can be taken out."


@exercise("2.6")
def compensated(answer: Callable[..., float]) -> str:
    for arguments, expected in (((10.0, 3, 5, 1.0, 0.5), 4.5), ((1.0, 0, 0, 9.0, 9.0), 1.0), ((1.0, 2, 1, 1.0, 0.5), -1.5)):
        value = called(answer, *arguments)
        if not close(value, expected):
            raise Wrong(f"for {arguments} it gives {value!r} and not {expected:g}. Where that is negative leave it so: it tells something.")
    return "what it gives is as good as c_in and c_out are."
