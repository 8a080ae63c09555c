"""Long C calls that hold the GIL: `holds_gil.py [SIZE]`, 18 rounds unless told.

Each round makes one C call of at least 5 ms in each of `multiply`, `power`, `arrange` and `substitute`,
beside Python work in `count`. A profiler that needs the GIL to look cannot see into such a call.
"""
import script
from truth import Recorder, tell
from workers import SEGMENT, answer, worker

# 2²²⁰³ − 1 is prime, so 3 to the power of it less one leaves 1 (Fermat).
PRIME = (1 << 2_203) - 1
BITS = 400_000
LENGTH = 150_000
PAIRS = 1_200_000

FACTOR = (1 << BITS) - 1
PRODUCT = (1 << 2 * BITS) - (1 << BITS + 1) + 1
SCATTERED = [number * 7_919 % LENGTH for number in range(LENGTH)]
SORTED = list(range(LENGTH))
TEXT = "ab" * PAIRS
SUBSTITUTED = "acd" * PAIRS

count = worker("count")


def multiply():
    return FACTOR * FACTOR


def power():
    return pow(3, PRIME - 1, PRIME)


def arrange():
    return sorted(SCATTERED)


def substitute():
    return TEXT.replace("b", "cd")


def main(recorder, rounds):
    """How many answers were right."""
    right = 0
    for _ in range(rounds):
        right += recorder.call(multiply) == PRODUCT
        right += recorder.call(count, SEGMENT) == answer(1)
        right += recorder.call(power) == 1
        right += recorder.call(arrange) == SORTED
        right += recorder.call(substitute) == SUBSTITUTED
    return right


if __name__ == "__main__":
    size = script.size(18)
    recorder = Recorder(5 * size)
    script.check(recorder.call(main, recorder, size), 5 * size)
    tell(recorder)
