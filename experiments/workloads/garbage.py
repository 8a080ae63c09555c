"""Garbage: `garbage.py [SIZE]`, 30 rounds unless told.

A round makes cycles that nothing refers to (`link`), calls the collector, which takes them away (`collect`), makes
lists that live while the collector runs by itself (`keep`), and works between.
"""
import gc

import script
from truth import Recorder, tell
from workers import SEGMENT, answer, worker

PAIRS = 60_000
KEPT = 120_000

compute = worker("compute")


def link(pairs):
    """Makes so many pairs of lists that refer to each other, and to nothing else."""
    for _ in range(pairs):
        one = []
        one.append([one])
    return pairs


def collect():
    """How many objects were taken away."""
    return gc.collect()


def keep(lists):
    """How many lists there were, with the collector at work. They are freed here, not on the way out."""
    gc.enable()
    kept = [[] for _ in range(lists)]
    gc.disable()
    count = len(kept)
    del kept
    return count


def main(recorder, rounds):
    """How many answers were right."""
    right = 0
    for _ in range(rounds):
        right += recorder.call(link, PAIRS) == PAIRS
        right += recorder.call(compute, SEGMENT) == answer(1)
        right += recorder.call(collect) == 2 * PAIRS
        right += recorder.call(keep, KEPT) == KEPT
    return right


if __name__ == "__main__":
    size = script.size(30)
    gc.disable()
    gc.collect()
    recorder = Recorder(4 * size)
    script.check(recorder.call(main, recorder, size), 4 * size)
    tell(recorder)
