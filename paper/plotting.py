"""How the paper's figures look: readable without colour, in the text's own size."""
import json
import sys

import matplotlib

matplotlib.use("pdf")
import matplotlib.pyplot as plt
from matplotlib import ticker

from results import Experiment

# One column of the paper, in inches.
COLUMN = 3.33
# Each arm by its marker, dash and grey; colour adds nothing that these do not say.
LOOKS = (
    dict(marker="o", linestyle="-", color="black"), dict(marker="s", linestyle="--", color="0.35"),
    dict(marker="^", linestyle=":", color="black"), dict(marker="x", linestyle="-.", color="0.35"),
    dict(marker="D", linestyle=(0, (5, 1)), color="0.6"), dict(marker="+", linestyle=(0, (1, 1)), color="0.2"))
HATCHES = ("", "////", "....", "xxxx", "\\\\\\\\")

plt.rcParams.update({
    "font.size": 7.5, "axes.titlesize": 7.5, "axes.labelsize": 7.5, "legend.fontsize": 6.5, "xtick.labelsize": 6.5, "ytick.labelsize": 6.5,
    "font.family": "sans-serif", "axes.spines.top": False, "axes.spines.right": False, "lines.linewidth": 0.9, "lines.markersize": 3.2,
    "legend.frameon": False, "pdf.fonttype": 42, "savefig.bbox": "tight", "savefig.pad_inches": 0.02})


def draw(name, figure):
    """Runs a figure's script: `figure(experiment)` draws what RESULTS.json holds of `name` into OUT.pdf."""
    source, out = sys.argv[1:]
    with open(source) as file:
        data = json.load(file)[name]
    drawn = figure(data if name == "coverage" else Experiment(name, data["spec"], data["report"], data["shares"]))
    # Without a date, so that the same results make the same file.
    drawn.savefig(out, metadata={"CreationDate": None})


def errors(intervals):
    """Bars of error for matplotlib, none where there is no interval."""
    middle = [interval.get("mean", interval.get("ratio")) for interval in intervals]
    low = [0 if i["low"] is None else max(0, m - i["low"]) for i, m in zip(intervals, middle)]
    high = [0 if i["high"] is None else max(0, i["high"] - m) for i, m in zip(intervals, middle)]
    return middle, [low, high]


def curve(axes, x, intervals, look, label):
    """A line with its intervals."""
    middle, bars = errors(intervals)
    axes.errorbar(x, middle, yerr=bars, label=label, capsize=1.5, elinewidth=0.6, markerfacecolor="white", **LOOKS[look])


def logarithmic(axis):
    """A logarithmic axis with plain numbers at its ticks."""
    axis.axes.set(**{f"{axis.axis_name}scale": "log"})
    axis.set_major_locator(ticker.LogLocator(subs=(1, 2, 5), numticks=8))
    axis.set_major_formatter(ticker.FuncFormatter(lambda value, _: f"{value:,g}"))
    axis.set_minor_formatter(ticker.NullFormatter())
