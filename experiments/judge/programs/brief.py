"""A program of about 0.05 s: `brief.py [SIZE]`, one round of `first` and two of `second` unless told."""
import known
import script
from truth import Recorder, tell
from workers import SEGMENT, answer, worker

first = worker("first")
second = worker("second")


def main(recorder, rounds):
    total = 0.0
    for _ in range(rounds):
        total += recorder.call(first, 2 * SEGMENT)
        total += recorder.call(second, 5 * SEGMENT)
    return total


if __name__ == "__main__":
    size = script.size(1)
    recorder = Recorder(2 * size)
    script.check(recorder.call(main, recorder, size), answer(7 * size))
    tell(recorder)
