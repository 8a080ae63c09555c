"""Rare long stalls: `stalls.py [SIZE]`, 8 rounds unless told.

A round calls `prepare` and `apply` in turn, 16 segments in all, and at a random place once `stall`, which
waits for 20 to 50 ms as for a lock or a disk. The places and lengths are always the same.
"""
import random

import script
from truth import Recorder, tell
from workers import SEGMENT, answer, sleeper, worker

STEPS = 16

prepare = worker("prepare")
apply = worker("apply")
stall = sleeper("stall")


def plan(rounds):
    """For each round, before which step it stalls and for how many milliseconds."""
    chance = random.Random(20)
    return [(chance.randrange(STEPS), chance.randint(20, 50)) for _ in range(rounds)]


def main(recorder, stalls):
    """The sum of the work, and how many stalls were long enough."""
    total, stalled = 0.0, 0
    for place, milliseconds in stalls:
        for number in range(STEPS):
            if number == place:
                stalled += recorder.call(stall, milliseconds)
            total += recorder.call(apply if number % 2 else prepare, SEGMENT)
    return total, stalled


if __name__ == "__main__":
    planned = plan(script.size(8))
    recorder = Recorder((STEPS + 1) * len(planned))
    script.check(recorder.call(main, recorder, planned), (answer(STEPS * len(planned)), len(planned)))
    tell(recorder)
