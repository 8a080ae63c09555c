"""The table of the coverage experiment, as `swprof-coverage report` prints it, and whether it is stale."""
import contextlib
import pathlib
import re
import sqlite3
import subprocess
from dataclasses import dataclass

from results import ResultsError

COLUMNS = ("figure", "asked", "measured [95 % interval]", "from", "verdict")


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


@dataclass
class Coverage:
    rows: list
    # By schedule, N and function: (schedule, n, mean phase in intervals, covered, draws, width, the binomial's width).
    drawn: list
    sessions: int


def read(folder, tools):
    """The stored table of the full form; a `ResultsError` where it is missing or stale."""
    store = pathlib.Path(folder) / "coverage" / "results.sqlite"
    again = "measure it with: make coverage COVERAGE=--full"
    if not store.exists():
        raise ResultsError(f"coverage: {store} is missing; {again}")
    with contextlib.closing(sqlite3.connect(f"file:{store}?mode=ro", uri=True)) as database:
        for path, stored in database.execute("SELECT path, hash FROM program ORDER BY path"):
            if content_hash(pathlib.Path(folder).parent / path) != stored:
                raise ResultsError(f"coverage: its results are stale ({path}: its program has changed since it was measured); {again}")
        drawn = list(database.execute(
            "SELECT schedule, n, phase, covered, draws, width, binomialWidth FROM drawnFunction"
            " JOIN drawn ON drawn.id = drawnFunction.drawn"))
        sessions = database.execute("SELECT count(*) FROM session").fetchone()[0]
    text = printed(tools.coverage, store)
    if not text.startswith("full form"):
        raise ResultsError(f"coverage: {store} holds a short form's results; {again}")
    return Coverage(rows(text), drawn, sessions)


def printed(program, store):
    try:
        result = subprocess.run([program, "report", "--results", store], capture_output=True, text=True)
    except OSError as error:
        raise ResultsError(f"coverage: cannot run {program} ({error.strerror}); build it with: make coverage-report") from None
    # It ends with 1 where a figure is missed, which is a result like any other.
    if result.returncode not in (0, 1):
        raise ResultsError(f"coverage: {result.stderr.strip().splitlines()[-1]}")
    return result.stdout


def rows(text):
    """Columns begin where their names do."""
    lines = text.splitlines()
    head = next(index for index, line in enumerate(lines) if line.startswith(COLUMNS[0] + " "))
    begins = [lines[head].index(f"  {name}") + 2 if name != COLUMNS[0] else 0 for name in COLUMNS]
    ends = begins[1:] + [None]
    body = lines[head + 1:lines.index("", head)]
    return [Row(*(line[begin:end].strip() for begin, end in zip(begins, ends))) for line in body]


def content_hash(script):
    """FNV-1a of a program and of the modules beside it that it imports, as the experiment stored it."""
    if not script.exists():
        return None
    content = script.read_text()
    words = [line.split() for line in content.splitlines()]
    modules = [script.parent / f"{line[1]}.py" for line in words if len(line) > 1 and line[0] in ("import", "from")]
    value = 0xCBF29CE484222325
    for byte in (content + "".join(module.read_text() for module in modules if module.exists())).encode():
        value = ((value ^ byte) * 0x100000001B3) % 2**64
    return f"{value:x}"
