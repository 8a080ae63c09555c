"""`run --children`: processes that a program starts are profiled too, each by ticks of its own, and the books balance."""
import json
import os
import re
import time

import pytest

import schema
from commandline import DESIGNS, TRACING, designs
from profiling import BUSY, INTERPRETERS, PYTHON, SWPROF, plainly, profiled, start, written

NEWEST = INTERPRETERS[-1]
PYTHONS = list(dict.fromkeys([PYTHON, NEWEST]))

HEAD = "import multiprocessing, os, subprocess, sys, threading, time" + BUSY + """
def burn(seconds):
    until = time.thread_time() + seconds
    while time.thread_time() < until: pass
def in_child(seconds=0.3): burn(seconds)
def in_parent(seconds=0.2): burn(seconds)
"""

# What each way of starting a child calls it.
WAYS = {
    "fork": ("""
child = os.fork()
if not child: in_child(); os._exit(0)
in_parent(); os.waitpid(child, 0)
""", ["pid"]),
    "fork that ends as a program does": ("""
child = os.fork()
if not child: in_child(); sys.exit(0)
in_parent(); os.waitpid(child, 0)
""", ["pid"]),
    "fork from a thread": ("""
def fork():
    child = os.fork()
    if not child: in_child(); os._exit(0)
    os.waitpid(child, 0)
thread = threading.Thread(target=fork); thread.start(); in_parent(); thread.join()
""", ["pid"]),
    "a fork of a fork": ("""
child = os.fork()
if not child:
    grandchild = os.fork()
    if not grandchild: in_child(); os._exit(0)
    os.waitpid(grandchild, 0); os._exit(0)
in_parent(); os.waitpid(child, 0)
""", ["pid", "pid"]),
    "multiprocessing by fork": ("""
if __name__ == "__main__":
    child = multiprocessing.get_context("fork").Process(target=in_child); child.start(); in_parent(); child.join()
""", ["ForkProcess-1"]),
    "multiprocessing by spawn": ("""
if __name__ == "__main__":
    child = multiprocessing.get_context("spawn").Process(target=in_child); child.start(); in_parent(); child.join()
""", ["SpawnProcess-1", "resource_tracker"]),
    "multiprocessing by forkserver": ("""
if __name__ == "__main__":
    child = multiprocessing.get_context("forkserver").Process(target=in_child); child.start(); in_parent(); child.join()
""", ["ForkServerProcess-1", "forkserver", "resource_tracker"]),
    "concurrent.futures": ("""
import concurrent.futures
if __name__ == "__main__":
    with concurrent.futures.ProcessPoolExecutor(1, mp_context=multiprocessing.get_context("fork")) as pool:
        future = pool.submit(in_child); in_parent(); future.result()
""", ["ForkProcess-1"]),
    "a subprocess": ("""
child = subprocess.Popen([sys.executable, OTHER]); in_parent(); child.wait()
""", ["other.py"]),
    "a subprocess with an environment of its own": ("""
child = subprocess.Popen([sys.executable, OTHER], env={"A": "1"}); in_parent(); child.wait()
""", ["other.py"]),
    "a subprocess with code to run before": ("""
child = subprocess.Popen([sys.executable, OTHER], preexec_fn=lambda: None); in_parent(); child.wait()
""", ["other.py"]),
    "a shell's child": ("""
in_parent(); subprocess.run(f"true; {sys.executable} {OTHER}; true", shell=True)
""", ["other.py"]),
    "os.system": ("""
in_parent(); os.system(f"{sys.executable} {OTHER}")
""", ["other.py"]),
    "os.posix_spawn": ("""
child = os.posix_spawn(sys.executable, [sys.executable, OTHER], os.environ); in_parent(); os.waitpid(child, 0)
""", ["other.py"]),
    "os.spawnv": ("""
child = os.spawnv(os.P_NOWAIT, sys.executable, [sys.executable, OTHER]); in_parent(); os.waitpid(child, 0)
""", ["pid", "other.py"]),
}


def program(folder, way):
    (folder / "other.py").write_text(HEAD + "in_child()\n")
    return written(folder, HEAD + f"OTHER = {str(folder / 'other.py')!r}\n" + WAYS[way][0])


def followed(script, *arguments, flags=(), **options):
    findings = profiled(script, *arguments, flags=["--children", *flags], **options)
    schema.check_run(findings)
    return findings


def without_numbers(outcome):
    """From 3.12 on, a thread that forks is warned of with the process's number."""
    outcome.err = re.sub(r"pid=\d+", "pid", outcome.err)
    return outcome


def assert_runs_as_plainly(findings, script, python=PYTHON):
    assert without_numbers(findings.outcome) == without_numbers(plainly(script, python=python))


def names(findings):
    return sorted(process["name"].split()[0] for process in findings["processes"][1:])


