"""What the kernel says of the process and is in no figure: each blind spot is planted with a known part."""
import resource

import pytest

from profiling import BUSY, SWPROF, command, profiled, start, written

BURN = "import os, subprocess, sys, threading, time" + BUSY + """
def burn(seconds):
    # By the thread's own clock: the process's has the clock thread's time, too.
    until = time.thread_time() + seconds
    while time.thread_time() < until: pass
"""


def reasons(findings):
    return {reason["code"]: reason["share"] for reason in findings["unaccounted"]["reasons"]}


@pytest.mark.parametrize("design", ["signal", "gil", "setprofile", "evalframe"])
def test_a_program_without_a_blind_spot(tmp_path, design):
    # The thread rests before it ends: what it does between the last look and its end is a blind spot of `gil`, which waits for the lock.
    script = written(tmp_path, BURN + """
def works():
    busy(1.0)
    time.sleep(0.3)
other = threading.Thread(target=works); other.start(); busy(1.2); other.join()
""")
    # A busy machine may keep an interpreter from starting for a tenth of a second, which is told, and rightly so.
    runs = (profiled(script, design=design) for _ in range(5))
    findings = next(findings for findings in runs if "start-not-seen" not in reasons(findings))
    unaccounted = findings["unaccounted"]
    assert 0 <= unaccounted["share"] < 0.005 and unaccounted["childProcesses"] == 0, unaccounted
    assert "unaccounted" not in findings.caveats()


@pytest.mark.parametrize("part", [0.1, 0.9])
def test_calls_that_a_program_takes_from_the_tracer(tmp_path, part):
    """What it does after it has set a profile function of its own."""
    findings = profiled(written(tmp_path, BURN + f"""
busy({1 - part})
sys.setprofile(lambda *event: None)
busy({part})
"""), design="setprofile")
    assert findings["unaccounted"]["share"] == pytest.approx(part, abs=0.05)
    assert reasons(findings)["calls-lost"] == pytest.approx(part, abs=0.05) and "unaccounted" in findings.caveats()


@pytest.mark.parametrize("design, part", [("signal", 0.1), ("signal", 0.5), ("signal", 0.9), ("evalframe", 0.5)])
@pytest.mark.parametrize("how", ["fork", "spawn"])
def test_child_processes(tmp_path, design, part, how):
    """By what the program itself reads of its own and its children's CPU time."""
    own, childs = 1.5 * (1 - part), 1.5 * part
    work = {
        "fork": "child = os.fork()\nif not child: burn(CHILDS); os._exit(0)\nos.waitpid(child, 0)",
        "spawn": "subprocess.run([sys.executable, '-S', '-c', 'import time\\nwhile time.process_time() < CHILDS: pass'])",
    }[how].replace("CHILDS", str(childs))
    # From before the imports: they are the program's, too, and take a part of the time that is not small everywhere.
    begin = "import time\nbegin = time.thread_time()\n"
    findings = profiled(written(tmp_path, f"{begin}{BURN}burn({own})\n{work}\n" + """
times = os.times()
print(times.children_user + times.children_system, time.thread_time() - begin)
"""), design=design)
    children, itself = map(float, findings.outcome.out.split())
    unaccounted = findings["unaccounted"]
    assert unaccounted["childProcesses"] >= 1 and unaccounted["childCpuSeconds"] == pytest.approx(children, abs=0.03)
    assert unaccounted["share"] == pytest.approx(children / (children + itself), abs=0.02)
    assert reasons(findings)["children"] == pytest.approx(unaccounted["share"], abs=0.02)
    assert "unaccounted" in findings.caveats()
    total = findings.function("burn")["total"]
    if design == "signal":
        assert total["worstHigh"] - total["worstLow"] >= unaccounted["share"] - 0.01


NATIVE = """
#include <pthread.h>
#include <time.h>
static void *spin(void *seconds) {
    struct timespec now;
    do clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now); while (now.tv_sec + now.tv_nsec / 1e9 < *(double *)seconds);
    return 0;
}
static pthread_t thread;
static double wanted;
void begin(double seconds) { wanted = seconds; pthread_create(&thread, 0, spin, &wanted); }
void end(void) { pthread_join(thread, 0); }
"""


@pytest.fixture(scope="module")
def native(tmp_path_factory):
    """A library in C whose thread never comes to Python."""
    folder = tmp_path_factory.mktemp("native")
    (folder / "native.c").write_text(NATIVE)
    assert start(["gcc", "-O1", "-shared", "-fPIC", "-pthread", "-o", folder / "native.so", folder / "native.c"]).status == 0
    return folder / "native.so"


@pytest.mark.parametrize("design", ["signal", "evalframe"])
@pytest.mark.parametrize("part", [0.1, 0.5, 0.9])
def test_threads_of_native_code(tmp_path, native, design, part):
    findings = profiled(written(tmp_path, "import time\nbegin = time.thread_time()\n" + BURN + f"""
import ctypes
native = ctypes.CDLL({str(native)!r})
native.begin(ctypes.c_double({part}))
def main(): burn({1 - part})
main()
native.end()
print(time.thread_time() - begin)
"""), design=design)
    # To import what the program needs takes time, too.
    truth = part / (part + float(findings.outcome.out))
    assert findings["unaccounted"]["share"] == pytest.approx(truth, abs=0.02)
    assert reasons(findings)["native-threads"] == pytest.approx(truth, abs=0.02)


