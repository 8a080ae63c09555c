"""Holds what `swprof simulate` predicts of samplers against real runs of the same programs.

    experiments/replay/run.py [--results FILE] [--runs N] [--cases A,B] [--python PATH]
    experiments/replay/run.py --report [--results FILE] [--json | --markdown [PAGE]]

A case is a sampler on a program (`cases.py`; `--cases` takes names, tools or programs). Most programs know their own truth: of each run
the very timeline is kept, replayed with the sampler's rate and schedule, and the prediction stored beside what the run reported. Readers
that do not stop the program are replayed as torn by the time that one look takes them, which is measured once. `gil` has to know every
line: each of its cases is recorded once, with its control, and real runs are held against that. Runs of all cases are made in rounds, in
random order, and stored as soon as they have ended, with the machine's load; it goes on where it was stopped. `judged.py` has the rules.
"""
from __future__ import annotations

import argparse
import dataclasses
import datetime
import json
import os
import pathlib
import platform
import random
import re
import sqlite3
import sys
import tempfile
import typing

HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE))

import cases
import judged
import tables
from cases import CASES, Case, Missing

SCHEMA = """
    CREATE TABLE IF NOT EXISTS look (
        tool TEXT PRIMARY KEY, began TEXT NOT NULL, load REAL NOT NULL, version TEXT NOT NULL, python TEXT NOT NULL, microseconds REAL NOT NULL);
    CREATE TABLE IF NOT EXISTS recording (
        setting TEXT PRIMARY KEY, began TEXT NOT NULL, load REAL NOT NULL, stretch REAL NOT NULL, prediction TEXT NOT NULL);
    CREATE TABLE IF NOT EXISTS run (
        id INTEGER PRIMARY KEY, setting TEXT NOT NULL, began TEXT NOT NULL, load REAL NOT NULL, processors INTEGER NOT NULL,
        kernel TEXT NOT NULL, python TEXT NOT NULL, version TEXT NOT NULL, torn REAL NOT NULL, seconds REAL NOT NULL, lost REAL,
        places TEXT NOT NULL)"""


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--results", type=pathlib.Path, default=HERE / "results.sqlite")
    parser.add_argument("--runs", type=int, default=20, help="of each case")
    parser.add_argument("--cases", default="", help="names such as 'signal equal', tools or programs; all unless told")
    parser.add_argument("--python", default="/usr/bin/python3.11")
    parser.add_argument("--report", action="store_true")
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--markdown", nargs="?", const="-", metavar="PAGE", help="print the table, or put it into a page")
    options = parser.parse_args()
    if options.report and not options.results.exists():
        store = sqlite3.connect(":memory:")
    else:
        store = sqlite3.connect(options.results)
    store.executescript(SCHEMA)
    if not options.report:
        measure(store, options)
    report(store, options)
    return 0


# MARK: Measuring

def measure(store: sqlite3.Connection, options: argparse.Namespace) -> None:
    wanted = [case for case in CASES if is_wanted(case, options.cases)]
    usable = [case for case in wanted if is_here(case, options.python)]
    for case in usable:
        prepare(store, case, options.python)
    for number in range(options.runs):
        for case in random.sample(usable, len(usable)):
            [made] = store.execute("SELECT COUNT(*) FROM run WHERE setting = ?", (setting(case),)).fetchone()
            if made <= number:
                keep(store, case, options.python)


def is_wanted(case: Case, names: str) -> bool:
    return not names or bool({case.name, case.tool, case.program} & set(names.split(",")))


def is_here(case: Case, python: str) -> bool:
    """Says in one line why not."""
    try:
        if case.tool not in cases.pythons(python):
            raise Missing("there is no CPython 3.15; make one with: tools/pythons")
        cases.version(case.tool, cases.pythons(python)[case.tool])
    except Missing as missing:
        print(f"without {case.name}: {missing}", file=sys.stderr)
        return False
    return True


def setting(case: Case) -> str:
    """What makes runs comparable: all of the case, with its name."""
    return json.dumps({"name": case.name, **dataclasses.asdict(case)})


def now() -> tuple[str, float]:
    return datetime.datetime.now(datetime.timezone.utc).isoformat(timespec="seconds"), os.getloadavg()[0]


def prepare(store: sqlite3.Connection, case: Case, python: str) -> None:
    """What all runs of a case need: how long a look takes a reader that does not stop the program, or a recording of every line."""
    looked = store.execute("SELECT 1 FROM look WHERE tool = ?", (case.tool,)).fetchone()
    recorded = store.execute("SELECT 1 FROM recording WHERE setting = ?", (setting(case),)).fetchone()
    path = cases.pythons(python)[case.tool]
    with tempfile.TemporaryDirectory() as folder, store:
        if not case.is_ours and not looked:
            began = now()
            microseconds = cases.look(case.tool, path, folder)
            store.execute("INSERT INTO look VALUES (?, ?, ?, ?, ?, ?)", (case.tool, *began, cases.version(case.tool, path), path, microseconds))
        if case.tool == "gil" and not recorded:
            began = now()
            predicted = cases.replayed(case, cases.record(case, path, folder), 0)
            store.execute(
                "INSERT INTO recording VALUES (?, ?, ?, ?, ?)",
                (setting(case), *began, stretch(predicted), json.dumps({"functions": predicted["functions"], "lines": predicted["lines"]})))


