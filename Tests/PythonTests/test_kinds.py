"""What functions did in their own time (Python, C, waiting), and reports of a part of the time (`--time`)."""
import json
import os

import pytest

import schema
from commandline import version
from profiling import ONE_EACH, SWPROF, command, little_lost, much_lost, profiled, start, written
from targets import target

PYTHONS = [path for path in ONE_EACH if version(path)[:2] in ((3, 11), (3, 13), (3, 15))]
ENDS = [path for path in ONE_EACH if version(path)[:2] in ((3, 11), (3, 15))]

# The program times what one function does: a loop of Python, one C function, and a sleep. A sleep that is over may still want for a
# processor, which is no waiting: so there are two bounds of what it is.
MIXED = """
import json, time, zlib
block = bytes(range(256)) * 2000
clock = time.perf_counter
spent = {"python": 0, "c": 0, "waiting": 0}
def mixed(count, pause):
    for _ in range(count):
        begin = clock()
        x = 0
        while x < 60_000: x += 1
        python = clock()
        zlib.compress(block)
        c = clock()
        time.sleep(pause)
        spent["python"] += python - begin
        spent["c"] += c - python
        spent["waiting"] += clock() - c
begin = clock()
mixed(120, 0.004)
whole = clock() - begin
late = spent["waiting"] - 120 * 0.004
print(json.dumps({"python": [spent["python"] / whole] * 2, "c": [spent["c"] / whole, (spent["c"] + late) / whole],
                  "waiting": [(spent["waiting"] - late) / whole, spent["waiting"] / whole]}))
"""


def of(findings, name):
    return next(each for each in findings["functions"] if each["name"] == name)


def is_within(truth, bounds, lost=0):
    """A 95 % interval misses one time in twenty: half of it more on each side hardly ever."""
    more = (bounds["high"] - bounds["low"]) / 2 + 0.004 + lost
    return bounds["low"] - more <= truth[1] and truth[0] <= bounds["high"] + more


@pytest.mark.parametrize("python", PYTHONS)
def test_the_kinds_of_a_functions_time_are_those_that_it_measures(tmp_path, python):
    script = written(tmp_path, MIXED)
    findings = little_lost(lambda: profiled(script, python=python))
    schema.check_run(findings)
    truth = json.loads(findings.outcome.out)
    mixed = of(findings, "mixed")
    whole = mixed["total"]["share"]
    for kind in ("python", "c", "waiting"):
        assert is_within([each * whole for each in truth[kind]], mixed["kindIntervals"][kind], much_lost(findings)), (kind, truth, mixed)
    assert mixed["kinds"]["garbage"] < 0.01 and mixed["kinds"]["gil"] < 0.01
    assert of(findings, "compress")["kinds"]["c"] == pytest.approx(of(findings, "compress")["self"]["share"], abs=0.01)
    assert of(findings, "sleep")["kinds"]["waiting"] > 0.9 * of(findings, "sleep")["self"]["share"]


@pytest.mark.parametrize("python", ENDS)
def test_a_report_is_of_the_time_in_which_threads_ran_or_waited(tmp_path, python):
    script = written(tmp_path, MIXED)
    output = tmp_path / "profile.pb.gz"
    outcome = start(command(script, output=output, python=python, flags=["--time", "running"]))
    assert outcome.status == 0 and "shares are of the time in which threads ran: " in outcome.err, outcome.err
    truth = json.loads(outcome.out)
    parts = {time: reported(output, time) for time in ("running", "idle")}
    whole = sum(part["timeShare"]["seconds"] for part in parts.values())
    assert sum(part["timeShare"]["share"] for part in parts.values()) == pytest.approx(1)
    assert sum(each["seconds"] for part in parts.values() for each in part["threads"]) == pytest.approx(whole, rel=1e-6)
    running, idle = of(parts["running"], "mixed"), of(parts["idle"], "mixed")
    waited = idle["self"]["seconds"] / (running["self"]["seconds"] + idle["self"]["seconds"])
    assert truth["waiting"][0] - 0.03 <= waited <= truth["waiting"][1] + 0.03
    assert running["kinds"]["waiting"] == 0 and idle["kinds"]["python"] == idle["kinds"]["c"] == 0
    python_of = [truth["python"][0] / (truth["python"][0] + c) for c in truth["c"]]
    assert python_of[1] - 0.04 <= running["kinds"]["python"] / running["self"]["share"] <= python_of[0] + 0.04


def reported(output, time):
    report = start([SWPROF, "report", output, "--json", "--time", time])
    assert report.status == 0, report.err
    findings = json.loads(report.out)
    schema.check_run(findings)
    assert findings["time"] == time
    return findings


CONTENTION = """
import json, threading, time, zlib
block = bytes(range(256)) * 40_000
def spin(end):
    x = 0
    while time.perf_counter() < end: x += 1
def rest(end): time.sleep(end - time.perf_counter())
def compress(end):
    while time.perf_counter() < end: zlib.compress(block)
def main():
    end = time.perf_counter() + 0.8
    threads = [threading.Thread(target=each, args=(end,)) for each in (spin, spin, rest, compress)]
    begin = time.perf_counter()
    for each in threads: each.start()
    for each in threads: each.join()
    print(json.dumps(time.perf_counter() - begin))
main()
"""


