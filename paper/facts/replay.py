"""What replays predict of samplers, against real runs."""
import wording

# Those that read while the program runs on.
READERS = ("py-spy", "tachyon")
VERDICTS = ("met", "missed", "undecided")


def told(report, macros):
    cases = report["cases"]
    verdicts = [(case, question, verdict) for case in cases for question, verdict in case["verdicts"].items() if verdict]
    for kind in VERDICTS:
        macros.text(f"replay/{kind}", str(sum(verdict == kind for _, _, verdict in verdicts)))
    macros.text("replay/verdicts", str(len(verdicts)))
    macros.text("replay/cases", str(len(cases)))
    macros.text("replay/runs", wording.count(sum(case["runs"] for case in cases)))
    macros.text("replay/misses", wording.listed(
        f"the {question} of {named(case)}" for case, question, verdict in verdicts if verdict == "missed"))
    for tool in READERS:
        microseconds = report["looks"].get(tool)
        macros.text(f"replay/look/{tool}", "--" if microseconds is None else wording.decimals(microseconds, 0) + r"\,\textmu s")
    stretches = [case["stretch"] for case in cases if case["stretch"] is not None]
    macros.text("replay/stretch", wording.ratio(max(stretches)) if stretches else "--")
    macros.rows("replay/table", [row(case) for case in cases])


def named(case):
    schedule = ", periodic" if case["tool"] == "signal" and case["schedule"] == "periodic" else ""
    return f"{wording.code(case['tool'])}{schedule} on {wording.code(case['program'])}"


def row(case):
    """Errors in points; where the bias is predicted to be largest, and over all functions."""
    farthest, pooled, error, coverage = case["farthest"], case["pooled"], case["error"], case["coverage"]
    covered = "--" if coverage is None else f"{percent(coverage['predicted'])} / {percent(coverage['value'])} [{percent(coverage['low'])}, {percent(coverage['high'])}]"
    return (
        named(case), str(case["runs"]), wording.code(farthest["name"]), points(farthest["predicted"]), interval(farthest["measured"]), interval(pooled),
        f"{points(error['predicted'])} / {points(error['measured'])}", covered, "/".join(verdict[:3] for verdict in case["verdicts"].values() if verdict))


def points(value):
    return wording.decimals(100 * value, 2)


def percent(value):
    return wording.decimals(100 * value, 1)


def interval(found):
    return wording.interval(found["value"], found["low"], found["high"], points)
