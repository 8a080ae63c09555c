"""Cost against depth, call paths, threads and length."""
import wording

from facts.rounds import label
from results import tool

DESIGNS = ("setprofile", "evalframe", "signal", "gil")
AXES = {"../bench/call_depth.py": "depth", "../bench/call_paths.py": "paths", "threads.py": "threads", "recursion": "length"}


def told(experiment, macros):
    for block in experiment.blocks:
        axis = AXES.get(block["workload"])
        for arm in block["arms"]:
            key = f"scale/{axis}/{block['arguments'][0].split()[0]}/{tool(arm)}"
            macros.of_interval(key, arm["slowdown"], wording.ratio)
    macros.rows("scale/table", [row(block) for block in experiment.blocks])


def at(block):
    """Where on its axis a block is."""
    return int(block["arguments"][0].split()[0])


def row(block):
    arms = {tool(arm): arm["slowdown"] for arm in block["arms"]}
    cells = [AXES.get(block["workload"], label(block)), wording.count(at(block))]
    for design in DESIGNS:
        slowdown = arms.get(design)
        cells.append("--" if slowdown is None else wording.interval(slowdown["ratio"], slowdown["low"], slowdown["high"], wording.ratio))
    return cells
