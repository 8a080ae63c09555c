"""Designs that are written in Python: `-d FILE.py:NAME`, as docs/designs.md shows them."""
import re

import pytest

import schema
from commandline import assert_one_line
from profiling import BUSY, ONE_EACH, REPOSITORY, plainly, profiled, version, written

# Those between differ in nothing that matters here.
PYTHONS = [path for path in ONE_EACH if version(path) in ((3, 11), (3, 13), (3, 15))]

WORK = """
import sys
def inner(n):
    total = 0
    for i in range(n):
        total += i
    return total
def work():
    for _ in range(60):
        inner(100_000)
def fails():
    raise ValueError
def counted(n):
    yield from range(n)
def down(n):
    return n and down(n - 1)
work()
for _ in range(5):
    try:
        fails()
    except ValueError:
        pass
print(sum(counted(3)), len("abc"), down(7), file=sys.stderr)
print("over")
sys.exit(7)
"""


@pytest.fixture
def design(tmp_path):
    """Writes a design and gives what to name it by."""
    def write(text, name="Mine"):
        (tmp_path / "mine.py").write_text("import sys, time\nimport swprof\n" + text)
        return f"{tmp_path}/mine.py:{name}"
    return write


SAMPLING = '@swprof.design(kind="sampling")\nclass Mine:\n    def run(self, session):\n'
TRACING = '@swprof.design(kind="tracing")\nclass Mine:\n    def start(self, session):\n'


# Sampling

@pytest.mark.parametrize("python", PYTHONS)
def test_the_talks_sampler_fills_a_ledger_and_says_what_it_cannot(tmp_path, designs, python):
    findings = profiled(written(tmp_path, WORK), design=designs["sampler"], python=python)
    assert (findings.outcome.status, findings.outcome.out) == (7, "over\n")
    schema.check_run(findings)
    assert (findings["design"], findings["kind"]) == (designs["sampler"], "sampling")
    ledger = findings["ledger"]
    assert ledger["due"] == ledger["taken"] + ledger["missed"] + ledger["failed"]
    # The GIL is held for five milliseconds where another thread waits for it.
    assert 5 < ledger["taken"] < ledger["due"] / 2
    assert "instants-not-ours" in findings.caveats()
    assert all(part["self"]["low"] is None for part in findings["functions"] + findings["lines"])
    assert findings.share("work", "total") > 0.5 and findings.share("inner") > 0.5
    # A look as the program ends may find no frame.
    found = sum(function["self"]["share"] for function in findings["functions"] if function["file"])
    assert 1 - 2.5 / ledger["taken"] < found <= 1 + 1e-6
    # Neither its thread nor its file is in the profile.
    assert not any((function["file"] or "").endswith(("sampler.py", "written.py", "sessions.py")) for function in findings["functions"])


def test_the_schedule_is_the_one_that_was_asked_for(tmp_path, design):
    mine = design(SAMPLING + """        print(session.rate, session.schedule, session.clock, file=sys.stderr)
        for tick in session.ticks():
            session.sample(sys._current_frames()[main])
            print(tick.number, round(tick.due, 4), file=sys.stderr)
import _thread
main = _thread.get_ident()
""")
    script = written(tmp_path, "import time\ntime.sleep(0.1)")
    flags = ["-r", "100", "--schedule", "poisson", "--seed", "5"]
    told = [profiled(script, design=mine, flags=flags).outcome.err.splitlines() for _ in range(2)]
    assert told[0][0] == "100.0 poisson wall"
    common = min(map(len, told))
    assert common > 3 and told[0][:common] == told[1][:common]


def test_every_thread_that_waits_is_seen_where_it_waits(tmp_path, designs):
    findings = profiled(written(tmp_path, """
import threading, time
def sleeps(): time.sleep(0.15)
threads = [threading.Thread(target=sleeps) for _ in range(3)]
for thread in threads: thread.start()
for thread in threads: thread.join()
"""), design=designs["sampler"])
    assert 0.6 < findings.share("sleeps") < 0.8
    assert findings["ledger"]["taken"] > 0.7 * findings["ledger"]["due"]


def test_stacks_of_pairs_and_looks_that_failed(tmp_path, design):
    mine = design(SAMPLING + """        for tick in session.ticks():
            if tick.number % 2:
                session.failed()
            else:
                frame, stack = sys._current_frames()[main], []
                while frame:
                    stack.append((frame.f_code, frame.f_lasti))
                    frame = frame.f_back
                session.sample(stack, thread=main)
import _thread
main = _thread.get_ident()
""")
    findings = profiled(written(tmp_path, "import time\ndef waits():\n    time.sleep(0.15)\nwaits()\n"), design=mine)
    ledger = findings["ledger"]
    assert abs(ledger["failed"] - ledger["taken"]) < 0.3 * ledger["due"] and ledger["failed"] > 0.3 * ledger["due"]
    assert findings.shares_by_line()[3] > 0.8


