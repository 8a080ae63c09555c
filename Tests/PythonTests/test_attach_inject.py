"""`swprof attach --inject` has a process that runs already look at its own stacks, and leaves it as it was."""
import os
import pathlib
import signal
import subprocess
import tempfile
import time

import pytest

import schema
from commandline import assert_one_line, clean_environment, version
from profiling import BUSY, INTERPRETERS, LIBRARY, Findings
from targets import SHARES, shares_told, target, wait_until

NEW = [path for minor in (14, 15) for path in [p for p in INTERPRETERS if version(p) == (3, minor)][:1]]
pytestmark = pytest.mark.skipif(not NEW, reason="no Python that takes scripts is here")
NEWEST = NEW[-1:]

# Says at its end what differs from its beginning.
STATE = BUSY.replace("def busy", "import atexit, os, signal, sys, threading, time\ndef busy") + """
def state():
    status = open("/proc/self/status").read().splitlines()
    return {
        "modules": sorted(sys.modules), "path": list(sys.path), "importers": sorted(sys.path_importer_cache), "environ": dict(os.environ),
        "exits": atexit._ncallbacks(), "handlers": [signal.getsignal(number) for number in signal.valid_signals()],
        "hooks": [sys.getprofile(), sys.gettrace(), sys.excepthook, sys.unraisablehook, sys.displayhook],
        "descriptors": sorted(os.listdir("/proc/self/fd")), "threads": sorted(os.listdir("/proc/self/task")),
        "signals": [line for line in status if line.startswith(("Sig", "Shd")) and "SigQ" not in line],
    }
def end():
    sys.stdin.read()
    ended.set()
    threading.Event().wait()
ended = threading.Event()
threading.Thread(target=end, daemon=True).start()
busy(0.1)
before = state()
print("ready", flush=True)
while not ended.is_set():
    busy(0.01)
after = state()
print([key for key in before if before[key] != after[key]])
"""

# Its main thread waits until its input ends, and never comes to Python code before.
BLOCKED = "import sys\nprint('ready', flush=True)\nsys.stdin.read()\nfor _ in range(1000): pass\nprint('as ever', flush=True)\n"


def injected(swprof, process, *words):
    return swprof("attach", "--inject", *words, str(process.pid))


@pytest.mark.parametrize("python", NEW)
def test_shares_are_what_the_program_spends(swprof, tmp_path, python):
    with target(tmp_path, SHARES, python=python, stderr=subprocess.PIPE) as process:
        result = injected(swprof, process, "--json", "--duration", "2")
        out, errors = process.communicate("")
    assert result.returncode == 0 and errors == "", result.stderr
    findings = Findings(schema.parse(result.stdout))
    schema.check_run(findings)
    assert (findings["design"], findings["kind"], findings["clock"], findings["exit"]) == ("signal", "sampling", "wall", None)
    assert findings["audit"]["attached to"] == f"process {process.pid}"
    whole = findings.share("work", "total")
    shares = [findings.share(name, "total") / whole for name in ("seventy", "twenty", "ten")]
    assert shares == pytest.approx(shares_told(process, out), abs=0.06)
    assert whole == pytest.approx(1 / 3, abs=0.02) and findings.share("waiting", "total") == pytest.approx(1 / 3, abs=0.02)
    ledger = findings["ledger"]
    assert ledger["due"] > 1800 and ledger["failed"] < 0.02 * ledger["due"]
    assert all(function["low"] is not None for function in [findings.function("seventy")["self"]])
    assert findings["unaccounted"]["share"] < 0.02


@pytest.mark.parametrize("python", NEW)
def test_the_program_is_as_it_was(swprof, tmp_path, python):
    with target(tmp_path, STATE, python=python, stderr=subprocess.PIPE) as process:
        # More than once: each has to clear the way for the next.
        for _ in range(2):
            result = injected(swprof, process, "--duration", "0.3", "-o", tmp_path / "p.pb.gz")
            assert result.returncode == 0, result.stderr
        out, errors = process.communicate("")
    assert (process.returncode, out, errors) == (0, "[]\n", "")
    assert "busy" in result.stdout


@pytest.mark.parametrize("python", NEWEST)
def test_a_killed_swprof_ends_the_session(swprof, tmp_path, python):
    with target(tmp_path, STATE, python=python, stderr=subprocess.PIPE) as process:
        before = threads(process)
        looking = subprocess.Popen([swprof.path, "attach", "--inject", str(process.pid)], env=clean_environment(TMPDIR=str(tmp_path)))
        wait_until(lambda: len(threads(process)) > len(before))
        looking.kill()
        looking.wait()
        wait_until(lambda: threads(process) == before)
        # The next one finds nothing in its way.
        again = injected(swprof, process, "--duration", "0.2", "-o", tmp_path / "p.pb.gz")
        out, errors = process.communicate("")
    assert again.returncode == 0, again.stderr
    assert (process.returncode, out, errors) == (0, "[]\n", "")


