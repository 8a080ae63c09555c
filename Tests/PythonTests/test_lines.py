"""The design `lines`: every line counted as often as the interpreter comes to it, and timed."""
import json

import pytest

import packaged
from counting import PROGRAMS
from profiling import SWPROF, INTERPRETERS, command, plainly, profiled, start, version, written

# Runs a program with the interpreter's own hook, set by Python, and prints how often it came to each line.
REFERENCE = """
import collections, json, sys, threading
hits, path = collections.Counter(), sys.argv[1]
if sys.version_info >= (3, 12):
    monitoring = sys.monitoring
    def came(code, line):
        if code.co_filename == path: hits[line] += 1
    def begin():
        monitoring.use_tool_id(1, "reference")
        monitoring.register_callback(1, monitoring.events.LINE, came)
        # From 3.13 on some lines, as a body on its function's own, are told only where entries and ends are watched, too.
        events = monitoring.events
        monitoring.set_events(
            1, events.LINE | events.PY_START | events.PY_RESUME | events.PY_RETURN | events.PY_YIELD | events.PY_THROW | events.PY_UNWIND)
    def end(): monitoring.set_events(1, 0)
else:
    def tracer(frame, event, argument):
        if event == "line" and frame.f_code.co_filename == path: hits[frame.f_lineno] += 1
        return tracer
    def begin():
        threading.settrace(tracer)
        sys.settrace(tracer)
    def end(): sys.settrace(None)
code = compile(open(path).read(), path, "exec")
begin()
try: exec(code, {"__name__": "__main__"})
finally: end()
print("\\n" + json.dumps(hits))
"""
END = "\nif __name__ == '__main__': main()\n"


def reference_hits(script, python):
    """How often the interpreter came to each line."""
    reference = script.with_name("reference.py")
    reference.write_text(REFERENCE)
    outcome = start([python, reference, script])
    assert outcome.status == 0, outcome.err
    return {int(line): count for line, count in json.loads(outcome.out.splitlines()[-1]).items()}


def hits(findings):
    return {line["line"]: line["hits"] for line in findings["lines"] if line["file"].endswith("program.py") and line["hits"]}


@pytest.mark.parametrize("python", INTERPRETERS)
@pytest.mark.parametrize("program", [name for name in PROGRAMS if name not in ("recursion error", "async")])
def test_every_line_is_counted_as_often_as_it_is_come_to(tmp_path, program, python):
    script = written(tmp_path, PROGRAMS[program] + END)
    expected = reference_hits(script, python)
    findings = profiled(script, design="lines", python=python)
    assert findings.outcome.status == 0
    assert hits(findings) == expected


WAITS = """
import threading, time
def leaf(): time.sleep(0.05)
def waits():
    time.sleep(0.2)
    leaf()
    for i in range(2):
        time.sleep(0.1)
def made():
    time.sleep(0.1)
    yield 1
    time.sleep(0.2)
    yield 2
def work():
    waits()
    for item in made():
        time.sleep(0.05)
"""


@pytest.mark.parametrize("python", INTERPRETERS)
@pytest.mark.parametrize("call", ["work()", "thread = threading.Thread(target=work); thread.start(); thread.join()"], ids=["main", "thread"])
def test_time_goes_to_the_line_that_spends_it(tmp_path, call, python):
    findings = profiled(written(tmp_path, WAITS + call), design="lines", python=python)
    own = {line["line"]: line["self"]["seconds"] for line in findings["lines"] if line["file"].endswith("program.py")}
    total = {line["line"]: line["total"]["seconds"] for line in findings["lines"] if line["file"].endswith("program.py")}
    slept = {3: 0.05, 5: 0.2, 8: 0.2, 10: 0.1, 12: 0.2, 17: 0.1}
    for line, seconds in slept.items():
        # A sleep is never shorter, and on a busy machine longer.
        assert 0.99 * seconds <= own[line] <= seconds + 0.25, line
    assert sum(seconds for line, seconds in own.items() if line not in slept and 2 < line <= 17) < 0.05
    assert total[6] == pytest.approx(own[6] + own[3], abs=0.001)
    assert total[15] >= 0.45
    assert findings.function("waits")["calls"] == 1 and findings.function("made")["calls"] == 3


