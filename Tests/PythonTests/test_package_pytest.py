"""The pytest plugin, in a pytest of its own."""
import gzip
import sys

import pytest

import commandline
import packaged

TESTS = packaged.WORK + """
import pytest

def parse(seconds):
    until = time.perf_counter() + seconds
    while time.perf_counter() < until: pass

def test_plain(): work(0.1)

def test_fails():
    work(0.05)
    assert False, "of the test's own"

def unused():
    def made_by_it(): pass

@pytest.mark.swprof(max_share={"parse": 0.9, "unused": 0.1, "made_by_it": 0.1, "bytearray.hex": 0.1})
def test_within_its_limit():
    parse(0.05)
    work(0.15)

@pytest.mark.swprof(max_share={"parse": 0.2})
def test_beyond_its_limit():
    parse(0.15)
    work(0.05)

@pytest.mark.swprof(max_share={"prase": 0.2})
def test_misspelt(): parse(0.05)

@pytest.mark.swprof(max_share={"parse": 20})
def test_not_a_share(): pass

@pytest.mark.parametrize("word", ["a/b", "a_b", "a b", "x" * 300, "y" + "x" * 300])
def test_of_words(word): work(0.01)

@pytest.mark.swprof(0.3)
def test_no_limit(): pass

def test_nested():
    with swprof.profile(): pass
"""


@pytest.fixture(scope="module")
def run_tests(tmp_path_factory):
    folder = tmp_path_factory.mktemp("tests")
    (folder / "test_program.py").write_text(TESTS)

    environment = packaged.environment(PYTHONPATH=str(packaged.FOLDER), PYTEST_DISABLE_PLUGIN_AUTOLOAD="1")

    def call(*words):
        return commandline.call(
            [sys.executable, "-m", "pytest", "-p", "swprof.pytest_plugin", "-p", "no:cacheprovider", "-rA", *words],
            cwd=folder, env=environment)
    call.folder, call.environment = folder, environment
    return call


@pytest.fixture(scope="module")
def plain(run_tests):
    return run_tests("--color=no").stdout


@pytest.fixture(scope="module")
def profiled(run_tests):
    return run_tests("--color=no", "--swprof", "--swprof-folder", run_tests.folder / "profiles").stdout


@pytest.mark.parametrize("name", ["plain", "within_its_limit", "nested"])
def test_what_keeps_its_limit_passes(plain, name):
    assert f"PASSED test_program.py::test_{name}" in plain


def test_what_exceeds_it_fails_and_says_by_how_much(plain, profiled):
    for output in (plain, profiled):
        assert "FAILED test_program.py::test_beyond_its_limit" in output
        [line] = [line for line in output.splitlines() if line.startswith("parse takes ")]
        assert "% [" in line and "20 % is allowed" in line


def test_where_no_interval_is_valid_nothing_fails(run_tests):
    assert run_tests("-k", "beyond_its_limit", "--swprof-design", "gil").returncode == 0


def test_tracers_tell_exactly(run_tests):
    assert run_tests("-k", "beyond_its_limit", "--swprof-design", "evalframe").returncode == 1


def test_a_tests_own_failure_stays_its_own(profiled):
    assert "FAILED test_program.py::test_fails - AssertionError: of the test's own" in profiled


def test_a_wrong_marker_is_one_line(plain):
    assert "swprof: the share of 'parse' has to be from 0 to 1, not 20" in plain
    assert "swprof: the marker takes max_share alone" in plain


def test_a_limit_for_a_function_that_is_not_there_fails(plain):
    assert "FAILED test_program.py::test_misspelt" in plain
    assert "swprof: max_share names 'prase', and no function of that name is loaded; did you mean 'parse'?" in plain


def test_where_all_of_pytest_is_profiled_no_test_is_held_and_that_is_said(swprof, run_tests):
    result = swprof("run", "--python", sys.executable, "-m", "pytest", "-p", "swprof.pytest_plugin", "-k", "limit or plain",
                    cwd=run_tests.folder, env=run_tests.environment)
    assert "already going on" not in result.stdout, result.stdout
    assert "2 marked tests were not held to max_share, for profiling was going on already" in result.stdout


def test_the_summary_shows_each_tests_hottest_with_intervals(plain, profiled):
    summary = profiled[profiled.index("swprof: what was hottest"):]
    assert "test_program.py::test_plain" in summary and "% [" in summary and "inner" in summary
    assert "pluggy" not in summary and "_pytest" not in summary
    assert "what was hottest" not in plain


def test_a_block_within_a_profiled_test_is_refused_clearly(profiled):
    assert "FAILED test_program.py::test_nested - swprof.errors.SwprofError: " in profiled
    assert "profiling is already going on in this process" in profiled


def test_profiles_are_written_where_that_is_asked(profiled, run_tests):
    [profile] = (run_tests.folder / "profiles").glob("*test_plain*.pb.gz")
    assert gzip.decompress(profile.read_bytes())


def test_each_test_has_a_profile_of_its_own_name(profiled, run_tests):
    """Whatever stands in its parameters, and however much."""
    assert len(list((run_tests.folder / "profiles").glob("test_program.py_test_of_words-*.pb.gz"))) == 5


def test_a_folder_that_cannot_be_is_one_line(run_tests):
    result = run_tests("--swprof", "--swprof-folder", "test_program.py")
    assert result.returncode == 4 and result.stderr.count("\n") <= 2
    assert "swprof: cannot make the folder test_program.py: File exists" in result.stderr


def test_wrong_options_are_one_line(run_tests):
    result = run_tests("--swprof", "--swprof-design", "sundial")
    assert result.returncode == 4 and "swprof: there is no design 'sundial'" in result.stderr and result.stderr.count("\n") <= 2


def test_an_ordinary_run_is_not_profiled(run_tests):
    result = run_tests("-k", "plain", "--swprof-design", "gil")
    assert result.returncode == 0 and "swprof:" not in result.stdout
