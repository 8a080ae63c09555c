"""The contract's JSON: which keys there must be, of which types, and what must hold among them."""
import json
import math

NUMBER = (int, float)
MAYBE = type(None)

RUN = {
    "schema": str, "design": str, "kind": str, "clock": str, "schedule": (str, MAYBE), "rate": (*NUMBER, MAYBE),
    "within": (str, MAYBE), "python": str, "program": list, "exit": (int, MAYBE), "seconds": (*NUMBER, MAYBE),
    "ledger": (dict, MAYBE), "functions": list, "lines": list, "opcodes": list, "ranks": (dict, MAYBE), "unseen": (dict, MAYBE), "estimand": str, "interval": str, "caveats": list,
    "tree": (dict, MAYBE),
}
TREE = {"own": list, "standIn": (str, MAYBE), "rows": list, "lines": list, "parts": list}
TREE_ROW = {"kind": str, "depth": int, "name": str, "file": (str, MAYBE), "line": int, "package": (str, MAYBE), "total": dict}
COMPARE = {
    "schema": str, "program": list, "python": str, "runs": int, "control": (dict, MAYBE), "designs": list,
    "agreement": list, "differences": list, "ranks": list, "until": (dict, MAYBE), "causal": (list, MAYBE), "change": (dict, MAYBE),
    "audit": dict, "caveats": list,
}
CHANGE = {
    "before": dict, "after": dict, "duration": dict, "functions": list, "lines": list, "selfTest": (dict, MAYBE), "estimand": str,
    "interval": str,
}
CHANGED_VERSION = {"name": str, "program": list, "python": str, "runs": int}
CHANGED_PLACE = {
    "by": str, "name": str, "qualname": str, "file": str, "path": str, "line": (int, MAYBE), "lineBefore": (int, MAYBE), "self": dict,
    "share": dict, "total": (dict, MAYBE), "unadjustedP": (NUMBER, MAYBE), "p": (NUMBER, MAYBE), "verdict": str, "moved": (dict, MAYBE),
}
CAUSAL = {"function": str, "qualname": str, "file": str, "line": int, "calls": int, "designs": list, "levels": list}
CAUSAL_DESIGN = {"name": str, "slope": (dict, MAYBE), "intercept": (dict, MAYBE), "verdict": str}
CAUSAL_LEVEL = {"level": NUMBER, "work": int, "control": list, "designs": list}
DESIGN = {
    "name": str, "kind": str, "slowdown": (dict, MAYBE), "estimand": str, "functions": list, "lines": list,
    "ledger": (dict, MAYBE), "opcodes": list, "ranks": (dict, MAYBE),
}
RANKS = {"function": str, "file": (str, MAYBE), "line": int, "probability": NUMBER, "second": (str, MAYBE)}
ORDER = {"a": str, "b": str, "kendallTau": (*NUMBER, MAYBE), "top": int, "overlap": NUMBER}
UNTIL = {"error": NUMBER, "runs": int, "widest": (str, MAYBE), "halfWidth": (*NUMBER, MAYBE)}
AGREEMENT = {
    "a": str, "b": str, "by": str, "resolution": str, "totalVariation": NUMBER, "noiseFloor": (*NUMBER, MAYBE),
    "p": (*NUMBER, MAYBE), "estimand": str, "g": (dict, MAYBE),
}
G = {"statistic": NUMBER, "degreesOfFreedom": int, "designEffect": NUMBER, "p": NUMBER}
DIFFERENCE = {
    "a": str, "b": str, "by": str, "function": str, "file": (str, MAYBE), "line": int, "shareA": NUMBER, "shareB": NUMBER,
    "difference": dict, "unadjustedP": NUMBER, "p": NUMBER,
}
FUNCTION = {
    "name": str, "qualname": str, "file": (str, MAYBE), "line": int, "calls": (int, MAYBE), "self": dict, "total": dict,
    "designEffect": (*NUMBER, MAYBE), "detectable": (*NUMBER, MAYBE),
}
KINDS = {"python": NUMBER, "c": NUMBER, "garbage": (*NUMBER, MAYBE), "gil": (*NUMBER, MAYBE), "waiting": NUMBER, "unknown": NUMBER}
LINE = {"file": str, "line": int, "function": str, "hits": (int, MAYBE), "self": dict, "total": dict}
ESTIMATE = {
    "share": (*NUMBER, MAYBE), "low": (*NUMBER, MAYBE), "high": (*NUMBER, MAYBE), "worstLow": (*NUMBER, MAYBE),
    "worstHigh": (*NUMBER, MAYBE), "seconds": (*NUMBER, MAYBE),
}
METHODS = ("Wilson", "mid-p", "Blaker", "Clopper–Pearson")
COMPENSATED = {
    "seconds": NUMBER, "low": (*NUMBER, MAYBE), "high": (*NUMBER, MAYBE), "share": (*NUMBER, MAYBE), "shareLow": (*NUMBER, MAYBE),
    "shareHigh": (*NUMBER, MAYBE),
}
COSTS = {"name": str, "processes": int, "date": str, "events": list, "stretch": (dict, MAYBE), "checks": (dict, MAYBE)}
CHECKS = {"programs": int, "measured": NUMBER, "compensated": NUMBER, "unexplained": NUMBER}
PROCESS = {
    "id": int, "parent": (int, MAYBE), "name": str, "seconds": NUMBER, "cpuSeconds": NUMBER, "ledger": (dict, MAYBE),
    "share": (*NUMBER, MAYBE),
}
LEDGER = {"due": int, "taken": int, "late": int, "missed": int, "failed": int}
INTERVAL = {"low": (*NUMBER, MAYBE), "high": (*NUMBER, MAYBE)}

