"""The options of a profile: those of the command line, by the same names."""
from __future__ import annotations

import os

from .facts import CLOCKS, DESIGNS
from .written import declaration

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from .written import WrittenDesign

SCHEDULES = ("jittered", "poisson", "periodic")
RATES = (0.01, 100_000)


class Options:
    """What to profile with, and how. Raises TypeError or ValueError, in one line, for what cannot be."""

    def __init__(self, design: Any, rate: Any, schedule: Any, clock: Any, trace: Any, seed: Any, all_threads: Any, children: Any = False) -> None:
        self.given = design
        self.written = _written(design)
        self.design = self.written.name if self.written else _one_of(tuple(DESIGNS), "design", design)
        self.kind = self.written.kind if self.written else str(DESIGNS[self.design]["kind"])
        self.schedule = _one_of(SCHEDULES, "schedule", schedule)
        self.clock = _one_of(CLOCKS, "clock", clock)
        self.rate = _rate(rate)
        self.trace = _names(trace)
        if self.trace and self.design != "lines":
            raise ValueError("trace goes with the design lines; give design=\"lines\", or leave trace out")
        self.seed = _seed(seed)
        self.all_threads = bool(all_threads)
        self.children = bool(children)
        if self.written and self.children:
            raise ValueError(f"the design {self.design} is written in Python, and such follow no children; leave children out")

    def settings(self) -> dict[str, Any]:
        """As the extension reads them."""
        seed = int.from_bytes(os.urandom(8), "little") if self.seed is None else self.seed
        return {
            "design": self.design, "rate": f"{self.rate:.17g}", "schedule": self.schedule, "clock": self.clock,
            "seed": str(seed), "functions": ",".join(self.trace),
        } | ({"children": "follow"} if self.children else {}) | self._of_written()

    def _of_written(self) -> dict[str, Any]:
        if self.written is None:
            return {}
        return {
            "instants": "own" if self.written.instants_are_own else "program", "kind": self.written.kind, "written": self.written,
        }

    def __getstate__(self) -> dict[str, Any]:
        # A class that was read from a file is found in no module.
        return self.__dict__ | {"given": self.design, "written": None}


def _written(design: Any) -> WrittenDesign | None:
    """A design in Python: a class, or a text that names its file; None for the name of one of swprof's own."""
    if isinstance(design, str):
        if ":" not in design:
            return None
        from .written_files import loaded
        return loaded(design)
    if declaration(design):
        from .written_files import of_class
        return of_class(design)
    if isinstance(design, type):
        raise TypeError(f"{design!r} is no design; decorate the class with @swprof.design(kind=\"sampling\")")
    if callable(design):
        raise TypeError("swprof.profile is called before it decorates: write @swprof.profile() with parentheses")
    return None


def _one_of(known: tuple[str, ...], name: str, value: Any) -> Any:
    if value not in known:
        raise ValueError(f"there is no {name} {value!r}; give one of {', '.join(known)}")
    return value


def _rate(rate: Any) -> float:
    if isinstance(rate, bool) or not isinstance(rate, (int, float)):
        raise TypeError(f"a rate is a number of ticks a second, not {rate!r}")
    if not RATES[0] <= rate <= RATES[1]:
        raise ValueError(f"a rate of {rate} Hz cannot be kept; give one from 0.01 to 100000")
    return float(rate)


def _names(trace: Any) -> tuple[str, ...]:
    try:
        names = (trace,) if isinstance(trace, str) else tuple(trace)
    except TypeError:
        names = (None,)
    if not all(isinstance(name, str) and name and "," not in name for name in names):
        raise TypeError(f"trace takes names of functions, not {trace!r}")
    return names


def _seed(seed: Any) -> int | None:
    if seed is None:
        return None
    if isinstance(seed, bool) or not isinstance(seed, int):
        raise TypeError(f"a seed is a whole number, not {seed!r}")
    if not 0 <= seed < 2**64:
        raise ValueError(f"a seed of {seed} is out of range; give one from 0 to 2**64 - 1")
    return seed
