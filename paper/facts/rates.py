"""Slowdown and lost ticks against the rate."""
import wording
from results import arm

DESIGNS = ("signal", "gil")


def told(experiment, macros):
    for block in experiment.blocks:
        for design in DESIGNS:
            for rate in experiment.spec["rates"]:
                found = arm(block, design, rate=rate)
                if found is None:
                    continue
                key = f"rates/{block['workload']}/{design}/{rate}"
                macros.of_interval(f"{key}/slowdown", found["slowdown"], wording.ratio)
                if lost(found) is not None:
                    macros.text(f"{key}/lost", wording.percent(lost(found)))
    macros.rows("rates/table", [row(block, rate) for block in experiment.blocks for rate in experiment.spec["rates"] if arm(block, "signal", rate=rate)])


def lost(found):
    """The part of the ticks due that gave nothing."""
    ledger = found["ledger"]
    return (ledger["missed"] + ledger["failed"]) / ledger["due"] if ledger and ledger["due"] else None


def row(block, rate):
    cells = [wording.code(block["workload"]), wording.count(rate)]
    for design in DESIGNS:
        found = arm(block, design, rate=rate)
        if found is None or found["slowdown"] is None:
            cells += ["--", "--"]
            continue
        slowdown = found["slowdown"]
        cells += [
            wording.interval(slowdown["ratio"], slowdown["low"], slowdown["high"], wording.ratio),
            "--" if lost(found) is None else wording.percent(lost(found))]
    return cells
