"""A profiled program finds itself, its interpreter and its process as it would without swprof."""
import json
import os
import pathlib
import signal
import subprocess

import pytest

from commandline import DESIGNS, call, clean_environment

# Prints all that a program can see of how it was started.
PROBE = """
import json, sys
modules = sorted(sys.modules)
import gc, os, signal, warnings
def depth():
    frame, count = sys._getframe(1), 0
    while frame:
        frame, count = frame.f_back, count + 1
    return count
def status(*wanted):
    with open("/proc/self/status") as file:
        masks = {line.split(":")[0]: int(line.split()[1], 16) for line in file if line.split(":")[0] in wanted}
    return {name: mask & ~(3 << 31) for name, mask in masks.items()}  # signals 32 and 33 are the C library's own
main = sys.modules["__main__"]
print(json.dumps({
    "argv": sys.argv, "orig_argv": sys.orig_argv, "path": sys.path, "executable": sys.executable,
    "name": __name__, "file": globals().get("__file__"), "spec": __spec__ and [__spec__.name, __spec__.origin, __spec__.cached, __spec__.parent],
    "package": repr(__package__), "loader": type(__loader__).__name__, "main": [main.__name__, sorted(set(vars(main)))],
    "main is here": vars(main) is globals(),
    "flags": repr(sys.flags), "xoptions": sys._xoptions,
    "warnings": [sys.warnoptions, [repr(each) for each in warnings.filters]],
    "environment": dict(os.environ), "modules": modules,
    "hooks": [sys.excepthook is sys.__excepthook__, repr(sys.gettrace()), len(sys.meta_path), len(sys.path_hooks)],
    "limits": [sys.getrecursionlimit(), sys.getswitchinterval(), gc.get_threshold(), gc.isenabled()],
    "depth": depth(), "descriptors": sorted(os.listdir("/proc/self/fd")), "directory": os.getcwd(),
    "signals": [str(signal.getsignal(each)) for each in sorted(signal.valid_signals())],
    "process": status("SigBlk", "SigIgn", "Umask"),
    "group": os.getpgid(0) == os.getpgid(os.getppid()), "session": os.getsid(0) == os.getsid(os.getppid()),
}))
"""

WAYS = {
    "script": ["probe.py"],
    "absolute script": ["{folder}/probe.py"],
    "script in a folder": ["sub/probe.py"],
    "module": ["-m", "probe"],
    "package": ["-m", "pack"],
    "module in a package": ["-m", "pack.inner"],
    "folder": ["sub/app"],
    "code": ["-c", PROBE],
}


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    root = tmp_path_factory.mktemp("probe")
    for name in ["probe.py", "sub/probe.py", "sub/app/__main__.py", "pack/__init__.py", "pack/__main__.py", "pack/inner.py"]:
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text("" if name.endswith("__init__.py") else PROBE)
    return root


@pytest.fixture(scope="module")
def plain(folder, python):
    """What the probe says without swprof."""
    def say(words, environment):
        return said(call([python, *words], cwd=folder, env=environment))
    return say


def said(result):
    assert result.returncode == 0, result.stderr
    return json.loads(result.stdout)


def assert_same(profiled, plain):
    differing = {key: (profiled[key], plain[key]) for key in plain if profiled[key] != plain[key]}
    assert not differing, differing


@pytest.mark.parametrize("way", WAYS)
def test_a_program_sees_what_it_would_see_without_swprof(run, plain, folder, way):
    words = [word.replace("{folder}", str(folder)) if word != PROBE else word for word in WAYS[way]]
    words += ["one", "--two", "-d", "gil", "", "--", "sp ace"]
    environment = clean_environment()
    assert_same(said(run(*words, cwd=folder, env=environment)), plain(words, environment))


