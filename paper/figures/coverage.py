"""Coverage, and width as a part of the binomial's, against how long a function's phases last; drawn over recorded timelines."""
import math

from matplotlib import pyplot as plt

from plotting import COLUMN, LOOKS, draw

# Bins of the phases' mean length in sampling intervals, two a decade.
PER_DECADE = 2


def figure(data):
    drawn, (top, bottom) = plt.subplots(2, 1, figsize=(COLUMN, 2.6), sharex=True)
    for look, schedule in enumerate(("jittered", "poisson")):
        bins = binned([row for row in data["drawn"] if row[0] == schedule])
        places = [10 ** ((place + 0.5) / PER_DECADE) for place in bins]
        style = {"label": schedule, "markerfacecolor": "white", **LOOKS[look]}
        top.plot(places, [100 * covered / draws for covered, draws, _, _ in bins.values()], **style)
        bottom.plot(places, [width / binomial for _, _, width, binomial in bins.values()], **style)
    top.axhline(95, linewidth=0.4, color="0.5")
    top.set_ylabel("coverage (%)")
    bottom.set_ylabel("width / binomial's")
    bottom.set_ylim(0, 1.1)
    bottom.set_xscale("log")
    bottom.set_xlabel("mean length of a function's phases (sampling intervals)")
    top.legend()
    return drawn


def binned(rows):
    """Bin → sums of covered, draws, width and the binomial's width."""
    bins = {}
    for _, _, phase, covered, draws, width, binomial in rows:
        place = math.floor(PER_DECADE * math.log10(max(phase, 1e-3)))
        sums = bins.setdefault(place, [0, 0, 0.0, 0.0])
        for index, value in enumerate((covered, draws, width, binomial)):
            sums[index] += value
    return dict(sorted(bins.items()))


if __name__ == "__main__":
    draw("coverage", figure)