@pytest.mark.parametrize("python", ENDS)
def test_one_thread_at_a_time_holds_the_lock(tmp_path, python):
    """Of two threads that spin each has it half of the time, and waits for it the other half; C that gave it back runs beside them."""
    output = tmp_path / "profile.pb.gz"
    outcome = start(command(written(tmp_path, CONTENTION), output=output, python=python))
    assert outcome.status == 0, outcome.err
    seconds = json.loads(outcome.out)
    held, running, idle = (reported(output, time) for time in ("gil", "running", "idle"))
    # All of the wall time somebody has it.
    assert held["timeShare"]["seconds"] == pytest.approx(seconds, rel=0.15)
    spin = of(held, "spin")
    assert spin["self"]["share"] > 0.8 and spin["kinds"]["gil"] == 0 and spin["kinds"]["waiting"] == 0
    assert not [each for each in held["functions"] if each["name"] in ("rest", "sleep")]
    # What compresses runs, and holds nothing.
    assert of(running, "compress")["self"]["seconds"] > 3 * sum(each["self"]["seconds"] for each in held["functions"] if each["name"] == "compress" and each["file"])
    waits = of(idle, "spin")["kinds"]["gil"] * idle["timeShare"]["seconds"]
    assert waits == pytest.approx(spin["self"]["seconds"], rel=0.35)
    assert of(idle, "rest")["kinds"]["waiting"] > 0.95 * of(idle, "rest")["self"]["share"]


def test_a_part_of_the_time_within_a_function(tmp_path):
    findings = profiled(written(tmp_path, MIXED), flags=["--time", "running", "--within", "mixed"])
    assert findings["time"] == "running" and findings["within"] == "mixed"
    assert of(findings, "mixed")["total"]["share"] == pytest.approx(1)


@pytest.mark.parametrize("flags, said", [
    (["-d", "evalframe", "--time", "running"], "evalframe does not tell running from waiting"),
    (["-d", "gil", "--time", "gil"], "gil does not tell running from waiting"),
    (["--clock", "cpu", "--time", "idle"], "the CPU clock counts no time in which threads wait"),
    (["--time", "sometimes"], "sometimes"),
    (["--tasks", "all"], "the stacks of tasks that wait are not looked at yet"),
])
def test_what_cannot_be_told_is_refused_before_anything_runs(tmp_path, swprof, flags, said):
    script = written(tmp_path, "open('ran', 'w')")
    result = swprof("run", *flags, script, cwd=tmp_path)
    assert result.returncode == 2 and said in result.stderr and len(result.stderr.splitlines()) == 1, result.stderr
    assert not (tmp_path / "ran").exists()


def test_tasks_that_run_are_the_default(tmp_path, swprof):
    assert swprof("run", "--tasks", "running", written(tmp_path, "print(1)")).returncode == 0


def test_a_profile_that_does_not_tell_is_refused(tmp_path, swprof):
    output, other = tmp_path / "profile.pb.gz", tmp_path / "profile.collapsed"
    start(command(written(tmp_path, "sum(range(2_000_000))"), output=output))
    assert swprof("convert", output, other).returncode == 0
    result = swprof("report", other, "--time", "running")
    assert result.returncode == 3 and "does not tell running from waiting" in result.stderr
    result = swprof("report", output, "--time", "idle", "--within", "no_such")
    assert result.returncode == 3 and len(result.stderr.splitlines()) == 1


@pytest.mark.parametrize("python", ENDS[-1:])
def test_a_process_from_outside_tells_who_waits_and_not_who_holds_the_lock(swprof, tmp_path, python):
    text = """
import time
print("ready", flush=True)
while True:
    end = time.perf_counter() + 0.02
    while time.perf_counter() < end: pass
    time.sleep(0.02)
"""
    with target(tmp_path, text, python=python) as process:
        result = swprof("attach", "--json", "-o", tmp_path / "findings.json", "--duration", "1.5", "--time", "running", str(process.pid))
        refused = swprof("attach", "--duration", "1", "--time", "gil", str(process.pid))
    assert result.returncode == 0, result.stderr
    findings = json.loads((tmp_path / "findings.json").read_text())
    assert findings["timeShare"]["share"] == pytest.approx(0.5, abs=0.15)
    kinds = of(findings, "<module>")["kinds"]
    assert kinds["garbage"] is None and kinds["gil"] is None and kinds["waiting"] == 0
    assert refused.returncode == 2 and "remote does not tell who holds the GIL" in refused.stderr


def test_the_column_leaves_room_for_names(tmp_path, swprof):
    output = tmp_path / "profile.pb.gz"
    start(command(written(tmp_path, MIXED), output=output))
    for width in (60, 80, 120):
        shown = swprof("report", output, "--by", "function", env={**os.environ, "COLUMNS": str(width)}).stdout
        assert " wait" in shown and "mixed" in shown and max(map(len, shown.splitlines())) <= width
        assert ("self time  % of self" in shown) == (width == 120)
