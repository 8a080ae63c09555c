"""Profiling that is started and stopped again and again in one process: nothing of it stays."""
from __future__ import annotations

import json
import pathlib

from harness import PACKAGE, SWPROF, Conditions, Row, environment, folder_with, progress, start

PROGRAM = """
import gc, json, os, sys, threading
import swprof
design, times = sys.argv[1], int(sys.argv[2])
def work(): return sum(range(200))
def kept():
    gc.collect()
    memory = next(int(line.split()[1]) for line in open("/proc/self/status") if line.startswith("VmRSS"))
    return {
        "memory": memory, "descriptors": len(os.listdir("/proc/self/fd")), "threads": len(os.listdir("/proc/self/task")),
        "mappings": sum(1 for _ in open("/proc/self/maps")), "references": getattr(sys, "gettotalrefcount", int)()}
def go_round(times):
    for _ in range(times):
        with swprof.profile(design=design): work()
go_round(times // 5)
warm = kept()
go_round(times - times // 5)
print(json.dumps([warm, kept()]))
"""
# In KiB, and in numbers; the interpreter itself keeps some references.
MOST = {"memory": 3072, "descriptors": 0, "threads": 0, "mappings": 4, "references": 100}


def check(conditions: Conditions) -> list[Row]:
    rows = [row(conditions, conditions.python, "", design) for design in conditions.designs]
    debug = pathlib.Path(conditions.python + "-dbg")
    if debug.exists():
        rows += [row(conditions, str(debug), ", debug build", design) for design in conditions.designs]
    return rows


def row(conditions: Conditions, python: str, build: str, design: str) -> Row:
    times = 10_000 if conditions.is_long else 500
    progress(f"sessions, {design}: {times}")
    with folder_with(PROGRAM) as script:
        outcome = start([python, script, design, times], env=environment(PYTHONPATH=str(PACKAGE), SWPROF=str(SWPROF)))
    check = f"{times} sessions keep nothing{build}"
    if outcome.status != 0:
        return Row(check, design, f"status {outcome.status}", False, outcome.err.splitlines()[-3:])
    warm, after = json.loads(outcome.out.splitlines()[-1])
    more = {name: after[name] - warm[name] for name in MOST}
    units = {"memory": " KiB"}
    text = ", ".join(f"{name} {number:+}{units.get(name, '')}" for name, number in more.items())
    return Row(check, design, text, all(more[name] <= most for name, most in MOST.items()))
