"""Python processes that run already, for swprof to look at."""
import contextlib
import os
import subprocess
import time

from profiling import BUSY, INTERPRETERS, written
from commandline import version

# The oldest, one from the middle and the newest.
VERSIONS = [path for minor in (11, 13, 15) for path in [p for p in INTERPRETERS if version(p) == (3, minor)][:1]]


# Three functions of known shares, a thread that waits, and an answer of its own at the end of the input.
SHARES = BUSY.replace("def busy", "import sys, threading, time\ndef busy") + """
def seventy():
    busy(0.007)
def twenty():
    busy(0.002)
def ten():
    busy(0.001)
def work():
    for part in parts:
        begin = time.perf_counter()
        part()
        parts[part] += time.perf_counter() - begin
def waiting():
    threading.Event().wait()
def end():
    sys.stdin.read()
    ended.set()
ended = threading.Event()
parts = {seventy: 0.0, twenty: 0.0, ten: 0.0}
threading.Thread(target=waiting, daemon=True).start()
threading.Thread(target=end, daemon=True).start()
print("ready", flush=True)
while not ended.is_set():
    work()
print("done", *(seconds / sum(parts.values()) for seconds in parts.values()))
"""


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


def shares_told(process, out):
    """What the program itself says that its parts took, once it has ended as it should."""
    assert process.returncode == 0
    done, *shares = out.split()
    assert done == "done"
    return list(map(float, shares))


def wait_until(is_true, seconds=20):
    until = time.monotonic() + seconds
    while not is_true():
        assert time.monotonic() < until
        time.sleep(0.02)
