"""What every check of `make harden` is made of: programs, started plain and under designs, and rows of what came of them."""
from __future__ import annotations

import contextlib
import json
import os
import pathlib
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

HERE = pathlib.Path(__file__).resolve().parent
REPOSITORY = HERE.parents[1]
SWPROF = pathlib.Path(os.environ.get("SWPROF") or REPOSITORY / ".build" / "release" / "swprof")
PACKAGE = REPOSITORY / "Sources" / "PythonPackage"
LIMIT = 900


@dataclass
class Conditions:
    """What is checked, and how long."""
    python: str
    designs: list[str]
    is_long: bool
    seed: int


@dataclass
class Row:
    """One line of the table: what was checked of a design, what was measured, and whether that is what is asked."""
    check: str
    design: str
    measured: str
    is_met: bool
    details: list[str] = field(default_factory=list)

    def __str__(self) -> str:
        return "  ".join([f"{self.check:<34}", f"{self.design:<11}", "met   " if self.is_met else "MISSED", self.measured])


@dataclass
class Outcome:
    """How a program ended, and under a design what was found."""
    status: int
    out: str
    err: str
    findings: dict[str, Any] | None = None

    def is_as(self, plain: Outcome) -> bool:
        return (self.status, self.out, self.err) == (plain.status, plain.out, plain.err)

    def caveats(self) -> set[str]:
        return {caveat["code"] for caveat in (self.findings or {}).get("caveats", [])}

    def calls(self, name: str) -> int:
        return sum(function["calls"] or 0 for function in (self.findings or {}).get("functions", []) if function["name"] == name)


@contextlib.contextmanager
def folder_with(source: str) -> Iterator[pathlib.Path]:
    """A folder with a program in it."""
    with tempfile.TemporaryDirectory() as folder:
        path = pathlib.Path(folder) / "program.py"
        path.write_text(source)
        yield path


def start(words: list[Any], **options: Any) -> Outcome:
    options = {"env": environment(), "stdin": subprocess.DEVNULL, "timeout": LIMIT} | options
    ended = subprocess.run([str(word) for word in words], capture_output=True, text=True, errors="backslashreplace", **options)
    return Outcome(ended.returncode, ended.stdout, ended.stderr)


def environment(**more: str) -> dict[str, str]:
    """Without what would change a program or swprof."""
    return {name: value for name, value in os.environ.items() if not name.startswith(("PYTHON", "SWPROF"))} | more


def plainly(conditions: Conditions, script: pathlib.Path, *arguments: Any, **options: Any) -> Outcome:
    return start([conditions.python, script, *arguments], **options)


def profiled(
    conditions: Conditions, design: str, script: pathlib.Path, *arguments: Any, rate: int = 1000, **options: Any
) -> Outcome:
    """With a design; findings are missing where swprof wrote none."""
    output = script.with_name(f"{design}.json")
    words = [SWPROF, "run", "-d", design, "-r", rate, "--python", conditions.python, "--json", "-o", output, script]
    outcome = start([*words, *arguments], **options)
    if output.exists():
        outcome.findings = json.loads(output.read_text())
    return outcome


def differences(outcome: Outcome, plain: Outcome) -> list[str]:
    """Lines that say what is not as plain."""
    names = [name for name in ("status", "out", "err") if getattr(outcome, name) != getattr(plain, name)]
    return [f"{name}: {getattr(plain, name)!r:.300} plain, {getattr(outcome, name)!r:.300}" for name in names]


def progress(text: str) -> None:
    if sys.stderr.isatty():
        print(f"\r\033[K{text}", end="", file=sys.stderr, flush=True)
