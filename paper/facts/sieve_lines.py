"""The talk's picture: the lines of the sieve."""
import wording
from results import share, tool

# What talk_sieve.py can tell apart, and the lines of each.
TOLD = {"line 10": (10,), "lines 8 and 9": (8, 9), "line 7": (7,)}


def told(experiment, macros):
    truth = truths(experiment)
    for place, interval in truth.items():
        macros.of_interval(f"sieve/truth/{place}", interval, wording.percent)
    for found in arms(experiment):
        for line in (7, 8, 9, 10):
            macros.of_interval(f"sieve/{tool(found)}/line {line}", at_line(found, line), wording.percent)
        macros.text(f"sieve/{tool(found)}/lost", lost(found))
    macros.rows("sieve/table", [row("direct timing", [truth.get("line 10"), truth.get("lines 8 and 9"), truth.get("line 7"), None])] + [
        row(wording.code(tool(found)), [at_line(found, line) for line in (10, 8, 7, 9)]) for found in arms(experiment)])
    errors(experiment, macros)


def truths(experiment):
    block = experiment.block("talk_sieve.py") or {"truth": []}
    return {place: interval for place in TOLD if (interval := share(block["truth"], "truth", place))}


def arms(experiment):
    block = experiment.block("sieve")
    return block["arms"] if block else []


def at_line(found, line):
    """The share of a line of the sieve itself; None where it was never seen."""
    places = [s for s in found["shares"] if s["basis"] == "line" and s["line"] == line and (s["file"] or "").endswith("sieve.py")]
    return places[0]["share"] if places else None


def of_place(found, place):
    """The mean share over a place's lines, 0 where they were not seen."""
    return sum((at_line(found, line) or {"mean": 0})["mean"] for line in TOLD[place])


def lost(found):
    ledger = found["ledger"]
    return "none" if not ledger or not ledger["due"] else wording.percent((ledger["missed"] + ledger["failed"]) / ledger["due"])


def row(name, shares):
    return (name, *("--" if s is None else wording.interval(s["mean"], s["low"], s["high"], wording.percent) for s in shares))


def errors(experiment, macros):
    """By how much each design's means are off, in points."""
    for found in arms(experiment):
        for place, interval in truths(experiment).items():
            macros.text(f"sieve/{tool(found)}/error/{place}", wording.points(of_place(found, place) - interval["mean"]))
