"""What is run: samplers and the programs that each runs on, how a real run is made, and how the replays that predict it."""
from __future__ import annotations

import dataclasses
import functools
import glob
import json
import os
import pathlib
import subprocess

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parents[1]
WORKLOADS = HERE.parent / "workloads"
SWPROF = pathlib.Path(os.environ.get("SWPROF") or ROOT / ".build" / "release" / "swprof")
CACHE = pathlib.Path(os.environ.get("XDG_CACHE_HOME") or "~/.cache").expanduser() / "swprof"
PEERS = pathlib.Path(os.environ.get("SWPROF_PEERS") or CACHE / "peers")
OURS = ("signal", "gil")


@dataclasses.dataclass(frozen=True)
class Case:
    """A sampler on a program of one to three seconds. With `lines`, shares are of these lines of the script itself."""
    tool: str
    program: str
    size: int
    schedule: str = "jittered"
    rate: int = 1000
    lines: tuple[int, ...] = ()

    @property
    def name(self) -> str:
        return f"{self.tool} {self.program}"

    @property
    def script(self) -> str:
        return str(WORKLOADS / f"{self.program}.py")

    @property
    def is_ours(self) -> bool:
        return self.tool in OURS


# py-spy draws exponential gaps. Tachyon's instants are a fixed interval apart.
CASES = [
    Case("signal", "equal", 6),
    Case("signal", "zipf", 2),
    Case("signal", "bursts", 90),
    Case("signal", "sleep_io", 32),
    Case("signal", "exceptions", 48),
    Case("signal", "lockstep", 2000, "periodic"),
    Case("py-spy", "zipf", 2, "poisson", 100),
    Case("py-spy", "bursts", 90, "poisson", 100),
    Case("py-spy", "exceptions", 48, "poisson", 100),
    Case("tachyon", "zipf", 2, "periodic"),
    Case("tachyon", "bursts", 90, "periodic"),
    Case("tachyon", "exceptions", 48, "periodic"),
    Case("tachyon", "lockstep", 2000, "periodic"),
    Case("gil", "sieve", 5_000_000, lines=(7, 8, 9, 10)),
    Case("gil", "holds_gil", 12),
    Case("gil", "exceptions", 20),
]


class Missing(Exception):
    """A tool that is not here: one line."""


def pythons(python: str) -> dict[str, str]:
    """By tool, the interpreter that it runs on."""
    newest = sorted(glob.glob(str(CACHE / "pythons" / "*" / "usr" / "bin" / "python3.15")))
    return {**dict.fromkeys([*OURS, "py-spy"], python), **({"tachyon": newest[-1]} if newest else {})}


@functools.cache
def py_spy(python: str) -> str:
    version = output([python, "-c", "import sys; print('%d.%d' % sys.version_info[:2])"]).strip()
    path = PEERS / f"python{version}" / "py-spy" / "bin" / "py-spy"
    if not path.exists():
        raise Missing(f"py-spy is not installed for Python {version}; install it with: make peers PYTHON={python}")
    return str(path)


def sampling(tool: str, python: str, rate: int, out: str) -> list[str]:
    """The words that run a program under another profiler that does not stop it; the program's own follow."""
    if tool == "py-spy":
        return [py_spy(python), "record", "--nonblocking", "--idle", "-r", str(rate), "-f", "raw", "--full-filenames", "-o", out, "--", python]
    return [python, "-m", "profiling.sampling", "run", "-r", str(rate), "-a", "--mode", "wall", "--collapsed", "-o", out]


@functools.cache
def version(tool: str, python: str) -> str:
    """Such as `py-spy 0.4.3, CPython 3.11.2`; Tachyon is CPython's own."""
    interpreter = "CPython " + output([python, "-c", "import platform; print(platform.python_version())"]).strip()
    if tool == "py-spy":
        return f"{output([py_spy(python), '--version']).strip()}, {interpreter}"
    return f"swprof {output([str(SWPROF), '--version']).strip()}, {interpreter}" if tool in OURS else interpreter


def look(tool: str, python: str, folder: str) -> float:
    """How many microseconds one look takes, at most: the program's length over the looks at a rate that nobody reaches."""
    out = os.path.join(folder, "looks")
    printed = output([*sampling(tool, python, 20_000, out), str(WORKLOADS / "equal.py"), "3"])
    return 1e6 * truth_in(printed)["seconds"] / looks_in(out)


def looks_in(out: str) -> int:
    return sum(int(line.rsplit(" ", 1)[1]) for line in pathlib.Path(out).read_text(encoding="utf-8").splitlines())


def truth_in(printed: str) -> dict:
    """The line by which a workload tells its truth, among what a profiler prints beside it."""
    return next(json.loads(line) for line in printed.splitlines() if line.startswith('{"truth"'))


def real_run(case: Case, python: str, folder: str) -> tuple[dict, dict]:
    """What is reported of one run, and the program's own truth ({} of one that does not know it)."""
    out, timeline = os.path.join(folder, "profile"), os.path.join(folder, "timeline.json")
    program, environment = [case.script, str(case.size)], {**os.environ, "TRUTH_TIMELINE": timeline}
    if case.is_ours:
        words = [str(SWPROF), "run", "-d", case.tool, "-r", str(case.rate), "--schedule", case.schedule, "--python", python, "--json",
                 "--within", "main", "-o", out, *program]
        printed = output(words, environment)
        reported = json.loads(pathlib.Path(out).read_text(encoding="utf-8"))
    else:
        printed = output([*sampling(case.tool, python, case.rate, out), *program], environment)
        reported = json.loads(output([str(SWPROF), "report", out, "--json", "--within", "main"]))
    return reported, {} if case.lines else truth_in(printed)


def record(case: Case, python: str, folder: str) -> str:
    """A recording of every line, which knows how much longer it took than its control."""
    timeline = os.path.join(folder, "recorded.swtl")
    words = [str(SWPROF), "record", "-d", "lines", "--control", "--python", python, "-o", timeline, case.script, str(case.size)]
    output(words)
    return timeline


def replayed(case: Case, timeline: str, torn: float) -> dict:
    words = [str(SWPROF), "simulate", timeline, "--json", "--within", "main", "--times", "400", "-r", str(case.rate),
             "--schedule", case.schedule, "-d", "gil" if case.tool == "gil" else "signal"]
    return json.loads(output([*words, *(["--torn", str(torn)] if torn else [])]))


def output(words: list[str], environment: dict[str, str] | None = None) -> str:
    """What a command prints on its standard output; what it says beside that is shown where it fails."""
    result = subprocess.run(words, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, encoding="utf-8", errors="replace", check=False)
    if result.returncode:
        raise SystemExit(f"{' '.join(words[:6])} … ended with status {result.returncode}: {result.stderr.strip()[-500:]}")
    return result.stdout
