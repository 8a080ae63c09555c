"""What a design costs a function."""
from __future__ import annotations

import json
from dataclasses import dataclass

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from .figures import Caveat


@dataclass(frozen=True, slots=True)
class Slowdown:
    """Time with the design on over time with it off, with its 95 % interval; None where there are too few pairs for one."""

    ratio: float
    low: float | None
    high: float | None

    def __str__(self) -> str:
        if self.low is None or self.high is None:
            return f"{self.ratio:.3f} (no interval)"
        return f"{self.ratio:.4f} [{self.low:.4f}, {self.high:.4f}]"


class Overhead:
    """The findings of a duet. The first look at one has the program `swprof` analyse the passes, once; picklable.

    Every access may raise SwprofError where the passes could not be analysed.
    """

    def __init__(self, passes: bytes) -> None:
        self._passes = passes
        self._findings: str | None = None

    def to_dict(self) -> dict[str, Any]:
        """The JSON of `swprof overhead` for this design; a new dictionary each time."""
        document: dict[str, Any] = json.loads(self._analysed())
        return document

    @property
    def passes(self) -> dict[str, Any]:
        """Every pass as it was measured, in the order in which they were made; times in nanoseconds."""
        passes: dict[str, Any] = json.loads(self._passes)
        return passes

    @property
    def _design(self) -> dict[str, Any]:
        design: dict[str, Any] = self.to_dict()["designs"][0]
        return design

    @property
    def ratio(self) -> float:
        """Wall time of a pass with the design on over one with it off, by their means."""
        return float(self._design["running"]["ratio"])

    @property
    def low(self) -> float | None:
        """The lower end of the ratio's 95 % interval; None where there are too few pairs for one."""
        low: float | None = self._design["running"]["low"]
        return low

    @property
    def high(self) -> float | None:
        """The upper end of the ratio's 95 % interval; None where there are too few pairs for one."""
        high: float | None = self._design["running"]["high"]
        return high

    @property
    def pairs(self) -> int:
        """How many pairs of on and off the ratio is from."""
        return int(self._design["pairs"])

    @property
    def cpu(self) -> Slowdown | None:
        """The ratio of the CPU time of the process, swprof's own threads included; None where the passes used none."""
        cpu = self._design["cpu"]
        return cpu and Slowdown(cpu["ratio"], cpu["low"], cpu["high"])

    @property
    def caveats(self) -> list[Caveat]:
        """What one has to know before believing the figures."""
        from .figures import Caveat
        return [Caveat(caveat["code"], caveat["text"]) for caveat in self._design["caveats"]]

    def _analysed(self) -> str:
        if self._findings is None:
            self._findings = _analysis(self._passes)
        return self._findings

    def __getstate__(self) -> tuple[bytes, str]:
        return self._passes, self._analysed()

    def __setstate__(self, state: tuple[bytes, str]) -> None:
        self._passes, self._findings = state

    def __repr__(self) -> str:
        design = self._design
        return f"<swprof.overhead of {design['name']}: {Slowdown(self.ratio, self.low, self.high)} over {self.pairs} pairs>"


def _analysis(passes: bytes) -> str:
    import sys

    from . import program
    from .private_folder import PrivateFolder

    with PrivateFolder() as folder:
        python = ["--python", sys.executable] if sys.executable else []
        return program.call("overhead", "--json", *python, "--passes", folder.write("passes.json", passes))
