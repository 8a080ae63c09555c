"""Many equal functions: `equal.py [SIZE]`, 3 rounds unless told.

Each round calls 40 functions once, all with the same work, in a new shuffled order. So every share is
near 2.5 %, and what a profiler ranks first is chance.
"""
import random

import script
from truth import Recorder, tell
from workers import SEGMENT, answer, worker

FUNCTIONS = [worker(f"equal_{number:02}") for number in range(1, 41)]


def plan(rounds):
    """The functions in the order of their calls: always the same for so many rounds."""
    order = random.Random(40)
    return [function for _ in range(rounds) for function in order.sample(FUNCTIONS, len(FUNCTIONS))]


def main(recorder, functions):
    total = 0.0
    for function in functions:
        total += recorder.call(function, SEGMENT)
    return total


if __name__ == "__main__":
    planned = plan(script.size(3))
    recorder = Recorder(len(planned))
    script.check(recorder.call(main, recorder, planned), answer(len(planned)))
    tell(recorder)
