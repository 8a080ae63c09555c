"""What importing the package costs, and what it says where it cannot work; the command line that it starts."""
import os
import pathlib
import shutil
import signal

import pytest

import commandline
import packaged
from commandline import TOO_NEW, assert_one_line


def test_importing_loads_the_module_alone():
    loaded = packaged.call("-c", """
import sys
before = set(sys.modules)
import swprof
print(*sorted(set(sys.modules) - before))
""")
    # What a build wrote down of itself is a few numbers.
    assert set(loaded.stdout.split()) - {"swprof._built"} == {"swprof", "swprof.facts", "swprof.support"}


def test_starting_a_block_loads_nothing_that_takes_long():
    loaded = packaged.call("-c", """
import sys, swprof
before = set(sys.modules)
swprof.profile().start().stop()
print(*sorted(set(sys.modules) - before))
""")
    assert not {"json", "inspect", "subprocess", "typing", "dataclasses", "tempfile", "IPython"} & set(loaded.stdout.split())


def refused(setting, python=packaged.PYTHON):
    """What `import swprof` says where the interpreter says this of itself."""
    result = packaged.call("-c", f"import os, sys\n{setting}\nimport swprof", python=python)
    assert result.returncode == 1
    return result.stderr.splitlines()[-1]


@pytest.mark.parametrize("setting, words", [
    ("sys.implementation.name = 'pypy'", ["CPython only", "pypy"]),
    ("sys.version_info = (3, 10, 2)", ["3.10.2", "too old"]),
    (f"sys.version_info = {TOO_NEW}", ["%d.%d.%d" % TOO_NEW, "too new"]),
    ("sys.abiflags = 't'", ["free-threaded"]),
    ("sys.platform = 'darwin'", ["Linux only", "darwin"]),
    ("os.confstr = lambda name: None", ["glibc", "musl"]),
    ("def confstr(name): raise OSError(22, 'Invalid argument')\nos.confstr = confstr", ["glibc", "musl"]),
    ("sys.modules['swprof._built'] = type(sys)('b'); sys.modules['swprof._built'].__dict__.update(MACHINE='s390x', GLIBC=(2, 17))",
     ["built for s390x"]),
    ("import types; b = sys.modules['swprof._built'] = types.ModuleType('b'); b.MACHINE = os.uname().machine; b.GLIBC = (2, 99)",
     ["glibc 2.99"]),
])
def test_an_import_where_it_cannot_work_is_one_clear_line(setting, words):
    line = refused(setting)
    assert line.startswith("ImportError: ") and ";" in line
    for word in words:
        assert word in line


@pytest.mark.parametrize("python", sorted(pathlib.Path("~/.pyenv/versions").expanduser().glob("3.[6-9].*/bin/python"))[:2], ids=str)
def test_an_old_python_itself_is_told(python):
    if packaged.INSTALLED:
        pytest.skip("no installer would put it there")
    assert "too old for swprof" in refused("", python=python)


@pytest.fixture
def copied(tmp_path):
    """A copy of the package, laid out as an installed one, to be damaged."""
    folder = tmp_path / "site" / "swprof"
    binaries = commandline.binaries_in(folder.parent)
    shutil.copytree(packaged.SOURCES / "swprof", folder, ignore=shutil.ignore_patterns("__pycache__"), dirs_exist_ok=True)
    for name in ("swprof", "lib_swprof.so"):
        os.link(commandline.swprof_path().with_name(name), binaries / name)

    def call(*words):
        return commandline.call([packaged.PYTHON, *words], env=commandline.clean_environment(PYTHONPATH=str(folder.parent)))
    call.bin = binaries
    return call


BLOCK = "import swprof\nwith swprof.profile() as p: sum(range(10**6))\np.functions"


def test_a_copy_works_where_it_is_whole(copied):
    assert copied("-c", BLOCK).stderr == ""


@pytest.mark.parametrize("name", ["lib_swprof.so", "swprof"])
@pytest.mark.parametrize("damage", ["missing", "garbage"])
def test_a_damaged_install_is_one_clear_line(copied, name, damage):
    (copied.bin / name).unlink()
    if damage == "garbage":
        (copied.bin / name).write_bytes(b"garbage")
    line = copied("-c", BLOCK).stderr.splitlines()[-1]
    assert line.startswith("swprof.errors.SwprofError: ") and name in line and "install it again" in line
    if name == "swprof":
        assert_one_line(copied("-m", "swprof", "--version"), 3, "_bin/swprof", "install it again")
    elif damage == "missing":
        assert_one_line(copied("-m", "swprof", "run", "-c", "pass"), 3, "lib_swprof.so", "again")


def test_python_m_swprof_is_the_program(swprof):
    for words in (["--version"], ["--help"], ["no-such-command"], ["report", "/nowhere"]):
        ours, plain = packaged.call("-m", "swprof", *words), swprof(*words)
        assert (ours.stdout, ours.stderr, ours.returncode) == (plain.stdout, plain.stderr, plain.returncode)


def test_it_profiles_with_the_python_that_it_was_started_by():
    program = "import os, sys; print(sys.executable, sorted(name for name in os.environ if 'SWPROF' in name), sys.argv)"
    result = packaged.call("-m", "swprof", "run", "-o", "/dev/null", "-c", program, "--x", "a b")
    assert result.stdout == f"{packaged.PYTHON} [] ['-c', '--x', 'a b']\n", result.stderr


def test_a_pipe_that_nobody_reads_ends_it_as_it_ends_the_program():
    """Python ignores SIGPIPE, and what it becomes would, too."""
    ends = []
    for words in ([commandline.swprof_path()], [packaged.PYTHON, "-m", "swprof"]):
        reading, writing = os.pipe()
        os.close(reading)
        ends.append(commandline.call([*words, "--help"], stdout=writing, env=packaged.environment()).returncode)
        os.close(writing)
    assert ends[0] == ends[1] == -signal.SIGPIPE


def test_the_package_and_the_program_have_one_version(swprof):
    assert packaged.call("-c", "import swprof; print(swprof.__version__)").stdout == swprof("--version").stdout


@pytest.mark.parametrize("name", ["_swprof", "nothing"])
def test_what_is_not_there_is_an_attribute_error(name):
    assert "AttributeError" in packaged.call("-c", f"import swprof; swprof.{name}").stderr


def test_all_that_is_said_to_be_there_is():
    assert packaged.call("-c", "import swprof; print(all(getattr(swprof, name) for name in swprof.__all__), set(swprof.__all__) <= set(dir(swprof)))").stdout == "True True\n"


def test_the_package_says_that_it_is_typed():
    assert packaged.call("-c", "import swprof, os; print(os.path.exists(os.path.join(os.path.dirname(swprof.__file__), 'py.typed')))").stdout == "True\n"
