"""Profiles short blocks of itself: `blocks.py COUNT SEED`. Needs the package `swprof` on its path.

Each block takes about 0.05 to 0.3 seconds: it works in `first`, then in `middle`, then in `last`, of which `first` and
`last` are bracketed with the monotonic clock. After each block a line of JSON says how long it was, how long the two
took, and how long the profile gives them, all in seconds.
"""
import json
import random
import sys
from itertools import repeat
from time import perf_counter

import swprof

RATE = 1_000
# Additions that take about a millisecond.
MILLISECOND = 80_000


def add_quarters(times):
    total = 0.0
    for _ in repeat(None, times):
        total += 0.25
    return total


def first(times):
    return add_quarters(times)


def middle(times):
    return add_quarters(times)


def last(times):
    return add_quarters(times)


def bracketed(function, times):
    """How many seconds a call takes; ends the program where its answer is wrong."""
    begin = perf_counter()
    total = function(times)
    end = perf_counter()
    if total != 0.25 * times:
        sys.exit(f"blocks.py: wrong answer: {0.25 * times}, not {total}")
    return end - begin


def block(chance, seed):
    """What is true of a block, and what its profile says."""
    milliseconds = chance.uniform(50, 300)
    parts = [max(1, int(milliseconds * MILLISECOND * part)) for part in (chance.uniform(0.05, 0.4), 0.4, chance.uniform(0.05, 0.4))]
    begin = perf_counter()
    with swprof.profile(design="signal", rate=RATE, seed=seed) as profile:
        truths = [bracketed(function, times) for function, times in zip((first, middle, last), parts)]
    seconds = perf_counter() - begin
    found = {function["name"]: function["total"]["seconds"] for function in profile.to_dict()["functions"]}
    return {
        "seconds": seconds, "rate": RATE, "firstTruth": truths[0], "firstSeconds": found.get("first", 0.0),
        "lastTruth": truths[2], "lastSeconds": found.get("last", 0.0)}


def main():
    count, seed = (int(word) for word in sys.argv[1:3])
    chance = random.Random(seed)
    for _ in range(count):
        print(json.dumps(block(chance, chance.randrange(1 << 63))), flush=True)


if __name__ == "__main__":
    main()
