"""What a schedule does to programs in step with it: every run's estimate against that very run's truth."""
import collections

import wording

from facts.rounds import label

SCHEDULES = ("jittered", "poisson", "periodic")


def told(experiment, macros):
    by_block = errors(experiment)
    for (program, schedule), found in by_block.items():
        macros.text(f"schedules/{program}/{schedule}/worst", wording.points(max(found, key=abs)))
        macros.text(f"schedules/{program}/{schedule}/typical", wording.points(sum(map(abs, found)) / len(found)))
        macros.text(f"schedules/{program}/{schedule}/runs", str(len(found)))
    macros.rows("schedules/table", [
        (wording.code(program), *(cell(by_block.get((program, schedule))) for schedule in SCHEDULES)) for program in programs(experiment)])


def programs(experiment):
    return list(map(label, experiment.blocks))


def cell(found):
    if not found:
        return "--"
    return f"{wording.points(sum(map(abs, found)) / len(found))} ({wording.points(max(map(abs, found)))})"


def errors(experiment):
    """(program, schedule) → for each run, the estimate less that run's truth, of the function with the largest such error."""
    shares = collections.defaultdict(dict)
    for each in experiment.shares:
        if each["design"] == "signal":
            shares[label(each), each["schedule"], each["round"], each["name"]][each["basis"]] = each["share"]
    runs = collections.defaultdict(dict)
    for (program, schedule, number, name), found in shares.items():
        if "truth" in found:
            runs[program, schedule].setdefault(number, []).append(found.get("within", 0) - found["truth"])
    return {key: [max(found, key=abs) for found in of_round.values()] for key, of_round in runs.items()}