@pytest.mark.parametrize("python", PYTHONS)
@pytest.mark.parametrize("way", WAYS)
def test_a_child_is_profiled_however_it_is_started(tmp_path, way, python):
    script = program(tmp_path, way)
    findings = followed(script, python=python)
    assert_runs_as_plainly(findings, script, python)
    assert names(findings) == sorted(WAYS[way][1])
    assert findings["processes"][0]["name"] == "program.py" and findings["processes"][0]["parent"] is None
    known = {process["id"] for process in findings["processes"]}
    assert all(process["parent"] in known for process in findings["processes"][1:])
    # Both burn CPU time; how long that takes on the wall is the machine's.
    assert findings.function("in_child")["total"]["seconds"] > 0.25
    assert findings.function("in_parent")["total"]["seconds"] > 0.15
    # What a child accounts for is in the figures: hardly any CPU time is left.
    assert findings["unaccounted"]["childCpuSeconds"] < 0.1, findings["unaccounted"]


FOLLOWED = [*((way, PYTHON) for way in ["fork", "multiprocessing by fork", "a subprocess"]), ("fork", NEWEST)]


@pytest.mark.parametrize("design", DESIGNS)
@pytest.mark.parametrize("way, python", dict.fromkeys(FOLLOWED))
def test_every_design_follows(tmp_path, design, way, python):
    if design not in designs(python):
        pytest.skip(f"{design} needs a newer Python")
    script = program(tmp_path, way)
    findings = followed(script, python=python, design=design)
    assert_runs_as_plainly(findings, script, python)
    assert names(findings) == sorted(WAYS[way][1])
    assert findings.functions("in_child") and findings.functions("in_parent")
    if design in TRACING:
        assert findings.function("in_child")["calls"] == 1 and findings.function("in_parent")["calls"] == 1
    for process in findings["processes"]:
        assert (process["ledger"] is None) == (design in TRACING)


def test_without_the_option_nothing_of_children_changes(tmp_path):
    findings = profiled(program(tmp_path, "fork"))
    assert "processes" not in findings and findings.functions("in_child") == []
    assert findings["unaccounted"]["childCpuSeconds"] == pytest.approx(0.3, rel=0.2)


POOL = HEAD + """
import json
def first(): burn(0.01)
def second(): burn(0.01)
def mixed(number):
    # Its own part in the first function, by its own brackets; in phases of a length that no tick is in step with.
    begin, inside = time.monotonic(), 0.0
    while time.monotonic() - begin < 1.2:
        for turn in range(10):
            start = time.monotonic()
            if turn < 2 * number:
                first()
                inside += time.monotonic() - start
            else: second()
    return os.getpid(), inside, time.monotonic() - begin
if __name__ == "__main__":
    with multiprocessing.get_context("fork").Pool(4) as pool: print(json.dumps(pool.map(mixed, range(1, 5), 1)))
"""

# How far a share may be off beside its interval: four standard errors in all, so that a test of ten does not fail by chance.
WIDER = 2


def assert_holds(estimate, truth):
    half = WIDER * (estimate["high"] - estimate["low"]) / 2
    assert abs(estimate["share"] - truth) <= half + 0.005, (estimate, truth)


@pytest.mark.parametrize("python", PYTHONS)
def test_every_workers_truth_and_the_wholes(tmp_path, python):
    script, profile = written(tmp_path, POOL), tmp_path / "profile.pb.gz"
    outcome = start([SWPROF, "run", "--children", "--python", python, "-o", profile, script])
    truths = json.loads(outcome.out)
    assert "5 processes took part: program.py" in outcome.err and "4 × ForkPoolWorker" in outcome.err

    def first(*words):
        report = start([SWPROF, "report", profile, "--json", "--within", "mixed", *words])
        [found] = [function for function in json.loads(report.out)["functions"] if function["name"] == "first"]
        return found["total"]

    for process in {process for process, _, _ in truths}:
        own = [(inside, whole) for number, inside, whole in truths if number == process]
        assert_holds(first("--process", str(process)), sum(inside for inside, _ in own) / sum(whole for _, whole in own))
    assert_holds(first(), sum(inside for _, inside, _ in truths) / sum(whole for _, _, whole in truths))


def test_a_file_keeps_the_processes(tmp_path):
    script, profile, again = program(tmp_path, "multiprocessing by fork"), tmp_path / "profile.pb.gz", tmp_path / "again.pb.gz"
    assert start([SWPROF, "run", "--children", "--python", PYTHON, "-o", profile, script]).status == 0
    assert start([SWPROF, "convert", profile, again]).status == 0
    reports = [json.loads(start([SWPROF, "report", file, "--json"]).out) for file in (profile, again)]
    assert reports[0] == reports[1] and len(reports[0]["processes"]) == 2
    listed = start([SWPROF, "report", again, "--by", "process"]).out
    assert "ForkProcess-1" in listed and "program.py" in listed
    alone = json.loads(start([SWPROF, "report", again, "--json", "--process", "ForkProcess-1"]).out)
    assert [process["name"] for process in alone["processes"]] == ["ForkProcess-1"]
    assert not [function for function in alone["functions"] if function["name"] == "in_parent"]
    wrong = start([SWPROF, "report", again, "--process", "other"])
    assert wrong.status == 2 and "there is no process" in wrong.err and wrong.err.count("\n") == 1
    single = start([SWPROF, "report", again, "--process", "in no way"])
    assert single.status == 2


