"""The design `setprofile` follows every thread."""
import pytest

from profiling import profiled, written


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
