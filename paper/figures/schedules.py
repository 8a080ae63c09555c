"""Every run's error, by schedule: the estimate less that very run's truth."""
from matplotlib import pyplot as plt

from facts import schedules
from plotting import COLUMN, LOOKS, draw


def figure(experiment):
    errors = schedules.errors(experiment)
    programs = schedules.programs(experiment)
    drawn, axes = plt.subplots(figsize=(COLUMN, 0.36 * len(programs) + 0.6))
    for row, program in enumerate(programs):
        for look, schedule in enumerate(schedules.SCHEDULES):
            found = errors.get((program, schedule), [])
            height = [row + 0.25 * (look - 1)] * len(found)
            axes.plot([100 * error for error in found], height, label=schedule if row == 0 else None, markerfacecolor="none", **{**LOOKS[look], "linestyle": ""})
    axes.axvline(0, linewidth=0.4, color="0.5")
    axes.set_yticks(range(len(programs)), [program.replace("lockstep 1000 ", "lockstep ").removesuffix(" 1") for program in programs])
    axes.invert_yaxis()
    axes.set_xlabel("error of the function that is furthest off (points)")
    axes.legend(loc="lower center", bbox_to_anchor=(0.5, 1), ncols=3)
    return drawn


if __name__ == "__main__":
    draw("schedules", figure)
