"""Generators and a coroutine: `generators.py [SIZE]`, 40 rounds unless told.

In a round the body of `rows` works for one segment beneath the generator `filtered`; `walk`, which yields
from itself down a tree, works at a leaf for two; and `collect`, a coroutine, works for one segment in the
coroutine `fetch` that it awaits. Their frames live on the heap, not on the thread's stack of frames.
"""
from itertools import repeat

import script
from truth import Recorder, tell
from workers import SEGMENT, answer


def rows(steps):
    """Works before each value that it yields, without end."""
    while True:
        total = 0.0
        for _ in repeat(None, steps):
            total += 0.25
        yield total


def filtered(recorder, source):
    """Passes on what `source` yields, with a bracket around the source's body."""
    while True:
        yield recorder.call(source.__next__)


def walk(level, steps):
    """Works at each leaf of a binary tree of so many levels."""
    if level:
        yield from walk(level - 1, steps)
        yield from walk(level - 1, steps)
        return
    total = 0.0
    for _ in repeat(None, steps):
        total += 0.25
    yield total


class Pause:
    """What a coroutine awaits to hand over: its driver gets the value."""

    def __init__(self, value):
        self.value = value

    def __await__(self):
        yield self.value


async def fetch(steps):
    total = 0.0
    for _ in repeat(None, steps):
        total += 0.25
    await Pause(total)


async def collect(steps):
    while True:
        await fetch(steps)


def main(recorder, rounds):
    passed_on = filtered(recorder, rows(SEGMENT))
    walker = walk(rounds.bit_length(), 2 * SEGMENT)  # has more leaves than rounds
    collector = collect(SEGMENT)
    total = 0.0
    for _ in range(rounds):
        total += next(passed_on)
        total += recorder.call(walker.__next__)
        total += recorder.call(collector.send, None)
    return total


if __name__ == "__main__":
    size = script.size(40)
    recorder = Recorder(3 * size)
    script.check(recorder.call(main, recorder, size), answer(4 * size))
    tell(recorder)
