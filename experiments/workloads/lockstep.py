"""Lockstep with a sampler: `lockstep.py [SIZE [PERIOD [MILLISECONDS]]]`, 1000, 1 and 1 unless told.

`front` has three tenths of each period and `back` the rest, on a fixed grid of the monotonic clock, for SIZE
sampling intervals of so many milliseconds (0.5 to 1000). PERIOD says how long a period is: `1` (an interval),
`half` or `double`. A periodic sampler then sees `front` at all its ticks, or half of them, or never.

Segments this short bear no brackets. Both functions wait in a loop that reads the clock, and keep their first
and last reading; the instant of a switch is taken as the middle between the last reading of one and the first
of the other. The true instant lies between these two, so a share is wrong by at most half of all such gaps, and
what lies between main's bracket and the first and last reading: `error` in the JSON, about 0.02 points on a quiet
machine, and seldom 0.2 on one that keeps stopping the program. Keeping the readings takes its time from the
waiting, so it adds nothing to the run: `bracket` is 0.
"""
from array import array
from time import monotonic_ns as clock

import script
from truth import Timeline, tell_timelines

PERIODS = {"1": 1, "half": 0.5, "double": 2}
FRONT = 0.3


def front(first, last, phase, until):
    first[phase] = now = clock()
    while now < until:
        now = clock()
    last[phase] = now


def back(first, last, phase, until):
    first[phase] = now = clock()
    while now < until:
        now = clock()
    last[phase] = now


def grid_of(periods, period):
    """When each phase ends, in nanoseconds from the beginning."""
    return [start * period + part for start in range(periods) for part in (int(FRONT * period), period)]


def main(first, last, grid):
    """Fills in each phase's first and last reading; phases alternate. Gives when the grid begins."""
    begin = clock()
    for phase in range(0, len(grid), 2):
        front(first, last, phase, begin + grid[phase])
        back(first, last, phase + 1, begin + grid[phase + 1])
    return begin


def kept_step(begin, first, last, grid):
    """Whether the clock never ran back and no phase ended before its time."""
    readings = [begin] + [reading for pair in zip(first, last) for reading in pair]
    return readings == sorted(readings) and all(now >= begin + end for now, end in zip(last, grid))


def timeline_of(within, first, last):
    """The run's timeline, and the most by which a share of it may be wrong."""
    gaps = list(zip(last, first[1:]))
    switches = [first[0]] + [(before + after) // 2 for before, after in gaps] + [last[-1]]
    names = ["front", "back"] * (len(first) // 2)
    timeline = Timeline(within, list(zip(names, switches, switches[1:])))
    at_ends = first[0] - within[0] + within[1] - last[-1]
    return timeline, (sum(after - before for before, after in gaps) / 2 + at_ends) / timeline.length


def run(periods, period):
    grid = grid_of(periods, period)
    first, last = (array("q", bytes(8 * len(grid))) for _ in range(2))
    entry = clock()
    begin = main(first, last, grid)
    within = (entry, clock())
    script.check(kept_step(begin, first, last, grid), True)
    timeline, error = timeline_of(within, first, last)
    tell_timelines([timeline], 0.0, error=error)


if __name__ == "__main__":
    size = script.size(1_000)
    of_interval = PERIODS[script.choice(2, "PERIOD", list(PERIODS))]
    interval = script.argument(3, "MILLISECONDS", float, 1.0, 0.5, 1_000.0)
    run(max(1, round(size / of_interval)), int(interval * of_interval * 1e6))
