"""Greenlets: `greenlets.py [SIZE]`, 30 rounds unless told, in which two take turns, `even` once and `odd` twice as long.

Between their turns the first greenlet works, too: where each has a stack of its own, nothing else would be beneath `main`.
Ends with status 77 where the package greenlet is not installed.
"""
import sys

import known
import script
from truth import Recorder, tell
from workers import SEGMENT, answer, worker

try:
    from greenlet import greenlet
except ImportError:
    print("the package greenlet is not installed", file=sys.stderr)
    sys.exit(77)

even = worker("even")
odd = worker("odd")
between = worker("between")


def taking_turns(recorder, function, segments, rounds, totals):
    for _ in range(rounds):
        totals.append(recorder.call(function, segments * SEGMENT))
        greenlet.getcurrent().parent.switch()


def main(recorder, rounds):
    totals = []
    first = greenlet(lambda: taking_turns(recorder, even, 1, rounds, totals))
    second = greenlet(lambda: taking_turns(recorder, odd, 2, rounds, totals))
    for _ in range(rounds):
        first.switch()
        second.switch()
        totals.append(recorder.call(between, SEGMENT))
    return sum(totals)


if __name__ == "__main__":
    size = script.size(30)
    recorder = Recorder(3 * size)
    script.check(recorder.call(main, recorder, size), answer(4 * size))
    tell(recorder)
