"""Runs the known-answer workloads as a user does, and knows what they are called."""
import functools
import json
import subprocess
import tempfile
import typing

import commandline

WORKLOADS = commandline.REPOSITORY / "experiments" / "workloads"
SHARED = ["truth.py", "script.py", "workers.py"]

# Every workload: the arguments of a short run, and the functions whose shares it tells.
SHORT = {
    "equal": (["1"], [f"equal_{number:02}" for number in range(1, 41)]),
    "zipf": (["1"], [f"rank_{rank:02}" for rank in range(1, 51)]),
    "calls_inlined": (["1", "5"], ["calling", "inlined"]),
    "lockstep": (["200"], ["back", "front"]),
    "holds_gil": (["2"], ["arrange", "count", "multiply", "power", "substitute"]),
    "releases_gil": (["2"], ["compress", "count", "digest", "expand"]),
    "stalls": (["1"], ["apply", "prepare", "stall"]),
    "two_threads": (["2"], ["add", "arrange", "doze", "subtract"]),
    "recursive_calls": (["2"], ["descended", "doubled", "looped"]),
    "exceptions": (["2"], ["caught_far", "caught_here", "caught_near", "unraised"]),
    "deep_recursion": (["3"], ["at_bottom", "halfway", "near_top"]),
    "generators": (["5"], ["collect", "rows", "walk"]),
    "sleep_io": (["3"], ["compute", "doze", "read_file", "wait_for_pipe", "write_file"]),
}
BRACKETED = [name for name in SHORT if name != "lockstep"]


class Run(typing.NamedTuple):
    status: int
    output: str
    error: str
    timeline: dict | None

    @property
    def line(self):
        return json.loads(self.output)

    @property
    def threads(self):
        return self.timeline.get("threads", [self.timeline])

    @property
    def segments(self):
        return [segment for thread in self.threads for segment in thread["segments"]]


def run(script, *arguments):
    """Runs a workload as a user does, with a timeline beside it."""
    with tempfile.NamedTemporaryFile("r") as file:
        result = subprocess.run(
            [commandline.python_path(), script, *arguments], capture_output=True, text=True, timeout=60,
            env=commandline.clean_environment(TRUTH_TIMELINE=file.name))
        written = file.read()
    return Run(result.returncode, result.stdout, result.stderr, json.loads(written) if written else None)


@functools.cache
def short_run(name):
    result = run(WORKLOADS / f"{name}.py", *SHORT[name][0])
    assert (result.status, result.error) == (0, "")
    return result
