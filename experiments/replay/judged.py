"""What real runs say of their predictions: the numbers of one case, and the rules that judge them.

A run is the unit of every interval. Of each function a run tells its *error*, the reported share less the true one, and the replays over
that very run's timeline predict what it is on average (the bias), how large it is (the root mean square) and how often the printed
interval holds the truth.

- *bias*: of each function, the mean over runs of (error − predicted bias), with Student's interval, at a level that all functions of
  the case share (Bonferroni). Missed where an interval lies more than `KNOWN` from 0.
- *error*: the root mean square over functions and runs, measured / predicted, with a jackknifed interval on the logarithmic scale.
  Missed where it leaves 1 out and the two differ by more than `KNOWN`.
- *coverage*: how many of the printed intervals hold the truth, with the interval of Clopper and Pearson. Functions of one run are not
  independent, so the number of intervals is divided by the design effect. Missed where the predicted coverage is not in it.

*Met* is said only where a deviation of some size would have shown: all intervals of a bias reach at most as far as the error that one run
is predicted to have, or a point, whichever is more; that of an error from half to double; that of coverage over at most ten points.
All else is *undecided*, and so is everything with fewer than five runs. Each verdict misses a perfect prediction once in twenty.
"""
from __future__ import annotations

import dataclasses
import math
import pathlib
import statistics
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "duet"))

# The duet's experiment has the exact interval of a part; that file is a program and no module of that name.
from run import bounds

MET, MISSED, UNDECIDED = "met", "missed", "undecided"
LEVEL = 0.05
FEWEST = 5
# How exactly a workload knows its truth: brackets take up to one part in a thousand, and switches of `lockstep` lie between two readings.
KNOWN = 0.001
# What would have to show before a bias or a coverage counts as met.
POINT = 0.01
WIDEST = 0.1


@dataclasses.dataclass
class Place:
    """A function or a line in one run: what was, what the report says, and what the replays predict. Parts of 1."""
    name: str
    truth: float
    share: float
    bias: float
    rms: float
    held: bool | None = None
    coverage: float | None = None

    @property
    def error(self) -> float:
        return self.share - self.truth


@dataclasses.dataclass
class Interval:
    value: float | None
    low: float | None
    high: float | None

    def holds(self, value: float, tolerance: float = 0) -> bool:
        return self.low is not None and self.high is not None and self.low - tolerance <= value <= self.high + tolerance

    @property
    def reach(self) -> float:
        return math.inf if self.low is None or self.high is None else (self.high - self.low) / 2


Run = list[Place]


def finding(runs: list[Run]) -> dict:
    """All figures of a case, and its verdicts."""
    names = [place.name for place in runs[0]]
    found = {"runs": len(runs), "functions": len(names), "farthest": farthest(runs, names), "pooled": pooled(runs, names)}
    found["worst"], bias = biases(runs, names)
    found["error"], error = errors(runs)
    found["coverage"], coverage = coverages(runs)
    found["verdicts"] = {"bias": bias, "error": error, "coverage": coverage}
    return found


def of(runs: list[Run], name: str) -> list[Place]:
    return [place for run in runs for place in run if place.name == name]


def farthest(runs: list[Run], names: list[str]) -> dict:
    """The function that is predicted to be furthest off, with its errors in real runs."""
    predicted = {name: statistics.fmean(place.bias for place in of(runs, name)) for name in names}
    name = max(names, key=lambda name: abs(predicted[name]))
    return {"name": name, "predicted": predicted[name], "measured": told(mean([place.error for place in of(runs, name)]))}


def pooled(runs: list[Run], names: list[str]) -> dict:
    """Measured − predicted, in the direction of the prediction, on average over functions: whether errors are larger than predicted.

    Over all functions alike it would be next to nothing, for shares add up to one.
    """
    sign = {name: math.copysign(1, statistics.fmean(place.bias for place in of(runs, name))) for name in names}
    interval = mean([statistics.fmean(sign[place.name] * (place.error - place.bias) for place in run) for run in runs])
    return {**told(interval), "holds": interval.holds(0)}


def biases(runs: list[Run], names: list[str]) -> tuple[dict, str]:
    """The function whose difference is the most intervals away from 0, and the verdict over all functions."""
    differences = {name: mean([place.error - place.bias for place in of(runs, name)], LEVEL / len(names)) for name in names}
    worst = max(names, key=lambda name: (abs(differences[name].value or 0) - KNOWN) / max(differences[name].reach, 1e-9))
    verdict = bias_verdict(differences, {name: root([place.rms for place in of(runs, name)]) for name in names}, len(runs))
    return {"name": worst, **told(differences[worst])}, verdict


