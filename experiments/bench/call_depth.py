"""CALLS calls of one function, DEPTH of them within each other: `call_depth.py DEPTH CALLS`."""
import sys


def down(levels):
    return down(levels - 1) + 1 if levels else 0


def main(depth, calls):
    sys.setrecursionlimit(depth + 1_000)
    for _ in range(calls // depth):
        if down(depth) != depth:
            sys.exit("call_depth.py: wrong answer")


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]))
