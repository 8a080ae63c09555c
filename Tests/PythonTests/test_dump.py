"""`swprof dump` shows what each thread of a running process does."""
import json
import signal

import pytest

from targets import VERSIONS, target

SLEEPING = """
import threading, time
def inner():
    time.sleep(60)
def outer():
    inner()
def waiting(event):
    event.wait()
thread = threading.Thread(target=waiting, args=(threading.Event(),), daemon=True)
thread.start()
time.sleep(0.2)
print("ready", flush=True)
outer()
"""

DEEP = """
import time
def down(left):
    if left == 0:
        print("ready", flush=True)
        time.sleep(60)
    else:
        down(left - 1)
down(499)
"""

GENERATORS = """
import asyncio, time
def leaf():
    print("ready", flush=True)
    time.sleep(60)
def numbers():
    yield leaf()
async def awaited():
    for _ in numbers():
        pass
async def main():
    await awaited()
asyncio.run(main())
"""

THROUGH_C = """
import time
def key(number):
    if number == 2:
        print("ready", flush=True)
        time.sleep(60)
    return number
class Thing:
    def __init__(self):
        sorted([3, 1, 2], key=key)
Thing()
"""

BUSY = """
def fib(n):
    return n if n < 2 else fib(n - 1) + fib(n - 2)
print("ready", flush=True)
while True:
    fib(18)
"""


def dumped(swprof, process):
    result = swprof("dump", "--json", str(process.pid))
    assert result.returncode == 0, result.stderr
    return json.loads(result.stdout)


def frames(thread, file="program.py"):
    return [(frame["name"], frame["line"]) for frame in thread["frames"] if (frame["file"] or "").endswith(file)]


@pytest.mark.parametrize("python", VERSIONS)
def test_every_thread_has_its_whole_stack(swprof, tmp_path, python):
    with target(tmp_path, SLEEPING, python=python) as process:
        dump = dumped(swprof, process)
    assert (dump["schema"], dump["process"]) == ("swprof.dump/1", process.pid)
    main, worker = dump["threads"]
    assert main["id"] == process.pid and main["running"] is False and main["name"]
    assert frames(main) == [("inner", 4), ("outer", 6), ("<module>", 13)]
    assert (main["calling"], worker["calling"]) == ("time.sleep", "lock.acquire")
    assert len(main["frames"]) == 3
    assert frames(worker) == [("waiting", 8)]
    assert [frame["name"] for frame in worker["frames"]][:2] == ["wait", "wait"]
    assert [frame["qualname"] for frame in worker["frames"]][-2:] == ["Thread._bootstrap_inner", "Thread._bootstrap"]


@pytest.mark.parametrize("python", VERSIONS)
@pytest.mark.parametrize("source, wanted", [
    (DEEP, [("down", 6)] + [("down", 8)] * 499 + [("<module>", 9)]),
    (GENERATORS, [("leaf", 5), ("numbers", 7), ("awaited", 9), ("main", 12), ("<module>", 13)]),
    (THROUGH_C, [("key", 6), ("__init__", 10), ("<module>", 11)]),
])
def test_stacks_of_all_kinds_are_whole(swprof, tmp_path, python, source, wanted):
    with target(tmp_path, source, python=python) as process:
        (thread,) = dumped(swprof, process)["threads"]
    assert frames(thread) == wanted


@pytest.mark.parametrize("python", VERSIONS)
def test_a_running_thread_has_a_stack_that_can_be(swprof, tmp_path, python):
    with target(tmp_path, BUSY, python=python) as process:
        for _ in range(3):
            (thread,) = dumped(swprof, process)["threads"]
            names = [name for name, _ in frames(thread)]
            assert names == ["fib"] * (len(names) - 1) + ["<module>"] and len(names) <= 19
            assert thread["running"] is True


def test_people_read_the_newest_frame_first(swprof, tmp_path, python):
    with target(tmp_path, SLEEPING, python=python) as process:
        text = swprof("dump", str(process.pid)).stdout
    lines = [line.strip() for line in text.splitlines()]
    at = lines.index(next(line for line in lines if line.startswith("inner (")))
    assert lines[at].endswith("program.py:4)") and lines[at + 1].startswith("outer (") and lines[at + 2].startswith("<module> (")
    assert lines[at - 1].startswith(f"thread {process.pid} ") and lines[at - 1].endswith(", in time.sleep (waiting)")


def test_a_stopped_process_can_be_read(swprof, tmp_path, python):
    with target(tmp_path, BUSY, python=python) as process:
        process.send_signal(signal.SIGSTOP)
        (thread,) = dumped(swprof, process)["threads"]
        assert frames(thread)[-1][0] == "<module>" and thread["running"] is False