@pytest.mark.parametrize("python", INTERPRETERS)
def test_only_the_functions_that_are_named(tmp_path, python):
    script = written(tmp_path, """
def leaf(): pass
class Worker:
    def work(self, depth):
        for i in range(10):
            leaf()
        if depth: self.again(depth)
    def again(self, depth):
        self.work(depth - 1)
def other():
    leaf()
other()
for i in range(3): Worker().work(2)
""")
    findings = profiled(script, design="lines", python=python, flags=["--trace", "Worker.work"])
    assert findings.outcome == plainly(script, python=python)
    assert {function["name"]: function["calls"] for function in findings["functions"]} == {"work": 9}
    assert hits(findings) == {5: 9 * 11, 6: 90, 7: 9}
    assert sum(line["self"]["share"] for line in findings["lines"]) <= 1


@pytest.mark.parametrize("python", [python for python in INTERPRETERS if version(python) >= (3, 12)])
def test_functions_that_were_named_tell_nothing_more(tmp_path, python):
    assert packaged.ran(tmp_path, """
import json, sys
def work():
    for n in range(3): pass
with swprof.profile(design="lines", trace="work"): work()
print(json.dumps([sys.monitoring.get_local_events(tool, work.__code__) for tool in range(2, 6)]))
""", python=python) == [0, 0, 0, 0]


@pytest.mark.parametrize("python", INTERPRETERS)
def test_threads_of_any_kind_are_followed(tmp_path, python):
    script = written(tmp_path, """
import _thread, threading, time
def leaf():
    return 1
def work():
    for i in range(200): leaf()
    done.release()
done = threading.Semaphore(0)
for i in range(4): threading.Thread(target=work).start()
for i in range(4): _thread.start_new_thread(work, ())
for i in range(8): done.acquire()
time.sleep(0.05)
""")
    findings = profiled(script, design="lines", python=python)
    assert hits(findings)[4] == 1600 and findings.function("leaf")["calls"] == 1600
    assert findings.function("work", "program.py")["calls"] == 8


@pytest.mark.parametrize("python", INTERPRETERS)
def test_a_programs_own_trace_function_works_and_is_told(tmp_path, python):
    script = written(tmp_path, """
import sys
def counted():
    return 1
def before():
    for i in range(100): counted()
before()
seen = []
def tracer(frame, event, argument):
    seen.append(event)
    return tracer
sys.settrace(tracer)
counted()
sys.settrace(None)
print(seen)
""")
    findings = profiled(script, design="lines", python=python)
    assert findings.outcome == plainly(script, python=python)
    if version(python) < (3, 12):
        assert "trace-function-replaced" in findings.caveats() and hits(findings)[4] == 100
    else:
        assert "trace-function-replaced" not in findings.caveats() and hits(findings)[4] == 101


@pytest.mark.parametrize("python", INTERPRETERS)
def test_a_fork_is_left_alone(tmp_path, python):
    script = written(tmp_path, """
import os, sys
def counted():
    return 1
def forks():
    child = os.fork()
    for i in range(50): counted()
    return child
if not forks():
    for i in range(10_000): counted()
    print(sys.gettrace(), flush=True)
    os._exit(5)
print(os.waitstatus_to_exitcode(os.wait()[1]))
""")
    findings = profiled(script, design="lines", python=python)
    assert (findings.outcome.status, findings.outcome.out) == (0, "None\n5\n")
    assert hits(findings)[4] == 50


def test_lines_survive_the_file(tmp_path):
    script = written(tmp_path, WAITS + "work()")
    profile = tmp_path / "profile.pb.gz"
    assert start(command(script, output=profile, design="lines")).status == 0
    report = start([SWPROF, "report", profile, "--json"])
    lines = {line["line"]: line["hits"] for line in json.loads(report.out)["lines"] if line["file"].endswith("program.py")}
    assert (lines[5], lines[8], lines[17]) == (1, 2, 2)
    text = start([SWPROF, "report", profile, "--by", "line"])
    assert "hits" in text.out
