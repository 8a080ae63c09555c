"""Exceptions: `exceptions.py [SIZE]`, 40 rounds unless told.

In a round `caught_near` catches what its callee raises, `caught_far` what comes up through five calls, `caught_here`
what it raises itself, and `unraised` runs into no exception. A call that ends by an exception has no return.
"""
import script
from truth import Recorder, tell

# For at least 5 ms each.
NEAR, FAR, HERE, UNRAISED = 22_000, 7_000, 30_000, 250_000


class Refusal(Exception):
    """What is raised."""


def refuse(number):
    raise Refusal(number)


def passed_on(depth, number):
    if depth:
        return passed_on(depth - 1, number)
    raise Refusal(number)


def caught_near(times):
    caught = 0
    for number in range(times):
        try:
            refuse(number)
        except Refusal:
            caught += 1
    return caught


def caught_far(times):
    caught = 0
    for number in range(times):
        try:
            passed_on(4, number)
        except Refusal:
            caught += 1
    return caught


def caught_here(times):
    caught = 0
    for number in range(times):
        try:
            raise Refusal(number)
        except Refusal:
            caught += 1
    return caught


def unraised(times):
    passed = 0
    for number in range(times):
        try:
            passed += number >= 0
        except Refusal:
            passed -= 1
    return passed


def main(recorder, rounds):
    total = 0
    for _ in range(rounds):
        total += recorder.call(caught_near, NEAR)
        total += recorder.call(caught_far, FAR)
        total += recorder.call(caught_here, HERE)
        total += recorder.call(unraised, UNRAISED)
    return total


if __name__ == "__main__":
    size = script.size(40)
    recorder = Recorder(4 * size)
    script.check(recorder.call(main, recorder, size), size * (NEAR + FAR + HERE + UNRAISED))
    tell(recorder)
