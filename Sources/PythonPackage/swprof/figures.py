"""The figures of a profile, each with what is known of its error."""
from __future__ import annotations

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Compensated:
    """A tracer's time without what its probes cost, by calibration; `low` and `high` are None where not identifiable."""

    seconds: float
    low: float | None
    high: float | None
    share: float | None
    share_low: float | None
    share_high: float | None


@dataclass(frozen=True, slots=True)
class Estimate:
    """A share of the thread-time, 0 to 1, with its 95 % interval; a caveat says why where there is none.

    `share` is not a number (nan) where there is no such time at all: on the CPU clock while all threads wait.
    `worst_low` and `worst_high` bound the share whatever the lost ticks would have shown; samplers only.
    """

    share: float
    low: float | None
    high: float | None
    worst_low: float | None
    worst_high: float | None
    seconds: float
    compensated: Compensated | None = None

    def __str__(self) -> str:
        if self.share != self.share:
            return "no time"
        if self.low is None or self.high is None:
            return f"{100 * self.share:.1f} %"
        return f"{100 * self.share:.1f} % [{100 * self.low:.1f}, {100 * self.high:.1f}]"


@dataclass(frozen=True, slots=True)
class Function:
    """A function: `self` is its own time, `total` that with what it called. A C function's `file` is None.

    `calls` is exact for tracers and None for samplers.
    """

    name: str
    qualname: str
    file: str | None
    line: int
    calls: int | None
    self: Estimate
    total: Estimate

    def __str__(self) -> str:
        return f"{self.qualname}  self {self.self}, total {self.total}"


@dataclass(frozen=True, slots=True)
class Line:
    """A line of code; `hits`, how often it was run, is exact for the design `lines` and None for samplers."""

    file: str
    line: int
    function: str
    hits: int | None
    self: Estimate
    total: Estimate

    def __str__(self) -> str:
        return f"{self.file}:{self.line}  self {self.self}, total {self.total}"


@dataclass(frozen=True, slots=True)
class Ledger:
    """Of a sampling run: the ticks that were due, and what became of them."""

    due: int
    taken: int
    late: int
    missed: int
    failed: int


@dataclass(frozen=True, slots=True)
class Caveat:
    """What one has to know before believing a figure; the codes are stable."""

    code: str
    text: str


def estimate(document: dict[str, Any]) -> Estimate:
    compensated = document.get("compensated")
    share = document["share"]
    return Estimate(
        float("nan") if share is None else share, document["low"], document["high"], document["worstLow"], document["worstHigh"], document["seconds"],
        compensated and Compensated(
            compensated["seconds"], compensated["low"], compensated["high"], compensated["share"], compensated["shareLow"],
            compensated["shareHigh"]))


def function(document: dict[str, Any]) -> Function:
    return Function(
        document["name"], document["qualname"], document["file"], document["line"], document["calls"],
        estimate(document["self"]), estimate(document["total"]))


def line(document: dict[str, Any]) -> Line:
    return Line(
        document["file"], document["line"], document["function"], document["hits"], estimate(document["self"]),
        estimate(document["total"]))
