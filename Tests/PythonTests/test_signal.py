"""The design `signal`: time goes to the line that spends it, every stack is possible, and the program goes on as before."""
import collections
import json
import pathlib
import re
import sys

import pytest

from profiling import BUSY, INTERPRETERS, PYTHON, REPOSITORY, SWPROF, command, little_lost, much_lost, names, plainly, profiled, sampled_stacks, start, version, written

def line_of(script, text):
    lines = script.read_text().splitlines()
    return next(number for number, line in enumerate(lines, 1) if text in line)


# MARK: where time goes

def test_sleep_after_busy_work_is_charged_to_the_sleeping_line(tmp_path):
    script = written(tmp_path, "import time" + BUSY + """
begin = time.perf_counter()
busy(1)
between = time.perf_counter()
time.sleep(2)
print(between - begin, time.perf_counter() - between)
""")
    findings = profiled(script)
    was_busy, slept = map(float, findings.outcome.out.split())
    [sleeping] = [line["self"] for line in findings["lines"] if line["line"] == line_of(script, "time.sleep(2)")]
    for part, took in [(sleeping, slept), (findings.function("busy")["self"], was_busy)]:
        assert part["worstLow"] - 0.014 < took / (was_busy + slept) < part["worstHigh"] + 0.014


THREADS = "import threading, time" + BUSY + """
def sleeper(): time.sleep(1.5)
thread = threading.Thread(target=sleeper)
thread.start()
busy(1.5)
thread.join()
"""


def test_a_busy_and_a_sleeping_thread_have_half_each(tmp_path):
    findings = profiled(written(tmp_path, THREADS))
    assert findings.share("sleeper", "total") == pytest.approx(0.5, abs=0.03)
    assert findings.share("busy", "total") == pytest.approx(0.5, abs=0.03)
    assert [thread["share"] for thread in findings["threads"]] == pytest.approx([0.5, 0.5], abs=0.03)


def test_on_the_cpu_clock_a_sleeper_has_nothing(tmp_path):
    findings = profiled(written(tmp_path, THREADS), flags=["--clock", "cpu"])
    assert findings["clock"] == "cpu"
    assert findings.share("sleeper", "total") < 0.02
    assert findings.share("busy", "total") > 0.95


@pytest.mark.parametrize("python", INTERPRETERS)
def test_lines_of_every_kind_of_frame(tmp_path, python):
    script = written(tmp_path, "import asyncio, time" + BUSY + """
def generator():
    yield 1
    busy(0.2)  # in a generator
    yield 2
async def coroutine():
    await asyncio.sleep(0)
    busy(0.2)  # in a coroutine
async def numbers():
    yield 1
    busy(0.2)  # in an asynchronous generator
async def awaiting():
    await coroutine()  # awaiting
    async for n in numbers(): pass  # iterating
small = lambda: busy(0.2)  # in a lambda
class Body:
    busy(0.2)  # in a class
    squares = [busy(0.1) for i in range(2)]  # in a comprehension
for item in generator(): pass  # consuming
asyncio.run(awaiting())  # running
small()
exec(compile("\\n\\n\\nbusy(0.2)\\n", "executed.py", "exec"))
""")
    findings = little_lost(lambda: profiled(script, python=python))
    more = much_lost(findings)
    # Importing takes its time, too.
    busy = findings.share("busy", "total")
    of_program = {line: share / busy for line, share in findings.shares_by_line("total").items()}
    for text in ["in a generator", "in a coroutine", "in an asynchronous", "in a lambda", "in a class", "in a comprehension",
                 "consuming", "# awaiting", "# iterating"]:
        assert of_program[line_of(script, text)] == pytest.approx(1 / 7, abs=0.03 + more), text
    assert of_program[line_of(script, "# running")] == pytest.approx(2 / 7, abs=0.04 + more)
    assert findings.shares_by_line("total", "executed.py")[4] / busy == pytest.approx(1 / 7, abs=0.03 + more)


@pytest.mark.parametrize("python", INTERPRETERS)
def test_a_deep_stack_is_cut_at_its_root(tmp_path, python):
    script = written(tmp_path, "import sys, time\nsys.setrecursionlimit(10_000)" + BUSY + """
def down(n):
    if n: down(n - 1)
    else: busy(0.5)
down(5000)
""")
    stacks = sampled_stacks(script, python=python)
    deepest = max(stacks, key=len)
    assert len(deepest) == 2048
    assert set(names(deepest)) == {"down", "busy"}
    assert names(deepest)[-1] == "busy"


# MARK: no impossible stack

@pytest.mark.parametrize("python", INTERPRETERS)
def test_what_leads_from_one_function_to_another_is_no_function(tmp_path, python):
    """From 3.12 on a class that is called has a frame of its own beneath its __init__."""
    script = written(tmp_path, "import time" + BUSY + """
class Small:
    def __init__(self, x): self.x = [x] * 3
class Large:
    def __init__(self):
        for i in range(20): self.small = Small(i)
def make():
    until = time.perf_counter() + 0.4
    while time.perf_counter() < until: Large(), Small(1)
make()
""")
    stacks = sampled_stacks(script, python=python, flags=["-r", "5000"])
    through = {names(stack) for stack in stacks if "__init__" in "".join(stack)}
    assert through == {("<module>", "make", *["__init__"] * depth) for depth in (1, 2)}
    assert all(len(names(stack)) == len(stack) for stack in stacks if "make" in names(stack))

