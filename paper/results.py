"""The stored results of the standing experiments, each as `swprof experiment report --json` tells it.

swprof judges what is stale and computes every interval; here nothing is computed but what is counted.
"""
import contextlib
import json
import pathlib
import sqlite3
import subprocess
import tomllib
from dataclasses import dataclass, field

STANDING = ("overhead", "rates", "bias", "sieve-lines", "schedules", "stability", "scale")


class ResultsError(Exception):
    """One line: which result, what is wrong with it, what to do."""


@dataclass
class Tools:
    """The programs that read results, and whether a short form's will do."""
    swprof: pathlib.Path
    coverage: pathlib.Path
    quick: bool = False


@dataclass
class Experiment:
    name: str
    spec: dict
    report: dict
    # Raw shares, as (workload, arguments, arm, basis, name, round, share).
    shares: list = field(default_factory=list)
    # By block, the rounds that were begun.
    rounds: list = field(default_factory=list)

    @property
    def blocks(self):
        return self.report["blocks"]

    def block(self, workload, *arguments):
        """The block of a workload with these arguments; None where it was not measured."""
        found = [b for b in self.blocks if b["workload"] == workload and (not arguments or b["arguments"] == list(arguments))]
        return found[0] if found else None


def arm(block, name):
    return next((a for a in (block or {}).get("arms", []) if a["name"] == name), None)


def share(arm_or_shares, basis, name="", line=0):
    """The interval of a place's share over runs; None where it is not told."""
    shares = arm_or_shares["shares"] if isinstance(arm_or_shares, dict) else arm_or_shares
    return next((s["share"] for s in shares if (s["basis"], s["name"], s["line"]) == (basis, name, line)), None)


def store_of(folder, name):
    return pathlib.Path(folder) / name / "results.sqlite"


def read(folder, name, tools):
    """One experiment's results; a `ResultsError` where they are missing, stale or of the short form."""
    store, spec = store_of(folder, name), pathlib.Path(folder) / name / "spec.toml"
    again = f"measure it with: swprof experiment run {pathlib.Path(folder) / name}"
    if not store.exists():
        raise ResultsError(f"{name}: {store} is missing; {again}")
    report = reported(tools.swprof, store, spec, name)
    if report["stale"]:
        stale = "; ".join(f"{finding['workload']}: {finding['why']}" for finding in report["stale"])
        raise ResultsError(f"{name}: its results are stale ({stale}); {again}")
    with contextlib.closing(sqlite3.connect(f"file:{store}?mode=ro", uri=True)) as database:
        if not tools.quick and database.execute("SELECT max(quick) FROM session").fetchone()[0]:
            raise ResultsError(f"{name}: {store} holds a short form's results; {again}")
        return Experiment(name, tomllib.loads(spec.read_text()), report, raw_shares(database), rounds_of(database, report))


def reported(swprof, store, spec, name):
    words = [swprof, "experiment", "report", "--json", "--store", store, "--csv", "/dev/null", spec]
    try:
        result = subprocess.run(words, capture_output=True, text=True)
    except OSError as error:
        raise ResultsError(f"{name}: cannot run {swprof} ({error.strerror}); build it with: make build") from None
    if result.returncode:
        raise ResultsError(f"{name}: {result.stderr.strip().splitlines()[-1]}")
    return json.loads(result.stdout)


def raw_shares(database):
    rows = database.execute(
        "SELECT workload, size, arm, basis, name, round, share FROM share"
        " JOIN measurement ON measurement.number = share.measurement JOIN cell ON cell.number = measurement.cell"
        " JOIN block ON block.number = cell.block WHERE basis IN ('within', 'truth') AND why IS NULL")
    return [(workload, json.loads(size), *rest) for workload, size, *rest in rows]


def rounds_of(database, report):
    counted = dict(database.execute(
        "SELECT block.id, count(DISTINCT measurement.round) FROM measurement JOIN round ON round.number = measurement.round"
        " JOIN block ON block.number = round.block GROUP BY block.id"))
    return [counted.get(block["id"], 0) for block in report["blocks"]]


def read_all(folder, tools, names=STANDING):
    return {name: read(folder, name, tools) for name in names}
