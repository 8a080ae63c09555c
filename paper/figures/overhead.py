"""Slowdown of every program under every arm."""
from matplotlib import pyplot as plt

from facts.rounds import label
from plotting import COLUMN, LOOKS, draw, errors, logarithmic
from results import tool


def figure(experiment):
    arms = experiment.report["designs"]
    halves = [
        ("designs of swprof", [tool(each) for each in arms if each["settings"]["design"]]),
        ("other profilers", [tool(each) for each in arms if each["settings"]["peer"]])]
    halves = [half for half in halves if half[1]]
    programs = [label(block).split()[0] for block in experiment.blocks]
    drawn, axes = plt.subplots(1, len(halves), figsize=(2 * COLUMN + 0.3, 0.15 * len(programs) + 0.8), sharey=True, sharex=True, squeeze=False)
    for plot, (title, names) in zip(axes[0], halves):
        for look, name in enumerate(names):
            draw_arm(plot, experiment.blocks, name, look)
        plot.axvline(1, linewidth=0.4, color="0.5")
        logarithmic(plot.xaxis)
        plot.set_xlabel("slowdown")
        plot.legend(title=title, loc="lower center", bbox_to_anchor=(0.5, 1), ncols=3, handletextpad=0.1, columnspacing=0.8)
        plot.grid(axis="y", linewidth=0.2)
    axes[0][0].set_yticks(range(len(programs)), programs)
    axes[0][0].invert_yaxis()
    return drawn


def draw_arm(plot, blocks, name, look):
    found = [(row, arm["slowdown"]) for row, block in enumerate(blocks) for arm in block["arms"] if tool(arm) == name and arm["slowdown"]]
    middle, bars = errors([slowdown for _, slowdown in found])
    marks = ("o", "s", "^", "x", "D", "+", "v", "*")
    style = {"marker": marks[look % len(marks)], "color": LOOKS[look % len(LOOKS)]["color"], "linestyle": ""}
    plot.errorbar(middle, [row for row, _ in found], xerr=bars, label=name, elinewidth=0.5, markerfacecolor="none", **style)


if __name__ == "__main__":
    draw("overhead", figure)
