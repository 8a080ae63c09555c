"""Calls against inlined code: `calls_inlined.py [SIZE [PERCENT]]`, 8 rounds and 50 % unless told.

`calling` and `inlined` do the same arithmetic, one by calls of a tiny function, the other in its own loop.
`calling` has about PERCENT (5 to 95) of the time: a tracer, whose cost falls on calls, says much more.
"""
from itertools import repeat

import script
from truth import Recorder, tell

# What `calling` does in one part in a hundred of a round (1.3 ms or more), and how many times faster
# `inlined` does it in CPython 3.11. It is fixed, for it could not be measured under a tracer.
STEPS = 44_000
RATIO = 2.5


def step(total):
    return total + 0.25


def calling(steps):
    total = 0.0
    for _ in repeat(None, steps):
        total = step(total)
    return total


def inlined(steps):
    total = 0.0
    for _ in repeat(None, steps):
        total = total + 0.25
    return total


def steps_of(percent):
    """How many steps `calling` and `inlined` do in a round."""
    return percent * STEPS, int((100 - percent) * STEPS * RATIO)


def main(recorder, rounds, called, not_called):
    total = 0.0
    for _ in range(rounds):
        total += recorder.call(calling, called)
        total += recorder.call(inlined, not_called)
    return total


if __name__ == "__main__":
    size = script.size(8)
    steps = steps_of(script.argument(2, "PERCENT", int, 50, 5, 95))
    recorder = Recorder(2 * size)
    script.check(recorder.call(main, recorder, size, *steps), 0.25 * size * sum(steps))
    tell(recorder)