def stretch(predicted: dict) -> float:
    """How many times as long the program took as its control."""
    text = next(caveat["text"] for caveat in predicted["caveats"] if caveat["code"] == "recording-stretch")
    return float(typing.cast(re.Match, re.search(r"([\d.]+) times as long", text))[1])


def keep(store: sqlite3.Connection, case: Case, python: str) -> None:
    """Makes one real run with its prediction, and stores both."""
    (began, load), path = now(), cases.pythons(python)[case.tool]
    found = store.execute("SELECT microseconds FROM look WHERE tool = ?", (case.tool,)).fetchone()
    torn = found[0] if found else 0.0
    with tempfile.TemporaryDirectory() as folder:
        reported, truth = cases.real_run(case, path, folder)
        recorded = store.execute("SELECT prediction FROM recording WHERE setting = ?", (setting(case),)).fetchone()
        predicted = json.loads(recorded[0]) if recorded else cases.replayed(case, os.path.join(folder, "timeline.json"), torn)
    rows = lines_of(case, reported, predicted) if case.lines else functions_of(truth["truth"], reported, predicted)
    machine = os.cpu_count(), platform.release(), path, cases.version(case.tool, path)
    with store:
        store.execute(
            "INSERT INTO run (setting, began, load, processors, kernel, python, version, torn, seconds, lost, places)"
            " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (setting(case), began, load, *machine, torn, truth.get("seconds", reported["seconds"]), lost(reported), json.dumps(rows)))


def lost(reported: dict) -> float | None:
    """The part of the looks that was lost; nobody knows it of another profiler."""
    ledger = reported["ledger"]
    return (ledger["missed"] + ledger["failed"]) / ledger["due"] if ledger and ledger["due"] else None


def functions_of(truth: dict[str, float], reported: dict, predicted: dict) -> list[dict]:
    """The total shares of all functions that the program knows the truth of, however few looks saw them."""
    told = {function["name"]: function["total"] for function in reported["functions"]}
    replays = {function["name"]: replayed_total(function) for function in predicted["functions"]}
    nothing = {"truth": 0, "mean": 0, "error": 0, "coverage": None}
    return [place(name, share, told.get(name, {"share": 0, "low": None}), replays.get(name, nothing)) for name, share in truth.items()]


def replayed_total(function: dict) -> dict:
    """Of torn reads no total shares are told; in a timeline that a workload tells of itself they are the self shares."""
    return function if function["total"]["mean"] is None else function["total"]


def lines_of(case: Case, reported: dict, predicted: dict) -> list[dict]:
    """The self shares of some lines. The script knows no truth: the recording's stands in for it."""
    def by_line(found: list[dict]) -> dict[int, dict]:
        return {line["line"]: line for line in found if line["file"] == case.script}
    told, replays = by_line(reported["lines"]), by_line(predicted["lines"])
    nothing = {"truth": 0, "mean": 0, "error": 0, "coverage": None}
    unseen = {"self": {"share": 0, "low": None}}
    rows = [(line, told.get(line, unseen)["self"], replays.get(line, nothing)) for line in case.lines]
    return [place(f"line {line}", replay["truth"], measured, replay) for line, measured, replay in rows]


def place(name: str, truth: float, measured: dict, replays: dict) -> dict:
    held = None if measured["low"] is None else measured["low"] <= truth <= measured["high"]
    coverage = replays["coverage"] and replays["coverage"]["value"]
    bias = replays["mean"] - replays["truth"]
    return dataclasses.asdict(judged.Place(name, truth, measured["share"], bias, replays["error"], held, coverage))


# MARK: Reporting

def report(store: sqlite3.Connection, options: argparse.Namespace) -> None:
    found = findings(store)
    if options.json:
        print(json.dumps({"cases": found, "looks": dict(store.execute("SELECT tool, microseconds FROM look")), "machine": machines(store)}))
    elif not options.markdown:
        print(tables.text(found))
    elif options.markdown == "-":
        print(tables.markdown(found))
    else:
        page = pathlib.Path(options.markdown)
        page.write_text(tables.put(tables.markdown(found), page.read_text(encoding="utf-8")), encoding="utf-8")


def findings(store: sqlite3.Connection) -> list[dict]:
    """Of each case that has runs, what was found; in the order of `CASES`."""
    settings = [text for [text] in store.execute("SELECT DISTINCT setting FROM run ORDER BY id")]
    order = [setting(case) for case in CASES]
    return [finding(store, text) for text in sorted(settings, key=lambda text: order.index(text) if text in order else len(order))]


def finding(store: sqlite3.Connection, text: str) -> dict:
    rows = store.execute("SELECT places, lost, seconds, load, torn FROM run WHERE setting = ? ORDER BY id", (text,)).fetchall()
    runs = [[judged.Place(**each) for each in json.loads(row[0])] for row in rows]
    losses = [row[1] for row in rows if row[1] is not None]
    stretched = store.execute("SELECT stretch FROM recording WHERE setting = ?", (text,)).fetchone()
    return {
        **json.loads(text), **judged.finding(runs), "lost": sum(losses) / len(losses) if losses else None,
        "seconds": sum(row[2] for row in rows) / len(rows), "load": sorted(row[3] for row in rows)[len(rows) // 2], "torn": rows[0][4],
        "stretch": stretched[0] if stretched else None}


def machines(store: sqlite3.Connection) -> dict[str, list]:
    return {key: [value for [value] in store.execute(f"SELECT DISTINCT {key} FROM run ORDER BY 1")] for key in ("processors", "kernel", "version")}


if __name__ == "__main__":
    sys.exit(main())
