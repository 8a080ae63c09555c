"""A program on a full disk, without descriptors, and without memory: it ends as without us, and what is missing is said."""
from __future__ import annotations

import contextlib
import os
import pathlib
import subprocess
import tempfile
from collections.abc import Iterator

from harness import Conditions, Row, differences, environment, folder_with, plainly, profiled

# Ever new functions and paths through them fill any log.
NEW_PATHS = """
import time
begin = time.monotonic()
number = 0
while time.monotonic() - begin < 2:
    number += 1
    scope = {}
    exec(f"def f{number}(d):\\n    return g(d - 1) if d else 0\\ndef g(d):\\n    return f{number}(d - 1) if d else 0", scope)
    scope["f%d" % number](number % 100)
print("over")
"""

NO_DESCRIPTORS = """
import os, threading, time
def work(seconds):
    until = time.monotonic() + seconds
    while time.monotonic() < until: sum(range(100))
taken = []
try:
    while True: taken.append(os.open("/dev/null", os.O_RDONLY))
except OSError as error: print(error.strerror)
work(0.3)
thread = threading.Thread(target=work, args=(0.3,)); thread.start(); thread.join()
exec("def made(): return 1\\nmade()")
for file in taken: os.close(file)
print("over")
"""

NO_MEMORY = """
import resource, threading
def fill(size):
    kept = []
    try:
        while True: kept.append(bytearray(size))
    except MemoryError: return "no memory"
def deep(n): return deep(n - 1) if n else fill(1 << 16)
now = int(open("/proc/self/statm").read().split()[0]) * resource.getpagesize()
resource.setrlimit(resource.RLIMIT_AS, (now + (64 << 20), resource.RLIM_INFINITY))
for round in range(3): print(fill(1 << 20), deep(50))
print("over")
"""


def check(conditions: Conditions) -> list[Row]:
    rows = [row for design in conditions.designs if (row := full_disk(conditions, design))]
    for name, source, limits in [("no descriptors", NO_DESCRIPTORS, "ulimit -n 64"), ("no memory", NO_MEMORY, "")]:
        rows += [as_plain(conditions, design, name, source, limits) for design in conditions.designs]
    return rows


def full_disk(conditions: Conditions, design: str) -> Row | None:
    """`None` where no small disk can be had, without root."""
    with small_disk() as disk, folder_with(NEW_PATHS) as script:
        if disk is None:
            return None
        plain = plainly(conditions, script)
        outcome = profiled(conditions, design, script, env=environment(TMPDIR=str(disk)))
        lines = differences(outcome, plain)
        is_said = bool(outcome.caveats() & {"log-full", "unaccounted"})
        return Row("full disk: ends as plain, and says so", design, measured(lines, "said" if is_said else "not said"), not lines and is_said, lines)


@contextlib.contextmanager
def small_disk() -> Iterator[pathlib.Path | None]:
    with tempfile.TemporaryDirectory() as folder:
        mounted = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", folder], capture_output=True).returncode == 0
        try:
            yield pathlib.Path(folder) if mounted else None
        finally:
            if mounted:
                subprocess.run(["umount", "--lazy", folder])


def as_plain(conditions: Conditions, design: str, name: str, source: str, limits: str) -> Row:
    with folder_with(source) as script:
        limited = script.with_name("python")
        limited.write_text(f'#!/bin/sh\n{limits}\nexec {conditions.python} "$@"\n')
        os.chmod(limited, 0o755)
        under = Conditions(str(limited) if limits else conditions.python, conditions.designs, conditions.is_long, conditions.seed)
        plain, outcome = plainly(under, script), profiled(under, design, script)
        lines = differences(outcome, plain) + ([] if outcome.findings else ["no profile"])
        return Row(f"{name}: ends as plain", design, measured(lines, "as plain"), not lines, lines)


def measured(lines: list[str], otherwise: str) -> str:
    return "; ".join(line.split(":")[0] for line in lines) + " differ" if lines else otherwise


