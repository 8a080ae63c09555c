"""Works for a second, then sleeps for two in `rest`, on one line; prints the truth of that very run.

A sampler that looks only at running threads, or stops at a signal that interrupts the sleep, charges
the sleep to another line or loses it.
"""
import json
import sys
import time

SLEEP = 2.0


def work(seconds):
    deadline = time.perf_counter() + seconds
    total = 0
    while time.perf_counter() < deadline:
        total += sum(range(100))
    return total


def rest():
    time.sleep(SLEEP)


def main():
    begin = time.perf_counter()
    total = work(1.0)
    middle = time.perf_counter()
    rest()
    end = time.perf_counter()
    if total == 0 or end - middle < SLEEP:
        sys.exit("sleep_after_busy.py: it did not work, or slept too short")
    shares = {"work": (middle - begin) / (end - begin), "rest": (end - middle) / (end - begin)}
    print(json.dumps({
        "truth": shares, "within": "main", "seconds": end - begin,
        "line": rest.__code__.co_firstlineno + 1, "slept": end - middle,
    }))


if __name__ == "__main__":
    main()
