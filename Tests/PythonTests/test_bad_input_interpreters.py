"""An interpreter that cannot be profiled is named, with its version, and the program does not run."""
import pathlib
import shutil

import pytest

from commandline import TOO_NEW, assert_one_line, binaries_in, call, clean_environment
from packaged import INSTALLED


def built(*versions):
    """Interpreters of these versions, built from source, where some are here."""
    found = [path for version in versions for path in sorted(pathlib.Path.home().glob(f".pyenv/versions/{version}/bin/python"))]
    return [pytest.param(path, id=path.parts[-3]) for path in found] or [pytest.param(None, marks=pytest.mark.skip("none is here"))]


@pytest.fixture
def refused(swprof, tmp_path):
    def call(path):
        result = swprof("run", "--python", path, "-c", "open('ran', 'w')", cwd=tmp_path)
        assert not (tmp_path / "ran").exists(), "the program ran"
        return result
    return call


@pytest.mark.parametrize("path", built("2.7.*", "3.6.*", "3.7.*", "3.8.*", "3.9.*", "3.10.*"))
def test_one_that_is_too_old(refused, path):
    assert_one_line(refused(path), 3, str(path), "too old", "--python", path.parts[-3])


@pytest.mark.parametrize("path", built("pypy3*", "graalpy*"))
def test_one_that_is_not_cpython(refused, path):
    assert_one_line(refused(path), 3, str(path), "not CPython")


@pytest.mark.parametrize("claim, why", [
    ("sys.implementation.name = 'pypy'", "not CPython"),
    (f"sys.version_info = {TOO_NEW}", "too new"),
    ("sys.abiflags += 't'", "free-threaded"),
])
def test_one_that_says_it_is_another(swprof, python, tmp_path, claim, why):
    """A CPython that claims to be another, and knows none of its own extensions, stands in for that."""
    fake = tmp_path / "another"
    fake.write_text(f"""#!/bin/sh
exec {python} -S -c "
import importlib.machinery as machinery, sys
{claim}
sys.path_hooks[1:] = [machinery.FileFinder.path_hook((machinery.SourceFileLoader, ['.py']))]
sys.path_importer_cache.clear()
import site
site.main()" "$@"
""")
    fake.chmod(0o755)
    assert_one_line(swprof("run", "--python", fake, "-c", "pass"), 3, str(python), why)


@pytest.mark.parametrize("command", ["exit 0", "exit 9", "cat > /dev/null"])
def test_a_program_that_is_no_interpreter(refused, tmp_path, command):
    fake = tmp_path / "fake"
    fake.write_text(f"#!/bin/sh\n{command}\n")
    fake.chmod(0o755)
    assert_one_line(refused(fake), 3, str(fake), "--python")


def test_another_kind_of_program(refused):
    assert_one_line(refused("/bin/true"), 3, "/bin/true", "--python")


@pytest.mark.parametrize("content", [b"", b"garbage", b"#!/missing/interpreter\n", b"\x7fELFgarbage", bytes(100)])
def test_an_executable_that_cannot_be_started(refused, tmp_path, content):
    fake = tmp_path / "fake"
    fake.write_bytes(content)
    fake.chmod(0o755)
    assert_one_line(refused(fake), 3, str(fake), "--python")


@pytest.mark.parametrize("path, why", [
    ("/missing/python", "No such file"), ("/etc/passwd", "Permission denied"), ("no-such-command", "PATH"), ("", "--python"), ("/tmp", "--python"),
    ("/bin", "--python"), ("x\ny", "--python"), ("/\x1b[31m", "--python"),
])
def test_a_path_that_is_no_program(refused, path, why):
    assert_one_line(refused(path), 2, why)


def test_no_python_at_all(swprof):
    assert_one_line(swprof("run", "-c", "pass", env=clean_environment(PATH="/missing")), 2, "python3", "PATH", "--python")


@pytest.mark.parametrize("words", [["--runs", "1"], ["--runs", "3", "--designs", "gil"]])
def test_a_comparison_says_the_same(swprof, words):
    assert_one_line(swprof("compare", "--python", "/bin/true", *words, "-c", "pass"), 3, "/bin/true")


def test_an_extension_that_is_missing_is_named(swprof, tmp_path, python):
    installed = binaries_in(tmp_path / "installed") / "swprof"
    shutil.copy(swprof.path, installed)
    assert_one_line(call([installed, "run", "--python", python, "-c", "pass"]), 3, "lib_swprof.so", "install the package again")
    if not INSTALLED:
        shutil.copy(swprof.path, tmp_path / "swprof")
        assert_one_line(call([tmp_path / "swprof", "run", "--python", python, "-c", "pass"]), 3, "lib_swprof.so", "make build")


def test_an_extension_that_is_damaged_is_named(swprof, tmp_path, python):
    copy = binaries_in(tmp_path) / "swprof"
    shutil.copy(swprof.path, copy)
    copy.with_name("lib_swprof.so").write_bytes(b"garbage")
    assert_one_line(call([copy, "run", "--python", python, "-c", "pass"]), 3, "lib_swprof.so")
