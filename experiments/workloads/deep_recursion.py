"""Deep recursion: `deep_recursion.py [SIZE]`, 30 descents unless told.

Each descends 600 calls deep, by `descend` and `dig` in turn, and works in a different function near the top,
halfway and at the bottom, for one, two and three segments. A profiler that cuts deep stacks loses `main`.
"""
import script
from truth import Recorder, tell
from workers import SEGMENT, answer, worker

DEPTH = 600

near_top = worker("near_top")
halfway = worker("halfway")
at_bottom = worker("at_bottom")

# By the calls that are still to come: what is called there, for how many segments.
WORK = {550: (near_top, 1), 300: (halfway, 2), 0: (at_bottom, 3)}


def descend(recorder, depth):
    """The sum of the work from here down."""
    total = dig(recorder, depth - 1) if depth else 0.0
    return total + work(recorder, depth)


def dig(recorder, depth):
    """The same; the two call each other."""
    total = descend(recorder, depth - 1) if depth else 0.0
    return total + work(recorder, depth)


def work(recorder, depth):
    if depth not in WORK:
        return 0.0
    function, segments = WORK[depth]
    return recorder.call(function, segments * SEGMENT)


def main(recorder, descents):
    total = 0.0
    for _ in range(descents):
        total += descend(recorder, DEPTH)
    return total


if __name__ == "__main__":
    size = script.size(30)
    recorder = Recorder(len(WORK) * size)
    script.check(recorder.call(main, recorder, size), answer(6 * size))
    tell(recorder)