# Sums of rounded parts may pass a limit by the last bit.
SLACK = 1e-9


def parse(text):
    """The JSON in a text that is nothing but JSON, without the NaN and infinities that Python would take."""
    def refuse(word):
        raise ValueError(f"{word} is no JSON")
    return json.loads(text, parse_constant=refuse)


def check_run(run):
    check_keys(run, RUN)
    assert run["schema"] == "swprof.run/1"
    assert (run["seconds"] is None) == ("seconds-unknown" in {caveat["code"] for caveat in run["caveats"]}) and (run["seconds"] or 0) >= 0
    assert run["schedule"] is None or run["kind"] == "sampling"
    check_places(run)
    assert ("time" in run) == ("timeShare" in run)
    if "time" in run:
        assert run["time"] in ("running", "idle", "gil")
        check_estimate(run["timeShare"])
    check_ranks(run["ranks"])
    if run["unseen"]:
        assert set(run["unseen"]) == {"share", "high"} and 0 <= run["unseen"]["share"] <= run["unseen"]["high"] <= 1
    if run["tree"]:
        check_tree(run["tree"])
    for process in run.get("processes", []):
        check_keys(process, PROCESS)
        if process["ledger"]:
            check_ledger(process["ledger"])
    check_caveats(run["caveats"])
    return run


def check_tree(tree):
    """No row has more than the one above it, and whose code ran adds up."""
    check_keys(tree, TREE)
    above = []
    for row in tree["rows"]:
        check_keys(row, TREE_ROW)
        check_estimate(row["total"])
        del above[row["depth"]:]
        assert row["depth"] == len(above), row
        assert not above or row["total"]["share"] <= above[-1] + SLACK, row
        above.append(row["total"]["share"])
    for place in tree["lines"] + tree["parts"]:
        check_estimate(place["time"])
    assert sum(part["time"]["share"] for part in tree["parts"] if part["kind"] != "library") <= 1 + SLACK


def check_compare(compare):
    check_keys(compare, COMPARE)
    assert compare["schema"] == "swprof.compare/1"
    for design in compare["designs"]:
        check_keys(design, DESIGN)
        check_places(design)
        check_ranks(design["ranks"])
        if design["slowdown"]:
            check_keys(design["slowdown"], {"ratio": NUMBER, **INTERVAL})
            check_order(design["slowdown"], "ratio")
    for agreement in compare["agreement"]:
        check_keys(agreement, AGREEMENT)
        assert all(0 <= agreement[key] <= 1 + SLACK for key in ("totalVariation", "noiseFloor", "p") if agreement[key] is not None)
        if agreement["g"]:
            check_keys(agreement["g"], G)
    for difference in compare["differences"]:
        check_keys(difference, DIFFERENCE)
        check_order(difference["difference"], "mean")
        assert 0 <= difference["unadjustedP"] <= difference["p"] + SLACK <= 1 + 2 * SLACK
    for order in compare["ranks"]:
        check_keys(order, ORDER)
        assert 0 <= order["overlap"] <= 1 and (order["kendallTau"] is None or abs(order["kendallTau"]) <= 1 + SLACK)
    if compare["until"]:
        check_keys(compare["until"], UNTIL)
        assert isinstance(compare["until"]["isReached"], bool)
    if compare["control"]:
        check_keys(compare["control"]["seconds"], {"mean": NUMBER, **INTERVAL})
        check_keys(compare["control"]["selfTest"], {"ratio": NUMBER, **INTERVAL})
        check_order(compare["control"]["seconds"], "mean")
        check_order(compare["control"]["selfTest"], "ratio")
    for function in compare["causal"] or []:
        check_causal(function)
    if compare["change"]:
        check_change(compare["change"])
    check_caveats(compare["caveats"])
    return compare


