"""`swprof.profile` as a block, by start and stop, on functions, and with asyncio."""
import pytest

import commandline
import packaged
from packaged import ran
from profiling import INTERPRETERS

DESIGNS = commandline.designs(packaged.PYTHON)



@pytest.mark.parametrize("design", DESIGNS)
def test_a_block_is_profiled_by_every_design(tmp_path, design):
    seen = ran(tmp_path, f"""
import json
with swprof.profile(design={design!r}) as p:
    work()
print(json.dumps({{f.name: f.total.share for f in p.functions}} | {{"design": p.to_dict()["design"]}}))
""")
    assert seen.pop("design") == design
    # The program decides how often `gil` may look.
    assert design == "gil" or seen["work"] > 0.9
    # No frame of the package, and none of its extension.
    assert set(seen) <= {"<module>", "work", "inner", "time.perf_counter", "perf_counter", "range"}


@pytest.mark.parametrize("python", [python for python in INTERPRETERS if not packaged.INSTALLED], ids=str)
def test_blocks_follow_one_another_on_every_interpreter(tmp_path, python):
    designs = commandline.designs(python) * 2
    # Without --python the report calibrates no tracer, which would take most of the time.
    seen = ran(tmp_path, f"""
import json
from swprof import program
profiles = []
for design in {designs!r}:
    with swprof.profile(design=design) as p:
        work(0.05)
    profiles.append(json.loads(program.call("report", p._capture.log, "--json")))
shares = [sum(f["total"]["share"] for f in p["functions"] if f["name"] == "work") for p in profiles]
print(json.dumps([[p["design"], p["design"] == "gil" or share > 0.5] for p, share in zip(profiles, shares)]))
""", python=python)
    assert seen == [[design, True] for design in designs]


@pytest.mark.parametrize("design", ["evalframe", "setprofile"])
def test_calls_within_the_block_are_counted_exactly(tmp_path, design):
    counts = ran(tmp_path, f"""
import json
def counted(): pass
counted()
with swprof.profile(design={design!r}) as p:
    for _ in range(17): counted()
counted()
print(json.dumps({{f.name: f.calls for f in p.functions if f.calls}}))
""")
    assert counts == {"counted": 17}


def test_what_is_beneath_the_block_is_not_shown(tmp_path):
    names = ran(tmp_path, """
import json
def outermost(): return outer()
def outer():
    with swprof.profile() as p:
        work()
    return p
p = outermost()
print(json.dumps([f.name for f in p.functions if f.total.share > 0.5]))
""")
    assert sorted(names) == ["inner", "outer", "work"]


def test_a_block_that_raises_keeps_its_profile_and_its_exception(tmp_path):
    assert ran(tmp_path, """
import json
try:
    with swprof.profile() as p:
        work()
        raise KeyError("mine")
except KeyError as error:
    print(json.dumps([str(error), p.function("work").name]))
""") == ["'mine'", "work"]


def test_start_and_stop_may_stand_in_different_functions(tmp_path):
    assert ran(tmp_path, """
import json
def begin(): return swprof.profile().start()
def end(p): return p.stop()
p = begin()
work()
print(json.dumps(end(p).function("work").total.share > 0.5))
""") is True


@pytest.mark.parametrize("design", DESIGNS)
def test_threads_count_that_the_block_starts_and_others_where_that_is_asked(tmp_path, design):
    """One waits beside the block all the time."""
    threads, waiting, all_threads, all_waiting = ran(tmp_path, f"""
import json, threading
done = threading.Event()
def waits_beside(): done.wait()
beside = threading.Thread(target=waits_beside)
beside.start()
found = []
for all_threads in (False, True):
    with swprof.profile(design={design!r}, all_threads=all_threads) as p:
        thread = threading.Thread(target=work)
        thread.start()
        thread.join()
    found += [len(p.to_dict()["threads"]), any(f.name == "waits_beside" for f in p.functions)]
done.set()
print(json.dumps(found))
""")
    assert (threads, waiting, all_threads) == (2, False, 3)
    assert all_waiting or design == "gil"


def test_each_call_of_a_decorated_function_is_a_profile_of_its_own(tmp_path):
    assert ran(tmp_path, """
import json
@swprof.profile(design="evalframe")
def deep(n):
    "What it says."
    return n and deep(n - 1)
profiles = []
for n in (3, 5):
    assert deep(n) == 0
    profiles.append(deep.profile)
print(json.dumps([deep.__doc__, *[[(f.name, f.calls) for f in p.functions if f.calls] for p in profiles]]))
""") == ["What it says.", [["deep", 4]], [["deep", 6]]]


