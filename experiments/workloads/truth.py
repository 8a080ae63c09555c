"""Not a workload: how the workloads know the exact shares of their own run.

A `Recorder` brackets calls with the monotonic clock, in coarse segments of at least 5 ms; `tell` prints what
part of the time under `main` each bracketed function had. A share is the function's total share: itself and
all it calls. No bracket stands inside another, so the shares of one run add up to at most 1.

If the environment variable TRUTH_TIMELINE names a file, `tell` writes there, in nanoseconds of the monotonic
clock, `{"within": [begin, end], "segments": [[FUNCTION, begin, end], …]}`; of a program whose `main` ran on
several threads it writes `{"threads": [{"within": …, "segments": …}, …]}`.
"""
import inspect
import json
import os
import sys
from array import array
from time import monotonic_ns as clock
from typing import NamedTuple

# Brackets in one batch of the calibration, and batches.
BATCH = 1_000
BATCHES = 7


class Timeline(NamedTuple):
    """What one thread did under `main`: (begin, end), and (function's name, begin, end) by time."""

    within: tuple
    segments: list

    @property
    def length(self):
        return self.within[1] - self.within[0]


class Recorder:
    """Brackets at most `capacity` calls of one thread, and the call of `main` around them.

    All memory is taken beforehand, and nothing is written while the program runs. `cost` is what a bracket
    adds to a call, in nanoseconds; measuring it also warms up the code and touches the memory.
    """

    __slots__ = ("functions", "begins", "ends", "count", "cost")

    def __init__(self, capacity):
        capacity = max(capacity + 1, BATCH)
        self.functions = [None] * capacity
        self.begins = array("q", bytes(8 * capacity))
        self.ends = array("q", bytes(8 * capacity))
        self.count = 0
        self.cost = self._measured_cost()

    def call(self, function, *arguments):
        """Calls a function, or a generator's or coroutine's step, in a bracket; gives what it gives."""
        begin = clock()
        answer = function(*arguments)
        end = clock()
        position = self.count
        self.functions[position] = function
        self.begins[position] = begin
        self.ends[position] = end
        self.count = position + 1
        return answer

    def timeline(self):
        """The run's timeline. The last bracket to end is that of `main`."""
        rows = zip(self.functions[:self.count], self.begins, self.ends)
        *segments, (_, begin, end) = [(name_of(function), begin, end) for function, begin, end in rows]
        return Timeline((begin, end), segments)

    def _measured_cost(self):
        """The least of several batches: what disturbs a batch can only lengthen it."""
        bracketed, plain = [], []
        for _ in range(BATCHES):
            bracketed.append(duration(self.call, nothing, None))
            plain.append(duration(nothing, None))
            self.count = 0
        return (min(bracketed) - min(plain)) / BATCH


def nothing(_):
    """What the calibration calls."""


def duration(function, *arguments):
    """How many nanoseconds a batch of calls takes."""
    begin = clock()
    for _ in range(BATCH):
        function(*arguments)
    return clock() - begin


def name_of(function):
    """The bare name of the code that a call runs: for a generator's or coroutine's method, its body's."""
    owner = getattr(function, "__self__", None)
    body = owner if inspect.isgenerator(owner) or inspect.iscoroutine(owner) else function
    return body.__name__


def shares(timelines):
    """Each function's part of the thread-time under `main`, by name. Raises ValueError on nested brackets."""
    times = {}
    for timeline in timelines:
        last = timeline.within[0]
        for name, begin, end in timeline.segments:
            if not last <= begin <= end <= timeline.within[1]:
                raise ValueError(f"the bracket of {name} overlaps another")
            times[name] = times.get(name, 0) + end - begin
            last = end
    whole = sum(timeline.length for timeline in timelines)
    return {name: time / whole for name, time in sorted(times.items())}


def tell(*recorders):
    """Prints the run's truth as one JSON line: one recorder for each thread that ran `main`."""
    timelines = [recorder.timeline() for recorder in recorders]
    cost = sum(recorder.cost * recorder.count for recorder in recorders)
    tell_timelines(timelines, cost / sum(timeline.length for timeline in timelines))


def tell_timelines(timelines, bracket, **more):
    """Prints a truth that was recorded in some way: `bracket` is the part of the run that recording took."""
    write_timelines(timelines)
    line = {
        "truth": shares(timelines),
        "within": "main",
        "seconds": seconds_under_main(timelines),
        "bracket": bracket,
        "shortest": min(end - begin for timeline in timelines for _, begin, end in timeline.segments) / 1e9,
    }
    print(json.dumps({**line, **more}))


def seconds_under_main(timelines):
    """From when the first thread entered `main` to when the last returned."""
    return (max(timeline.within[1] for timeline in timelines) - min(timeline.within[0] for timeline in timelines)) / 1e9


def write_timelines(timelines):
    """Writes what a simulation draws its ticks from, where it was asked for."""
    path = os.environ.get("TRUTH_TIMELINE")
    if not path:
        return
    threads = [timeline._asdict() for timeline in timelines]
    try:
        with open(path, "w") as file:
            json.dump(threads[0] if len(threads) == 1 else {"threads": threads}, file)
    except OSError as error:
        sys.exit(f"TRUTH_TIMELINE: {path!r} cannot be written: {error.strerror}")
