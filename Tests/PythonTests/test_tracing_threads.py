"""Tracing designs follow every thread."""
import pytest

from profiling import TRACERS, plainly, profiled, written

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


@pytest.mark.parametrize("design, python", TRACERS)
@pytest.mark.parametrize("program", THREADS)
def test_threads_that_start_later_are_counted_exactly(tmp_path, program, design, python):
    script = written(tmp_path, THREADS[program])
    findings = profiled(script, design=design, python=python)
    assert (findings.outcome.status, findings.outcome.err) == (0, plainly(script, python=python).err)
    assert findings.function("leaf")["calls"] == 8000
    assert findings.function("work", "program.py")["calls"] == 8
