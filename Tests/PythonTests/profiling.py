"""Runs programs under swprof and plainly, and reads what swprof found."""
import collections
import functools
import glob
import json
import os
import re
import subprocess
from dataclasses import dataclass

import commandline
from commandline import FACTS, REPOSITORY, designs, version

SWPROF = commandline.swprof_path().absolute()
LIBRARY = SWPROF.with_name("lib_swprof.so")

# The interpreter to test with.
PYTHON = commandline.python_path()
# All that are here: those that tools/pythons makes, and whatever else the machine has.
MADE = commandline.USERS_CACHE / "swprof" / "pythons"
INTERPRETERS = list(dict.fromkeys([PYTHON] + [
    path for _, minor in FACTS["PYTHONS"] for place in (f"{MADE}/*/usr/bin", f"~/.pyenv/versions/3.{minor}.*/bin", "/usr/bin")
    for path in sorted(glob.glob(os.path.expanduser(f"{place}/python3.{minor}")))]))
# The first of each version, for what takes long and hardly differs within one.
ONE_EACH = list({version(path): path for path in reversed(INTERPRETERS)}.values())[::-1]
MONITORED = [path for path in INTERPRETERS if "monitoring" in designs(path)]
# Every design that traces calls with every interpreter that has what it needs.
TRACERS = [(design, path) for path in INTERPRETERS for design in designs(path, "tracing") if design != "lines"]

# The part of its looks by which a sampler's shares are not off so far that the tests' bounds would not hold.
LITTLE = 0.03

# Needs `import time` above it.
BUSY = """
def busy(seconds):
    until = time.perf_counter() + seconds
    while time.perf_counter() < until:
        pass
"""


@dataclass
class Outcome:
    """What became of a process: its exit status, and what it said."""
    status: int
    out: str
    err: str


def start(command, **options):
    options = {"capture_output": True, "text": True, "timeout": 240, "stdin": subprocess.DEVNULL} | options
    if options.get("input") is not None:
        del options["stdin"]
    result = subprocess.run(list(map(str, command)), **options)
    return Outcome(result.returncode, result.stdout, result.stderr)


def written(folder, source):
    """Writes a program, and returns its path."""
    script = folder / "program.py"
    script.write_text(source)
    return script


def plainly(script, *arguments, python=PYTHON, **options):
    return start([python, script, *arguments], **options)


class Findings(dict):
    """swprof's findings as JSON, and how the program under it ended."""
    outcome: Outcome

    def functions(self, name, file=None):
        return [
            function for function in self["functions"]
            if function["name"] == name and (file is None or (function["file"] or "").endswith(file))]

    def function(self, name, file=None):
        found = self.functions(name, file)
        assert len(found) == 1, f"{len(found)} functions are named {name}"
        return found[0]

    def calls(self):
        """Calls by bare name."""
        counts = collections.Counter()
        for function in self["functions"]:
            counts[function["name"]] += function["calls"]
        return +counts

    def share(self, name, kind="self"):
        return sum(function[kind]["share"] for function in self.functions(name))

    def shares_by_line(self, kind="self", file="program.py"):
        return {line["line"]: line[kind]["share"] for line in self["lines"] if line["file"].endswith(file)}

    @property
    def lost(self):
        """The part of a sampler's looks that was lost."""
        return lost_part(self["ledger"])

    def caveats(self):
        return {caveat["code"] for caveat in self["caveats"]}


def lost_part(ledger):
    samples = ledger["threadSamples"] + ledger["threadSamplesLost"]
    return (ledger["missed"] + ledger["failed"]) / max(1, ledger["due"]) + ledger["threadSamplesLost"] / max(1, samples)


def command(script, *arguments, output, json=False, design="signal", python=PYTHON, flags=()):
    words = [SWPROF, "run", "-d", design, "--python", python, *flags, "-o", output]
    return [*words, *(["--json"] if json else []), script, *arguments]


def profiled(script, *arguments, flags=(), design="signal", python=PYTHON, **options):
    """Profiles a program into JSON."""
    output = script.with_name("findings.json")
    outcome = start(command(script, *arguments, output=output, json=True, design=design, python=python, flags=flags), **options)
    assert output.exists(), outcome.err
    findings = Findings(json.loads(output.read_text()))
    findings.outcome = outcome
    return findings


def profiled_within(name, script, *arguments, design="signal", python=PYTHON, flags=()):
    """Profiles a program into a file, and has what is beneath the function `name` reported."""
    output = script.with_name("profile.pb.gz")
    outcome = start(command(script, *arguments, output=output, design=design, python=python, flags=flags))
    report = start([SWPROF, "report", output, "--json", "--within", name])
    assert report.status == 0, outcome.err + report.err
    findings = Findings(json.loads(report.out))
    findings.outcome = outcome
    return findings


class Stacks(collections.Counter):
    """Looks by stack."""
    profile = None

    @functools.cached_property
    def lost(self):
        """The part of the looks that was lost; asked for before there is another profile in this one's place."""
        return lost_part(json.loads(start([SWPROF, "report", self.profile, "--json"]).out)["ledger"])


def sampled_stacks(script, *arguments, design="signal", python=PYTHON, flags=(), **options):
    """Profiles a program, and counts its stacks: tuples of frames `name (file:line)`, root first."""
    output, collapsed = script.with_name("profile.pb.gz"), script.with_name("stacks.collapsed")
    outcome = start(command(script, *arguments, output=output, design=design, python=python, flags=flags), **options)
    assert outcome.status == 0, outcome.err
    converted = start([SWPROF, "convert", output, collapsed])
    assert converted.status == 0, converted.err
    stacks = Stacks()
    stacks.profile = output
    for line in collapsed.read_text().splitlines():
        stack, _, weight = line.rpartition(" ")
        stacks[tuple(stack.split(";"))] += int(weight)
    return stacks


def little_lost(profile):
    """Of up to ten runs the first that lost few of its looks, or else the one that lost fewest: a busy machine loses some
    in each."""
    runs = []
    while len(runs) < 10 and not (runs and runs[-1].lost < LITTLE):
        runs.append(profile())
    return min(runs, key=lambda run: run.lost)


def much_lost(run):
    """What a run lost beyond little: by so much more its shares may be off."""
    return max(0, run.lost - LITTLE)


def names(stack, file="program.py"):
    """The bare names of a stack's frames that are of the program."""
    frames = [re.fullmatch(r"(.*) \((.*):-?\d+\)", frame) for frame in stack]
    return tuple(frame[1] for frame in frames if frame and frame[2].endswith(file))
