"""Slowdown against depth of calls, call paths, threads and length of the run."""
from matplotlib import pyplot as plt
from matplotlib import ticker

from facts import scale
from plotting import COLUMN, curve, draw, logarithmic
from results import arm


def figure(experiment):
    drawn, axes = plt.subplots(1, len(scale.AXES), figsize=(2 * COLUMN + 0.3, 1.7), sharey=True)
    for plot, (workload, name) in zip(axes, scale.AXES.items()):
        blocks = sorted((b for b in experiment.blocks if b["workload"] == workload), key=scale.at)
        for look, design in enumerate(scale.DESIGNS):
            found = [(scale.at(block), a["slowdown"]) for block in blocks if (a := arm(block, design)) and a["slowdown"]]
            curve(plot, [place for place, _ in found], [slowdown for _, slowdown in found], look, design)
        plot.axhline(1, linewidth=0.4, color="0.5")
        plot.set_xscale("log")
        plot.set_xticks([scale.at(block) for block in blocks], [f"{scale.at(block):,}" for block in blocks])
        plot.xaxis.set_minor_formatter(ticker.NullFormatter())
        plot.set_xlabel({"depth": "depth of calls", "paths": "call paths", "threads": "threads", "length": "length (passes)"}[name])
    logarithmic(axes[0].yaxis)
    axes[0].set_ylabel("slowdown")
    drawn.legend(*axes[0].get_legend_handles_labels(), loc="lower center", bbox_to_anchor=(0.5, 0.92), ncols=len(scale.DESIGNS))
    return drawn


if __name__ == "__main__":
    draw("scale", figure)
