"""Runs programs with functions slowed, by the files that swprof launches them with, but without swprof."""
import os
import pathlib
import re
import shutil
from dataclasses import dataclass

import pytest

from commandline import clean_environment
from profiling import INTERPRETERS, REPOSITORY, start

on_every_python = pytest.mark.parametrize("python", INTERPRETERS)

SLOWING = REPOSITORY / "Sources" / "Running" / "Slowing"


@dataclass
class Slowed:
    """How the program ended, its seconds, and what became of each target."""
    outcome: object
    seconds: tuple
    targets: list


def slowed(folder, targets, program, python, work=-1, before=None, **options):
    """Runs a program whose targets `(file, line, name)` are given so much work, or with -1 are counted.

    `before` is the user's own PYTHONPATH.
    """
    launch = pathlib.Path(folder) / "launch"
    shutil.rmtree(launch, ignore_errors=True)
    launch.mkdir()
    shutil.copy(SLOWING / "slowed_launch.py", launch / "sitecustomize.py")
    shutil.copy(SLOWING / "slowing.py", launch)
    fields = ["tell"] + [str(field) for target in targets for field in (*target, work)]
    (launch / "request").write_bytes(b"".join(os.fsencode(field) + b"\0" for field in fields))
    path = {"PYTHONPATH": f"{launch}:{before}" if before else str(launch)}
    kept = {} if before is None else {"SWPROF_SLOWED_PYTHONPATH": before}
    outcome = start([python, *program], env=clean_environment(**path, **kept), **options)
    answer = launch / "answer"
    lines = answer.read_text().splitlines() if answer.exists() else []
    return Slowed(outcome, tuple(map(float, lines[0].split())) if lines else None, lines[1:])


def plain(program, python, before=None, **options):
    own = {} if before is None else {"PYTHONPATH": before}
    return start([python, *program], env=clean_environment(**own), **options)


def line_of(source, name):
    """The line on which a function begins, its decorators included."""
    lines = source.splitlines()
    at = next(i for i, line in enumerate(lines) if re.match(rf"\s*(async )?def {name}\b", line))
    while lines[at - 1].strip().startswith("@"):
        at -= 1
    return at + 1


@pytest.fixture
def program(tmp_path):
    """Writes a program; gives its path, and a function that makes targets of names."""
    def write(source, name="program.py"):
        path = tmp_path / name
        path.write_text(source)
        return path, lambda *names: [(path, line_of(source, each), each) for each in names]
    return write
