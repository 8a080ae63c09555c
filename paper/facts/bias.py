"""The share that each design gives the calling half, against control truth."""
import equivalence
import wording
from results import share, tool

CALLING = "calling"


def told(experiment, macros):
    curve = curves(experiment)
    for design, points in curve.items():
        errors = [(told - truth["mean"], truth["mean"]) for truth, told in ((t, s["mean"]) for t, s in points)]
        worst, at = max(errors, key=lambda error: abs(error[0]))
        macros.text(f"bias/{design}/worst", wording.points(worst))
        macros.text(f"bias/{design}/worstAt", wording.percent(at))
        macros.text(f"bias/{design}/meets", f"{sum(equivalence.verdict(s, t) == equivalence.MET for t, s in points)} of {len(points)}")
    middle = middle_block(experiment)
    if middle:
        macros.of_interval("bias/middle/truth", share(middle["truth"], "truth", CALLING), wording.percent)
        for arm in middle["arms"]:
            macros.of_interval(f"bias/middle/{tool(arm)}", share(arm, "within", CALLING), wording.percent)
    macros.rows("bias/table", [
        (wording.code(design), macros.get(f"bias/middle/{design}", "--"), macros[f"bias/{design}/worst"], macros[f"bias/{design}/worstAt"], macros[f"bias/{design}/meets"])
        for design in curve])


def curves(experiment):
    """Design → (control truth, the share told), both with intervals, by block."""
    found = {}
    for block in experiment.blocks:
        truth = share(block["truth"], "truth", CALLING)
        for arm in block["arms"]:
            measured = share(arm, "within", CALLING)
            if truth and measured:
                found.setdefault(tool(arm), []).append((truth, measured))
    return {design: sorted(points, key=lambda point: point[0]["mean"]) for design, points in found.items()}


def middle_block(experiment):
    """Where the calling half has nearest to half of the time."""
    known = [(abs(truth["mean"] - 0.5), block) for block in experiment.blocks if (truth := share(block["truth"], "truth", CALLING))]
    return min(known, key=lambda pair: pair[0])[1] if known else None
