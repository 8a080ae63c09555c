"""What cannot be looked at is one clear line."""
import os
import pathlib
import shutil
import subprocess
import tempfile
import time

import pytest

from commandline import assert_one_line
from targets import target

COMMANDS = ["dump", "attach"]
WAITING = "import time\nprint('ready', flush=True)\ntime.sleep(60)\n"
PYENV = pathlib.Path("~/.pyenv/versions").expanduser()
OLD = sorted(PYENV.glob("3.[6-9].*/bin/python")) + sorted(PYENV.glob("2.*/bin/python"))


@pytest.mark.parametrize("command", COMMANDS)
@pytest.mark.parametrize("words, status, wanted", [
    (["none"], 2, "'none' is no number of a process"),
    (["0"], 2, "'0' is no number of a process"),
    (["-5"], 2, ""),
    ([], 2, ""),
    (["1.5"], 2, "'1.5' is no number"),
    (["99999999999"], 2, "is no number of a process"),
    (["4194303"], 3, "there is no process 4194303"),
])
def test_what_is_no_process(swprof, command, words, status, wanted):
    assert_one_line(swprof(command, *words), status, wanted)


@pytest.mark.parametrize("words, wanted", [
    (["--duration", "0"], "--duration"), (["--duration", "-1"], "--duration"), (["--duration", "nan"], "--duration"),
    (["-r", "0"], "--rate"), (["--top", "0"], "--top"), (["-o", "/nowhere/at/all.pb.gz"], "/nowhere/at/all.pb.gz"),
    (["--schedule", "never"], "never"), (["--clock", "cpu"], "clock"),
])
def test_options_are_checked_before_anything_is_read(swprof, words, wanted):
    assert_one_line(swprof("attach", *words, str(os.getpid())), 2, wanted)


@pytest.mark.parametrize("command", COMMANDS)
def test_swprof_itself(swprof, command):
    result = subprocess.run(["sh", "-c", 'exec "$0" "$1" $$', swprof.path, command], capture_output=True, text=True)
    assert_one_line(result, 2, "is swprof itself")


@pytest.mark.parametrize("command", COMMANDS)
def test_no_python(swprof, command):
    with subprocess.Popen(["sleep", "60"]) as process:
        assert_one_line(swprof(command, str(process.pid)), 3, f"process {process.pid} runs", "no CPython")
        process.kill()


def test_a_zombie(swprof):
    with subprocess.Popen(["true"]) as process:
        time.sleep(0.3)
        assert_one_line(swprof("dump", str(process.pid)), 3, "zombie")


def test_a_thread_of_a_process(swprof, tmp_path, python):
    source = "import threading, time\nthreading.Thread(target=time.sleep, args=(60,), daemon=True).start()\ntime.sleep(0.1)\n" + WAITING
    with target(tmp_path, source, python=python) as process:
        thread = max(map(int, os.listdir(f"/proc/{process.pid}/task")))
        assert_one_line(swprof("dump", str(thread)), 3, f"{thread} is a thread of process {process.pid}")


@pytest.mark.skipif(not OLD, reason="no Python that is too old is here")
@pytest.mark.parametrize("old", OLD, ids=lambda path: path.parts[-3])
def test_a_python_that_is_too_old(swprof, tmp_path, old):
    source = "import sys, time\nsys.stdout.write('ready\\n')\nsys.stdout.flush()\ntime.sleep(60)\n"
    with target(tmp_path, source, python=old) as process:
        assert_one_line(swprof("dump", str(process.pid)), 3, "too old", "3.11 to 3.15") if b"Py_BytesMain" in old.read_bytes() else \
            assert_one_line(swprof("dump", str(process.pid)), 3, "no CPython")


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can be another user")
@pytest.mark.parametrize("command", COMMANDS)
def test_another_users(swprof, tmp_path, python, command):
    for folder in [swprof.path.parent, *swprof.path.parents]:
        if not os.stat(folder).st_mode & 0o001:
            pytest.skip(f"another user does not see {folder}")
    with target(tmp_path, WAITING, python=python) as process:
        assert_one_line(swprof(command, str(process.pid), user=65534, cwd="/"), 3, "is user 0's", "root")


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can look at all users' processes")
def test_a_program_that_its_user_may_have_changed_is_not_started(swprof, python):
    with tempfile.TemporaryDirectory(dir="/tmp") as place:
        os.chmod(place, 0o755)
        own = pathlib.Path(place, "python3")
        shutil.copy(os.path.realpath(python), own)
        os.chown(own, 65534, 65534)
        with target(pathlib.Path(place), WAITING, python=own, env={"PYTHONHOME": sys_prefix(python)}, user=65534, cwd="/") as process:
            assert_one_line(swprof("dump", str(process.pid)), 3, "is not started")


def test_a_python_that_was_replaced_meanwhile_is_still_read(swprof, tmp_path, python):
    own = tmp_path / "python3"
    shutil.copy(os.path.realpath(python), own)
    with target(tmp_path, WAITING, python=own, env={"PYTHONHOME": sys_prefix(python)}) as process:
        own.unlink()
        result = swprof("dump", str(process.pid))
    assert result.returncode == 0 and "program.py:3" in result.stdout, result.stderr


def test_a_program_that_only_is_called_python(swprof, tmp_path):
    own = tmp_path / "python3.11"
    shutil.copy(shutil.which("sleep"), own)
    with subprocess.Popen([own, "60"]) as process:
        assert_one_line(swprof("dump", str(process.pid)), 3, "no CPython")
        process.kill()


def test_remote_is_no_design_to_run_a_program_with(swprof):
    assert_one_line(swprof("run", "-d", "remote", "-c", "pass"), 2, "remote")
    assert_one_line(swprof("compare", "--designs", "remote", "-c", "pass"), 2, "there is no design 'remote'")


def sys_prefix(python):
    return subprocess.check_output([python, "-c", "import sys; print(sys.base_prefix)"], text=True).strip()
