"""Equal passes of the same work: `passes.py [PASSES]`, 100 of about a millisecond unless told.

Ends with one line of JSON: the seconds that the passes took, without the interpreter's start and
without the first passes, in which it still warms up. So PASSES and 1.05 * PASSES are exactly 5 % apart.
"""
import json
import sys
import time

EXPECTED = 16_538_302
WARM_UP = 5


def run_pass():
    total = 0
    for number in range(10_000):
        total += number * number % 3_334
    return total


def checked_passes(count):
    for _ in range(count):
        total = run_pass()
        if total != EXPECTED:
            sys.exit(f"passes.py: wrong answer: a pass adds up to {EXPECTED}, not {total}")


def passes_from(arguments):
    try:
        return int(arguments[1]) if len(arguments) > 1 else 100
    except ValueError:
        sys.exit(f"passes.py: PASSES must be a whole number, not {arguments[1]!r}")


def main():
    passes = passes_from(sys.argv)
    checked_passes(WARM_UP)
    begin = time.perf_counter()
    checked_passes(passes)
    print(json.dumps({"passes": passes, "seconds": time.perf_counter() - begin}))


if __name__ == "__main__":
    main()
