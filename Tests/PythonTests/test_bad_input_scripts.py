"""Programs that are missing, are no Python, or fail: Python's own words and status, and one line of ours."""
import pytest

import schema
from commandline import BUSY, DESIGNS, INSIDES, assert_one_line, call


@pytest.mark.parametrize("path", ["missing.py", "/missing/folder/x.py", "", "mis\nsing.py", "mis\x1b[31msing.py"])
def test_a_script_that_is_missing(run, tmp_path, path):
    assert_one_line(run(path, cwd=tmp_path), 2, "cannot read the script")


NO_PYTHON = {
    "a binary": open("/bin/true", "rb").read(), "a syntax error": b"def (\n", "no UTF-8": b"x = '\xff'\n",
    "a wrong indent": b"if 1:\nx = 1\n", "an unknown encoding": b"# coding: nonsense\n", "deep nesting": b"(" * 5000,
}


@pytest.mark.parametrize("design", DESIGNS)
@pytest.mark.parametrize("kind", NO_PYTHON)
def test_a_script_that_is_no_python(run, python, tmp_path, design, kind):
    path = tmp_path / "program.py"
    path.write_bytes(NO_PYTHON[kind])
    plain = call([python, path])
    result = run("-d", design, path)
    assert result.stderr.startswith(plain.stderr)
    result.stderr = result.stderr[len(plain.stderr):]
    assert_one_line(result, plain.returncode, "nothing was profiled")


@pytest.mark.parametrize("words", [["-m", "no_such_module"], ["-m", ""], ["-m", "os.nothing"], ["."]])
def test_a_module_or_folder_that_cannot_be_run(run, python, tmp_path, words):
    plain = call([python, *words], cwd=tmp_path)
    result = run(*words, cwd=tmp_path)
    assert result.returncode == plain.returncode != 0
    assert plain.stderr in result.stderr
    assert not INSIDES.search(result.stderr)


@pytest.mark.parametrize("design", DESIGNS)
def test_an_empty_script_has_nothing_to_tell_and_is_no_error(run, script, design):
    result = run("-d", design, script(""))
    assert (result.returncode, result.stdout) == (0, "")
    assert "swprof: " not in result.stderr


def test_a_module_runs_that_is_a_script_too(run, tmp_path):
    (tmp_path / "tool.py").write_text(BUSY + "print(__name__)")
    result = run("-m", "tool", cwd=tmp_path)
    assert (result.stdout, result.returncode) == ("__main__\n", 0)
    assert "work" in result.stderr


@pytest.mark.parametrize("design", DESIGNS)
@pytest.mark.parametrize("code", [
    "import os\nos.environ.clear()", "import sys\nsys.modules.clear()", "import sys\nsys.path.clear()", "import builtins\ndel builtins.__import__",
    "import os\nos.closerange(3, 100)", "import os\nos.chdir('/')", "import sys\nsys.stdout.close(); sys.stderr.close()",
    "import os\nif os.fork() == 0: os._exit(0)\nos.wait()", "import os\nif os.fork() == 0: raise SystemExit(4)\nos.wait()",
    "import gc\ngc.disable()",
    "import sys\nsys.setswitchinterval(1e-6)", "import sys\nsys.setrecursionlimit(100_000)", "import faulthandler\nfaulthandler.enable()",
    "import resource\nresource.setrlimit(resource.RLIMIT_NOFILE, (3, 3))",
], ids=lambda code: code.split("\n")[1][:40])
def test_a_program_that_does_odd_things_is_profiled_all_the_same(run, script, design, code):
    result = run("-d", design, script(code + "\n" + BUSY.replace("import time", "from time import perf_counter").replace("time.perf", "perf")
                                      if "import" not in code.split("\n")[1] else BUSY + code))
    assert result.returncode == 0, result.stderr
    assert "work" in result.stderr


def test_a_program_that_blocks_every_signal_is_seen_all_the_same(run, script):
    path = script("import signal\nsignal.pthread_sigmask(signal.SIG_BLOCK, signal.valid_signals())\n" + BUSY)
    findings = schema.check_run(schema.parse(run("-d", "signal", "--json", "-o", "-", path).stdout))
    ledger = findings["ledger"]
    assert ledger["due"] > 30 and ledger["missed"] + ledger["failed"] < 0.1 * ledger["due"]


def test_a_program_that_closes_all_files_keeps_its_own(run, script, tmp_path):
    """What the capture log had open may by then be a file of the program's."""
    kept = tmp_path / "kept"
    path = script(f"""
import os
os.closerange(3, 100)
file = open({str(kept)!r}, "w")
file.write("mine")
file.flush()
source = "".join(f"def f{{n}}(): pass\\n" for n in range(40_000)) + "".join(f"f{{n}}()\\n" for n in range(40_000))
exec(source, {{}})
""")
    result = run("-d", "setprofile", path)
    assert result.returncode == 0
    assert kept.read_text() == "mine"


def test_a_program_that_execs_another_is_profiled_until_then(run, script, python):
    result = run(script(BUSY + f"import os; os.execv({python!r}, [{python!r}, '-c', 'print(42)'])"))
    assert (result.stdout, result.returncode) == ("42\n", 0)
    assert "work" in result.stderr
