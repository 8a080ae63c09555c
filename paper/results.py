"""The stored results of the standing experiments, each as `swprof experiment report --json` tells it.

swprof judges what is stale and computes every interval; here nothing is computed but what is counted.
"""
import csv
import json
import pathlib
import subprocess
import tempfile
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
    # Every run's share of every place that the program's own truth is of, and that truth: a dict each.
    shares: list = field(default_factory=list)

    @property
    def blocks(self):
        return self.report["blocks"]

    @property
    def rounds(self):
        """By block, the rounds that have a run of it."""
        return [block["rounds"] for block in self.blocks]

    def block(self, workload, *arguments):
        """The block of a workload with these arguments; None where it was not measured."""
        found = [b for b in self.blocks if b["workload"] == workload and (not arguments or b["arguments"] == list(arguments))]
        return found[0] if found else None


def arm(block, wanted, **settings):
    """The arm of a design, or of another profiler, with these settings; None where it was not measured."""
    def is_meant(found):
        return tool(found) == wanted and all(found["settings"][key] == value for key, value in settings.items())
    return next((found for found in (block or {}).get("arms", []) if is_meant(found)), None)


def tool(arm):
    """What profiled: the design, or the other profiler."""
    return arm["settings"]["design"] or arm["settings"]["peer"]


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
    report, shares = reported(tools.swprof, store, spec, name)
    if report["stale"]:
        stale = "; ".join(f"{finding['workload']}: {finding['why']}" for finding in report["stale"])
        raise ResultsError(f"{name}: its results are stale ({stale}); {again}")
    if not tools.quick and report["isQuick"]:
        raise ResultsError(f"{name}: {store} holds a short form's results; {again}")
    return Experiment(name, tomllib.loads(spec.read_text()), report, shares)


def reported(swprof, store, spec, name):
    """The report, and every run's shares."""
    with tempfile.NamedTemporaryFile(suffix=".csv") as file:
        words = [swprof, "experiment", "report", "--json", "--store", store, "--csv", "/dev/null", "--shares", file.name, spec]
        told = json.loads(output(name, words))
        with open(file.name, encoding="utf-8", newline="") as table:
            return told, told_shares(csv.DictReader(table))


def output(name, words):
    try:
        result = subprocess.run(words, capture_output=True, text=True)
    except OSError as error:
        raise ResultsError(f"{name}: cannot run {words[0]} ({error.strerror}); build it with: make build") from None
    if result.returncode:
        raise ResultsError(f"{name}: {(result.stderr.strip().splitlines() or ['failed'])[-1]}")
    return result.stdout


def told_shares(rows):
    """Those of what the program's own truth is of."""
    kept = ("workload", "design", "peer", "schedule", "basis", "name", "round")
    return [
        {**{key: row[key] for key in kept}, "arguments": json.loads(row["size"]), "share": float(row["share"])}
        for row in rows if row["basis"] in ("within", "truth")]


def read_all(folder, tools, names=STANDING):
    return {name: read(folder, name, tools) for name in names}
