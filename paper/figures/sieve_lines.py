"""The talk's picture: shares of the sieve's lines, by direct timing and by each design."""
from matplotlib import pyplot as plt

from facts import sieve_lines
from plotting import COLUMN, HATCHES, draw
from results import tool


def figure(experiment):
    truth = sieve_lines.truths(experiment)
    series = {"direct timing": [100 * truth[place]["mean"] if place in truth else 0 for place in sieve_lines.TOLD]}
    for found in sieve_lines.arms(experiment):
        series[tool(found)] = [100 * sieve_lines.of_place(found, place) for place in sieve_lines.TOLD]
    drawn, axes = plt.subplots(figsize=(COLUMN, 1.9))
    width = 0.8 / len(series)
    for number, (name, values) in enumerate(series.items()):
        places = [place + (number - (len(series) - 1) / 2) * width for place in range(len(values))]
        bars = axes.bar(places, values, width, label=name, hatch=HATCHES[number], facecolor="white" if number else "0.3", edgecolor="black", linewidth=0.6)
        axes.bar_label(bars, fmt="%.0f", fontsize=5.5, padding=1)
    axes.set_xticks(range(len(sieve_lines.TOLD)), list(sieve_lines.TOLD))
    axes.set_ylabel("share of the sieve (%)")
    axes.legend()
    return drawn


if __name__ == "__main__":
    draw("sieve-lines", figure)
