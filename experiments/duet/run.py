"""Measures whether the duet finds planted slowdowns, and none where there is none.

    experiments/duet/run.py [--results FILE] [--duets N] [--seconds S] [--python PATH] [--planted P,Q,…]
    experiments/duet/run.py --report [--results FILE]

A design is put in place that costs exactly what is planted: while it is on, a pass does so many more equal steps. Duets of all
planted slowdowns are made in rounds, in random order, each in a process of its own. Every pass is stored as soon as its duet
has ended, with the machine's load; it goes on where it was stopped.
"""
from __future__ import annotations

import argparse
import datetime
import json
import math
import os
import pathlib
import random
import sqlite3
import subprocess
import sys
import tempfile
import zlib

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parents[1]
SWPROF = pathlib.Path(os.environ.get("SWPROF") or ROOT / ".build" / "release" / "swprof")
PLANTED = [0.0, 0.001, 0.003, 0.01]
SCHEMA = """
    CREATE TABLE IF NOT EXISTS duet (
        id INTEGER PRIMARY KEY, planted REAL NOT NULL, wantedSeconds REAL NOT NULL, began TEXT NOT NULL, python TEXT NOT NULL,
        load REAL NOT NULL, processors INTEGER NOT NULL, passes BLOB NOT NULL, findings TEXT NOT NULL)"""


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--results", type=pathlib.Path, default=HERE / "results.sqlite")
    parser.add_argument("--duets", type=int, default=60, help="of each planted slowdown")
    parser.add_argument("--seconds", type=float, default=40, help="with the self-test, a duet takes half as long again")
    parser.add_argument("--python", default="/usr/bin/python3.11")
    parser.add_argument("--planted", default=",".join(map(str, PLANTED)))
    parser.add_argument("--report", action="store_true")
    options = parser.parse_args()
    store = sqlite3.connect(options.results)
    store.execute(SCHEMA)
    if not options.report:
        measure(store, options, [float(part) for part in options.planted.split(",")])
    report(store)
    return 0


def measure(store: sqlite3.Connection, options: argparse.Namespace, planted: list[float]) -> None:
    for _ in range(options.duets):
        for slowdown in random.sample(planted, len(planted)):
            [made] = store.execute(
                "SELECT COUNT(*) FROM duet WHERE planted = ? AND wantedSeconds = ?", (slowdown, options.seconds)).fetchone()
            if made < options.duets:
                keep(store, slowdown, options)


def keep(store: sqlite3.Connection, slowdown: float, options: argparse.Namespace) -> None:
    """Makes one duet, and stores it."""
    began, load = datetime.datetime.now(datetime.timezone.utc).isoformat(timespec="seconds"), os.getloadavg()[0]
    with tempfile.TemporaryDirectory() as folder:
        passes = os.path.join(folder, "passes.json")
        words = [options.python, str(HERE / "planted.py"), str(slowdown), str(options.seconds), passes]
        subprocess.run(words, env={**os.environ, "PYTHONPATH": str(ROOT / "Sources" / "PythonPackage")}, check=True)
        findings = subprocess.run(
            [SWPROF, "overhead", "--json", "--no-start", "--python", options.python, "--passes", passes], check=True, stdout=subprocess.PIPE,
            encoding="utf-8").stdout
        document = pathlib.Path(passes).read_bytes()
    with store:
        store.execute(
            "INSERT INTO duet (planted, wantedSeconds, began, python, load, processors, passes, findings) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
            (slowdown, options.seconds, began, json.loads(document)["python"], load, os.cpu_count(), zlib.compress(document, 9), findings))


def report(store: sqlite3.Connection) -> None:
    print("planted  seconds  clock    duets  found slower         found slower or faster  interval holds it    half width  caveats")
    cells = store.execute("SELECT DISTINCT planted, wantedSeconds FROM duet ORDER BY wantedSeconds, planted").fetchall()
    for planted, seconds in cells:
        texts = store.execute("SELECT findings FROM duet WHERE planted = ? AND wantedSeconds = ?", (planted, seconds)).fetchall()
        designs = [json.loads(text)["designs"][0] for [text] in texts]
        for clock, key in (("wall", "running"), ("thread", "threadCPU")):
            known = [design for design in designs if design[key] and design[key]["low"] is not None]
            if known:
                print(row(planted, seconds, clock, [design[key] for design in known], known))


def row(planted: float, seconds: float, clock: str, runs: list[dict], designs: list[dict]) -> str:
    """How often an interval leaves 1 out, how often it holds what was planted, and its median half width."""
    slower = sum(run["low"] > 1 for run in runs)
    either = sum(run["low"] > 1 or run["high"] < 1 for run in runs)
    held = sum(run["low"] <= 1 + planted <= run["high"] for run in runs)
    widths = sorted((run["high"] - run["low"]) / 2 for run in runs)
    codes = sum(bool({"control-drift", "carry-over"} & {caveat["code"] for caveat in design["caveats"]}) for design in designs)
    return (f"{100 * planted:5.1f} %  {seconds:7g}  {clock:6}  {len(runs):6}  {part(slower, len(runs)):19}  {part(either, len(runs)):22}"
            f"  {part(held, len(runs)):19}  {100 * widths[len(widths) // 2]:8.3f} %  {part(codes, len(runs))}")


def part(count: int, of: int) -> str:
    """`95.0 % [83.1, 99.4]`, by Clopper and Pearson."""
    low, high = bounds(count, of)
    return f"{100 * count / of:.1f} % [{100 * low:.1f}, {100 * high:.1f}]"


def bounds(count: int, of: int) -> tuple[float, float]:
    """The 95 % interval of Clopper and Pearson."""
    def tail(low: float, high: float, is_below) -> float:
        for _ in range(60):
            middle = (low + high) / 2
            low, high = (middle, high) if is_below(middle) else (low, middle)
        return low
    low = tail(0, 1, lambda p: at_least(count, of, p) < 0.025) if count else 0.0
    high = tail(0, 1, lambda p: 1 - at_least(count + 1, of, p) > 0.025) if count < of else 1.0
    return low, high


def at_least(count: int, of: int, p: float) -> float:
    """By logarithms, for the number of ways passes what a float can hold."""
    ways = [math.lgamma(of + 1) - math.lgamma(k + 1) - math.lgamma(of - k + 1) for k in range(count, of + 1)]
    return sum(math.exp(each + k * math.log(p) + (of - k) * math.log1p(-p)) for k, each in enumerate(ways, count))


if __name__ == "__main__":
    sys.exit(main())
