"""Runs swprof as a user does, and says what its errors must look like."""
import functools
import os
import pathlib
import re
import runpy
import subprocess
import sys

REPOSITORY = pathlib.Path(__file__).resolve().parents[2]

# Where users keep what is kept between runs; the tests' own calibrations are kept elsewhere.
USERS_CACHE = pathlib.Path(os.environ.get("XDG_CACHE_HOME") or "~/.cache").expanduser()

# What no user should ever see: the inside of Swift, or of what swprof runs in the program.
INSIDES = re.compile(r"Fatal error|\.swift\b|Swift/|Swift\.|Optional\(|(?:Format|Running|Session|Analysis)Error\(|sitecustomize|\*\*\*")

BUSY = """
import time
def work(n):
    total = 0
    for i in range(n):
        total += i
    return total
end = time.perf_counter() + 0.06
while time.perf_counter() < end:
    work(2000)
"""


def swprof_path():
    return pathlib.Path(os.environ.get("SWPROF") or REPOSITORY / ".build" / "release" / "swprof")


def binaries_in(folder):
    """A folder for copies of swprof's binaries, where an installed swprof finds the libraries that its wheel brings along."""
    (folder / "swprof" / "_bin").mkdir(parents=True)
    libraries = swprof_path().parents[2] / "swprof.libs"
    if libraries.exists():
        (folder / libraries.name).symlink_to(libraries)
    return folder / "swprof" / "_bin"


def python_path():
    """The interpreter that programs are profiled with."""
    debian = pathlib.Path("/usr/bin/python3.11")
    return os.environ.get("SWPROF_PYTHON") or str(debian if debian.exists() else sys.executable)


# The tables of designs and of versions, as the package has them.
FACTS = runpy.run_path(str(REPOSITORY / "Sources" / "PythonPackage" / "swprof" / "facts.py"))

# The version after the newest that is supported.
TOO_NEW = (3, FACTS["PYTHONS"][-1][1] + 1, 0)


@functools.cache
def version(python):
    """Such as (3, 11)."""
    return tuple(map(int, subprocess.check_output([python, "-c", "import sys; print(*sys.version_info[:2])"], text=True).split()))


def designs(python, kind=None):
    """The designs that an interpreter has: all, or those that trace or sample."""
    return [name for name, facts in FACTS["DESIGNS"].items() if facts["oldest"] <= version(python) and kind in (None, facts["kind"])]


# Of the interpreter that is tested with.
TRACING = designs(python_path(), "tracing")
DESIGNS = designs(python_path())


def clean_environment(**changes):
    """Our environment without what steers Python or swprof."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("PYTHON", "SWPROF"))}
    return {**kept, **changes}


def call(words, **options):
    options.setdefault("env", clean_environment())
    if "input" not in options:
        options.setdefault("stdin", subprocess.DEVNULL)
    options.setdefault("stdout", subprocess.PIPE)
    options.setdefault("stderr", subprocess.PIPE)
    return subprocess.run(words, text=True, encoding="utf-8", errors="surrogateescape", timeout=150, **options)


def assert_one_line(result, status, *wanted):
    """swprof said one clear line, with all the wanted words, and nothing of its insides."""
    assert result.stderr.count("\n") == 1, result.stderr
    assert_says(result, status, *wanted)


def assert_says(result, status, *wanted):
    """Among what the program itself wrote, one line of swprof's has all the wanted words."""
    own = [line for line in result.stderr.splitlines() if line.startswith("swprof: ")]
    assert len(own) == 1, result.stderr
    assert not INSIDES.search(own[0]), own[0]
    assert own[0].isprintable(), own[0]
    for words in wanted:
        assert words in own[0]
    assert result.returncode == status, result.stderr