@pytest.mark.parametrize("python", NEWEST)
def test_an_interrupt_shows_the_report(swprof, tmp_path, python):
    with target(tmp_path, SHARES, python=python) as process:
        before = threads(process)
        with subprocess.Popen(
                [swprof.path, "attach", "--inject", "--json", str(process.pid)], stdout=subprocess.PIPE, text=True, env=clean_environment()) as looking:
            wait_until(lambda: len(threads(process)) > len(before))
            time.sleep(0.3)
            looking.send_signal(signal.SIGINT)
            out, _ = looking.communicate()
        assert threads(process) == before
    assert looking.returncode == 0 and Findings(schema.parse(out)).share("work", "total") > 0.3


@pytest.mark.parametrize("python", NEWEST)
@pytest.mark.parametrize("end", ["pass", "os.kill(os.getpid(), 9)"])
def test_a_program_that_ends_leaves_its_profile(swprof, tmp_path, python, end):
    source = BUSY.replace("def busy", "import os, time\ndef busy") + f"print('ready', flush=True)\nbusy(1)\n{end}\n"
    with target(tmp_path, source, python=python) as process:
        result = injected(swprof, process, "--json")
    assert result.returncode == 0, result.stderr
    findings = Findings(schema.parse(result.stdout))
    assert "target-ended" in findings.caveats() and findings.share("busy", "total") > 0.9


@pytest.mark.parametrize("python", NEWEST)
def test_a_program_that_waits_in_c_is_left_alone(swprof, tmp_path, python):
    with target(tmp_path, BLOCKED, python=python, stderr=subprocess.PIPE) as process:
        assert_one_line(injected(swprof, process), 3, f"process {process.pid} did not come to Python code", "leave out --inject")
        library = memory_map(process)
        out, errors = process.communicate("")
    assert (process.returncode, out, errors) == (0, "as ever\n", "")
    assert "_swprof" not in library


@pytest.mark.parametrize("python", NEWEST)
def test_a_program_that_takes_no_scripts(swprof, tmp_path, python):
    with target(tmp_path, BLOCKED, python=python, env=os.environ | {"PYTHON_DISABLE_REMOTE_DEBUG": "1"}) as process:
        assert_one_line(injected(swprof, process), 3, "takes no scripts (PYTHON_DISABLE_REMOTE_DEBUG", "leave out --inject")


def test_an_older_python(swprof, tmp_path, python):
    if version(python) >= (3, 14):
        pytest.skip("this Python takes scripts")
    with target(tmp_path, BLOCKED, python=python) as process:
        assert_one_line(injected(swprof, process), 3, "only 3.14 and newer can be profiled from within", "leave out --inject")


@pytest.mark.parametrize("python", NEWEST)
def test_a_program_that_is_profiled_already(swprof, tmp_path, python):
    with target(tmp_path, SHARES, python=python) as process:
        before = threads(process)
        with subprocess.Popen([swprof.path, "attach", "--inject", str(process.pid)], stdout=subprocess.DEVNULL, env=clean_environment()) as looking:
            wait_until(lambda: len(threads(process)) > len(before))
            second = injected(swprof, process)
            looking.send_signal(signal.SIGINT)
    assert_one_line(second, 3, f"cannot profile process {process.pid} from within: profiling is already going on")
    assert looking.returncode == 0


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can look at all users' processes")
@pytest.mark.parametrize("python", NEWEST)
def test_another_users_process(swprof, tmp_path, python):
    with tempfile.TemporaryDirectory(dir="/tmp") as place:
        os.chmod(place, 0o755)
        if not all(os.stat(folder).st_mode & 0o001 for file in (LIBRARY, python) for folder in pathlib.Path(file).resolve().parents):
            pytest.skip("another user does not see swprof or its Python")
        with target(pathlib.Path(place), SHARES, python=python, user=65534, cwd="/", stderr=subprocess.PIPE) as process:
            result = swprof("attach", "--inject", "--json", "--duration", "0.5", str(process.pid), env=clean_environment(TMPDIR="/tmp"))
            _, errors = process.communicate("")
    assert result.returncode == 0 and errors == "", result.stderr
    assert Findings(schema.parse(result.stdout)).share("work", "total") > 0.3


def test_children_are_not_followed_from_within(swprof):
    assert_one_line(swprof("attach", "--inject", "--children", str(os.getpid())), 2, "--inject is for one process")


def threads(process):
    return set(os.listdir(f"/proc/{process.pid}/task"))


def memory_map(process):
    with open(f"/proc/{process.pid}/maps") as maps:
        return maps.read()