@pytest.mark.skipif(version(PYTHON) != sys.version_info[:2], reason="greenlet is here for the tests' own Python")
def test_greenlets_have_stacks_of_their_own(tmp_path):
    home = pathlib.Path(pytest.importorskip("greenlet").__file__).parents[1]
    script = written(tmp_path, f"import sys, time; sys.path.append({str(home)!r}); import greenlet" + BUSY + """
def first():
    for i in range(50): busy(0.004); second.switch()
def other():
    while True: sorted([1], key=lambda x: busy(0.004)); main.switch()
main, second = greenlet.greenlet(first), greenlet.greenlet(other)
main.switch()
""")
    findings = profiled(script)
    assert findings.outcome == plainly(script)
    assert findings.share("first", "total") == pytest.approx(0.5, abs=0.1)
    assert findings.share("other", "total") == pytest.approx(0.5, abs=0.1)
    assert findings["ledger"]["failed"] < 0.01 * findings["ledger"]["due"]


@pytest.mark.parametrize("python", INTERPRETERS)
def test_stacks_through_c_are_whole(tmp_path, python):
    script = written(tmp_path, "import functools, re, time" + BUSY + """
def key(x): busy(0.01); return x
def shout(match): busy(0.03); return ""
def add(x, y): busy(0.01); return x
class Strange:
    def __getattr__(self, name): busy(0.03); return 1
    def __del__(self): busy(0.03)
    def __eq__(self, other): busy(0.03); return True
    def __hash__(self): return 1
def sorts(): sorted(range(3), key=key)
def substitutes(): re.sub("x", shout, "x")
def reduces(): functools.reduce(add, range(4))
def gets(): Strange.x = property(lambda self: self.y); return getattr(STRANGE, "missing")
def deletes(): strange = Strange(); del strange
def compares(): return {STRANGE: 1}.get(OTHER)
def maps(): list(map(key, range(3)))
STRANGE, OTHER = Strange(), Strange()
def main():
    for i in range(5):
        sorts(); substitutes(); reduces(); gets(); deletes(); compares(); maps()
main()
""")
    expected = {
        "sorts": "key", "substitutes": "shout", "reduces": "add", "gets": "__getattr__", "deletes": "__del__",
        "compares": "__eq__", "maps": "key"}
    stacks = little_lost(lambda: sampled_stacks(script, python=python, flags=["-r", "2000"]))
    busy = collections.Counter()
    for stack, weight in stacks.items():
        if names(stack)[-1:] == ("busy",):
            busy[names(stack)] += weight
    ends_at_exit = ("__del__", "busy")
    legal = {("<module>", "main", caller, callee, "busy") for caller, callee in expected.items()}
    assert set(busy) - {ends_at_exit} == legal
    total = sum(busy.values())
    for stack in legal:
        assert busy[stack] / total == pytest.approx(1 / 7, abs=0.04 + much_lost(stacks)), stack


@pytest.mark.parametrize("python", INTERPRETERS)
def test_no_stack_is_impossible(tmp_path, python):
    seconds, rate = 3, 5000
    judge = REPOSITORY / "experiments" / "bench" / "legal_stacks.py"
    assert start([sys.executable, judge, "write", tmp_path]).status == 0
    script = tmp_path / "legal_program.py"
    profile, collapsed = tmp_path / "legal.pb.gz", tmp_path / "legal.collapsed"
    outcome = start(command(script, seconds, output=profile, python=python, flags=["-r", rate]))
    assert outcome.status == 0, outcome.err.splitlines()[:3]
    assert start([SWPROF, "convert", profile, collapsed]).status == 0
    # Before its first frame and behind its last a thread has no stack that could be judged.
    stacks = collapsed.read_text().splitlines(keepends=True)
    assert sum(int(line.rsplit(" ", 1)[1]) for line in stacks if line.startswith("<no frame> ")) < seconds * rate / 1000
    collapsed.write_text("".join(line for line in stacks if not line.startswith("<no frame> ")))
    verdict = json.loads(start([sys.executable, judge, "check", tmp_path / "legality.json", collapsed]).out)
    assert verdict["illegal"] == 0, verdict["examples"]
    assert verdict["stacks"] > seconds * rate / 10
    assert verdict["functions"] > 190
    ledger = json.loads(start([SWPROF, "report", "--json", profile]).out)["ledger"]
    assert ledger["failed"] <= ledger["taken"] / 1000


@pytest.mark.parametrize("python", INTERPRETERS)
def test_short_lived_code_objects_do_no_harm(tmp_path, python):
    script = written(tmp_path, """
import time
until = time.perf_counter() + 1
n = 0
while time.perf_counter() < until:
    names = {}
    exec(compile(f"def made{n % 7}(x):\\n    for i in range(300): x += i\\n    return x\\n", f"made{n % 5}.py", "exec"), names)
    names[f"made{n % 7}"](n)
    del names
    n += 1
print("over")
""")
    stacks = sampled_stacks(script, python=python, flags=["-r", "5000"])
    frames = {frame for stack in stacks for frame in stack}
    made = {frame for frame in frames if frame.startswith("made")}
    assert made
    assert all(re.fullmatch(r"made[0-6] \(made[0-4]\.py:[123]\)", frame) for frame in made), made
    gone = sum(weight for stack, weight in stacks.items() if any("gone" in frame for frame in stack))
    assert gone <= 0.5 * sum(stacks.values())


def test_many_short_lived_code_objects_at_the_highest_rate(tmp_path):
    script = written(tmp_path, """
import threading, time
def churn():
    until = time.perf_counter() + 1.5
    while time.perf_counter() < until:
        exec("def f(n): return f(n - 1) if n else 0\\nlist(f(9) for i in range(3))", {})
threads = [threading.Thread(target=churn) for i in range(3)]
for thread in threads: thread.start()
for thread in threads: thread.join()
print("over")
""")
    findings = profiled(script, flags=["-r", "20000"])
    assert (findings.outcome.status, findings.outcome.out) == (0, "over\n")
