"""Calls of a function that does nothing: `empty_calls.py [SIZE]`, 10 times 100,000 calls unless told.

All that a tracer measures of `nothing` is its own probes: what it cost less what it is taken to cost is chance.
"""
import script

CALLS = 100_000


def nothing():
    pass


def main(times):
    done = 0
    for done in range(1, times + 1):
        nothing()
    return done


if __name__ == "__main__":
    times = CALLS * script.size(10)
    script.check(main(times), times)
    print(times)
