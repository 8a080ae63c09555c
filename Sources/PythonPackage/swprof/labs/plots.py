"""Plots that can be read without colour."""
from __future__ import annotations

from typing import Any

from .errors import LabError

# Each series has a marker and a line style of its own; bars are told apart by HATCHES.
COLOURS = ["#1b4f72", "#b9770e", "#1e8449", "#76448a", "#922b21"]
MARKERS = ["o", "s", "^", "D", "v"]
LINES = ["-", "--", ":", "-.", (0, (5, 1, 1, 1, 1, 1))]
HATCHES = ["", "///", "...", "xxx", "\\\\\\"]


def plots() -> Any:
    """`matplotlib.pyplot`, with a style in which series differ by marker and line as well. Raises LabError where it is missing."""
    try:
        import matplotlib.pyplot as pyplot
        from cycler import cycler
    except ImportError:
        raise LabError("The labs draw with Matplotlib, which is not installed. Install it, then restart the kernel: %pip install matplotlib") from None
    pyplot.rcParams.update({
        "axes.prop_cycle": cycler(color=COLOURS) + cycler(marker=MARKERS) + cycler(linestyle=LINES),
        "axes.grid": True, "grid.alpha": 0.3, "axes.spines.top": False, "axes.spines.right": False, "figure.figsize": (7.5, 3.8),
        "figure.dpi": 100, "figure.constrained_layout.use": True, "legend.frameon": False, "hatch.linewidth": 0.6,
    })
    return pyplot
