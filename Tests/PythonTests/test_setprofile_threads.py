"""The design `setprofile` follows every thread."""
import pytest

from profiling import TRACED, plainly, profiled, written


THREADS = {
    "threading": """
import threading
def leaf(): pass
def work():
    for i in range(1000): leaf()
threads = [threading.Thread(target=work) for i in range(8)]
for thread in threads: thread.start()
for thread in threads: thread.join()
""",
    "_thread": """
import _thread, time
def leaf(): pass
done = []
def work():
    for i in range(1000): leaf()
    done.append(1)
for i in range(8): _thread.start_new_thread(work, ())
while len(done) < 8: time.sleep(0.01)
time.sleep(0.05)
""",
    "nested": """
import threading
def leaf(): pass
def work(depth):
    for i in range(1000): leaf()
    if depth:
        child = threading.Thread(target=work, args=(depth - 1,))
        child.start(); child.join()
work_calls = [threading.Thread(target=work, args=(3,)) for i in range(2)]
for thread in work_calls: thread.start()
for thread in work_calls: thread.join()
""",
    "executor": """
from concurrent.futures import ThreadPoolExecutor
def leaf(): pass
def work(n):
    for i in range(1000): leaf()
with ThreadPoolExecutor(4) as pool:
    list(pool.map(work, range(8)))
""",
    "daemons that wait at the end": """
import threading, time
def leaf(): pass
def work():
    for i in range(1000): leaf()
    done.release()
    time.sleep(60)
done = threading.Semaphore(0)
for i in range(8): threading.Thread(target=work, daemon=True).start()
for i in range(8): done.acquire()
""",
}


@pytest.mark.parametrize("python", TRACED)
@pytest.mark.parametrize("program", THREADS)
def test_threads_that_start_later_are_counted_exactly(tmp_path, program, python):
    script = written(tmp_path, THREADS[program])
    findings = profiled(script, design="setprofile", python=python)
    assert (findings.outcome.status, findings.outcome.err) == (0, plainly(script, python=python).err)
    assert findings.function("leaf")["calls"] == 8000
    assert findings.function("work", "program.py")["calls"] == 8


def test_a_daemon_that_works_at_the_end_does_no_harm(tmp_path):
    script = written(tmp_path, """
import threading, time
def leaf(): pass
def work():
    while True: leaf()
for i in range(3): threading.Thread(target=work, daemon=True).start()
time.sleep(0.3)
print("over")
""")
    for _ in range(3):
        findings = profiled(script, design="setprofile")
        assert (findings.outcome.status, findings.outcome.out) == (0, "over\n")
        assert findings.function("leaf")["calls"] > 1000
        assert findings.function("work")["calls"] == 3


def test_threads_names_and_lives_are_told(tmp_path):
    findings = profiled(written(tmp_path, """
import threading, time
thread = threading.Thread(target=time.sleep, args=(0.4,))
thread.start(); thread.join()
"""), design="setprofile")
    assert len(findings["threads"]) == 2
    assert sorted(thread["seconds"] for thread in findings["threads"]) == pytest.approx([0.4, 0.4], rel=0.2)