def test_a_program_that_forks_is_sampled_on_behind_it(tmp_path, designs):
    script = written(tmp_path, "import os, time\n" + BUSY + """
def first(): busy(0.1)
def second(): busy(0.4)
first()
if not os.fork():
    os._exit(0)
os.wait()
second()
""")
    findings = profiled(script, design=designs["sampler"])
    assert findings.outcome.status == 0 and findings.outcome.err == ""
    assert findings.share("second", "total") > findings.share("first", "total") > 0.05


# Tracing

@pytest.mark.parametrize("python", PYTHONS)
def test_the_tracer_counts_every_call(tmp_path, designs, python):
    script = written(tmp_path, WORK)
    findings = profiled(script, design=designs["tracer"], python=python)
    assert (findings.outcome.status, findings.outcome.out) == (7, "over\n")
    schema.check_run(findings)
    assert (findings["kind"], findings["ledger"]) == ("tracing", None)
    counts = {f["qualname"]: f["calls"] for f in findings["functions"] if (f["file"] or "").endswith("program.py") or f["name"] == "len"}
    # A generator is entered for each value, and once more to find that there are no more.
    assert counts == {"<module>": 1, "work": 1, "inner": 60, "fails": 5, "counted": 4, "down": 8, "len": 1}
    assert findings.share("inner") > 0.5 and findings.share("work", "total") > 0.6
    assert "not-calibrated" in findings.caveats()
    assert not any((function["file"] or "").endswith("tracer.py") for function in findings["functions"])


def test_a_tracer_by_monitoring_follows_threads(tmp_path, design):
    monitored = next((path for path in ONE_EACH if version(path) >= (3, 12)), None)
    if monitored is None:
        pytest.skip("no Python here has sys.monitoring")
    mine = design("""M = sys.monitoring
@swprof.design(kind="tracing")
class Mine:
    def start(self, session):
        M.use_tool_id(M.PROFILER_ID, "mine")
        M.register_callback(M.PROFILER_ID, M.events.PY_START, lambda code, at: session.enter(code))
        for event in (M.events.PY_RETURN, M.events.PY_UNWIND):
            M.register_callback(M.PROFILER_ID, event, lambda code, *rest: session.leave(code))
        M.set_events(M.PROFILER_ID, M.events.PY_START | M.events.PY_RETURN | M.events.PY_UNWIND)
    def stop(self):
        M.free_tool_id(M.PROFILER_ID)
""")
    findings = profiled(written(tmp_path, """
import threading
def leaf(): pass
def work():
    for _ in range(50): leaf()
threads = [threading.Thread(target=work) for _ in range(2)]
for thread in threads: thread.start()
for thread in threads: thread.join()
work()
"""), design=mine, python=monitored)
    assert (findings.function("work")["calls"], findings.function("leaf")["calls"]) == (3, 150)


def test_leaving_without_a_word_leaves_what_was_entered_last(tmp_path, design):
    mine = design("""@swprof.design(kind="tracing")
class Mine:
    def start(self, session):
        def hook(frame, event, argument):
            if event == "call": session.enter(frame.f_code)
            if event == "return": session.leave()
        sys.setprofile(hook)
    def stop(self): sys.setprofile(None)
""")
    findings = profiled(written(tmp_path, WORK), design=mine)
    assert findings.function("inner")["calls"] == 60 and findings.share("work", "total") > 0.6


# What goes wrong

@pytest.mark.parametrize("text, name, said", [
    (None, "Mine", ["mine.py", "No such file", "FILE.py:NAME"]),
    ("x = 1", "Mine", ["has no design Mine"]),
    ("class Mine: pass", "Mine", ["Mine in", "is no design", "@swprof.design"]),
    ("1 / 0", "Mine", ["mine.py, line 3: ZeroDivisionError"]),
    ("def (", "Mine", ["mine.py, line 3: SyntaxError"]),
    ("raise SystemExit('bye\\n\\x1b[31m')", "Mine", ["mine.py, line 3: SystemExit: bye"]),
    ("@swprof.design(kind='magic')\nclass Mine: pass", "Mine", ["line 3: ValueError: there is no kind 'magic'"]),
    ("@swprof.design(kind='sampling')\nclass Mine: pass", "Mine", ["line 3: TypeError: a sampling design has a method run"]),
    ("@swprof.design(kind='tracing')\nclass Mine: pass", "Mine", ["line 3: TypeError: a tracing design has a method start"]),
])
def test_a_file_that_is_none_of_a_design_is_said_before_the_program_begins(run, tmp_path, text, name, said):
    if text is not None:
        (tmp_path / "mine.py").write_text("import sys, time\nimport swprof\n" + text)
    assert_one_line(run("-d", f"{tmp_path}/mine.py:{name}", "-c", "print('begun')"), 2, *said)


