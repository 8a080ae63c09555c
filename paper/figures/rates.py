"""Slowdown, and the part of the ticks that is lost, against the rate."""
from matplotlib import pyplot as plt

from facts import rates
from plotting import COLUMN, LOOKS, curve, draw, logarithmic
from results import arm


def figure(experiment):
    blocks = experiment.blocks
    drawn, axes = plt.subplots(2, len(blocks), figsize=(2 * COLUMN + 0.3, 2.5), sharex=True, sharey="row", squeeze=False)
    for column, block in enumerate(blocks):
        top, bottom = axes[:, column]
        for look, design in enumerate(rates.DESIGNS):
            found = [(rate, a) for rate in experiment.spec["rates"] if (a := arm(block, design, rate=rate)) and a["slowdown"]]
            curve(top, [rate for rate, _ in found], [a["slowdown"] for _, a in found], look, design)
            bottom.plot([rate for rate, _ in found], [100 * (rates.lost(a) or 0) for _, a in found], label=design, markerfacecolor="white", **LOOKS[look])
        top.set_title(block["workload"].replace("_", " "))
        top.axhline(1, linewidth=0.4, color="0.5")
        bottom.set_xscale("log")
        bottom.set_xticks([100, 1000, 10000], ["100", "1,000", "10,000"])
        bottom.set_xlabel("asked rate (Hz)")
    axes[0][0].set_ylabel("slowdown")
    logarithmic(axes[0][0].yaxis)
    axes[1][0].set_ylabel("ticks lost (%)")
    axes[1][0].set_ylim(-3, 103)
    axes[0][0].legend()
    return drawn


if __name__ == "__main__":
    draw("rates", figure)
