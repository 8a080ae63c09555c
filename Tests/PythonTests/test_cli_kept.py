"""Nothing captured is lost: not by a signal to swprof, by its end, or by a file that cannot be written."""
import os
import pathlib
import re
import signal
import subprocess
import time

import pytest

from commandline import BUSY, clean_environment


@pytest.fixture
def spinning(swprof, python, script, tmp_path):
    """Starts swprof on a program that runs until it is told to end, with folders of its own; gives its process."""
    started = []

    def start(text):
        (tmp_path / "temporary").mkdir(exist_ok=True)
        environment = clean_environment(TMPDIR=str(tmp_path / "temporary"), XDG_STATE_HOME=str(tmp_path / "state"))
        process = subprocess.Popen(
            [swprof.path, "run", "--python", python, script(text)], text=True, env=environment, stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE, stderr=subprocess.PIPE, start_new_session=True)
        process.environment = environment
        started.append(process)
        process.program = int(process.stdout.readline())
        return process

    yield start
    for process in started:
        try:
            os.killpg(process.pid, signal.SIGKILL)
        except ProcessLookupError:
            pass
        process.communicate()


INTERRUPTED = """
import os, sys, time
interrupts = 0
print(os.getpid(), flush=True)
end = time.monotonic() + 20
while time.monotonic() < end:
    try:
        while time.monotonic() < end: pass
    except KeyboardInterrupt:
        interrupts += 1
        end = time.monotonic() + 0.3
print(interrupts, "interrupts")
sys.exit(7)
"""


@pytest.mark.parametrize("to_all", [False, True], ids=["to swprof alone", "to the group"])
def test_an_interrupt_reaches_the_program_once(spinning, to_all):
    process = spinning(INTERRUPTED)
    time.sleep(0.2)
    (os.killpg if to_all else os.kill)(process.pid, signal.SIGINT)
    out, report = process.communicate(timeout=20)
    assert (out, process.returncode) == ("1 interrupts\n", 7), report
    assert "Call tree" in report


def test_a_loop_of_a_shell_ends_with_an_interrupt(swprof, python, tmp_path):
    line = f"for i in 1 2 3; do {swprof.path} run --python {python} -c 'print(1, flush=True); import time; time.sleep(5)'; done; echo whole"
    process = subprocess.Popen(
        ["bash", "-c", line], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, start_new_session=True, env=clean_environment())
    process.stdout.readline()
    os.killpg(process.pid, signal.SIGINT)
    assert process.communicate(timeout=20)[0] == "" and process.returncode == -signal.SIGINT


ENDLESS = BUSY.replace("0.06", "3600").replace("end =", "import os; print(os.getpid(), flush=True)\nend =")


def test_what_a_killed_swprof_captured_is_kept(spinning, swprof, python, tmp_path):
    process = spinning(ENDLESS)
    time.sleep(0.5)
    process.kill()
    process.wait()
    # Its program goes on, and so does its log.
    again = swprof("run", "--python", python, "-c", "pass", env=process.environment)
    assert again.returncode == 0 and "is kept" not in again.stderr
    os.kill(process.program, signal.SIGKILL)
    while pathlib.Path(f"/proc/{process.program}").exists() and "Z" not in pathlib.Path(f"/proc/{process.program}/stat").read_text().split()[2]:
        time.sleep(0.05)
    again = swprof("run", "--python", python, "-c", "pass", env=process.environment)
    kept = re.search(r"is kept: swprof report (\S+)", again.stderr)
    assert kept, again.stderr
    report = swprof("report", kept[1])
    assert "work" in report.stdout and report.returncode == 0
    assert list((tmp_path / "temporary").iterdir()) == []


def test_a_profile_that_cannot_be_written_is_kept_elsewhere(swprof, python, script, tmp_path):
    folder = tmp_path / "folder"
    folder.mkdir()
    text = BUSY + f"import shutil; shutil.rmtree({str(folder)!r})"
    environment = clean_environment(XDG_STATE_HOME=str(tmp_path / "state"))
    for words in [["-o", folder / "x.pb.gz"], ["--json", "-o", folder / "x.json"]]:
        folder.mkdir(exist_ok=True)
        result = swprof("run", "--python", python, *words, script(text), env=environment)
        kept = re.search(r"is kept as (\S+)", result.stderr)
        assert result.returncode == 3 and kept, result.stderr
        assert pathlib.Path(kept[1]).stat().st_size > 100


def test_a_name_of_any_length_that_a_file_can_have(run, script, tmp_path):
    path = tmp_path / ("n" * 248 + ".pb.gz")
    assert run("-o", path, script(BUSY)).returncode == 0 and path.stat().st_size > 100


def test_a_reader_that_leaves_costs_no_profile(swprof, python, script, tmp_path):
    line = f"{swprof.path} run --python {python} -o {tmp_path}/x.pb.gz --html {tmp_path}/x.html {script(BUSY)} 2>&1 | head -1"
    subprocess.run(["bash", "-c", line], capture_output=True, timeout=60, env=clean_environment())
    assert (tmp_path / "x.pb.gz").stat().st_size > 100 and (tmp_path / "x.html").stat().st_size > 100
