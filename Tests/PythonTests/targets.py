"""Python processes that run already, for swprof to look at."""
import contextlib
import os
import subprocess

from profiling import INTERPRETERS, written
from commandline import version

# The oldest, one from the middle and the newest.
VERSIONS = [path for minor in (11, 13, 15) for path in [p for p in INTERPRETERS if version(p) == (3, minor)][:1]]


@contextlib.contextmanager
def target(folder, source, *arguments, python, **options):
    """A program that has said that it is ready; it is killed in the end where it still runs."""
    script = written(folder, source)
    options = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "text": True} | options
    with subprocess.Popen([python, script, *arguments], **options) as process:
        try:
            assert process.stdout.readline() == "ready\n"
            yield process
        finally:
            process.kill()


def readers(process):
    """The processes that have been started to read one."""
    found = []
    for number in filter(str.isdigit, os.listdir("/proc")):
        with contextlib.suppress(OSError):
            with open(f"/proc/{number}/cmdline", "rb") as file:
                words = file.read().split(b"\0")
            if f"process={process.pid}".encode() in words:
                found.append(int(number))
    return found
