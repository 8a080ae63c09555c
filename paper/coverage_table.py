"""The table of the coverage experiment, as `swprof-coverage report` tells it, and whether it is stale."""
import json
import pathlib
import re
import subprocess
from dataclasses import dataclass

from results import ResultsError


@dataclass
class Row:
    figure: str
    asked: str
    measured: str
    source: str
    verdict: str

    @property
    def parts(self):
        """The percentage that comes first in what was measured, or the lowest and the highest over all shares."""
        found = [float(number) for number in re.findall(r"(\d+\.\d+) %(?: at p| \[)", self.measured)]
        return found if " at p " in self.measured else found[:1]


# What is kept of the draws from recorded timelines, in this order.
DRAWN = ("schedule", "n", "phase", "covered", "draws", "width", "binomialWidth")


@dataclass
class Coverage:
    rows: list
    # By schedule, N and function; the phase is the mean, in intervals.
    drawn: list
    sessions: int


def read(folder, tools):
    """The stored table of the full form; a `ResultsError` where it is missing or stale."""
    store = pathlib.Path(folder).resolve() / "coverage" / "results.sqlite"
    again = "measure it with: make coverage COVERAGE=--full"
    if not store.exists():
        raise ResultsError(f"coverage: {store} is missing; {again}")
    report = told(tools.coverage, store)
    if report["form"] != "full":
        raise ResultsError(f"coverage: {store} holds a short form's results; {again}")
    for path in report["stale"]:
        raise ResultsError(f"coverage: its results are stale ({path}: its program has changed since it was measured); {again}")
    rows = [Row(row["figure"], row["asked"], row["measured"], row["from"], row.get("verdict", "")) for row in report["rows"]]
    drawn = [tuple(each[key] for key in DRAWN) for each in report["drawn"]]
    return Coverage(rows, drawn, report["sessions"])


def told(program, store):
    """What the program tells of the store. The programs that were measured are named from the repository's root on."""
    try:
        result = subprocess.run(
            [program, "report", "--json", "--results", store], capture_output=True, text=True, cwd=store.parent.parent.parent)
    except OSError as error:
        raise ResultsError(f"coverage: cannot run {program} ({error.strerror}); build it with: make coverage-report") from None
    # It ends with 1 where a figure is missed, which is a result like any other.
    if result.returncode not in (0, 1):
        raise ResultsError(f"coverage: {result.stderr.strip().splitlines()[-1]}")
    return json.loads(result.stdout)
