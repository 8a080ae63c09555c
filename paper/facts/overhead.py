"""What designs and other profilers cost."""
import wording

from facts.rounds import label
from results import tool

def told(experiment, macros):
    over = sorted(experiment.report["designs"], key=lambda design: slowdown(design)["ratio"])
    for design in over:
        macros.of_interval(f"overhead/{tool(design)}", design["slowdown"], wording.ratio)
        macros.text(f"overhead/{tool(design)}/most", wording.ratio(design["most"]))
    for key, ours in (("overhead/designs", True), ("overhead/peers", False)):
        macros.rows(key, [row(design) for design in over if (design["settings"]["design"] is not None) == ours])
    model(experiment.report["model"], macros)
    macros.text("overhead/failed", failed(experiment))
    selftests = [b["control"]["selfTest"] for b in experiment.blocks if b["control"] and b["control"]["selfTest"]]
    away = [s for s in selftests if s["low"] is not None and not s["low"] <= 1 <= s["high"]]
    macros.text("overhead/selftests", f"{len(selftests) - len(away)} of {len(selftests)}")


def slowdown(design):
    return design["slowdown"] or {"ratio": design["most"], "low": None, "high": None}


def row(design):
    mean = slowdown(design)
    return (
        wording.code(tool(design)), str(design["workloads"]), wording.interval(mean["ratio"], mean["low"], mean["high"], wording.ratio),
        wording.ratio(design["most"]), wording.code(design["mostOf"].replace("pyperformance:", "pyperf/").split()[0]))


def model(models, macros):
    """Costs by kind of call, and how well they predict a program that they were not fitted to."""
    rows = []
    for fit in models:
        costs = {cost["name"]: cost for cost in fit["costs"]}
        for name, cost in costs.items():
            macros.quantity(f"overhead/model/{fit['design']}/{name}", cost["seconds"], cost["low"], cost["high"], wording.nanoseconds)
        error = fit["leaveOneOutError"]
        macros.text(f"overhead/model/{fit['design']}/error", "not known" if error is None else wording.percent(error))
        calls = [costs[name] for name in ("Python call", "C call") if name in costs]
        rows.append((
            wording.code(fit["design"]),
            *(wording.interval(cost["seconds"], cost["low"], cost["high"], wording.nanoseconds).replace(r"\,ns", "") for cost in calls),
            macros[f"overhead/model/{fit['design']}/error"]))
    macros.rows("overhead/model", rows)


def failed(experiment):
    """Arms that have a program on which no run ended well, each with its programs."""
    programs = {}
    for block in experiment.blocks:
        for arm in block["arms"]:
            if arm["failures"] and not arm["runs"]:
                programs.setdefault(arm["name"], []).append(wording.code(label(block)))
    return "; ".join(f"{wording.code(name)}: {wording.listed(of)}" for name, of in programs.items()) or "none"
