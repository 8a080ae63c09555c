"""Whether two measured shares are the same to within a margin.

That two intervals meet is no evidence of that: the wider they are, the more often they do. An equivalence test (two
one-sided tests; D. J. Schuirmann, J. Pharmacokinet. Biopharm. 15, 1987, 657-680) asks instead that the interval of the
difference lies within the margin on both sides.
"""
import math

MET, MISSED, UNDECIDED = "met", "missed", "undecided"

# One point.
MARGIN = 0.01


def difference(measured, truth):
    """The difference of two means with its interval, half-widths added in quadrature; None without both intervals."""
    if None in (measured["low"], measured["high"], truth["low"], truth["high"]):
        return None
    mean = measured["mean"] - truth["mean"]
    reach = math.hypot(*((share["high"] - share["low"]) / 2 for share in (measured, truth)))
    return {"mean": mean, "low": mean - reach, "high": mean + reach}


def verdict(measured, truth, margin=MARGIN):
    """Met where the difference is within the margin, missed where it is outside of it, and else undecided."""
    found = difference(measured, truth)
    if found is None:
        return UNDECIDED
    if -margin <= found["low"] and found["high"] <= margin:
        return MET
    return MISSED if found["low"] > margin or found["high"] < -margin else UNDECIDED
