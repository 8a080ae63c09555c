"""Calls five deep along PATHS different paths, WALKS times in turn: `call_paths.py PATHS WALKS`.

PATHS is a power of ten up to 100,000. The work is the same for all: only which functions are called differs.
"""
import sys

LEVELS, WIDTH = 5, 10


def level(names):
    """Functions that call one of those of the next level, by the first digit they are given."""
    made = {"below": names}
    digits = ["a", "b", "c", "d", "e"]
    for number in range(WIDTH):
        exec(f"def step_{number}({', '.join(digits)}): return below[{digits[0]}](b, c, d, e, 0)", made)
    return [made[f"step_{number}"] for number in range(WIDTH)]


def leaves():
    made = {}
    for number in range(WIDTH):
        exec(f"def leaf_{number}(a, b, c, d, e): return {number}", made)
    return [made[f"leaf_{number}"] for number in range(WIDTH)]


def main(paths, walks):
    functions = leaves()
    for _ in range(LEVELS - 1):
        functions = level(functions)
    total = 0
    for walk in range(walks):
        at = walk % paths
        total += functions[at // 10_000](at // 1_000 % 10, at // 100 % 10, at // 10 % 10, at % 10, 0)
    expected = sum(walk % paths % 10 for walk in range(walks))
    if total != expected:
        sys.exit(f"call_paths.py: wrong answer: {expected}, not {total}")


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]))
