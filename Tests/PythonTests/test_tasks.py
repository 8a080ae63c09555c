"""asyncio tasks by name: each has the share of the time that the program itself says it ran."""
import json
import textwrap

import pytest

from commandline import version
from profiling import BUSY, ONE_EACH, PYTHON, REPOSITORY, SWPROF, little_lost, much_lost, plainly, profiled, profiled_within, start, written

# What a task does between two awaits is timed by the program; `measured` is the function beneath which shares are taken.
BEGIN = "import asyncio, json, threading, time\n" + BUSY + """
clock = time.perf_counter
spent = {}
def step(name, seconds):
    begin = clock()
    busy(seconds)
    spent[name] = spent.get(name, 0) + clock() - begin
def tell(whole):
    print(json.dumps({name: time / whole for name, time in spent.items()}))
"""
ALONE = """
def measured():
    asyncio.run(main())
if __name__ == "__main__":
    begin = clock()
    measured()
    tell(clock() - begin)
"""

THOUSAND = BEGIN + """
async def work(name, seconds):
    for _ in range(3):
        step(name, seconds)
        await asyncio.sleep(0)
async def main():
    kinds = [("fetch", 0.0008), ("parse", 0.0005), ("store", 0.0002)]
    await asyncio.gather(*(asyncio.create_task(work(*kinds[at % 3]), name=kinds[at % 3][0]) for at in range(1000)))
""" + ALONE

LOOPS = BEGIN + """
async def left():
    for _ in range(120):
        step("left", 0.01)
        await asyncio.sleep(0)
async def right():
    for _ in range(60):
        step("right", 0.01)
        await asyncio.sleep(0.005)
async def name(task):
    asyncio.current_task().set_name(task.__name__)
    await task()
def measured(task): asyncio.run(name(task))
whole = []
def timed(thread):
    begin = clock()
    measured(thread)
    whole.append(clock() - begin)
threads = [threading.Thread(target=timed, args=(task,)) for task in (left, right)]
for thread in threads: thread.start()
for thread in threads: thread.join()
tell(sum(whole))
"""

CANCELLED = BEGIN + """
async def work():
    try:
        while True:
            step("cancelled", 0.004)
            await asyncio.sleep(0.001)
    except asyncio.CancelledError:
        step("cancelled", 0.15)
        raise
async def main():
    asyncio.current_task().set_name("main")
    for _ in range(3):
        task = asyncio.create_task(work(), name="cancelled")
        await asyncio.sleep(0.1)
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)
        step("main", 0.05)
""" + ALONE

# Before 3.14 it gets its name only when it has begun.
EAGER = BEGIN + """
async def work():
    step("eager" if asyncio.current_task().get_name() == "eager" else "unnamed", 0.02)
    await asyncio.sleep(0)
    step("eager", 0.01)
async def main():
    asyncio.current_task().set_name("main")
    asyncio.get_running_loop().set_task_factory(asyncio.eager_task_factory)
    for _ in range(25):
        step("main", 0.01)
        task = asyncio.create_task(work(), name="eager")
        step("main", 0.005)
        await task
""" + ALONE

# Without the GIL, be it asleep or at work, a thread runs its task on.
UNLOCKED = BEGIN + """
import hashlib
data = bytes(1 << 22)
def timed(name, call, *arguments):
    begin = clock()
    call(*arguments)
    spent[name] = spent.get(name, 0) + clock() - begin
async def sleeper():
    for _ in range(10):
        timed("sleeper", time.sleep, 0.04)
        await asyncio.sleep(0)
async def hasher():
    for _ in range(60):
        timed("hasher", lambda: hashlib.sha256(data).digest())
        await asyncio.sleep(0)
async def main():
    await asyncio.gather(asyncio.create_task(sleeper(), name="sleeper"), asyncio.create_task(hasher(), name="hasher"))
    await asyncio.to_thread(time.sleep, 0.2)
""" + ALONE

ODD_NAMES = ["", "none", "unknown", "<b>bold</b>", "\x1b[31mred", "日本 \U0001f600", "\ud800 alone", "é", "x" * 5000, "a;b\tc%", "(no task runs)"]

