"""A log grows with what is new, not with time, and nothing in it is lost by that."""
import pytest

from profiling import INTERPRETERS, PYTHON, profiled, written

ROUND_AND_ROUND = """
import os, sys, threading, time
exec("\\n".join(f"def f{i}(d):\\n    if d:\\n        for f in functions: f(d - 1)\\n" for i in range(20)))
functions = [globals()[f"f{i}"] for i in range(20)]
def size(): return max((os.stat(line.split()[-1]).st_size for line in open("/proc/self/maps") if "capture.swlog" in line), default=0)
sizes, rounds, begin = [], 0, time.monotonic()
while time.monotonic() - begin < 3.5:
    for f in functions: f(2)
    rounds += 1
    if len(sizes) < 1 and time.monotonic() - begin > 1.2: sizes.append(size())
sizes.append(size())
print(rounds, *sizes, flush=True)
END
"""


@pytest.mark.parametrize("design, python", [("setprofile", PYTHON), ("evalframe", PYTHON), ("lines", PYTHON), ("monitoring", INTERPRETERS[-1])])
@pytest.mark.parametrize("end", ["", "os.kill(os.getpid(), 9)"], ids=["ended", "killed"])
def test_a_tracer_that_goes_round_the_same_paths(tmp_path, design, python, end):
    findings = profiled(written(tmp_path, ROUND_AND_ROUND.replace("END", end)), design=design, python=python)
    rounds, early, late = map(int, findings.outcome.out.split())
    assert 0 < late <= early + (4 << 20)
    calls = sum(findings.function(f"f{i}")["calls"] for i in range(20))
    due = rounds * (20 + 20 * 20 + 20 * 20 * 20)
    assert calls == due if not end else 0.85 * due < calls <= due


def test_threads_without_end(tmp_path):
    findings = profiled(written(tmp_path, """
import threading, time
def work(n):
    for i in range(n): leaf()
def leaf(): pass
for i in range(300):
    thread = threading.Thread(target=work, args=(i,)); thread.start(); thread.join()
def waits():
    for i in range(10): leaf(); time.sleep(0.1)
threads = [threading.Thread(target=waits) for _ in range(10)]
for thread in threads: thread.start()
for thread in threads: thread.join()
"""), design="evalframe")
    assert findings.function("leaf")["calls"] == 300 * 299 // 2 + 100