@pytest.mark.parametrize("design", ["setprofile", "signal"])
def test_short_threads_of_python_are_none_of_native_code(tmp_path, design):
    script = written(tmp_path, """
import threading
def tiny():
    for n in range(20_000): pass
for n in range(500):
    thread = threading.Thread(target=tiny); thread.start(); thread.join()
""")
    # How many come and go between two looks is chance, and more where others want the processors.
    runs = [reasons(profiled(script, design=design)) for _ in range(3)]
    assert max(found.get("native-threads", 0) for found in runs) < 0.02, runs
    assert min(found.get("unknown", 0) for found in runs) < 0.25, runs


@pytest.mark.parametrize("count, least", [(400, 0.5), (1000, 0.15)])
def test_as_many_threads_are_followed_as_there_are(tmp_path, count, least):
    """To start and to wake so many takes CPU time of its own, in which ticks come late."""
    findings = profiled(written(tmp_path, BURN + f"""
wait = threading.Event()
waiting = [threading.Thread(target=wait.wait) for _ in range({count})]
for thread in waiting: thread.start()
def works(): busy(1.0)
last = threading.Thread(target=works); last.start(); last.join()
wait.set()
for thread in waiting: thread.join()
"""), flags=["--clock", "cpu"])
    assert len(findings["threads"]) == count + 2
    assert findings.share("works", "total") > least


@pytest.mark.parametrize("design", ["signal", "evalframe", "setprofile"])
def test_exit_functions_that_are_run_early_end_no_profile(tmp_path, design):
    """Whoever runs them goes on, and so does the profile: also in a forked child, and to the exit functions that come later."""
    findings = profiled(written(tmp_path, BURN + """
import atexit
def early(): busy(0.2)
def late(): busy(0.4)
def in_child(): busy(0.3)
def tail(): time.sleep(0.5)
def last(): busy(0.2)
early()
atexit._run_exitfuncs()
late()
if not (child := os.fork()):
    in_child(); atexit._run_exitfuncs(); tail(); os._exit(0)
os.waitpid(child, 0)
atexit.register(last)
"""), design=design, flags=["--children"])
    assert findings["unaccounted"]["share"] < 0.03
    seconds = {name: sum(function["total"]["seconds"] for function in findings.functions(name, "program.py")) for name in
               ("early", "late", "in_child", "tail", "last")}
    assert seconds == pytest.approx({"early": 0.2, "late": 0.4, "in_child": 0.3, "tail": 0.5, "last": 0.2}, abs=0.04)


@pytest.mark.parametrize("design", ["signal", "evalframe", "setprofile"])
def test_a_log_that_cannot_grow(tmp_path, design):
    # Ever new paths, so that a log of any design grows.
    script = written(tmp_path, BURN + """
functions = {}
exec("".join(f"def f{i}(n):\\n    if n: f{(i * 7 + 3) % 3000}(n - 1)\\n" for i in range(3000)), functions)
begin = time.perf_counter()
while time.perf_counter() - begin < 2:
    for i in range(3000): functions[f"f{i}"](20)
print("whole")
""")
    limit = 2 << 20
    findings = profiled(script, design=design, flags=["-r", "20000"] if design == "signal" else [],
                        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (limit, resource.RLIM_INFINITY)))
    assert (findings.outcome.out, findings.outcome.status) == ("whole\n", 0)
    assert "log-full" in findings.caveats() and "log-ended-early" in reasons(findings)
    assert findings["unaccounted"]["share"] > 0.1 and "unaccounted" in findings.caveats()


@pytest.mark.parametrize("design", ["setprofile", "evalframe"])
def test_a_tracer_that_was_killed_early_says_how_much_it_may_lack(tmp_path, design):
    findings = profiled(written(tmp_path, BURN + """
def work(): pass
begin = time.perf_counter()
while time.perf_counter() - begin < 0.06: work()
os.kill(os.getpid(), 9)
"""), design=design)
    assert findings.functions("work")
    assert reasons(findings)["end-not-seen"] > 0


def test_subinterpreters_are_told_of(tmp_path):
    findings = profiled(written(tmp_path, BURN + """
try: import _interpreters as interpreters
except ImportError: import _xxsubinterpreters as interpreters
run = getattr(interpreters, "run_string", None) or interpreters.exec
run(interpreters.create(), "print(sum(range(10**6)), flush=True)")
busy(0.2)
"""))
    assert findings.outcome.status == 0 and "499999500000" in findings.outcome.out
    assert "subinterpreters" in findings.caveats() and "subinterpreters" in reasons(findings)


def test_a_report_of_the_file_says_the_same(tmp_path):
    script = written(tmp_path, BURN + "subprocess.run([sys.executable, '-S', '-c', 'import time\\nwhile time.process_time() < 0.3: pass'])\nbusy(0.3)")
    output = tmp_path / "profile.pb.gz"
    run = start(command(script, output=output))
    report = start([SWPROF, "report", output])
    for text in (run.err, report.out):
        assert "child process" in text and "is in no figure here" in text
