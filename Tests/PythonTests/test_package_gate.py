"""`pytest --swprof-gate REF`: whether the tests became slower than they are at a commit."""
import subprocess
import sys

import pytest

import commandline
import packaged

TEST = """
def work(turns):
    total = 0
    for turn in range(turns * 100_000): total += turn
    return total
def test_work(): assert work({turns})
def test_other(): assert work(5)
"""


@pytest.fixture
def gate(tmp_path):
    """A repository whose only commit has the fast test; returns its test file, and what runs the gate."""
    folder = tmp_path / "project"
    folder.mkdir()
    environment = packaged.environment(
        PYTHONPATH=str(packaged.FOLDER), PYTEST_DISABLE_PLUGIN_AUTOLOAD="1", PYTHONDONTWRITEBYTECODE="1", HOME=str(tmp_path),
        GIT_AUTHOR_NAME="a", GIT_AUTHOR_EMAIL="a@b", GIT_COMMITTER_NAME="a", GIT_COMMITTER_EMAIL="a@b")
    test = folder / "test_speed.py"
    test.write_text(TEST.format(turns=5))
    for words in (["init", "-q"], ["add", "-A"], ["commit", "-qm", "a test"]):
        subprocess.run(["git", *words], cwd=folder, env=environment, check=True)

    def run(*words):
        return commandline.call(
            [sys.executable, "-m", "pytest", "-p", "swprof.pytest_plugin", "-p", "no:cacheprovider", "-q", *words],
            cwd=folder, env=environment)
    return test, run


def test_a_test_that_is_four_times_as_slow_fails_and_is_named(gate):
    test, run = gate
    test.write_text(TEST.format(turns=40))
    result = run("--swprof-gate", "HEAD", "--swprof-budget", "60")
    assert result.returncode == 1 and result.stderr.startswith("FAIL: "), result.stderr
    assert "work" in result.stderr and "output-varies" not in result.stderr and result.stdout == ""


def test_a_test_that_fails_is_no_verdict(gate):
    test, run = gate
    test.write_text("def test_work(): assert False")
    commandline.assert_one_line(run("--swprof-gate=HEAD"), 3, "the new version ended with status 1", "1 failed")


@pytest.mark.parametrize("words, status, told", [
    (["--swprof-gate", "nowhere"], 2, "no commit 'nowhere'"), (["--swprof-gate", "HEAD", "--swprof"], 4, "leave out --swprof"),
    (["--swprof-gate", "HEAD", "--swprof-budget", "0"], 2, "budget of 0"),
])
def test_what_cannot_be_is_said(gate, words, status, told):
    result = gate[1](*words)
    assert result.returncode == status and told in result.stderr and "Traceback" not in result.stderr
