"""The JSON of the commands that write no profile and no comparison: which keys there must be, and what must hold among them."""
from schema import INTERVAL, MAYBE, NUMBER, check_caveats, check_costs, check_keys, check_order

JUDGE = {"schema": str, "battery": str, "tools": list, "audit": dict}
JUDGE_ROW = {
    "question": str, "program": (str, MAYBE), "group": str, "measured": dict, "bound": (*NUMBER, MAYBE), "verdict": str, "asked": str,
    "text": str,
}
PLAN = {
    "schema": str, "function": (str, MAYBE), "share": NUMBER, "error": NUMBER, "confidence": NUMBER, "designEffect": NUMBER,
    "betweenRuns": (*NUMBER, MAYBE), "runs": int, "samplesPerRun": NUMBER, "rate": NUMBER, "secondsPerRun": NUMBER,
    "samples": NUMBER, "seconds": NUMBER, "caveats": list,
}
SIMULATE = {
    "schema": str, "times": int, "timeline": dict, "sampler": dict, "ticks": NUMBER, "within": (str, MAYBE), "functions": list,
    "lines": list, "totalVariation": (dict, MAYBE), "impossible": (*NUMBER, MAYBE), "suffices": (dict, MAYBE), "curve": list,
    "aliasing": list, "caveats": list,
}
SIMULATED = {
    "truth": NUMBER, "mean": (*NUMBER, MAYBE), "bias": (dict, MAYBE), "coverage": (dict, MAYBE), "width": (*NUMBER, MAYBE),
    "error": (*NUMBER, MAYBE),
}
SIMULATED_INTERVAL = {"value": NUMBER, "low": (*NUMBER, MAYBE), "high": (*NUMBER, MAYBE)}
CALIBRATION = {"schema": str, "interpreter": str, "python": str, "clock": str, "designs": list, "samplesPerSecond": (*NUMBER, MAYBE), "file": (str, MAYBE), "caveats": list}
OVERHEAD = {"schema": str, "program": list, "python": str, "designs": list, "audit": dict}
OVERHEAD_DESIGN = {
    "name": str, "kind": str, "rate": (*NUMBER, MAYBE), "running": dict, "cpu": (dict, MAYBE), "threadCPU": (dict, MAYBE),
    "own": (dict, MAYBE), "start": (dict, MAYBE), "pairs": int, "blocks": dict, "carryOver": dict, "selfTest": dict, "pass": dict,
    "interval": str, "caveats": list,
}
GATE = {
    "schema": str, "verdict": str, "rounds": int, "before": dict, "after": dict, "clock": str, "slowdown": (dict, MAYBE),
    "functions": list, "selfTest": (dict, MAYBE), "limits": dict, "seconds": NUMBER, "budget": NUMBER, "caveats": list, "audit": dict,
}
GATE_FUNCTION = {
    "name": str, "qualname": str, "file": str, "line": (int, MAYBE), "before": NUMBER, "after": NUMBER, "change": dict,
    "share": NUMBER, "total": dict, "p": NUMBER, "verdict": str, "failsBy": (str, MAYBE), "moved": (dict, MAYBE),
}


def check_plan(plan):
    check_keys(plan, PLAN)
    assert plan["schema"] == "swprof.plan/1"
    assert plan["samples"] == plan["samplesPerRun"] * plan["runs"]
    check_caveats(plan["caveats"])
    return plan


def check_simulate(simulate):
    check_keys(simulate, SIMULATE)
    assert simulate["schema"] == "swprof.simulate/1"
    for share in simulate["functions"] + [function["total"] for function in simulate["functions"]] + simulate["lines"]:
        check_keys(share, SIMULATED)
        assert 0 <= share["truth"] <= 1
        for interval in filter(None, (share["bias"], share["coverage"])):
            check_keys(interval, SIMULATED_INTERVAL)
            assert interval["low"] is None or interval["low"] <= interval["value"] <= interval["high"]
    check_caveats(simulate["caveats"])
    return simulate


def check_calibration(calibration):
    check_keys(calibration, CALIBRATION)
    assert calibration["schema"] == "swprof.calibrate/1"
    for design in calibration["designs"]:
        check_costs(design)
    check_caveats(calibration["caveats"])
    return calibration


def check_overhead(overhead):
    check_keys(overhead, OVERHEAD)
    assert overhead["schema"] == "swprof.overhead/1"
    for design in overhead["designs"]:
        check_keys(design, OVERHEAD_DESIGN)
        assert (design["rate"] is None) == (design["kind"] == "tracing")
        ratios = [design["running"], design["cpu"], design["threadCPU"], *design["selfTest"].values()]
        ratios += [design["carryOver"]["on"], design["carryOver"]["off"], *design["carryOver"]["washout"].values()]
        ratios += design["carryOver"]["threadCPU"].values()
        for ratio in filter(None, ratios):
            check_keys(ratio, {"ratio": NUMBER, **INTERVAL})
            check_order(ratio, "ratio")
        for part, unit in (("own", "cpuSecondsPerSecond"), ("start", "seconds")):
            if design[part]:
                check_keys(design[part], {unit: NUMBER, **INTERVAL})
                check_order(design[part], unit)
        assert (design["running"]["low"] is None) == (design["pairs"] < 10)
        assert 1 <= design["blocks"]["count"] <= min(30, design["pairs"])
        assert design["pass"]["calls"] >= 1 and design["pass"]["seconds"] > 0
        check_caveats(design["caveats"])
    return overhead


def check_judge(judge):
    check_keys(judge, JUDGE)
    assert judge["schema"] == "swprof.judge/1" and isinstance(judge["quick"], bool)
    for tool in judge["tools"]:
        check_keys(tool, {"name": str, "version": (str, MAYBE), "python": str, "rows": list})
        for row in tool["rows"]:
            check_keys(row, JUDGE_ROW)
            assert row["verdict"] in ("met", "missed", "cannot tell")
            assert row["group"] in ("accuracy", "stacks", "sight", "cost")
            if row["measured"].get("low") is not None:
                assert row["measured"]["low"] <= row["measured"]["high"]
    return judge


def check_gate(gate):
    check_keys(gate, GATE)
    assert gate["schema"] == "swprof.gate/1" and gate["verdict"] in ("pass", "fail", "undecided")
    for version in (gate["before"], gate["after"]):
        check_keys(version, {"program": list, "commit": (str, MAYBE), "python": str})
    if gate["slowdown"]:
        check_keys(gate["slowdown"], {"ratio": NUMBER, "limit": NUMBER, "before": NUMBER, "after": NUMBER, "verdict": str, **INTERVAL})
        check_order(gate["slowdown"], "ratio")
    for function in gate["functions"]:
        check_keys(function, GATE_FUNCTION)
        assert isinstance(function["isOwn"], bool) and (function["failsBy"] is not None) == (function["verdict"] == "fail")
        for change in (function["change"], function["total"]["change"]):
            check_keys(change, {"seconds": NUMBER, "low": NUMBER, "high": NUMBER})
            check_order(change, "seconds")
        if function["moved"]:
            check_keys(function["moved"], {"seconds": NUMBER, "from": list})
    if any(function["verdict"] == "fail" for function in gate["functions"]) and gate["selfTest"]["verdict"] == "pass":
        assert gate["verdict"] == "fail"
    check_caveats(gate["caveats"])
    return gate
