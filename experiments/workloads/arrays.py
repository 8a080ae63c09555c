"""NumPy's arrays, where it is installed: `arrays.py [SIZE]`, 24 rounds unless told.

A round multiplies matrices, sorts and adds, in C calls of milliseconds that release the GIL, and works in Python
between. It has one processor to itself: the libraries beneath NumPy start no threads of their own.
"""
import os

import script
from truth import Recorder, tell
from workers import SEGMENT, answer, worker

for library in ("OPENBLAS", "OMP", "MKL"):
    os.environ[f"{library}_NUM_THREADS"] = "1"
try:
    import numpy
except ImportError:
    script.end("NumPy is not installed: install the package numpy")

SIDE = 600
LENGTH = 1_000_003
TIMES = 8

compute = worker("compute")


def matrices():
    """Two matrices of small whole numbers, whose product is exact in floats."""
    rows, columns = numpy.mgrid[0:SIDE, 0:SIDE]
    return ((rows * 7 + columns * 3) % 11).astype(float), ((rows * 5 + columns) % 13).astype(float)


def product(left, right):
    return left @ right


def arrange(numbers):
    return numpy.sort(numbers)


def add(numbers, times):
    """The sum of all, added so many times."""
    total = 0
    for _ in range(times):
        total += int((numbers + numbers).sum()) // 2
    return total


def main(recorder, rounds):
    """How many answers were right."""
    left, right_matrix = matrices()
    # By row, column sums: what the product's own sums must be.
    sums = left.sum(axis=0) @ right_matrix
    ordered = numpy.arange(LENGTH)
    scattered = ordered * 7_919 % LENGTH
    right = 0
    for _ in range(rounds):
        right += bool((recorder.call(product, left, right_matrix).sum(axis=0) == sums).all())
        right += recorder.call(compute, SEGMENT) == answer(1)
        right += bool((recorder.call(arrange, scattered) == ordered).all())
        right += recorder.call(add, scattered, TIMES) == TIMES * (LENGTH * (LENGTH - 1) // 2)
    return right


if __name__ == "__main__":
    size = script.size(24)
    recorder = Recorder(4 * size)
    script.check(recorder.call(main, recorder, size), 4 * size)
    tell(recorder)
