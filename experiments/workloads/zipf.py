"""A heavy tail: `zipf.py [SIZE]`, 1 round unless told.

A round calls 50 functions, the k-th of them 50/k times, rounded, in shuffled order, always with the same work:
the first has 22 % of the time, the last 17 have 0.4 % each.
"""
import random

import script
from truth import Recorder, tell
from workers import SEGMENT, answer, worker

FUNCTIONS = [worker(f"rank_{rank:02}") for rank in range(1, 51)]


def plan(rounds):
    """The functions in the order of their calls: always the same for so many rounds."""
    calls = [function for rank, function in enumerate(FUNCTIONS, 1) for _ in range(round(50 / rank))]
    order = random.Random(50)
    return [function for _ in range(rounds) for function in order.sample(calls, len(calls))]


def main(recorder, functions):
    total = 0.0
    for function in functions:
        total += recorder.call(function, SEGMENT)
    return total


if __name__ == "__main__":
    planned = plan(script.size(1))
    recorder = Recorder(len(planned))
    script.check(recorder.call(main, recorder, planned), answer(len(planned)))
    tell(recorder)
