"""The design `signal` and the threads of a program: many, short ones, daemons at the end, and the clock thread beside them."""
import os

import pytest

from profiling import BUSY, PYTHON, plainly, profiled, start, written


def test_fifty_threads(tmp_path):
    script = written(tmp_path, "import threading, time" + BUSY + """
def work(): time.sleep(0.5); busy(0.01); time.sleep(0.5)
threads = [threading.Thread(target=work) for i in range(50)]
for thread in threads: thread.start()
for thread in threads: thread.join()
print("over")
""")
    findings = profiled(script)
    assert findings.outcome.out == "over\n"
    assert len(findings["threads"]) == 51
    assert findings.share("work", "total") == pytest.approx(50 / 51, abs=0.03)


def test_a_thread_that_waits_for_a_processor_is_seen(tmp_path):
    """It does not answer a signal until it runs again; but it stands still, and so can be walked from outside."""
    script = written(tmp_path, "import os, subprocess, sys, time" + BUSY + """
os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})
rival = subprocess.Popen([sys.executable, "-S", "-c", "while True: pass"])
def work():
    until = time.perf_counter() + 1.5
    while time.perf_counter() < until: pass
try:
    work()
finally:
    rival.kill()
""")
    findings = profiled(script)
    assert findings["ledger"]["missed"] < 0.2 * findings["ledger"]["due"]
    assert findings.share("work", "total") > 0.9


def test_threads_that_come_and_go(tmp_path):
    script = written(tmp_path, "import threading, time" + BUSY + """
def work(): busy(0.001)
for i in range(200):
    threads = [threading.Thread(target=work) for i in range(3)]
    for thread in threads: thread.start()
    for thread in threads: thread.join()
print("over")
""")
    findings = profiled(script, flags=["-r", "5000"])
    assert findings.outcome == plainly(script)
    assert findings.function("work")["total"]["seconds"] > 0.2


def test_a_thread_that_exits_by_itself(tmp_path):
    script = written(tmp_path, "import sys, threading, time" + BUSY + """
def work():
    busy(0.3)
    sys.exit(3)
def fails():
    busy(0.2)
    raise KeyError("so")
for target in work, fails:
    thread = threading.Thread(target=target, name="t")
    thread.start(); thread.join()
sys.exit(4)
""")
    findings = profiled(script)
    assert findings.outcome == plainly(script)
    assert findings.outcome.status == 4
    assert findings.function("work")["total"]["seconds"] == pytest.approx(0.3, rel=0.1)


@pytest.mark.parametrize("design", ["signal", "gil"])
def test_daemons_that_work_at_the_end_do_no_harm(tmp_path, design):
    script = written(tmp_path, """
import threading, time
def work():
    while True: sorted(range(50), key=lambda x: -x)
for i in range(3): threading.Thread(target=work, daemon=True).start()
time.sleep(0.2)
print("over")
""")
    for _ in range(5):
        findings = profiled(script, design=design, flags=["-r", "5000"])
        assert (findings.outcome.status, findings.outcome.out, findings.outcome.err) == (0, "over\n", "")


POLICIES = """
import os, time
time.sleep(0.1)
for thread in os.listdir("/proc/self/task"):
    if open(f"/proc/self/task/{thread}/comm").read() == "swprof\\n":
        print(os.sched_getscheduler(int(thread)) & ~os.SCHED_RESET_ON_FORK == os.SCHED_RR)
"""


def may_take_priority():
    """Whether a process of ours may be real-time; a child finds out."""
    trial = "import os; os.sched_setscheduler(0, os.SCHED_RR, os.sched_param(1))"
    return start([PYTHON, "-c", trial]).status == 0


@pytest.mark.skipif(os.cpu_count() < 2, reason="needs a second processor")
@pytest.mark.parametrize("design, rate, goes_first", [("signal", 1000, True), ("signal", 10_000, True), ("signal", 50_000, False), ("gil", 1000, False)])
def test_a_clock_that_sleeps_goes_before_the_program_where_it_may(tmp_path, design, rate, goes_first):
    findings = profiled(written(tmp_path, POLICIES), design=design, flags=["--rate", rate])
    assert findings.outcome.out == f"{goes_first and may_take_priority()}\n"
