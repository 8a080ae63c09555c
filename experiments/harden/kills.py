"""A program that is killed at any instant: how much of what was captured is in the profile."""
from __future__ import annotations

import mmap
import os
import pathlib
import random
import signal
import struct
import threading
import time

from harness import Conditions, Outcome, Row, folder_with, profiled, progress

# It tells by a shared mapping who it is, what it has called by now, and how long it has run. Each is written at once: `struct`
# would clear it first, and a program may be killed there.
PROGRAM = """
import mmap, os, sys, time
with open(sys.argv[1], "r+b") as file: told = memoryview(mmap.mmap(file.fileno(), 32))
numbers, times = told.cast("Q"), told.cast("d")
def work(): pass
begin = time.monotonic()
numbers[0] = os.getpid()
calls = 0
while True:
    work()
    calls += 1
    numbers[1] = calls
    times[2] = time.monotonic() - begin
"""

# A tracer writes down what it has every 100 ms; of 2 seconds that is the twentieth part that may be lost.
SHORTEST, LONGEST = 2.5, 4.0
ASKED = 0.95


def check(conditions: Conditions) -> list[Row]:
    chance = random.Random(conditions.seed)
    kills = 100 if conditions.is_long else 8
    return [row(conditions, design, [chance.uniform(SHORTEST, LONGEST) for _ in range(kills)]) for design in conditions.designs]


def row(conditions: Conditions, design: str, instants: list[float]) -> Row:
    parts = []
    for number, instant in enumerate(instants):
        progress(f"kills, {design}: {number} of {len(instants)}")
        parts.append(recovered(conditions, design, instant))
    least = min(parts)
    return Row(
        f"recovered after {len(parts)} kills", design, f"least {100 * least:.1f} %, mean {100 * sum(parts) / len(parts):.1f} % ({100 * ASKED:.0f})",
        least >= ASKED)


def recovered(conditions: Conditions, design: str, instant: float) -> float:
    """The part of what the program did until it was killed that is in its profile."""
    with folder_with(PROGRAM) as script:
        told = script.with_name("told")
        told.write_bytes(bytes(32))
        killer = threading.Thread(target=kill, args=(told, instant))
        killer.start()
        outcome = profiled(conditions, design, script, told)
        killer.join()
        _, calls, seconds = struct.unpack("=QQd", told.read_bytes()[:24])
        return part(outcome, calls, seconds)


def part(outcome: Outcome, calls: int, seconds: float) -> float:
    if outcome.findings is None or outcome.status != -signal.SIGKILL:
        return 0
    if outcome.findings["kind"] == "tracing":
        return min(outcome.calls("work"), calls) / calls
    return min(1, outcome.findings["ledger"]["due"] / (seconds * outcome.findings["rate"]))


def kill(told: pathlib.Path, instant: float) -> None:
    """Kills the program so long after its first line."""
    with open(told, "r+b") as file, mmap.mmap(file.fileno(), 32) as words:
        until = time.monotonic() + 60
        while not (pid := struct.unpack_from("=Q", words)[0]) and time.monotonic() < until:
            time.sleep(0.01)
        time.sleep(instant)
        if pid:
            os.kill(pid, signal.SIGKILL)


