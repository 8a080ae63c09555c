"""Calls the program `swprof`, which reads captures and says what they mean."""
from __future__ import annotations

import os

from .errors import SwprofError
from .installation import REMEDY, path_of


def call(*words: str) -> str:
    """What `swprof WORDS…` prints. Raises SwprofError with its own line where it fails."""
    import subprocess

    try:
        done = subprocess.run(
            [path_of("swprof"), *words], stdin=subprocess.DEVNULL, capture_output=True, encoding="utf-8", errors="replace")
    except OSError as error:
        raise SwprofError(f"cannot run {path_of('swprof')}: {error.strerror}; {REMEDY}") from None
    if done.returncode != 0:
        lines = done.stderr.strip().splitlines() or [f"swprof ended with status {done.returncode}; {REMEDY}"]
        raise SwprofError(lines[-1].removeprefix("swprof: "))
    return done.stdout


def status(*words: str) -> int:
    """Runs `swprof WORDS…` with what it prints shown, and returns its exit status. Raises SwprofError where it cannot be run."""
    import subprocess

    try:
        return subprocess.run([path_of("swprof"), *words]).returncode
    except OSError as error:
        raise SwprofError(f"cannot run {path_of('swprof')}: {error.strerror}; {REMEDY}") from None


def become(words: list[str], interpreter: str) -> None:
    """Replaces this process by `swprof WORDS…`, which profiles with `interpreter` unless it is told otherwise.

    Raises SwprofError where that cannot be.
    """
    import signal

    path = path_of("swprof")
    # Python ignores these as it starts, and what it starts would, too.
    for number in (signal.SIGPIPE, signal.SIGXFSZ):
        signal.signal(number, signal.SIG_DFL)
    try:
        os.execve(path, ["swprof", *words], {**os.environ, "SWPROF_INTERPRETER": interpreter})
    except OSError as error:
        raise SwprofError(f"cannot run {path}: {error.strerror}; {REMEDY}") from None
