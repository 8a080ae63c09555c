"""Work beneath deep stacks: `deep_stacks.py [SIZE]`, 100 descents unless told.

Each second descent is 200 calls deep, each other 900. At its end it adds within one frame, and then calls a small
function again and again, so that the topmost frames change all the time while hundreds beneath them stand still.
"""
from itertools import repeat
from types import FunctionType

import script
from truth import Recorder, tell
from workers import SEGMENT, answer, worker

DEPTHS = (200, 900)
CALLS = 220_000

shallow_adds = worker("shallow_adds")
deep_adds = worker("deep_adds")


def step(total):
    return total + 0.25


def call_steps(times):
    """A quarter of `times`, by one call for each."""
    total = 0.0
    for _ in repeat(None, times):
        total = step(total)
    return total


def caller(name):
    """A function of its own, with code of its own, that does the work of `call_steps`."""
    return FunctionType(call_steps.__code__.replace(co_name=name, co_qualname=name), globals(), name)


shallow_calls = caller("shallow_calls")
deep_calls = caller("deep_calls")

WORK = {DEPTHS[0]: (shallow_adds, shallow_calls), DEPTHS[1]: (deep_adds, deep_calls)}


def descend(recorder, levels, depth):
    """The sum of the work at the end of so many more calls."""
    if levels:
        return descend(recorder, levels - 1, depth)
    add, call = WORK[depth]
    return recorder.call(add, SEGMENT) + recorder.call(call, CALLS)


def main(recorder, descents):
    total = 0.0
    for number in range(descents):
        depth = DEPTHS[number % 2]
        total += descend(recorder, depth, depth)
    return total


if __name__ == "__main__":
    size = script.size(100)
    recorder = Recorder(2 * size)
    script.check(recorder.call(main, recorder, size), answer(size) + size * CALLS * 0.25)
    tell(recorder)
