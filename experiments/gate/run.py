"""Measures whether the gate finds planted slowdowns of one function, and none where there is none.

    experiments/gate/run.py [--results FILE] [--gates N] [--budget S] [--python PATH] [--planted P,Q,…]
    experiments/gate/run.py --report [--results FILE]

The program has fifty functions of equal length and takes two seconds; the slowdown is a part of the whole, planted in one
function. Gates of all planted slowdowns are made in rounds, in random order. Each gate is stored as soon as it has ended, with the
machine's load; it goes on where it was stopped.
"""
from __future__ import annotations

import argparse
import datetime
import json
import os
import pathlib
import random
import shlex
import sqlite3
import subprocess
import sys

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parents[1]
sys.path.insert(0, str(HERE.parent / "duet"))

# How the duet's experiment writes a part with its interval; this file is a program and no module of that name.
from run import part

SWPROF = pathlib.Path(os.environ.get("SWPROF") or ROOT / ".build" / "release" / "swprof")
PLANTED = [0.0, 0.005, 0.01, 0.03, 0.1]
FUNCTION = "function_7"
SCHEMA = """
    CREATE TABLE IF NOT EXISTS gate (
        id INTEGER PRIMARY KEY, planted REAL NOT NULL, budget REAL NOT NULL, programSeconds REAL NOT NULL, began TEXT NOT NULL,
        load REAL NOT NULL, processors INTEGER NOT NULL, status INTEGER NOT NULL, findings TEXT NOT NULL)"""


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--results", type=pathlib.Path, default=HERE / "results.sqlite")
    parser.add_argument("--gates", type=int, default=40, help="of each planted slowdown")
    parser.add_argument("--budget", type=float, default=180, help="seconds of a gate")
    parser.add_argument("--seconds", type=float, default=2, help="of the program")
    parser.add_argument("--python", default="/usr/bin/python3.11")
    parser.add_argument("--planted", default=",".join(map(str, PLANTED)))
    parser.add_argument("--report", action="store_true")
    options = parser.parse_args()
    store = sqlite3.connect(options.results)
    store.execute(SCHEMA)
    if not options.report:
        measure(store, options, [float(slowdown) for slowdown in options.planted.split(",")])
    report(store)
    return 0


def measure(store: sqlite3.Connection, options: argparse.Namespace, planted: list[float]) -> None:
    for _ in range(options.gates):
        for slowdown in random.sample(planted, len(planted)):
            [made] = store.execute(
                "SELECT COUNT(*) FROM gate WHERE planted = ? AND budget = ? AND programSeconds = ?",
                (slowdown, options.budget, options.seconds)).fetchone()
            if made < options.gates:
                keep(store, slowdown, options)


def keep(store: sqlite3.Connection, slowdown: float, options: argparse.Namespace) -> None:
    """Makes one gate, and stores it."""
    began, load = datetime.datetime.now(datetime.timezone.utc).isoformat(timespec="seconds"), os.getloadavg()[0]
    program = [str(HERE / "planted.py")]
    before = shlex.join([*program, "0", str(options.seconds)])
    words = [str(SWPROF), "gate", "--python", options.python, "--budget", str(options.budget), "--before", before, "--json", "--"]
    result = subprocess.run(
        [*words, *program, str(slowdown), str(options.seconds)], stdout=subprocess.PIPE, encoding="utf-8", check=False)
    if result.returncode not in (0, 1, 75):
        raise SystemExit(f"the gate ended with status {result.returncode}")
    with store:
        store.execute(
            "INSERT INTO gate (planted, budget, programSeconds, began, load, processors, status, findings) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
            (slowdown, options.budget, options.seconds, began, load, os.cpu_count(), result.returncode, result.stdout))


def report(store: sqlite3.Connection) -> None:
    print("planted  budget  program  gates  fail                  pass                  the function         another           rounds")
    cells = store.execute("SELECT DISTINCT planted, budget, programSeconds FROM gate ORDER BY budget, programSeconds, planted").fetchall()
    for cell in cells:
        texts = store.execute("SELECT findings FROM gate WHERE planted = ? AND budget = ? AND programSeconds = ?", cell).fetchall()
        print(row(*cell, [json.loads(text) for [text] in texts]))


def row(planted: float, budget: float, seconds: float, gates: list[dict]) -> str:
    """How often gates fail and pass, find the function that is slower, and find one that is not."""
    def failing(gate: dict) -> set[str]:
        return {each["qualname"] for each in gate["functions"] if each["verdict"] == "fail" and each["failsBy"] == "self"}
    count = len(gates)
    failed = sum(gate["verdict"] == "fail" for gate in gates)
    passed = sum(gate["verdict"] == "pass" for gate in gates)
    found = sum(FUNCTION in failing(gate) for gate in gates)
    wrong = sum(bool(failing(gate) - {FUNCTION}) for gate in gates)
    rounds = sorted(gate["rounds"] for gate in gates)
    return (f"{100 * planted:5.1f} %  {budget:6g}  {seconds:5g} s  {count:5}  {part(failed, count):20}  {part(passed, count):20}"
            f"  {part(found, count):19}  {part(wrong, count):16}  {rounds[count // 2]}")


if __name__ == "__main__":
    sys.exit(main())
