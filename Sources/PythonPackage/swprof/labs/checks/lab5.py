"""The exercises of lab 5: comparing profilers."""
from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from ..exercises import Wrong, called, exercise
from .answers import close


@exercise("5.1")
def worst_bias(answer: Callable[[list[float], list[float]], float]) -> str:
    for reported, truths, expected in (([0.1, 0.5, 0.9], [0.1, 0.25, 0.8], 0.25), ([0.25, 0.5], [0.5, 0.375], -0.25)):
        value = called(answer, reported, truths)
        if not close(value, expected):
            raise Wrong(f"of the reported {reported} and the true {truths} it gives {value!r} and not {expected:g}. "
                        "Reported minus true; the largest in size, with its sign.")
    return "a bias has a direction, and noise has none."


@exercise("5.2")
def total_variation(answer: Callable[[dict[str, float], dict[str, float]], float]) -> str:
    cases: tuple[tuple[dict[str, float], dict[str, float], float], ...] = (
        ({"f": 0.5, "g": 0.5}, {"f": 0.5, "g": 0.5}, 0), ({"f": 1.0}, {"g": 1.0}, 1), ({"f": 0.75, "g": 0.25}, {"f": 0.25, "g": 0.25, "h": 0.5}, 0.5))
    for p, q, expected in cases:
        for one, other in ((p, q), (q, p)):
            value = called(answer, one, other)
            if not close(value, expected):
                raise Wrong(f"for {one} and {other} it gives {value!r} and not {expected:g}. "
                            "Half of the sum, over every function that either of them lists.")
    return "from 0, alike, to 1, with nothing in common."


@exercise("5.3")
def permutation_p(answer: Callable[[Sequence[float]], float]) -> str:
    for differences, expected in (([1.0, 1.0, 1.0], 0.25), ([1.0, -1.0], 1.0), ([3.0, 1.0, 1.0, 1.0], 0.125), ([2.0, 1.0, -1.0], 0.75)):
        value = called(answer, differences)
        if not close(value, expected):
            raise Wrong(f"for {differences} it gives {value!r} and not {expected:g}. Of all ways to flip the signs count those whose sum is at least as "
                        "far from 0, to either side, as the sum that was seen; that one is among them.")
    return "no distribution was assumed but that labels could be exchanged."


@exercise("5.4")
def discoveries(answer: Callable[[list[float], float], set[int]]) -> str:
    cases: tuple[tuple[list[float], float, set[int]], ...] = (
        ([0.9, 0.01, 0.02, 0.8], 0.05, {1, 2}), ([0.5, 0.6], 0.05, set()), ([0.03, 0.04], 0.05, {0, 1}), ([0.2, 0.001, 0.03], 0.05, {1, 2}),
        ([0.04, 0.9, 0.9, 0.9], 0.05, set()))
    for ps, q, expected in cases:
        value = called(answer, ps, q)
        if set(value) != expected:
            raise Wrong(f"of p = {ps} and q = {q} it rejects {value!r} and not {expected or 'none'}. All up to the *largest* k for which the k-th smallest "
                        "is at most k/m·q are rejected, whatever the smaller ones did.")
    return "of what it finds, at most the part q is false on average."


@exercise("5.5")
def expected_winners(answer: Callable[[int, int], float]) -> str:
    for k, runs in ((10, 20), (2, 1), (40, 30)):
        value: Any = called(answer, k, runs)
        if not close(value, k * (1 - (1 - 1 / k) ** runs)):
            raise Wrong(f"for {k} functions and {runs} runs it gives {value!r}. Each of the k is seen with probability 1 - (1 - 1/k)^runs; add these up.")
    return "chance alone makes a lot of winners."


@exercise("5.6")
def share_after(answer: Callable[[float, float], float]) -> str:
    for p, factor, expected in ((0.5, 1, 0.5), (0.5, 3, 0.75), (0.2, 4, 0.5), (1.0, 5, 1.0)):
        value = called(answer, p, factor)
        if not close(value, expected):
            raise Wrong(f"a function with {p:g} of the time that takes {factor} times as long has {expected:g} afterwards, and this gives {value!r}. "
                        "The whole grows, too.")
    return "the same sum tells what an optimisation can gain."