def check_change(change):
    check_keys(change, CHANGE)
    for version in (change["before"], change["after"]):
        check_keys(version, CHANGED_VERSION)
    check_time_change(change["duration"]["seconds"])
    for place in change["functions"] + change["lines"]:
        check_keys(place, CHANGED_PLACE)
        assert place["verdict"] in ("more", "less", "moved", "within-chance", "cannot-tell")
        assert place["p"] is None or 0 <= place["unadjustedP"] <= place["p"] + SLACK <= 1 + 2 * SLACK
        for change_of_time in filter(None, [place["self"], place["total"]]):
            check_time_change(change_of_time)
        check_time_change(place["share"])
        if place["moved"]:
            check_keys(place["moved"], {"seconds": NUMBER, "functions": list})
            assert isinstance(place["moved"]["isHere"], bool)


def check_time_change(times):
    check_keys(times, {"before": NUMBER, "after": NUMBER, "change": dict})
    check_keys(times["change"], {"mean": NUMBER, **INTERVAL})
    check_order(times["change"], "mean")
    assert abs(times["after"] - times["before"] - times["change"]["mean"]) < SLACK


def check_causal(function):
    check_keys(function, CAUSAL)
    for design in function["designs"]:
        check_keys(design, CAUSAL_DESIGN)
        assert design["verdict"] in ("moves as it must", "does not", "cannot tell")
        for figure in filter(None, [design["slope"], design["intercept"]]):
            check_keys(figure, {"value": NUMBER, **INTERVAL})
            check_order(figure, "value")
    for level in function["levels"]:
        check_keys(level, CAUSAL_LEVEL)


def check_costs(costs):
    check_keys(costs, COSTS)
    intervals = [event[part] for event in costs["events"] for part in ("inside", "outside", "both") if event[part] or part == "both"]
    for interval in intervals + [costs["stretch"]] * (costs["stretch"] is not None):
        check_keys(interval, {"mean": NUMBER, **INTERVAL})
        check_order(interval, "mean")
    if costs["stretch"]:
        assert costs["stretch"]["low"] > 0
    if costs["checks"]:
        check_keys(costs["checks"], CHECKS)


def improves(costs):
    """Whether compensation by these costs does any good, as far as is known."""
    return not costs["checks"] or costs["checks"]["compensated"] < costs["checks"]["measured"]


def check_ranks(ranks):
    if ranks:
        check_keys(ranks, RANKS)
        assert 0 <= ranks["probability"] <= 1


def check_places(findings):
    # Of a tracer's file in a format that holds none, no calls are known at all.
    counted = any(function["calls"] is not None for function in findings["functions"])
    for function in findings["functions"]:
        check_keys(function, FUNCTION)
        if "kinds" in function:
            check_kinds(function)
        assert (function["calls"] is None) == (findings["kind"] == "sampling" or unknown(function["self"]) or not counted)
    for line in findings["lines"]:
        check_keys(line, LINE)
    for place in findings["functions"] + findings["lines"]:
        for side in ("self", "total"):
            check_estimate(place[side])
        check_simultaneous(place["self"])
        if not unknown(place["self"]) and not unknown(place["total"]):
            assert place["self"]["share"] <= place["total"]["share"] + SLACK
        for side in ("self", "total"):
            # Of a comparison only functions are.
            assert ("compensated" in place[side]) == (
                "calibration" in findings and improves(findings["calibration"]) and ("calls" in place or "schema" in findings))
            if "compensated" in place[side]:
                check_compensated(place[side]["compensated"], findings)
    if "calibration" in findings:
        check_costs(findings["calibration"])
    # The C functions that a sampler names have a part of their callers' time once more.
    named = [function for function in findings["functions"] if findings["kind"] == "sampling" and function["file"] is None]
    for functions in (named, [function for function in findings["functions"] if function not in named]):
        assert sum(function["self"]["share"] or 0 for function in functions) <= 1 + 1e-6
    for opcode in findings["opcodes"]:
        check_keys(opcode, {"opcode": str, "self": dict})
        check_estimate(opcode["self"])
    if "tasks" in findings:
        check_tasks(findings)
    if findings["kind"] == "tracing":
        assert findings["opcodes"] == [] and "tasks" not in findings
        tells_lines = {"lines", "line_profiler"}
        assert findings["lines"] == [] or tells_lines & {findings.get("design"), findings.get("name")} or all(unknown(line["self"]) for line in findings["lines"])
        assert findings["ledger"] is None
    elif findings["ledger"]:
        check_ledger(findings["ledger"])


