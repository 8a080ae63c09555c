"""The first cell of every lab."""
from __future__ import annotations

import os
import platform

from .. import __version__
from .errors import LabError
from .exercises import LABS


def begin(lab: int, seconds: int) -> None:
    """Says where the lab runs and how long its cells take, and what may spoil its measurements.

    Raises LabError for a lab that there is not.
    """
    if lab not in LABS:
        raise LabError(f"There is no lab {lab!r}; they are 1 to {LABS[-1]}.")
    processors = len(os.sched_getaffinity(0))
    print(f"Lab {lab} · swprof {__version__} · Python {platform.python_version()} · {platform.machine()}, {processors} processors")
    print(f"All cells together take about {seconds} s.")
    for warning in warnings(processors, os.getloadavg()[0]):
        print(f"Note: {warning}")


def warnings(processors: int, load: float) -> list[str]:
    found = []
    if processors == 1:
        found.append("there is one processor only: a sampler's own thread has to wait for it, and loses ticks.")
    if load > processors:
        found.append(f"the machine is busy (load {load:.1f}): times will be longer and vary more than they need to.")
    return found