ODD = BEGIN + f"""
names = {ODD_NAMES!a}
async def work(): busy(0.05)
async def main():
    for name in names: await asyncio.create_task(work(), name=name)
""" + ALONE

UNNAMED = BEGIN + """
async def work(): busy(0.02)
async def main():
    await asyncio.gather(*(work() for _ in range(20)))
""" + ALONE

every_version = pytest.mark.parametrize("python", ONE_EACH, ids=lambda path: "{}.{}".format(*version(path)))


def shares(findings):
    return {task["name"]: task["self"]["share"] for task in findings["tasks"]}


def unknown(findings):
    return findings["taskless"]["unknown"]["share"]


def whole(findings):
    return sum(shares(findings).values()) + findings["taskless"]["none"]["share"] + unknown(findings)


def check_truth(findings, truth=None):
    """Each share is what the program says, and nothing is without its place."""
    truth = truth or json.loads(findings.outcome.out)
    tasks = {task["name"]: task["self"] for task in findings["tasks"]}
    for name, share in truth.items():
        found = tasks[name]
        assert found["low"] <= found["share"] <= found["high"]
        assert found["low"] <= share <= found["high"] or abs(found["share"] - share) < 0.03 + much_lost(findings), (name, share, found)
    assert unknown(findings) < 0.005
    assert whole(findings) == pytest.approx(1, abs=1e-6)


def of_run(tmp_path, source, python, flags=()):
    """By so many looks that 0.03 is four standard errors of a share or more: a true share is not off so far by chance."""
    flags = ["-r", "4000", *flags]
    return little_lost(lambda: profiled_within("measured", written(tmp_path, source), python=python, flags=flags))


@every_version
def test_a_thousand_tasks_of_three_kinds(tmp_path, python):
    check_truth(of_run(tmp_path, THOUSAND, python))


@every_version
def test_two_loops_in_two_threads(tmp_path, python):
    check_truth(of_run(tmp_path, LOOPS, python))


@every_version
def test_a_task_that_is_cancelled_runs_until_it_ends(tmp_path, python):
    check_truth(of_run(tmp_path, CANCELLED, python))


@pytest.mark.parametrize("python", [path for path in ONE_EACH if version(path) >= (3, 12)])
def test_an_eager_task_runs_in_the_place_of_the_one_that_made_it(tmp_path, python):
    findings = of_run(tmp_path, EAGER, python)
    truth = json.loads(findings.outcome.out)
    unnamed = truth.pop("unnamed", 0)
    check_truth(findings, truth)
    assert sum(share for name, share in shares(findings).items() if name.startswith("Task-")) == pytest.approx(unnamed, abs=0.03 + much_lost(findings))
    assert (unnamed == 0) == (version(python) >= (3, 14))


@every_version
def test_a_thread_without_the_gil_still_runs_its_task(tmp_path, python):
    check_truth(of_run(tmp_path, UNLOCKED, python))


@every_version
def test_tasks_that_nobody_named_have_asyncios_names(tmp_path, python):
    findings = of_run(tmp_path, UNNAMED, python)
    own = {f"Task-{number}" for number in range(1, 22)}
    assert set(shares(findings)) <= own and len(shares(findings)) >= 20
    assert unknown(findings) < 0.005


@every_version
def test_names_may_be_anything(tmp_path, python):
    findings = of_run(tmp_path, ODD, python)
    named = shares(findings)
    for name in ODD_NAMES:
        if len(name) > 1000:
            found = [long for long in named if len(long) > 100]
            assert len(found) == 1 and found[0].endswith("…") and name.startswith(found[0][:-1])
        elif "\ud800" in name:
            assert "\\ud800 alone" in named
        else:
            assert named[name] == pytest.approx(1 / len(ODD_NAMES), abs=0.03 + much_lost(findings)), name
    profile = tmp_path / "profile.pb.gz"
    shown = start([SWPROF, "report", profile, "--by", "task"])
    assert shown.status == 0 and "\x1b" not in shown.out and "日本" in shown.out
    assert start([SWPROF, "report", profile, "--html", tmp_path / "report.html"]).status == 0
    page = (tmp_path / "report.html").read_text()
    assert "Share by task" in page and "<b>bold" not in page


