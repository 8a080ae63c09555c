"""Programs by chance under every design, samplers at 10 kHz: they print what they print without us. What a program keeps while
it goes round in a circle. And as many events as a day has."""
from __future__ import annotations

import time

from harness import Conditions, Row, differences, folder_with, plainly, profiled, progress
from random_programs import program

FASTEST = 10_000
LONG_SECONDS = 3600
SHORT_PROGRAMS = 6
TRACERS = {"setprofile", "evalframe", "lines", "monitoring"}

# It tells how much of its own memory it has more than when all was warm, in KiB, and how many threads came and went meanwhile.
CIRCLE = """
import sys, threading, time
def memory(): return next(int(line.split()[1]) for line in open("/proc/self/status") if line.startswith("RssAnon"))
class Node:
    def __init__(self, n): self.n = n
    def value(self): return sum(range(self.n % 50))
def walk(n): return Node(n).value() + (walk(n - 1) if n else 0)
def go_round(seconds, starts_threads):
    until, threads = time.monotonic() + seconds, 0
    while time.monotonic() < until:
        walk(20); sorted(range(100), key=lambda i: -i)
        if starts_threads:
            thread = threading.Thread(target=walk, args=(5,)); thread.start(); thread.join()
            threads += 1
    return threads
seconds, starts_threads = float(sys.argv[1]), len(sys.argv) > 2
go_round(seconds / 3, starts_threads)
warm = memory()
threads = go_round(2 * seconds / 3, starts_threads)
print(memory() - warm, threads)
"""
# In KiB, what a program without us may keep, too; and for each thread that came and went.
MOST_KEPT, MOST_KEPT_OF_THREAD = 2048, 1


# Each call is two events.
CALLS = """
import sys
def leaf(): pass
def calls(count):
    for _ in range(count): leaf()
calls(int(sys.argv[1]))
print("over")
"""


def check(conditions: Conditions) -> list[Row]:
    kept = [memory(conditions, design, *words) for words in ([], ["threads"]) for design in conditions.designs]
    return random_programs(conditions) + kept + [events(conditions, design) for design in conditions.designs if design in TRACERS]


def random_programs(conditions: Conditions) -> list[Row]:
    until = time.monotonic() + LONG_SECONDS if conditions.is_long else float("inf")
    failures: dict[str, list[str]] = {design: [] for design in conditions.designs}
    seed = conditions.seed
    while time.monotonic() < until and (conditions.is_long or seed < conditions.seed + SHORT_PROGRAMS):
        progress(f"programs by chance: {seed}")
        for design, lines in compared(conditions, seed).items():
            failures[design] += lines
        seed += 1
    count = seed - conditions.seed
    return [
        Row(f"{count} programs by chance", design, f"{len(lines)} differ (0)", not lines, lines) for design, lines in failures.items()]


def compared(conditions: Conditions, seed: int) -> dict[str, list[str]]:
    """By design, lines that say what is not as plain, with the program's seed."""
    with folder_with(program(seed)) as script:
        plain = plainly(conditions, script)
        outcomes = {design: profiled(conditions, design, script, rate=FASTEST) for design in conditions.designs}
        found = {design: differences(outcome, plain) for design, outcome in outcomes.items()}
        return {design: [f"seed {seed}: {'; '.join(lines)}"] if lines else [] for design, lines in found.items()}


def memory(conditions: Conditions, design: str, *words: str) -> Row:
    seconds = 600 if conditions.is_long else 9
    progress(f"memory, {design}: {seconds} s")
    with folder_with(CIRCLE) as script:
        outcome = profiled(conditions, design, script, seconds, *words, rate=FASTEST)
    check = f"memory kept in {seconds} s" + (" of threads" if words else "")
    if outcome.status != 0:
        return Row(check, design, f"status {outcome.status}", False, [outcome.err])
    kept, threads = map(int, outcome.out.split())
    most = MOST_KEPT + MOST_KEPT_OF_THREAD * threads
    return Row(check, design, f"{kept} KiB, {threads} threads (at most {most} KiB)", kept <= most)


def events(conditions: Conditions, design: str) -> Row:
    """Every one is counted."""
    calls = 500_000_000 if conditions.is_long else 5_000_000
    progress(f"events, {design}: {2 * calls:.0e}")
    with folder_with(CALLS) as script:
        outcome = profiled(conditions, design, script, calls, timeout=7200)
    counted = outcome.calls("leaf")
    return Row(f"{2 * calls:.0e} events", design, f"{counted} of {calls} calls counted", outcome.out == "over\n" and counted == calls, [outcome.err])