@pytest.mark.parametrize("text, said", [
    (TRACING + "        print(1 / 0)\n", ["failed as it started", "mine.py, line 6: ZeroDivisionError"]),
    (SAMPLING + "        pass\n    def __init__(self): raise KeyError('k')\n", ["mine.py, line 7: KeyError: 'k'"]),
    (SAMPLING + "        pass\n    def start(self, session):\n        for tick in session.ticks(): pass\n", ["ticks are for the method run"]),
])
def test_a_design_that_fails_as_it_starts_leaves_the_program_unbegun(run, design, text, said):
    result = run("-d", design(text), "-c", "print('begun')")
    assert_one_line(result, 3, *said)
    assert result.stdout == ""


@pytest.mark.parametrize("text, said", [
    (SAMPLING + "        for tick in session.ticks():\n            tick.number > 5 and missing\n", "failed while it sampled: mine.py, line 7: NameError"),
    (SAMPLING + "        next(session.ticks())\n", "returned before the program ended"),
    (SAMPLING + "        session.sample(sys._getframe())\n", "a sample is of a tick"),
    (SAMPLING + "        for tick in session.ticks(): session.sample(5)\n", "TypeError"),
    (SAMPLING + "        for tick in session.ticks(): session.sample([(5, 5)])\n", "a stack is a frame"),
    (SAMPLING + "        for tick in session.ticks(): session.sample([], thread='x')\n", "TypeError"),
    (SAMPLING + "        for tick in session.ticks(): pass\n    def stop(self): missing\n", "failed as it stopped: mine.py, line 7: NameError"),
    (TRACING + "        pass\n    def stop(self): missing\n", "failed as it stopped: mine.py, line 7: NameError"),
    (SAMPLING + "        while True: pass\n", "did not return from run within 2 s"),
])
def test_a_design_that_fails_later_leaves_the_program_to_its_end(tmp_path, design, text, said):
    findings = profiled(written(tmp_path, "import time\ntime.sleep(0.03)\nprint('over')\nraise SystemExit(4)"), design=design(text))
    assert (findings.outcome.status, findings.outcome.out) == (4, "over\n")
    assert [said in caveat["text"] for caveat in findings["caveats"] if caveat["code"] == "design-failed"] == [True], findings["caveats"]
    if findings["kind"] == "sampling":
        assert findings["ledger"]["missed"] > 0


def test_what_cannot_go_with_it_is_refused(run, swprof, designs, tmp_path):
    assert_one_line(run("--children", "-d", designs["sampler"], "-c", "pass"), 2, "follow no children")
    for words in (["record", "-d"], ["simulate", "x.swtl", "-d"], ["calibrate", "-d"]):
        assert swprof(*words, designs["sampler"], "-c", "pass").returncode == 2


# The program is left alone

SEES = """
import sys, os
print(sorted(name for name in sys.modules if "swprof" in name or name in ("sampler", "tracer")))
print(sys.path, sorted(os.environ), sys.argv, len(os.listdir("/proc/self/fd")))
import threading
print(threading.enumerate(), threading.active_count())
"""


@pytest.mark.parametrize("python", PYTHONS)
@pytest.mark.parametrize("kind", ["sampler", "tracer"])
def test_the_program_sees_neither_the_file_nor_the_package(tmp_path, designs, kind, python):
    script = written(tmp_path, SEES)
    plain = plainly(script, python=python)
    # A thread is named by its address.
    def told(outcome):
        return re.sub(r"started \d+", "started", outcome.out)
    assert told(profiled(script, design=designs[kind], python=python).outcome) == told(plain)


def test_the_program_may_use_the_package_itself(tmp_path, designs):
    script = written(tmp_path, f"""
import sys
sys.path.insert(0, {str(REPOSITORY / "Sources" / "PythonPackage")!r})
import swprof
try:
    swprof.profile().start()
except swprof.SwprofError as error:
    print(error)
""")
    assert "already going on" in profiled(script, design=designs["sampler"]).outcome.out
