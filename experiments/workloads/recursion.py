"""Recursion and nothing else: `recursion.py [TIMES]` computes fib(25), 20 times unless told.

One pass is 242,785 calls of one short function: the hardest case for a tracer.
"""
import sys

EXPECTED = 75_025


def fib(n):
    if n < 2:
        return n
    return fib(n - 1) + fib(n - 2)


def times_from(arguments):
    try:
        return int(arguments[1]) if len(arguments) > 1 else 20
    except ValueError:
        sys.exit(f"recursion.py: TIMES must be a whole number, not {arguments[1]!r}")


def main():
    for _ in range(times_from(sys.argv)):
        answer = fib(25)
        if answer != EXPECTED:
            sys.exit(f"recursion.py: wrong answer: fib(25) is {EXPECTED}, not {answer}")
    print(EXPECTED)


if __name__ == "__main__":
    main()
