"""Holds swprof to what must not happen: lost captures, programs that end otherwise, memory that grows.

    experiments/harden/run.py [--long] [--only kills,room,soak,sessions] [--designs signal,gil,…] [--python PATH] [--seed N]

The short form takes under 20 minutes. The long one takes hours, and what it finds is kept in `results.json` beside this file.
"""
from __future__ import annotations

import argparse
import datetime
import json
import platform
import subprocess
import sys

import kills
import room
import sessions
import soak
from harness import HERE, Conditions, Row, progress

CHECKS = {"kills": kills.check, "room": room.check, "sessions": sessions.check, "soak": soak.check}
DESIGNS = ["signal", "gil", "setprofile", "evalframe", "lines"]


def main() -> int:
    options = arguments()
    conditions = Conditions(options.python, options.designs.split(","), options.long, options.seed)
    rows: list[Row] = []
    for name in options.only.split(","):
        found = CHECKS[name](conditions)
        progress("")
        print(*found, sep="\n", flush=True)
        rows += found
    missed = [row for row in rows if not row.is_met]
    for row in missed:
        print(f"\n{row.check}, {row.design}:", *row.details, sep="\n  ")
    print(f"{len(rows) - len(missed)} of {len(rows)} met")
    if options.long:
        keep(options, rows)
    return 1 if missed else 0


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--long", action="store_true")
    parser.add_argument("--only", default=",".join(CHECKS))
    parser.add_argument("--designs", default=",".join(DESIGNS))
    parser.add_argument("--python", default="/usr/bin/python3.11")
    parser.add_argument("--seed", type=int, default=1)
    return parser.parse_args()


def keep(options: argparse.Namespace, rows: list[Row]) -> None:
    """Beside what was found before by other interpreters."""
    path = HERE / "results.json"
    stored = json.loads(path.read_text()) if path.exists() else {}
    version = subprocess.run([options.python, "-c", "import platform; print(platform.python_version())"], capture_output=True, text=True)
    ours = stored.setdefault(version.stdout.strip(), {})
    for row in rows:
        ours[f"{row.check}, {row.design}"] = {
            "measured": row.measured, "met": row.is_met, "details": row.details, "day": datetime.date.today().isoformat(),
            "machine": platform.platform()}
    path.write_text(json.dumps(stored, indent=1, sort_keys=True) + "\n")


if __name__ == "__main__":
    sys.exit(main())
