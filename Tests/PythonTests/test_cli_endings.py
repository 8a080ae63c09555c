"""swprof ends as the program ends, after the report of what was captured."""
import os
import pathlib
import signal
import subprocess
import time

import pytest

from commandline import BUSY, DESIGNS, INSIDES, TRACING, assert_one_line, clean_environment

ENDINGS = {
    "import sys; sys.exit(7)": 7,
    "import sys; sys.exit('why')": 1,
    "import sys; sys.exit()": 0,
    "raise SystemExit(256 + 3)": 3,
    "raise ValueError('x')": 1,
    "import os; os._exit(5)": 5,
    "import ctypes\ndef end(): ctypes.pythonapi.PyRun_SimpleString(b'raise SystemExit(4)')\nend()": 4,
    "import os, signal; os.kill(os.getpid(), signal.SIGKILL)": -signal.SIGKILL,
    "import os, signal; os.kill(os.getpid(), signal.SIGTERM)": -signal.SIGTERM,
    "import ctypes; ctypes.string_at(0)": -signal.SIGSEGV,
    "import os; os.abort()": -signal.SIGABRT,
    "raise KeyboardInterrupt": -signal.SIGINT,
    "import threading, os; threading.Thread(target=os._exit, args=(9,)).start(); import time; time.sleep(5)": 9,
}


@pytest.mark.parametrize("design", DESIGNS)
@pytest.mark.parametrize("ending", ENDINGS)
def test_the_status_is_the_programs_and_nothing_captured_is_lost(run, script, tmp_path, design, ending):
    out = tmp_path / "x.pb.gz"
    result = run("-d", design, "-o", out, script(BUSY + ending))
    assert result.returncode == ENDINGS[ending], result.stderr
    assert not INSIDES.search(result.stderr), result.stderr
    assert out.stat().st_size > 100
    # A tracer of a killed program may lack its last tenth of a second.
    if design not in TRACING:
        assert "work" in result.stderr


@pytest.mark.parametrize("design", TRACING)
def test_a_killed_tracers_program_is_told_all_but_its_last_tenth_of_a_second(run, script, design):
    text = BUSY.replace("0.06", "0.4") + "import os, signal; os.kill(os.getpid(), signal.SIGKILL)"
    result = run("-d", design, script(text))
    assert result.returncode == -signal.SIGKILL
    assert "work" in result.stderr


@pytest.fixture
def waiting(swprof, python, script):
    """Starts swprof on a program, in a session of its own, and waits until the program says that it is ready."""
    started = []

    def start(text, *words, **options):
        process = subprocess.Popen(
            [swprof.path, "run", "--python", python, *words, script(text)], text=True, env=options.pop("env", clean_environment()),
            stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE, start_new_session=True)
        started.append(process)
        assert process.stdout.readline() == "ready\n"
        return process

    yield start
    for process in started:
        if process.poll() is None:
            os.killpg(process.pid, signal.SIGKILL)
        process.communicate()


SPIN = """
import os
def work():
    n = 0
    while True:
        n += 1
print("ready", flush=True)
work()
"""


@pytest.mark.parametrize("design", DESIGNS)
@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP, signal.SIGUSR1])
def test_what_is_sent_to_swprof_reaches_the_program(waiting, design, number):
    process = waiting(SPIN, "-d", design)
    time.sleep(0.3)
    process.send_signal(number)
    _, report = process.communicate(timeout=20)
    assert process.returncode == -number
    assert "work" in report


def test_the_program_may_handle_what_is_sent(waiting):
    process = waiting("""
import signal, sys, time
signal.signal(signal.SIGTERM, lambda *_: sys.exit(41))
print("ready", flush=True)
time.sleep(20)
""")
    process.terminate()
    process.communicate(timeout=20)
    assert process.returncode == 41


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGQUIT])
def test_an_interrupt_from_the_terminal_ends_the_program_and_brings_the_report(waiting, number):
    process = waiting(SPIN)
    time.sleep(0.1)
    os.killpg(process.pid, number)
    _, report = process.communicate(timeout=20)
    assert process.returncode == -number
    assert "work" in report
    assert ("KeyboardInterrupt" in report) == (number == signal.SIGINT)


def test_a_program_that_goes_on_after_an_interrupt_does_so(waiting):
    process = waiting("""
import time
try:
    print("ready", flush=True)
    time.sleep(20)
except KeyboardInterrupt:
    print("went on")
""")
    os.killpg(process.pid, signal.SIGINT)
    out, _ = process.communicate(timeout=20)
    assert (out, process.returncode) == ("went on\n", 0)


def left(folder):
    return sorted(str(path.relative_to(folder)) for path in pathlib.Path(folder).rglob("*"))


@pytest.mark.parametrize("ending", ["", "raise ValueError", "import os, signal; os.kill(os.getpid(), signal.SIGKILL)", "("])
def test_temporary_files_are_removed(run, script, tmp_path, ending):
    folder = tmp_path / "own folder"
    folder.mkdir()
    run(script(BUSY + ending), env=clean_environment(TMPDIR=str(folder)))
    assert left(folder) == []


@pytest.mark.parametrize("words", [["--python", "/bin/true"], ["--rate", "0"], ["-o", "/missing/x.pb.gz"]])
def test_so_they_are_after_a_refusal(swprof, script, tmp_path, words):
    (tmp_path / "own").mkdir()
    swprof("run", *words, script("pass"), env=clean_environment(TMPDIR=str(tmp_path / "own")))
    assert left(tmp_path / "own") == []


def test_so_they_are_after_a_comparison(swprof, python, script, tmp_path):
    (tmp_path / "own").mkdir()
    swprof("compare", "--python", python, "--runs", "1", script("pass"), env=clean_environment(TMPDIR=str(tmp_path / "own")))
    assert left(tmp_path / "own") == []


def test_so_they_are_after_a_signal_to_swprof(waiting, tmp_path):
    (tmp_path / "own").mkdir()
    process = waiting(SPIN, env=clean_environment(TMPDIR=str(tmp_path / "own")))
    process.terminate()
    process.communicate(timeout=20)
    assert left(tmp_path / "own") == []


def test_temporary_files_are_for_nobody_else_to_read(run, script, tmp_path):
    text = """
import os
for folder, _, files in os.walk(os.environ["TMPDIR"]):
    for name in [folder] * (folder != os.environ["TMPDIR"]) + [os.path.join(folder, name) for name in files]:
        if not os.path.islink(name):
            print(oct(os.stat(name).st_mode & 0o077))
"""
    (tmp_path / "own").mkdir()
    result = run(script(text), env=clean_environment(TMPDIR=str(tmp_path / "own"), PYTHONDONTWRITEBYTECODE="1"))
    assert set(result.stdout.split()) == {"0o0"}


def test_a_folder_for_temporary_files_that_is_missing_is_named(run, script):
    assert_one_line(run(script("pass"), env=clean_environment(TMPDIR="/missing/folder")), 3, "/missing/folder", "TMPDIR")
