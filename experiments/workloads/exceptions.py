"""Exceptions: `exceptions.py [SIZE]`, 26 rounds unless told.

A round raises again and again: through ten frames (`through_frames`), within one (`in_place`), and from another one
that is being handled (`chained`); and works between.
"""
import script
from truth import Recorder, tell
from workers import SEGMENT, answer, worker

FRAMES = 10
THROUGH, IN_PLACE, CHAINED = 5_000, 80_000, 16_000

compute = worker("compute")


class Refused(Exception):
    pass


def fall(levels):
    """Raises at the bottom of so many calls."""
    if levels:
        fall(levels - 1)
    raise Refused(levels)


def through_frames(times):
    """How many exceptions came up from the bottom."""
    caught = 0
    for _ in range(times):
        try:
            fall(FRAMES - 1)
        except Refused as refused:
            caught += refused.args == (0,)
    return caught


def in_place(times):
    caught = 0
    for number in range(times):
        try:
            raise KeyError(number)
        except KeyError as missing:
            caught += missing.args[0] == number
    return caught


def chained(times):
    """How many exceptions knew what they came from."""
    caught = 0
    for number in range(times):
        try:
            translate(number)
        except Refused as refused:
            caught += refused.__cause__.args == (number,)
    return caught


def translate(number):
    try:
        raise KeyError(number)
    except KeyError as missing:
        raise Refused(number) from missing


def main(recorder, rounds):
    """How many answers were right."""
    right = 0
    for _ in range(rounds):
        right += recorder.call(through_frames, THROUGH) == THROUGH
        right += recorder.call(in_place, IN_PLACE) == IN_PLACE
        right += recorder.call(compute, SEGMENT) == answer(1)
        right += recorder.call(chained, CHAINED) == CHAINED
    return right


if __name__ == "__main__":
    size = script.size(26)
    recorder = Recorder(4 * size)
    script.check(recorder.call(main, recorder, size), 4 * size)
    tell(recorder)
