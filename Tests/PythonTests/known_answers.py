"""Runs the known-answer workloads as a user does, and knows what they are called."""
import functools
import importlib.util
import json
import pathlib
import subprocess
import sys
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
    "deep_recursion": (["3"], ["at_bottom", "halfway", "near_top"]),
    "generators": (["5"], ["collect", "rows", "walk"]),
    "sleep_io": (["3"], ["compute", "doze", "read_file", "wait_for_pipe", "write_file"]),
    "large_io": (["4"], ["compute", "copy_file", "read_file", "write_file"]),
    "page_faults": (["4"], ["compute", "fill", "touch"]),
    "deep_stacks": (["8"], ["deep_adds", "deep_calls", "shallow_adds", "shallow_calls"]),
    "exceptions": (["3"], ["chained", "compute", "in_place", "through_frames"]),
    "big_integers": (["3"], ["compute", "divide", "multiply", "multiply_often", "take_root"]),
    "garbage": (["3"], ["collect", "compute", "keep", "link"]),
    "many_threads": (["2"], ["await_answer", "doze", "rest", "work_1", "work_2", "work_3", "work_4"]),
    "contention": (["2"], ["brief", "left", "often", "right", "seldom"]),
    "tasks": (["1"], ["fetch", "parse", "render"]),
    "bursts": (["20"], ["doze", "fall", "rise"]),
}
# The interpreter that the tests run in has NumPy, if any.
if importlib.util.find_spec("numpy"):
    SHORT["arrays"] = (["8"], ["add", "arrange", "compute", "product"])
BRACKETED = [name for name in SHORT if name not in ("lockstep", "bursts")]
# Those that `by_cpu.py` can run.
BY_CPU = [name for name in SHORT if name != "lockstep"]


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


def interpreter(script, *arguments):
    return sys.executable if "arrays" in (pathlib.Path(script).stem, *arguments) else commandline.python_path()


def run(script, *arguments):
    """Runs a workload as a user does, with a timeline beside it."""
    with tempfile.NamedTemporaryFile("r") as file:
        result = subprocess.run(
            [interpreter(script, *arguments), script, *arguments], capture_output=True, text=True, timeout=60,
            env=commandline.clean_environment(TRUTH_TIMELINE=file.name))
        written = file.read()
    return Run(result.returncode, result.stdout, result.stderr, json.loads(written) if written else None)


@functools.cache
def short_run(name):
    return checked(run(WORKLOADS / f"{name}.py", *SHORT[name][0]))


@functools.cache
def short_run_by_cpu(name):
    """The same, with what is true by the CPU clock."""
    return checked(run(WORKLOADS / "by_cpu.py", name, *SHORT[name][0]))


def checked(result):
    assert (result.status, result.error) == (0, "")
    return result