def check_kinds(function):
    """They add up to the function's own time, each within its interval."""
    check_keys(function["kinds"], KINDS)
    told = {kind: share for kind, share in function["kinds"].items() if share is not None}
    assert abs(sum(told.values()) - function["self"]["share"]) < 1e-6, function
    for kind, bounds in (function.get("kindIntervals") or {}).items():
        assert (bounds is None) == (kind not in told)
        if bounds:
            assert bounds["low"] - SLACK <= told[kind] <= bounds["high"] + SLACK, function


def check_tasks(findings):
    """Every tick is of a task, of none, or of one that is not known."""
    assert findings["tasks"] or findings["taskless"]["unknown"]["share"] > 0
    for task in findings["tasks"]:
        check_keys(task, {"name": str, "self": dict, "total": dict})
        assert task["total"] == task["self"]
    check_keys(findings["taskless"], {"none": dict, "unknown": dict})
    shares = [task["self"] for task in findings["tasks"]] + list(findings["taskless"].values())
    for estimate in shares:
        check_estimate(estimate)
    assert abs(sum(estimate["share"] for estimate in shares) - 1) < 1e-6


def unknown(estimate):
    """Whether a tool that is not swprof does not measure it."""
    return estimate["share"] is None and estimate["seconds"] is None


def check_estimate(estimate):
    check_keys(estimate, ESTIMATE)
    if "interval" in estimate:
        assert estimate["interval"] in METHODS and estimate["low"] is not None, estimate
    for key in ("share", "low", "high", "worstLow", "worstHigh"):
        assert estimate[key] is None or -SLACK <= estimate[key] <= 1 + SLACK, estimate
    check_order(estimate, "share")
    if estimate["worstLow"] is not None:
        assert estimate["worstLow"] - SLACK <= estimate["share"] <= estimate["worstHigh"] + SLACK, estimate


def check_compensated(compensated, findings):
    check_keys(compensated, COMPENSATED)
    check_order(compensated, "seconds")
    check_order({"low": compensated["shareLow"], "high": compensated["shareHigh"], "share": compensated["share"]}, "share")
    if compensated["low"] is None:
        assert {"not-identifiable", "few-runs"} & {caveat["code"] for caveat in findings["caveats"]}
    else:
        assert compensated["low"] > 0


def check_simultaneous(estimate):
    """Where there is an interval for all functions at once, it holds the one for this function alone."""
    assert ("simultaneousLow" in estimate) == ("simultaneousHigh" in estimate)
    if "simultaneousLow" in estimate:
        assert 0 <= estimate["simultaneousLow"] <= estimate["low"] + SLACK
        assert estimate["high"] - SLACK <= estimate["simultaneousHigh"] <= 1


def check_order(estimate, middle):
    assert (estimate["low"] is None) == (estimate["high"] is None)
    if estimate["low"] is not None:
        assert estimate["low"] - SLACK <= estimate[middle] <= estimate["high"] + SLACK, estimate


def check_ledger(ledger):
    check_keys(ledger, LEDGER)
    assert ledger["due"] == ledger["taken"] + ledger["missed"] + ledger["failed"], ledger
    assert 0 <= ledger["late"] <= ledger["due"]


def check_caveats(caveats):
    for caveat in caveats:
        check_keys(caveat, {"code": str, "text": str})


def check_keys(value, keys):
    missing = set(keys) - set(value)
    assert not missing, missing
    for key, types in keys.items():
        assert isinstance(value[key], types) and not isinstance(value[key], bool), (key, value[key])
        assert not isinstance(value[key], float) or math.isfinite(value[key])
