"""Turns the stored results into the paper's macros, and into the data of its figures.

    macros.py OUT [--experiments DIR] [--swprof FILE] [--coverage FILE] [--quick]

writes OUT/numbers.tex and OUT/results.json. Ends with 1 and one line where a result is missing or stale.
"""
import argparse
import dataclasses
import json
import pathlib
import sys

import coverage_table
import other_stores
import results
from facts import bias, claims, coverage, judge, overhead, rates, replay, rounds, scale, schedules, sieve_lines, stability
from macro_table import Macros

REPOSITORY = pathlib.Path(__file__).resolve().parents[1]
FACTS = {
    "overhead": overhead, "rates": rates, "bias": bias, "sieve-lines": sieve_lines, "schedules": schedules,
    "stability": stability, "scale": scale}


def main(words):
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("out", type=pathlib.Path)
    add_options(parser)
    options = parser.parse_args(words)
    try:
        write(options.out, options)
    except results.ResultsError as error:
        print(f"paper: {error}", file=sys.stderr)
        return 1
    return 0


def add_options(parser):
    parser.add_argument("--experiments", type=pathlib.Path, default=REPOSITORY / "experiments", help="the folder of experiments")
    parser.add_argument("--swprof", type=pathlib.Path, default=REPOSITORY / ".build/release/swprof")
    parser.add_argument("--coverage", type=pathlib.Path, default=REPOSITORY / ".build/release/swprof-coverage")
    parser.add_argument("--quick", action="store_true", help="take results of short forms, to try the build")


def write(out, options):
    tools = results.Tools(options.swprof, options.coverage, options.quick)
    table = coverage_table.read(options.experiments, tools)
    found = results.read_all(options.experiments, tools)
    macros = told(found, table)
    judge.told(other_stores.judged(options.experiments, tools), macros)
    replay.told(other_stores.replayed(options.experiments), macros)
    out.mkdir(parents=True, exist_ok=True)
    (out / "numbers.tex").write_text("\n".join(macros.lines()) + "\n")
    data = {name: {"report": e.report, "spec": e.spec, "shares": e.shares} for name, e in found.items()}
    (out / "results.json").write_text(json.dumps({**data, "coverage": dataclasses.asdict(table)}))


def told(found, table):
    """The macros of the standing experiments and of the coverage."""
    macros = Macros()
    for name, experiment in found.items():
        rounds.told(experiment, macros)
        FACTS[name].told(experiment, macros)
    coverage.told(table, macros)
    claims.told(found, table, macros)
    machine(found, macros)
    return macros


def machine(found, macros):
    """What the machines were; several where experiments were measured on several."""
    for key, name in (("processor", "processor"), ("processors", "processors"), ("kernel", "kernel"), ("memory", "memory")):
        values = dict.fromkeys(value for e in found.values() for value in e.report["audit"].get(key, []))
        macros.text(f"machine/{name}", ", ".join(map(str, values)) or "not known")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