def bias_verdict(differences: dict[str, Interval], rms: dict[str, float], runs: int) -> str:
    if runs < FEWEST:
        return UNDECIDED
    if any(not difference.holds(0, KNOWN) for difference in differences.values()):
        return MISSED
    return MET if all(differences[name].reach <= max(POINT, rms[name]) for name in differences) else UNDECIDED


def errors(runs: list[Run]) -> tuple[dict, str]:
    """The root mean square error of a function, measured and predicted."""
    measured = [statistics.fmean(place.error**2 for place in run) for run in runs]
    predicted = [statistics.fmean(place.rms**2 for place in run) for run in runs]
    ratio = root_ratio(measured, predicted)
    both = math.sqrt(statistics.fmean(measured)), math.sqrt(statistics.fmean(predicted))
    found = {"measured": both[0], "predicted": both[1], "ratio": told(ratio)}
    if len(runs) < FEWEST:
        return found, UNDECIDED
    if not ratio.holds(1) and abs(both[0] - both[1]) > KNOWN:
        return found, MISSED
    return found, MET if (ratio.low or 0) >= 0.5 and (ratio.high or math.inf) <= 2 else UNDECIDED


def coverages(runs: list[Run]) -> tuple[dict | None, str | None]:
    """None where no interval is printed."""
    rows = [[place for place in run if place.held is not None and place.coverage is not None] for run in runs]
    rows = [row for row in rows if row]
    if not rows:
        return None, None
    held, count = sum(bool(place.held) for row in rows for place in row), sum(map(len, rows))
    independent = max(1, round(count / design_effect(rows, held / count)))
    low, high = bounds(round(held / count * independent), independent)
    predicted = statistics.fmean(place.coverage or 0 for row in rows for place in row)
    found = {"held": held, "of": count, "value": held / count, "low": low, "high": high, "predicted": predicted}
    if len(runs) < FEWEST:
        return found, UNDECIDED
    if not low <= predicted <= high:
        return found, MISSED
    return found, MET if high - low <= WIDEST else UNDECIDED


def design_effect(rows: list[Run], rate: float) -> float:
    """By how much the runs differ more than as many independent intervals would; at least 1."""
    count = sum(map(len, rows))
    expected = rate * (1 - rate) / count
    if not expected or len(rows) < 2:
        return 1
    residuals = [sum(bool(place.held) - rate for place in row) for row in rows]
    between = len(rows) / (len(rows) - 1) * sum(each**2 for each in residuals) / count**2
    return max(1, between / expected)


def mean(values: list[float], level: float = LEVEL) -> Interval:
    """With Student's interval."""
    middle = statistics.fmean(values)
    if len(values) < 2:
        return Interval(middle, None, None)
    reach = student(1 - level, len(values) - 1) * statistics.stdev(values) / math.sqrt(len(values))
    return Interval(middle, middle - reach, middle + reach)


def root_ratio(measured: list[float], predicted: list[float]) -> Interval:
    """√(Σ measured / Σ predicted), with a jackknifed interval of its logarithm."""
    whole = measured, predicted
    if min(map(sum, whole)) <= 0:
        return Interval(None, None, None)
    value = log_root(*map(sum, whole))
    count = len(measured)
    if count < 3:
        return Interval(math.exp(value), None, None)
    without = [log_root(sum(measured) - m, sum(predicted) - p) for m, p in zip(measured, predicted)]
    middle = statistics.fmean(without)
    reach = student(1 - LEVEL, count - 1) * math.sqrt((count - 1) / count * sum((each - middle) ** 2 for each in without))
    return Interval(math.exp(value), math.exp(value - reach), math.exp(value + reach))


def log_root(measured: float, predicted: float) -> float:
    return (math.log(max(measured, 1e-18)) - math.log(max(predicted, 1e-18))) / 2


def student(inside: float, freedom: int) -> float:
    """The t that so much of Student's distribution is within of, on both sides."""
    low, high = 0.0, 1e6
    for _ in range(80):
        middle = (low + high) / 2
        low, high = (middle, high) if student_within(middle, freedom) < inside else (low, middle)
    return low


def student_within(t: float, freedom: int) -> float:
    """P(|T| < t): the finite sums of Abramowitz and Stegun, 26.7.3 and 26.7.4."""
    angle = math.atan2(t, math.sqrt(freedom))
    square = math.cos(angle) ** 2
    term = math.cos(angle) if freedom % 2 else 1.0
    total = term if freedom > 1 else 0.0
    for k in range(3 if freedom % 2 else 2, freedom - 1, 2):
        term *= square * (k - 1) / k
        total += term
    return 2 / math.pi * (angle + math.sin(angle) * total) if freedom % 2 else math.sin(angle) * total


def root(values: list[float]) -> float:
    return math.sqrt(statistics.fmean(value**2 for value in values))


def told(interval: Interval) -> dict:
    return dataclasses.asdict(interval)
