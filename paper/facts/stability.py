"""Which function is the hottest, run by run."""
import wording

from facts.rounds import label
from results import tool


def told(experiment, macros):
    rows = []
    for block in experiment.blocks:
        cells = [wording.code(label(block))]
        for arm in block["arms"]:
            key = f"stability/{block['workload']}/{tool(arm)}"
            macros.text(f"{key}/different", str(len(arm["hottest"])))
            macros.text(f"{key}/runs", str(arm["runs"]))
            if arm["hottest"]:
                macros.text(f"{key}/most", f"{arm['hottest'][0]['runs']} of {arm['runs']}")
            cells.append(f"{len(arm['hottest'])} ({arm['hottest'][0]['runs']}/{arm['runs']})" if arm["hottest"] else "--")
        rows.append(cells)
    macros.rows("stability/table", rows)
    macros.text("stability/designs", " & ".join(wording.code(tool(arm)) for arm in experiment.blocks[0]["arms"]) if experiment.blocks else "")