@pytest.mark.parametrize("design", DESIGNS)
@pytest.mark.parametrize("way", ["script", "module", "code"])
def test_so_it_does_under_every_design(run, plain, folder, way, design):
    environment = clean_environment()
    profiled = said(run("-d", design, *WAYS[way], cwd=folder, env=environment))
    if design == "lines" and profiled["hooks"][1].startswith("<built-in function swprof_hook"):
        # On 3.11 it is the trace function, as a debugger would be.
        profiled["hooks"][1] = "None"
    assert_same(profiled, plain(WAYS[way], environment))


@pytest.mark.parametrize("changes", [
    {"PYTHONPATH": "/some/where:/else"}, {"PYTHONPATH": ""}, {"PYTHONPATH": ":"}, {"PYTHONPATH": "sub"},
    {"PYTHONWARNINGS": "error::DeprecationWarning"}, {"PYTHONUTF8": "1"}, {"PYTHONHASHSEED": "7"}, {"PYTHONSAFEPATH": "1"},
    {"PYTHONDONTWRITEBYTECODE": "1"}, {"PYTHONOPTIMIZE": "2"}, {"PYTHONNOUSERSITE": "1"}, {"PYTHONUNBUFFERED": "1"},
    {"PYTHONDEVMODE": "1"}, {"PYTHONWARNINGS": "error"},
], ids=lambda changes: "=".join(*changes.items()))
def test_what_steers_python_steers_it_still(run, plain, folder, changes):
    environment = clean_environment(**changes)
    assert_same(said(run("probe.py", cwd=folder, env=environment)), plain(["probe.py"], environment))


def test_bytes_that_are_no_text_stay_in_the_environment(run, python):
    environment = {**{os.fsencode(name): os.fsencode(value) for name, value in clean_environment().items()},
                   b"ODD": b"a\xff\xfeb", b"PYTHONPATH": b"/odd\xff"}
    code = "import os, sys; print(os.environb[b'ODD'], os.environb[b'PYTHONPATH'], ascii(sys.path[1]))"
    expected = call([python, "-c", code], env=environment).stdout
    assert run("-c", code, env=environment).stdout == expected


def test_a_signal_that_is_ignored_stays_ignored(run):
    """As `nohup` wants it."""
    code = "import os, signal; os.kill(os.getpid(), signal.SIGHUP); print(signal.getsignal(signal.SIGHUP) is signal.SIG_IGN)"
    result = run("-c", code, preexec_fn=lambda: signal.signal(signal.SIGHUP, signal.SIG_IGN))
    assert (result.stdout, result.returncode) == ("True\n", 0)


def test_without_a_customisation_there_is_none(swprof):
    """Debian's Python has a `sitecustomize`; one in a folder of its own, as built from source, has none."""
    sources = sorted(pathlib.Path.home().glob(".pyenv/versions/3.11.*/bin/python"))
    if not sources:
        pytest.skip("no Python 3.11 built from source is here")
    code = "import sys; print('sitecustomize' in sys.modules)"
    result = swprof("run", "--python", sources[0], "-c", code)
    assert (result.stdout, result.returncode) == ("False\n", 0)
    assert "Error in sitecustomize" not in result.stderr


@pytest.mark.parametrize("name", ["sitecustomize", "usercustomize"])
def test_the_users_own_customisation_runs_once(run, python, tmp_path, name):
    (tmp_path / f"{name}.py").write_text("import sys; sys.customised = getattr(sys, 'customised', 0) + 1; here = __file__\n")
    environment = clean_environment(PYTHONPATH=str(tmp_path))
    code = f"import sys; print(sys.customised, sys.modules[{name!r}].here, sys.modules[{name!r}].__spec__.origin)"
    expected = call([python, "-c", code], env=environment).stdout
    assert expected.startswith("1 ")
    assert run("-c", code, env=environment).stdout == expected


def test_a_users_customisation_that_fails_is_reported_as_python_does(run, python, tmp_path):
    (tmp_path / "sitecustomize.py").write_text("raise ValueError('broken')\n")
    environment = clean_environment(PYTHONPATH=str(tmp_path))
    expected = call([python, "-c", "print(1)"], env=environment)
    result = run("-c", "print(1)", env=environment)
    assert (result.stdout, result.returncode) == (expected.stdout, expected.returncode)
    assert "ValueError: broken" in result.stderr