# Children that do what no profiler likes. Whatever becomes of them, the program runs as it does without, and is told of.
HOSTILE = {
    "a child that is killed": ("os.kill(os.getpid(), 9)", {}),
    "a child that becomes another program": ("os.execv('/bin/true', ['true'])", {}),
    "a child that becomes another Python program": ("os.execv(sys.executable, [sys.executable, OTHER])", {"in_child": 2}),
    "a child that closes all descriptors": ("os.closerange(0, 4096); in_child(0.1); os._exit(3)", {}),
    "a child that changes its user": ("os.setgid(65534); os.setuid(65534); in_child(0.3); os._exit(4)", {}),
    "a child without room for files": ("import resource; resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0)); in_child(0.1); os._exit(5)", {}),
    "a child that goes elsewhere": ("os.chdir('/'); os.setsid(); in_child(0.1); os._exit(6)", {}),
    "a child that ends at once": ("os._exit(7)", {}),
}


@pytest.mark.parametrize("python", PYTHONS)
@pytest.mark.parametrize("what", HOSTILE)
def test_a_child_that_is_hard_to_follow(tmp_path, what, python):
    if "user" in what and os.getuid() != 0:
        pytest.skip("only root may change its user")
    (tmp_path / "other.py").write_text(HEAD + "in_child()\n")
    script = written(tmp_path, HEAD + f"""
OTHER = {str(tmp_path / "other.py")!r}
child = os.fork()
if not child:
    in_child(0.05)
    {HOSTILE[what][0]}
print(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]))
in_parent()
""")
    findings = followed(script, python=python)
    assert_runs_as_plainly(findings, script, python)
    assert len(findings["processes"]) >= 2
    assert findings.function("in_parent")["total"]["seconds"] > 0.15
    assert "damaged-log" not in findings.caveats()


def test_children_by_the_hundred(tmp_path):
    script = written(tmp_path, HEAD + """
for _ in range(40):
    children = [os.fork() for _ in range(1)]
    if not all(children): os._exit(0)
    for child in children: os.waitpid(child, 0)
running = []
for _ in range(160):
    child = os.fork()
    if not child: time.sleep(0.2); os._exit(0)
    running.append(child)
for child in running: os.waitpid(child, 0)
print("whole")
""")
    findings = followed(script)
    assert (findings.outcome.status, findings.outcome.out) == (0, "whole\n")
    assert len(findings["processes"]) == 201


def test_what_is_not_followed_is_told(tmp_path):
    """A program that is not Python, and a Python that is told to ignore its environment."""
    script = written(tmp_path, HEAD + """
subprocess.run([sys.executable, "-I", "-c", "import time\\nwhile time.process_time() < 0.4: pass"])
subprocess.run(["sh", "-c", "i=0; while [ $i -lt 20000 ]; do i=$((i+1)); done"])
in_parent(0.4)
times = os.times()
print(times.children_user + times.children_system)
""")
    findings = followed(script)
    unaccounted = findings["unaccounted"]
    assert unaccounted["childCpuSeconds"] == pytest.approx(float(findings.outcome.out), abs=0.05)
    assert unaccounted["childProcesses"] >= 1 and [reason["code"] for reason in unaccounted["reasons"]].count("children") == 1


def test_a_child_that_outlives_its_parent(tmp_path):
    script = written(tmp_path, HEAD + """
if not os.fork():
    os.close(1); os.close(2)
    in_child(6); os._exit(0)
in_parent(0.4)
""")
    begin = time.monotonic()
    findings = followed(script)
    assert findings.outcome.status == 0 and time.monotonic() - begin < 30
    assert len(findings["processes"]) == 2
    # It burns 6 s of CPU time in all, which takes at least that long.
    assert 0.1 < findings.function("in_child")["total"]["seconds"] < 5.5
    assert "ended-abruptly" in findings.caveats()


@pytest.mark.parametrize("python", PYTHONS)
def test_a_program_sees_nothing_of_it(tmp_path, python):
    (tmp_path / "other.py").write_text("import os, sys; print(sorted(os.environ), sys.path, 'sitecustomize' in sys.modules)\n")
    script = written(tmp_path, HEAD + f"""
def look(): print(sorted(os.environ), [name for name in sys.modules if "swprof" in name], flush=True)
look()
for environment in (None, {{}}, {{"PYTHONPATH": "/a:/b"}}, dict(os.environ, X="y")):
    subprocess.run([sys.executable, {str(tmp_path / "other.py")!r}], env=environment)
look()
print(os.fork, subprocess._fork_exec, os.execve, os.posix_spawn, os._exit.__name__)
""")
    assert followed(script, python=python).outcome.out == plainly(script, python=python).out
