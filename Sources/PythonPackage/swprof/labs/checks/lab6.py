"""The exercises of lab 6: three languages."""
from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from typing import Any

from ..exercises import Unanswered, Wrong, called, exercise
from .answers import close


@exercise("6.1")
def leave_one_out(answer: Callable[[Sequence[float], Sequence[float]], Sequence[float]]) -> str:
    for a, b, expected in (([2.0, 4.0], [1.0, 1.0], [4.0, 2.0]), ([1.0, 2.0, 6.0], [1.0, 2.0, 1.0], [8 / 3, 3.5, 1.0])):
        value = list(called(answer, a, b))
        if len(value) != len(expected) or not all(close(x, y) for x, y in zip(value, expected)):
            raise Wrong(f"of {a} and {b} it gives {value} and not {[round(x, 4) for x in expected]}. The first is the ratio of the means "
                        "without the first round, and so on.")
    return "how much they differ is how much one round matters."


@exercise("6.2")
def by_flags(answer: Callable[[int], int]) -> str:
    for n, expected in ((10, 4), (100, 25), (2, 0), (3, 1), (25, 9), (26, 9), (49, 15), (50, 15), (10_000, 1229)):
        value = called(answer, n)
        if value != expected:
            raise Wrong(f"there are {expected} primes below {n}, and it gives {value!r}. Are 0 and 1 no primes, and is every i with i·i < n tried?")
    return "the loop over multiples now runs in C, inside the slice."


@exercise("6.3")
def found_at(answer: dict[str, Any]) -> str:
    expected = {"C": "never", "C with AddressSanitizer": "run time", "Swift": "compile time"}
    if not isinstance(answer, dict) or set(answer) != set(expected):
        raise Wrong(f"a dictionary with the keys {', '.join(expected)} is asked for.")
    if any(value is None or value is ... for value in answer.values()):
        raise Unanswered
    wrong = [name for name in expected if answer[name] != expected[name]]
    if not wrong:
        return "the earlier, the cheaper."
    hints = {
        "C": "a plain C compiler may warn, and the program may crash, or not; neither can be relied on",
        "C with AddressSanitizer": "the program is compiled without a word; see what it says as it runs",
        "Swift": "see what came of compiling it",
    }
    raise Wrong(f"{wrong[0]}: {hints[wrong[0]]}. The answers are \"compile time\", \"run time\" or \"never\".")


@exercise("6.4")
def break_even(answer: Callable[[float, float, float], float]) -> str:
    for arguments, expected in (((1e-6, 5e-8, 1e-8), 25.0), ((2.0, 3.0, 1.0), 1.0), ((1.0, 1.0, 2.0), math.inf), ((1.0, 1.0, 1.0), math.inf)):
        value = called(answer, *arguments)
        if value != expected and not close(value, expected):
            crossing, python, swift = arguments
            raise Wrong(f"with a crossing of {crossing:g} s, {python:g} s an item in Python and {swift:g} s in Swift it gives {value!r} and not {expected:g}. "
                        "Solve crossing + n·swift = n·python for n.")
    return "below that, stay at home."


@exercise("6.5")
def overall(answer: Callable[[float, float, float], float]) -> str:
    for arguments, expected in (((0.5, 2.0, 0.0), 4 / 3), ((0.9, 9.0, 0.0), 5.0), ((0.9, 9.0, 0.05), 4.0), ((0.0, 100.0, 1.0), 0.5)):
        value = called(answer, *arguments)
        if not close(value, expected):
            p, speedup, crossings = arguments
            raise Wrong(f"with p = {p:g}, a speedup of {speedup:g} and crossings of {crossings:g} it gives {value!r} and not {expected:.4g}. "
                        "Add up what the new time consists of, in parts of the old.")
    return "what does not move sets the limit."
