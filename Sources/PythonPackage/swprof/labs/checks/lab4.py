"""The exercises of lab 4: sampling error."""
from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from statistics import NormalDist
from typing import Any

from ..exercises import Wrong, called, exercise
from .answers import close

Z = NormalDist().inv_cdf(0.975)
Interval = Callable[[float, int], tuple[float, float]]


@exercise("4.1")
def estimate(answer: Callable[..., float], timeline: Callable[[list[float]], Any]) -> str:
    import numpy as np

    program = timeline([1.0, 2.0, 3.0, 4.0])
    for instants, expected in (([0.5], 1.0), ([0.5, 2.0, 5.0, 9.0], 0.5), ([1.5, 2.5, 7.0, 8.0, 3.5], 0.2)):
        value = called(answer, program, np.array(instants))
        if not close(value, expected):
            raise Wrong(f"front works from 0 to 1 and from 3 to 6: of looks at {instants}, the part {expected:g} sees it, and this gives {value!r}.")
    return "this is all that a sampler does; the rest is about how wrong it is."


def wilson(x: float, n: int) -> tuple[float, float]:
    p, shrink = x / n, 1 + Z * Z / n
    centre, reach = p + Z * Z / (2 * n), Z * math.sqrt(p * (1 - p) / n + Z * Z / (4 * n * n))
    return (centre - reach) / shrink, (centre + reach) / shrink


@exercise("4.2")
def wilson_interval(answer: Interval) -> str:
    for x, n in ((30, 100), (300, 1000), (1, 50), (0, 1000), (50, 50)):
        value, expected = pair(called(answer, x, n)), wilson(x, n)
        if not all(close(a, b, 1e-4) or abs(a - b) < 1e-9 for a, b in zip(value, expected)):
            raise Wrong(f"for {x} of {n} it gives {value[0]:.5g} and {value[1]:.5g}; expected are {expected[0]:.5g} and {expected[1]:.5g}. "
                        "Both, centre and reach, are divided by 1 + z²/n.")
    return "it never leaves 0 to 1, and of nothing seen it does not claim to know that there is nothing."


def pair(value: Any) -> tuple[float, float]:
    try:
        low, high = map(float, value)
    except (TypeError, ValueError):
        raise Wrong(f"a pair of numbers is asked for, low and high, and this is {value!r}.") from None
    return low, high


@exercise("4.3")
def coverage(answer: Callable[[Interval, float, int, Sequence[float]], float]) -> str:
    def interval(x: float, n: int) -> tuple[float, float]:
        return x / n - 0.1, x / n + 0.1

    for p, draws, expected in ((0.5, [5, 5, 9, 1], 0.5), (0.55, [5, 6, 4, 9, 1, 6, 5, 0], 0.5), (0.0, [5], 0.0), (0.5, [5, 5], 1.0)):
        value = called(answer, interval, p, 10, draws)
        if not close(value, expected):
            raise Wrong(f"of an interval that reaches 0.1 to both sides, for p = {p:g}, n = 10 and the draws {draws}, the part {expected:g} "
                        f"covers, and this gives {value!r}.")
    return "a promise that can be tested."


@exercise("4.4")
def standard_errors(answer: float) -> str:
    expected = (0.95 - 0.935) / math.sqrt(0.95 * 0.05 / 400)
    if close(abs(answer), expected, 0.005):
        return f"about {expected:.2f}: no contradiction. 400 intervals cannot tell 93.5 % from 95 %."
    if close(abs(answer), (0.95 - 0.935) / math.sqrt(0.935 * 0.065 / 400), 0.005):
        raise Wrong("that is in standard errors of a coverage of 93.5 %; what is to be contradicted is 95 %, so take its standard error.")
    raise Wrong("divide the distance, 0.015, by the root of c(1 - c)/m with c = 0.95 and m = 400.")


@exercise("4.5")
def jittered(answer: Callable[[Any, int], Any]) -> str:
    import numpy as np

    first, again = (np.asarray(called(answer, np.random.default_rng(seed), 400), float) for seed in (1, 2))
    if first.shape != (400,) or not np.array_equal(np.floor(first), np.arange(400)):
        raise Wrong("there has to be exactly one look in every interval: one from 0 to 1, one from 1 to 2, and so on.")
    parts = first % 1
    if np.ptp(parts) < 0.5 or np.array_equal(first, again):
        raise Wrong("each look has to be at a random place of its own interval, new every time: draw as many random numbers as intervals.")
    if abs(parts.mean() - 0.5) > 0.08 or abs(parts.std() - 12 ** -0.5) > 0.05:
        raise Wrong("the places have to be uniform over the whole interval.")
    return "even, and yet nothing that a program could follow."


@exercise("4.6")
def possible_shares(answer: Any) -> str:
    try:
        values = {round(float(value), 6) for value in answer}
    except (TypeError, ValueError):
        raise Wrong(f"a set of numbers from 0 to 1 is asked for, and this is {answer!r}.") from None
    if values == {0.0, 0.5}:
        return "never near 0.3, and never less sure of itself."
    if 1.0 in values:
        raise Wrong("to report 1 both looks would have to see front; they are half a period apart, and front lasts three tenths of one.")
    raise Wrong("every period is seen at the same two places, half a period apart. How many of the two can be in front's three tenths?")


@exercise("4.7")
def samples_needed(answer: Callable[[float, float], int]) -> str:
    for p, e in ((0.3, 0.01), (0.05, 0.001), (0.5, 0.1)):
        exact = Z * Z * p * (1 - p) / (e * e)
        value = called(answer, p, e)
        if not math.ceil(exact * 0.998) <= value <= math.ceil(exact * 1.003) or value != int(value):
            raise Wrong(f"for p = {p:g} and e = {e:g} it gives {value!r}. Solve e = z√(p(1-p)/n) for n, with z = 1.96, and round up.")
    return "the square of e is what makes exactness dear."


@exercise("4.8")
def runs_needed(answer: Callable[[int, float], int]) -> str:
    for samples, e in ((100, 0.01), (1000, 0.01), (100_000, 0.005)):
        exact = Z * Z * (0.02**2 + 0.21 / samples) / (e * e)
        value = called(answer, samples, e)
        if not math.ceil(exact * 0.998) <= value <= math.ceil(exact * 1.003) or value != int(value):
            raise Wrong(f"for {samples:,} samples a run and e = {e:g} it gives {value!r}. The variance for one run is 0.02² + 0.3·0.7/N; "
                        "R runs divide it by R, and e = z√Var.")
    return "beyond some length of run only more runs help."