def test_a_call_that_could_not_be_profiled_leaves_the_next_ones_alone(tmp_path):
    (tmp_path / "mine.py").write_text(
        "import swprof\n@swprof.design(kind='sampling')\nclass Mine:\n    def run(self, session): pass\n")
    assert ran(tmp_path, """
import json, os
@swprof.profile("mine.py:Mine")
def first(): work()
@swprof.profile()
def second(): work()
os.chdir("/")
try: first()
except swprof.SwprofError as error: said = str(error)
second()
print(json.dumps(["mine.py" in said, first.profile is None, second.profile is not None]))
""", cwd=tmp_path) == [True, True, True]


@pytest.mark.parametrize("design", ["signal", "evalframe"])
def test_decorated_functions_called_by_many_threads_at_once_never_raise(tmp_path, design):
    assert ran(tmp_path, f"""
import collections, json, threading, time
@swprof.profile({design!r})
def one(): time.sleep(0.002); return "ok"
@swprof.profile({design!r})
def other(): time.sleep(0.002); return "ok"
said = collections.Counter()
def call(barrier, function):
    barrier.wait()
    try: said[function()] += 1
    except BaseException as error: said[repr(error)] += 1
for _ in range(20):
    barrier = threading.Barrier(8)
    threads = [threading.Thread(target=call, args=(barrier, function)) for function in [one, other] * 4]
    for thread in threads: thread.start()
    for thread in threads: thread.join()
print(json.dumps(said))
""") == {"ok": 160}


def test_a_decorated_method_that_raises_keeps_its_profile(tmp_path):
    assert ran(tmp_path, """
import json
class Worker:
    @swprof.profile(design="evalframe")
    def go(self): raise ValueError("as ever")
try: Worker().go()
except ValueError as error: said = str(error)
print(json.dumps([said, Worker.go.profile.function("Worker.go").calls]))
""") == ["as ever", 1]


def test_coroutines_are_profiled_over_all_their_steps(tmp_path):
    assert ran(tmp_path, """
import asyncio, json
async def step(): await asyncio.sleep(0); work(0.02)
@swprof.profile()
async def decorated():
    for _ in range(3): await step()
    return "done"
async def main():
    async with swprof.profile() as p:
        await asyncio.gather(step(), step())
    return p
p = asyncio.run(main())
said = asyncio.run(decorated())
print(json.dumps([said, p.function("work").total.share > 0.5, decorated.profile.function("work").total.share > 0.5]))
""") == ["done", True, True]


REFUSED = {
    "nested": ("with swprof.profile():\n  with swprof.profile(): pass", "SwprofError", "already going on in this process"),
    "started twice": ("p = swprof.profile().start(); p.start()", "SwprofError", "runs already"),
    "used again": ("p = swprof.profile().start().stop(); p.start()", "SwprofError", "make another"),
    "never started": ("swprof.profile().stop()", "SwprofError", "start it first"),
    "looked at unstarted": ("swprof.profile().functions", "SwprofError", "never ran"),
    "looked at while running": ("swprof.profile().start().functions", "SwprofError", "still runs"),
    "no parentheses": ("@swprof.profile\ndef f(): pass", "TypeError", "write @swprof.profile() with parentheses"),
    "a generator": ("@swprof.profile()\ndef f(): yield", "TypeError", "profile the function that goes through it"),
    "a class": ("@swprof.profile()\nclass C: pass", "TypeError", "decorates functions"),
    "no function": ("swprof.profile()(3)", "TypeError", "decorates functions"),
    "no design": ("swprof.profile('sundial')", "ValueError", "signal"),
    "no schedule": ("swprof.profile(schedule='often')", "ValueError", "jittered, poisson, periodic"),
    "no clock": ("swprof.profile(clock='sand')", "ValueError", "wall, cpu"),
    "no rate": ("swprof.profile(rate=0)", "ValueError", "0.01 to 100000"),
    "a rate of text": ("swprof.profile(rate='fast')", "TypeError", "number of ticks"),
    "an endless rate": ("swprof.profile(rate=float('nan'))", "ValueError", "0.01 to 100000"),
    "a negative seed": ("swprof.profile(seed=-1)", "ValueError", "from 0"),
    "no names": ("swprof.profile(trace=[1])", "TypeError", "names of functions"),
    "lines of no lines": ("swprof.profile(trace='work')", "ValueError", 'design="lines"'),
    "no such function": ("p = swprof.profile().start(); work(); p.stop(); p.function('nobody')", "LookupError", "nobody"),
    "nobody within": ("p = swprof.profile().start(); work(); p.stop(); p.within('nobody')", "SwprofError", "nobody"),
    "nowhere to write": ("p = swprof.profile().start().stop(); p.write('/dev/null/a.pb.gz')", "SwprofError", "/dev/null/a.pb.gz"),
    "an ending of nothing": ("p = swprof.profile().start().stop(); p.write('a.bmp')", "SwprofError", "a.bmp"),
    "no temporary folder": ("import os; os.environ['TMPDIR'] = '/dev/null'; swprof.profile().start()", "SwprofError", "set TMPDIR"),
}


