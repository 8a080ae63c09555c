"""Lines of one function with known shares: `lines.py [SIZE]`, 12 rounds unless told.

Each of four lines is one long call into C; the clock is read on the lines between. So a tool that takes a line for its
neighbour gives all of a share to a line that has none.
"""
import inspect
import json
from time import monotonic as clock

import known
import script

COUNT = 1_500_000
NUMBERS = list(range(COUNT))
TEXT = "ab" * COUNT


def main(rounds):
    """The seconds of each long line, by its offset from the line with `def`."""
    spent = dict.fromkeys(LONG, 0.0)
    for _ in range(rounds):
        t0 = clock()
        total = sum(NUMBERS)
        t1 = clock()
        largest = max(NUMBERS)
        t2 = clock()
        replaced = TEXT.replace("b", "c")
        t3 = clock()
        backwards = NUMBERS[::-1]
        t4 = clock()
        for line, seconds in zip(LONG, (t1 - t0, t2 - t1, t3 - t2, t4 - t3)):
            spent[line] += seconds
    script.check((total, largest, replaced[-1], backwards[0]), (COUNT * (COUNT - 1) // 2, COUNT - 1, "c", COUNT - 1))
    return spent


SOURCE, FIRST = inspect.getsourcelines(main)
LONG = [FIRST + SOURCE.index(line) for line in SOURCE if any(
    word in line for word in ("sum(NUM", "max(NUM", ".replace(", "[::-1]"))]

if __name__ == "__main__":
    size = script.size(12)
    begin = clock()
    spent = main(size)
    seconds = clock() - begin
    lines = {line: part / seconds for line, part in spent.items()}
    print(json.dumps({"truth": {"main": 1.0}, "within": "main", "seconds": seconds, "lines": lines}))