@every_version
def test_a_program_without_tasks_has_none(tmp_path, python):
    for source in ("import time\n" + BUSY + "busy(0.2)\n", "import asyncio, time\n" + BUSY + "busy(0.2)\n"):
        findings = profiled(written(tmp_path, source), python=python)
        assert "tasks" not in findings and "taskless" not in findings
    shown = start([SWPROF, "run", "--python", python, "--by", "task", "-o", tmp_path / "profile.pb.gz", written(tmp_path, source)])
    assert "no asyncio task was seen to run" in shown.err


@every_version
def test_asyncio_is_left_as_it_was(tmp_path, python):
    source = BEGIN + """
import gc, _asyncio
print(_asyncio._get_running_loop(), len(asyncio.all_tasks.__doc__ or "") > 0, len(getattr(_asyncio, "_current_tasks", {})))
print(sum(isinstance(found, asyncio.Task) for found in gc.get_objects()))
async def main():
    print(asyncio.current_task().get_name(), len(asyncio.all_tasks()), asyncio.create_task(asyncio.sleep(0)).get_name())
asyncio.run(main())
"""
    script = written(tmp_path, source)
    assert profiled(script, python=python).outcome.out == plainly(script, python=python).out


def test_the_cpu_clock_and_the_design_gil_have_tasks_too(tmp_path):
    # The program's own clock stands, too, while it waits for a processor.
    by_cpu = THOUSAND.replace("clock = time.perf_counter", "clock = time.thread_time")
    check_truth(of_run(tmp_path, by_cpu, PYTHON, flags=["--clock", "cpu"]))
    by_gil = profiled_within("measured", written(tmp_path, THOUSAND), design="gil")
    # The main task runs, too, for a moment now and then.
    assert set(shares(by_gil)) - {"Task-1"} == {"fetch", "parse", "store"} and unknown(by_gil) == 0
    assert all(task["self"]["low"] is None for task in by_gil["tasks"])


def test_tasks_of_children(tmp_path):
    source = BEGIN + """
import multiprocessing
async def work(): busy(0.3)
async def name(called): await asyncio.create_task(work(), name=called)
def run(called): asyncio.run(name(called))
if __name__ == "__main__":
    import sys
    run("parent")
    context = multiprocessing.get_context(sys.argv[1])
    child = context.Process(target=run, args=("child",))
    child.start()
    child.join()
"""
    for method in ("fork", "spawn"):
        findings = profiled(written(tmp_path, source), method, flags=["--children"])
        named = {task["name"]: task["self"]["seconds"] for task in findings["tasks"]}
        assert named["parent"] == pytest.approx(0.3, abs=0.05)
        assert named["child"] == pytest.approx(0.3, abs=0.05)


@every_version
def test_a_block_within_a_task(tmp_path, python):
    source = BEGIN + textwrap.dedent("""
        import swprof
        async def work(name, seconds):
            for _ in range(5):
                busy(seconds)
                await asyncio.sleep(0)
        async def main():
            asyncio.current_task().set_name("main")
            with swprof.profile() as profile:
                busy(0.1)
                task = asyncio.create_task(work("work", 0.06), name="work")
                await task
            return profile
        profile = asyncio.run(main())
        print(json.dumps({task["name"]: task["self"]["share"] for task in profile.to_dict()["tasks"]}))
        """)
    package = {"PYTHONPATH": str(REPOSITORY / "Sources" / "PythonPackage"), "PATH": "/usr/bin:/bin"}
    outcome = plainly(written(tmp_path, source), python=python, env=package)
    assert outcome.status == 0, outcome.err
    assert json.loads(outcome.out) == {"main": pytest.approx(0.25, abs=0.04), "work": pytest.approx(0.75, abs=0.04)}
