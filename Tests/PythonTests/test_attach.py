"""`swprof attach` profiles a process that runs already, and leaves it as it is."""
import json
import os
import pathlib
import signal
import subprocess
import sys
import time

import pytest

import schema
from commandline import clean_environment
from profiling import BUSY, Findings
from targets import SHARES, VERSIONS, readers, shares_told, target, wait_until

LEGAL = pathlib.Path(__file__).parents[2] / "experiments" / "bench" / "legal_stacks.py"

FAST = """
import sys
def small(n):
    return n + 1
def middle(n):
    return small(n) + small(n + 1)
print("ready", flush=True)
for turn in range(10**9):
    middle(turn)
"""


def attached(swprof, process, *words):
    result = swprof("attach", "--json", *words, str(process.pid))
    assert result.returncode == 0, result.stderr
    return Findings(schema.parse(result.stdout))


@pytest.mark.parametrize("python", VERSIONS)
def test_shares_are_what_the_program_spends(swprof, tmp_path, python):
    with target(tmp_path, SHARES, python=python) as process:
        findings = attached(swprof, process, "--duration", "2")
        out, _ = process.communicate("")
    schema.check_run(findings)
    assert (findings["design"], findings["kind"], findings["clock"], findings["exit"]) == ("remote", "sampling", "wall", None)
    assert findings["audit"]["interpreter"] == os.path.realpath(python) and findings["audit"]["attached to"] == f"process {process.pid}"
    assert {"kernel", "processors", "memory"} <= findings["audit"].keys()
    whole = findings.share("work", "total")
    shares = [findings.share(name, "total") / whole for name in ("seventy", "twenty", "ten")]
    assert shares == pytest.approx(shares_told(process, out), abs=0.06)
    # Three threads live as long as one another, and one of them works.
    assert whole == pytest.approx(1 / 3, abs=0.02) and findings.share("waiting", "total") == pytest.approx(1 / 3, abs=0.02)
    ledger = findings["ledger"]
    assert ledger["due"] == ledger["taken"] + ledger["missed"] + ledger["failed"] and ledger["failed"] < 0.02 * ledger["due"]


@pytest.mark.parametrize("python", VERSIONS)
def test_no_stack_is_impossible(swprof, tmp_path, python):
    def judge(*words):
        return subprocess.run([sys.executable, LEGAL, *words], capture_output=True, text=True, check=True).stdout

    judge("write", tmp_path)
    program = tmp_path / "legal_program.py"
    with subprocess.Popen([python, program, "30"], stdout=subprocess.DEVNULL, cwd=tmp_path) as process:
        time.sleep(0.3)
        try:
            result = swprof("attach", "-r", "5000", "--duration", "3", "-o", tmp_path / "p.pb.gz", str(process.pid))
        finally:
            process.kill()
    assert result.returncode == 0, result.stderr
    assert swprof("convert", tmp_path / "p.pb.gz", tmp_path / "p.collapsed").returncode == 0
    verdict = json.loads(judge("check", tmp_path / "legality.json", tmp_path / "p.collapsed"))
    # Its functions call each other by C and by generators in under a microsecond, the worst that there is for who looks from outside.
    assert verdict["illegal"] == 0, verdict["examples"]
    assert verdict["stacks"] > 1000 and verdict["functions"] > 150


@pytest.mark.parametrize("python", VERSIONS)
def test_what_changes_faster_than_a_system_call_is_seen(swprof, tmp_path, python):
    with target(tmp_path, FAST, python=python) as process:
        findings = attached(swprof, process, "--duration", "1")
    names = {function["name"] for function in findings["functions"]}
    assert {"<module>", "middle", "small"} <= names
    ledger = findings["ledger"]
    assert ledger["failed"] < 0.01 * ledger["due"]
    assert findings.share("<module>", "total") == pytest.approx(1, abs=0.001)
    # A body of one addition is most of neither, and the loop is the rest.
    assert all(0.1 < findings.share(name, "self") < 0.6 for name in ("<module>", "middle", "small"))


def test_the_target_outlives_whoever_looks(swprof, tmp_path, python):
    # What a killed swprof leaves is for the next one to find that has the same folder.
    environment = clean_environment(TMPDIR=str(tmp_path))
    with target(tmp_path, SHARES, python=python) as process:
        with subprocess.Popen([swprof.path, "attach", str(process.pid)], stdout=subprocess.PIPE, env=environment) as looking:
            wait_until(lambda: readers(process))
            time.sleep(0.3)
            looking.kill()
        wait_until(lambda: not readers(process))
        out, _ = process.communicate("")
    assert sum(shares_told(process, out)) == pytest.approx(1)


def test_a_killed_reader_is_one_clear_line(swprof, tmp_path, python):
    with target(tmp_path, SHARES, python=python) as process:
        with subprocess.Popen([swprof.path, "attach", str(process.pid)], stderr=subprocess.PIPE, text=True, env=clean_environment()) as looking:
            wait_until(lambda: readers(process))
            time.sleep(0.3)
            os.kill(readers(process)[0], signal.SIGKILL)
            _, errors = looking.communicate()
        out, _ = process.communicate("")
    assert looking.returncode == 3 and errors.count("\n") == 1 and errors.startswith("swprof: ")
    assert sum(shares_told(process, out)) == pytest.approx(1)


