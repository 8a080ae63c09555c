"""Recursion beside loops: `recursive_calls.py [SIZE]`, 40 rounds unless told.

A round computes the same Fibonacci numbers by two recursions and a loop: `doubled` calls itself
twice, `descended` once, `looped` never. A tracer, whose cost falls on calls, gives the recursions too much.
"""
import script
from truth import Recorder, tell

# For at least 5 ms each.
DOUBLED, DESCENTS, LOOPS = 24, 1_500, 3_000
DEEP = 100


def fib(n):
    if n < 2:
        return n
    return fib(n - 1) + fib(n - 2)


def below(n, a, b):
    """The Fibonacci number n steps on."""
    if n:
        return below(n - 1, b, a + b)
    return a


def doubled(n):
    return fib(n)


def descended(times):
    total = 0
    for _ in range(times):
        total = below(DEEP, 0, 1)
    return total


def looped(times):
    a = 0
    for _ in range(times):
        a, b = 0, 1
        for _ in range(DEEP):
            a, b = b, a + b
    return a


def main(recorder, rounds):
    answers = set()
    for _ in range(rounds):
        answers.add(recorder.call(doubled, DOUBLED))
        answers.add(recorder.call(descended, DESCENTS))
        answers.add(recorder.call(looped, LOOPS))
    return answers


if __name__ == "__main__":
    size = script.size(40)
    recorder = Recorder(3 * size)
    script.check(recorder.call(main, recorder, size), {46_368, 354_224_848_179_261_915_075})
    tell(recorder)
