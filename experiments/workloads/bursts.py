"""Bursts of work between sleeps: `bursts.py [SIZE [MS]]`, 60 bursts of 10 milliseconds unless told.

A burst of about MS milliseconds (1 to 20) works in `rise` and in `fall`, and the program sleeps for as long in `doze`,
which hardly uses the processor: charging it the CPU time since the last look would give it the end of every burst.
Segments are as short as the bursts, so `bracket` is more here than elsewhere.
"""
import script
from truth import Recorder, tell
from workers import sleeper, worker

# Additions that take about a millisecond.
MILLISECOND = 80_000

rise = worker("rise")
fall = worker("fall")
doze = sleeper("doze")


def main(recorder, bursts, milliseconds):
    """The sum of the work, and how many sleeps were long enough."""
    total, slept = 0.0, 0
    additions = int(MILLISECOND * milliseconds)
    for _ in range(bursts):
        total += recorder.call(rise, 2 * additions // 3)
        total += recorder.call(fall, additions // 3)
        slept += recorder.call(doze, milliseconds)
    return total, slept


def answer(bursts, milliseconds):
    additions = int(MILLISECOND * milliseconds)
    return 0.25 * bursts * (2 * additions // 3 + additions // 3), bursts


if __name__ == "__main__":
    size = script.size(60)
    milliseconds = script.argument(2, "MILLISECONDS", float, 10.0, 1.0, 20.0)
    recorder = Recorder(3 * size)
    script.check(recorder.call(main, recorder, size, milliseconds), answer(size, milliseconds))
    tell(recorder)
