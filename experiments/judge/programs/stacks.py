"""Every stack of it is known: `stacks.py [SIZE]`, 400 passes unless told.

Each function has one caller, and one statement there that calls it. They call each other plainly, as generators that
are exhausted or abandoned, by raising, and from C: as sort keys, through map, reduce and re.sub, beneath a property and
a context manager. So a stack that is mixed from two moments shows, and so does a line of another moment. Which stacks can be is
read from the program's own syntax tree.
"""
import json
import re
from functools import reduce
from time import monotonic as clock

import known
import script
from call_graph import call_graph

PATTERN = re.compile("x")
MASK = 65_535


def churned(a):
    for k in range(6):
        a = (a * 31 + k) & MASK
    return a


def plain(a):
    a = churned(a)
    a += deeper(a & 255)
    return a & MASK


def deeper(a):
    for k in range(8):
        a = (a * 17 + k) & MASK
    a += deepest(a & 127)
    return a


def deepest(a):
    for k in range(8):
        a = (a * 13 + k) & MASK
    return a


def items(a):
    yield a & 255
    for k in range(8):
        a = (a * 29 + k) & MASK
    yield shifted(a)
    yield a & 63


def shifted(a):
    for k in range(5):
        a = (a << 1 ^ k) & MASK
    return a


def exhausted(a):
    total = 0
    for item in items(a):
        total += item
    return total


def source(a):
    try:
        for k in range(8):
            a = (a * 37 + k) & MASK
        yield a
    finally:
        a ^= a >> 1


def abandoned(a):
    for item in source(a):
        a += item
        break
    return a & MASK


def failing(a):
    for k in range(8):
        a = (a * 41 + k) & MASK
    raise ValueError(a & 1_023)


def caught(a):
    try:
        failing(a)
    except ValueError as error:
        a += error.args[0]
    return a


def key(a):
    for k in range(6):
        a = (a * 43 + k) & MASK
    return a


def arranged(a):
    return sorted((a & 255, a & 127, a & 63, 7), key=key)[0]


def mapped(a):
    for k in range(6):
        a = (a * 47 + k) & MASK
    return a


def summed(a):
    return sum(map(mapped, (a & 255, 7, 11)))


def joined(a, b):
    for k in range(6):
        a = (a * 53 + b + k) & MASK
    return a


def folded(a):
    return reduce(joined, (a & 255, 7, 11))


def written(match):
    a = match.start()
    for k in range(6):
        a = (a * 59 + k) & MASK
    return "y" * (a & 3)


def substituted(a):
    return a + len(PATTERN.sub(written, "axbxc"))


def work(a):
    a += plain(a & 255)
    a += exhausted(a & 255)
    a += abandoned(a & 255)
    a += caught(a & 255)
    a += arranged(a & 255)
    a += summed(a & 255)
    a += folded(a & 255)
    a += substituted(a & 255)
    return a & MASK


def main(passes):
    answers = set()
    for _ in range(passes):
        answers.add(work(1))
    return len(answers)


if __name__ == "__main__":
    size = script.size(400)
    begin = clock()
    answers = main(40 * size)
    seconds = clock() - begin
    script.check(answers, 1)
    print(json.dumps({"truth": {"main": 1.0}, "within": "main", "seconds": seconds, "calls": call_graph(__file__)}))
