"""Runs programs that use the package `swprof`: the checkout's, or with $SWPROF_INSTALLED that of an environment's Python."""
import json
import os
import pathlib

import commandline

SOURCES = commandline.REPOSITORY / "Sources" / "PythonPackage"
INSTALLED = os.environ.get("SWPROF_INSTALLED")
PYTHON = INSTALLED or commandline.python_path()
# The folder that the package is in, for interpreters that have what a test needs beside it.
FOLDER = next(pathlib.Path(INSTALLED).parents[1].glob("lib/python3*/site-packages")) if INSTALLED else SOURCES

WORK = """
import time, swprof
def work(seconds=0.1):
    until = time.perf_counter() + seconds
    while time.perf_counter() < until:
        inner()
def inner():
    for _ in range(200): pass
"""


def environment(**changes):
    """An environment in which `import swprof` finds the package that is tested."""
    path = {} if INSTALLED else {"PYTHONPATH": str(SOURCES)}
    return commandline.clean_environment(**path | changes)


def call(*words, python=PYTHON, **options):
    return commandline.call([python, *words], env=environment(**options.pop("changes", {})), **options)


def ran(folder, source, *, python=PYTHON, **options):
    """Runs a program, which has to end well, and gives what it printed as JSON: its last line."""
    script = folder / "program.py"
    script.write_text(WORK + source)
    result = call(script, python=python, **options)
    assert result.returncode == 0, result.stderr
    assert result.stderr == "", result.stderr
    return json.loads(result.stdout.splitlines()[-1])
