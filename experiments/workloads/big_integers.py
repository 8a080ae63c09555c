"""Big integers: `big_integers.py [SIZE]`, 24 rounds unless told.

A round multiplies, divides and takes a root of integers of 10,000 to 400,000 bits, in calls of a part of a millisecond
(`multiply_often`) to several milliseconds each, in which the interpreter does nothing else; and works between.
"""
import math

import script
from truth import Recorder, tell
from workers import SEGMENT, answer, worker

FACTOR = (1 << 400_000) - 1
PRODUCT = (1 << 800_000) - (1 << 400_001) + 1
SMALL = (1 << 60_000) - 1
SMALL_PRODUCT = (1 << 120_000) - (1 << 60_001) + 1
DIVISOR = (1 << 30_000) - 1
# Each step of the division takes 30,000 from the exponent, until 10,000 are left.
DIVIDED = (sum(1 << exponent for exponent in range(10_000, 400_000, 30_000)), (1 << 10_000) - 1)
ROOT = (1 << 100_000) - 1
OFTEN = 25

compute = worker("compute")


def multiply():
    return FACTOR * FACTOR


def multiply_often(times):
    """How many products were right."""
    return sum(SMALL * SMALL == SMALL_PRODUCT for _ in range(times))


def divide():
    return divmod(FACTOR, DIVISOR)


def take_root(square):
    return math.isqrt(square)




def main(recorder, rounds, square):
    """How many answers were right."""
    right = 0
    for _ in range(rounds):
        right += recorder.call(multiply) == PRODUCT
        right += recorder.call(multiply_often, OFTEN) == OFTEN
        right += recorder.call(compute, SEGMENT) == answer(1)
        right += recorder.call(divide) == DIVIDED
        right += recorder.call(take_root, square) == ROOT
    return right


if __name__ == "__main__":
    size = script.size(24)
    recorder = Recorder(5 * size)
    script.check(recorder.call(main, recorder, size, ROOT * ROOT), 5 * size)
    tell(recorder)