def test_children_are_not_profiled_and_see_nothing(run):
    code = "import os, subprocess, sys; print(subprocess.check_output([sys.executable, '-c', %r], text=True))" % (
        "import os, sys; print([name for name in os.environ if 'SWPROF' in name], 'sitecustomize' in str(sys.path), '_swprof' in sys.modules)")
    result = run("-c", code)
    assert result.stdout.split() == ["[]", "False", "False"]


def test_no_trace_is_left_in_the_modules(run, python):
    """A plain run tells which modules lie below a folder of that name anyway."""
    words = "-c", "import sys; print([name for name, module in sys.modules.items() if 'swprof' in name + repr(module)])"
    assert run(*words).stdout == call([python, *words]).stdout


def test_standard_input_is_passed_through(run):
    text = "first\nsecond\n" * 50_000
    result = run("-c", "import sys; text = sys.stdin.read(); print(len(text), text[-8:-1])", input=text)
    assert result.stdout == f"{len(text)} \nsecond\n"


def test_a_closed_standard_input_stays_at_its_end(run):
    assert run("-c", "import sys; print(repr(sys.stdin.read()))").stdout == "''\n"


def test_standard_output_is_untouched(swprof, python):
    code = "import sys; sys.stdout.buffer.write(bytes(range(256)) * 4000); sys.stderr.write('mine\\n')"
    result = subprocess.run([swprof.path, "run", "--python", python, "-c", code], capture_output=True, env=clean_environment(), timeout=30)
    assert result.stdout == bytes(range(256)) * 4000
    assert result.stderr.startswith(b"mine\n")
    assert b"swprof run" in result.stderr


def test_output_comes_while_the_program_runs(swprof, python):
    """It is passed on, not collected: a program in a pipe can be talked with."""
    code = "for i in range(3): print(input(), flush=True)"
    process = subprocess.Popen([swprof.path, "run", "--python", python, "-c", code], text=True, env=clean_environment(),
                               stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
    for word in ["a", "b", "c"]:
        process.stdin.write(word + "\n")
        process.stdin.flush()
        assert process.stdout.readline() == word + "\n"
    process.stdin.close()
    assert process.wait(timeout=20) == 0
    process.stdout.close()


def test_a_program_whose_reader_is_gone_ends_as_it_would(swprof, python):
    code = "import sys\nwhile True: print('x' * 1000)"
    process = subprocess.Popen([swprof.path, "run", "--python", python, "-c", code], env=clean_environment(),
                               stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    process.stdout.read(10)
    process.stdout.close()
    # Python itself ends with 120 where what was left in its buffer could not be flushed either.
    assert process.wait(timeout=20) in (1, 120)
    assert b"BrokenPipeError" in process.stderr.read()
    process.stderr.close()


def test_there_is_no_progress_in_a_pipe(swprof, python):
    result = swprof("compare", "--python", python, "--designs", "signal", "--runs", "1", "-c", "pass")
    assert "\r" not in result.stderr and "\x1b" not in result.stderr
    assert "round 1" not in result.stderr


def test_warnings_are_shown_where_they_are_without_swprof(run, python, script):
    path = script("import warnings\nwarnings.warn('old', DeprecationWarning)\nassert 1 is 1\n")
    expected = call([python, path]).stderr
    assert "old" in expected
    assert run(path).stderr.startswith(expected)


def test_a_traceback_is_the_programs_own(run, python, script):
    path = script("def inner():\n    raise KeyError('k')\ninner()\n")
    assert run(path).stderr.startswith(call([python, path]).stderr)


def test_no_compiled_file_is_left_beside_the_program(run, tmp_path):
    (tmp_path / "program.py").write_text("print(1)\n")
    run("program.py", cwd=tmp_path)
    assert [path.name for path in pathlib.Path(tmp_path).iterdir()] == ["program.py"]