def test_an_interrupt_ends_looking_and_shows_the_report(swprof, tmp_path, python):
    with target(tmp_path, SHARES, python=python) as process:
        with subprocess.Popen([swprof.path, "attach", "--json", str(process.pid)], stdout=subprocess.PIPE, text=True, env=clean_environment()) as looking:
            wait_until(lambda: readers(process))
            time.sleep(0.5)
            looking.send_signal(signal.SIGINT)
            out, _ = looking.communicate()
        assert process.poll() is None
    assert looking.returncode == 0 and json.loads(out)["ledger"]["taken"] > 0


def test_a_target_that_ends_leaves_its_profile(swprof, tmp_path, python):
    source = BUSY.replace("def busy", "import time\ndef busy") + "print('ready', flush=True)\nbusy(1)\n"
    with target(tmp_path, source, python=python) as process:
        findings = attached(swprof, process)
    assert "target-ended" in findings.caveats() and findings.share("busy", "total") > 0.9
    # While the interpreter takes itself down there are no threads to be seen; after its end no tick is due.
    assert findings["ledger"]["missed"] <= 0.2 * findings["ledger"]["due"]


def test_a_target_that_starts_another_program_leaves_its_profile(swprof, tmp_path, python):
    source = BUSY.replace("def busy", "import os, sys, time\ndef busy")
    source += "print('ready', flush=True)\nbusy(1)\nos.execv(sys.executable, [sys.executable, '-c', 'import time; time.sleep(60)'])\n"
    with target(tmp_path, source, python=python) as process:
        findings = attached(swprof, process)
    assert "target-replaced" in findings.caveats() and findings.share("busy", "total") > 0.9


def test_children_are_counted(swprof, tmp_path, python):
    source = "import subprocess, sys, time\nsubprocess.Popen(['sleep', '60'])\nprint('ready', flush=True)\ntime.sleep(60)\n"
    with target(tmp_path, source, python=python) as process:
        findings = attached(swprof, process, "--duration", "0.3")
        subprocess.run(["pkill", "-P", str(process.pid)], check=True)
    assert "children" in findings.caveats() and findings["unaccounted"]["childProcesses"] == 1


def test_a_profile_is_kept_and_reported(swprof, tmp_path, python):
    with target(tmp_path, SHARES, python=python) as process:
        result = swprof("attach", "--duration", "0.5", "-o", tmp_path / "a.pb.gz", "--html", tmp_path / "a.html", str(process.pid))
    assert result.returncode == 0 and "remote" in result.stdout and "seventy" in result.stdout
    assert "seventy" in (tmp_path / "a.html").read_text()
    report = json.loads(swprof("report", "--json", tmp_path / "a.pb.gz").stdout)
    assert report["design"] == "remote" and report["program"][0].endswith("program.py")


def test_a_part_that_nobody_saw_leaves_the_whole(swprof, tmp_path, python):
    with target(tmp_path, SHARES, python=python) as process:
        result = swprof("attach", "--duration", "0.5", "--within", "nobody", "--json", "-o", tmp_path / "a.json", str(process.pid))
    assert result.returncode == 0 and "nobody" in result.stderr and "of the whole run" in result.stderr
    assert "seventy" in {function["name"] for function in json.loads((tmp_path / "a.json").read_text())["functions"]}


# By processor time: more processes than processors wait for each other.
POOL = BUSY.replace("perf_counter", "process_time").replace("def busy", "import os, subprocess, sys, time\ndef busy") + """
def first():
    busy(0.006)
def second():
    busy(0.002)
def worker():
    while os.getppid() == parent:
        first()
        second()
        time.sleep(0.02)
    os._exit(0)
parent = os.getpid()
for _ in range(2):
    if os.fork() == 0:
        worker()
spawned = subprocess.Popen([sys.executable, "-c", "import sys\\nsys.stdin.read()"], stdin=subprocess.PIPE)
other = subprocess.Popen(["cat"], stdin=subprocess.PIPE)
print("ready", flush=True)
late = sys.stdin.readline()
if os.fork() == 0:
    worker()
sys.stdin.read()
"""


@pytest.mark.parametrize("python", VERSIONS)
def test_children_are_followed_where_that_is_asked_for(swprof, tmp_path, python):
    with target(tmp_path, POOL, python=python) as process:
        looking = subprocess.Popen(
            [swprof.path, "attach", "--children", "--json", "--duration", "1.5", str(process.pid)],
            stdout=subprocess.PIPE, text=True, env=clean_environment())
        wait_until(lambda: readers(process))
        # One that begins while swprof looks.
        process.stdin.write("late\n")
        process.stdin.flush()
        findings = Findings(schema.parse(looking.communicate()[0]))
    schema.check_run(findings)
    own, *children = findings["processes"]
    assert own["id"] == process.pid and {child["parent"] for child in children} == {process.pid}
    assert len(children) == 4 and [child["name"] for child in children].count("-c") == 1
    assert findings["unaccounted"]["childProcesses"] == 1, "cat is no Python"
    whole = findings.share("worker", "total")
    assert whole == pytest.approx(sum(child["share"] for child in children if child["name"] != "-c"), abs=0.02)
    assert findings.share("first", "total") / findings.share("second", "total") == pytest.approx(3, rel=0.25)
