"""The share that each design gives the calling half, against control truth."""
from matplotlib import pyplot as plt

from facts import bias
from plotting import COLUMN, curve, draw


def figure(experiment):
    drawn, axes = plt.subplots(figsize=(COLUMN, 2.6))
    axes.plot([0, 100], [0, 100], linewidth=0.5, color="0.5")
    for look, (design, points) in enumerate(bias.curves(experiment).items()):
        shares = [{end: None if s[end] is None else 100 * s[end] for end in ("mean", "low", "high")} for _, s in points]
        curve(axes, [100 * truth["mean"] for truth, _ in points], shares, look, design)
    axes.set_xlabel("true share of the calling half, unprofiled (%)")
    axes.set_ylabel("share told (%)")
    axes.set_aspect("equal")
    axes.legend(loc="lower right")
    return drawn


if __name__ == "__main__":
    draw("bias", figure)