@pytest.mark.parametrize("code, kind, words", REFUSED.values(), ids=REFUSED)
def test_what_cannot_be_is_one_clear_line(tmp_path, code, kind, words):
    (tmp_path / "program.py").write_text(packaged.WORK + code + "\n")
    result = packaged.call(tmp_path / "program.py", cwd=tmp_path)
    last = result.stderr.splitlines()[-1]
    assert result.returncode == 1 and words in last, result.stderr
    assert last.startswith((f"swprof.errors.{kind}: ", f"{kind}: ")), last


def test_a_refused_block_leaves_the_next_one_alone(tmp_path):
    assert ran(tmp_path, """
import json, sys
said = []
with swprof.profile() as p:
    try: swprof.profile().start()
    except swprof.SwprofError as error: said.append(str(error))
    work()
try:
    swprof.profile(design="monitoring").start().stop()
except swprof.SwprofError as error: said.append(str(error))
with swprof.profile() as q: work()
print(json.dumps([len(said) == 1 + (sys.version_info < (3, 12)), p.function("work").name, q.function("work").name]))
""") == [True, "work", "work"]


def test_a_profile_that_is_dropped_while_it_runs_ends(tmp_path):
    assert ran(tmp_path, """
import gc, json
def abandon():
    swprof.profile().__enter__()
abandon()
gc.collect()
with swprof.profile() as p: work()
print(json.dumps(p.function("work").name))
""") == "work"


def test_a_block_under_swprof_run_is_refused_in_one_line(swprof, tmp_path):
    script = tmp_path / "program.py"
    script.write_text("import swprof\nswprof.profile().start()\n")
    from commandline import call
    result = call([swprof.path, "run", "--python", packaged.PYTHON, script], env=packaged.environment())
    assert "SwprofError: profiling is already going on in this process" in result.stderr


def test_a_forked_child_leaves_its_parents_profile_alone(tmp_path):
    assert ran(tmp_path, """
import json, os, sys
with swprof.profile() as p:
    child = os.fork()
    if child == 0:
        p.__exit__(None, None, None)
        try: p.functions
        except swprof.SwprofError as error: sys.exit(0 if "forked" in str(error) else 1)
        sys.exit(2)
    status = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    work()
print(json.dumps([status, p.function("work").name]))
""") == [0, "work"]


def test_nothing_is_left_behind(tmp_path):
    folder = tmp_path / "temporary"
    folder.mkdir()
    assert ran(tmp_path, """
import json, os, stat
with swprof.profile() as seen: work()
private = [oct(stat.S_IMODE(os.stat(os.path.join(path, name)).st_mode)) for path, folders, files in os.walk(os.environ["TMPDIR"]) for name in folders + files]
seen.functions
with swprof.profile() as unseen: pass
running = swprof.profile().start()
print(json.dumps(private))
""", changes={"TMPDIR": str(folder)}) == ["0o700", "0o600"]
    assert list(folder.iterdir()) == []


def test_a_block_that_still_runs_at_the_end_is_stopped_before_the_interpreter_goes(tmp_path):
    assert ran(tmp_path, """
import atexit, json
from swprof.extension import extension
# What is registered first is called last.
atexit.register(lambda: print(json.dumps(["was stopped already", not extension().stop()])))
swprof.profile(design="gil").start()
""") == ["was stopped already", True]


def test_results_that_are_looked_at_as_the_interpreter_goes_are_lost_in_one_line(tmp_path):
    folder = tmp_path / "tmp"
    folder.mkdir()
    assert ran(tmp_path, """
import sys
class Late:
    def __init__(self): self.profile = swprof.profile()
    def __del__(self):
        try: self.profile.functions
        except self.errors as error: print('["' + str(error).split(",")[0] + '"]')
late = Late()
late.errors = swprof.SwprofError
with late.profile: work()
""", changes={"TMPDIR": str(folder)}) == ["the interpreter is ending"]
    assert list(folder.iterdir()) == []


def test_many_blocks_take_no_more_memory_than_a_few(tmp_path):
    grown = ran(tmp_path, """
import json, resource
def many(count):
    for _ in range(count):
        for design in ("signal", "evalframe"):
            with swprof.profile(design=design): inner()
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
few = many(20)
print(json.dumps(many(150) - few))
""")
    assert grown < 16_000, f"{grown} KiB"
