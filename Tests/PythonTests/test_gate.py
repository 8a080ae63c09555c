"""`swprof gate`: verdicts and exit statuses, baselines from git, reports, and what is refused."""
import os
import signal
import subprocess
import time
import xml.etree.ElementTree

import pytest

import command_schema
import schema
from commandline import assert_one_line, clean_environment

# Steady work: `work` takes as many turns as it is given, `other` always as many.
PROGRAM = """
import sys
def work(turns):
    total = 0
    for turn in range(turns * 100_000):
        total += turn
    return total
def other():
    total = 0
    for turn in range(1_000_000):
        total += turn
    return total
def main(turns):
    work(turns)
    other()
    print("done")
main({turns})
"""
SLOW, FAST = 60, 20


@pytest.fixture
def repository(tmp_path):
    """A git repository whose first commit has the fast program; returns its folder, and what commits a file anew."""
    folder = tmp_path / "project"
    folder.mkdir()
    environment = clean_environment(
        GIT_AUTHOR_NAME="a", GIT_AUTHOR_EMAIL="a@b", GIT_COMMITTER_NAME="a", GIT_COMMITTER_EMAIL="a@b", HOME=str(tmp_path))

    def git(*words):
        return subprocess.run(["git", *words], cwd=folder, env=environment, check=True, capture_output=True, text=True).stdout

    def commit(text):
        (folder / "program.py").write_text(text)
        git("add", "-A")
        git("commit", "-qm", "a change")

    git("init", "-q")
    commit(PROGRAM.format(turns=FAST))
    return folder, git, commit


@pytest.fixture
def gate(swprof, python):
    def run(*words, **options):
        # The program is short, and on a busy machine ticks are lost: more of them, so that there are enough.
        return swprof("gate", "--python", python, "--rate", "3000", *words, **options)
    return run


def written(folder, turns):
    folder.mkdir()
    path = folder / "program.py"
    path.write_text(PROGRAM.format(turns=turns))
    return path


def test_a_function_that_is_three_times_as_slow_fails_and_all_reports_say_so(gate, tmp_path):
    old, new = written(tmp_path / "old", FAST), written(tmp_path / "new", SLOW)
    markdown, junit = tmp_path / "gate.md", tmp_path / "gate.xml"
    result = gate(
        "--before", f"python3 '{old}'", "--budget", "60", "--json", "--markdown", markdown, "--junit", junit, "--", "python", new)
    assert (result.returncode, result.stderr) == (1, "")
    found = command_schema.check_gate(schema.parse(result.stdout))
    [first, *_] = found["functions"]
    # The look that is sure of the whole program, or of the function, is the last.
    assert (found["verdict"], first["qualname"], first["file"]) == ("fail", "work", "program.py")
    assert first["isOwn"] and first["after"] > 2 * first["before"]
    verdicts = [found["slowdown"]["verdict"], *(function["verdict"] for function in found["functions"])]
    assert "fail" in verdicts and (found["slowdown"]["verdict"] == "fail") == (found["slowdown"]["low"] > found["slowdown"]["limit"])
    assert "swprof gate: FAIL" in markdown.read_text() and "| work (program.py:3) |" in markdown.read_text()
    suite = xml.etree.ElementTree.parse(junit).getroot().find("testsuite")
    assert int(suite.get("failures")) >= 2
    assert [case.get("name") for case in suite if case.find("failure") is not None][0] == "verdict"


def test_the_same_program_does_not_fail(gate, tmp_path):
    old, new = written(tmp_path / "old", FAST), written(tmp_path / "new", FAST)
    result = gate("--before", str(old), "--budget", "12", "--slowdown", "50%", "--function", "0.5", "--", new)
    assert result.returncode in (0, 75) and result.stdout == ""
    assert result.stderr.startswith(("PASS: ", "UNDECIDED: "))


def test_a_script_of_another_name_is_the_same_program(gate, tmp_path):
    old = written(tmp_path / "old", FAST)
    new = old.with_name("newer.py")
    new.write_text(old.read_text())
    result = gate("--before", str(old), "--budget", "12", "--slowdown", "50%", "--function", "0.5", "--json", "--", new)
    assert result.returncode in (0, 75), result.stderr
    shares = {function["qualname"]: (function["before"], function["after"]) for function in schema.parse(result.stdout)["functions"]}
    assert min(shares["work"]) > 0.5 * max(shares["work"]), shares


def test_a_baseline_is_run_from_its_own_tree_and_nothing_is_left_of_it(gate, repository, tmp_path):
    folder, git, _ = repository
    (folder / "program.py").write_text(PROGRAM.format(turns=SLOW))
    temporary = tmp_path / "tmp"
    temporary.mkdir()
    result = gate(
        "--baseline", "HEAD", "--budget", "60", "--json", "--", "program.py", cwd=folder, env=clean_environment(TMPDIR=str(temporary)))
    found = command_schema.check_gate(schema.parse(result.stdout))
    assert (result.returncode, found["functions"][0]["qualname"], found["functions"][0]["file"]) == (1, "work", "program.py")
    assert found["before"]["commit"] == git("rev-parse", "HEAD").strip() and found["after"]["commit"] is None
    assert list(temporary.iterdir()) == [] and len(git("worktree", "list").splitlines()) == 1
    assert (folder / "program.py").read_text() == PROGRAM.format(turns=SLOW)


def test_a_module_in_a_folder_of_the_repository_is_the_baselines(gate, repository):
    folder, git, _ = repository
    (folder / "sub").mkdir()
    (folder / "sub" / "tool.py").write_text(PROGRAM.format(turns=FAST))
    git("add", "-A")
    git("commit", "-qm", "a folder")
    (folder / "sub" / "tool.py").write_text(PROGRAM.format(turns=SLOW))
    result = gate("--baseline", "HEAD", "--budget", "60", "--json", "--", "python3", "-m", "tool", cwd=folder / "sub")
    found = command_schema.check_gate(schema.parse(result.stdout))
    assert (result.returncode, found["functions"][0]["file"]) == (1, "sub/tool.py")


def test_ctrl_c_leaves_nothing(swprof, python, repository, tmp_path):
    folder, git, _ = repository
    temporary = tmp_path / "tmp"
    temporary.mkdir()
    process = subprocess.Popen(
        [swprof.path, "gate", "--python", python, "--rate", "3000", "--baseline", "HEAD", "--", "program.py"], cwd=folder,
        env=clean_environment(TMPDIR=str(temporary)), stderr=subprocess.PIPE, start_new_session=True)
    deadline = time.monotonic() + 60
    while len(git("worktree", "list").splitlines()) < 2 and time.monotonic() < deadline:
        time.sleep(0.05)
    time.sleep(0.5)
    os.killpg(process.pid, signal.SIGINT)
    process.communicate(timeout=60)
    assert process.returncode == -signal.SIGINT
    assert list(temporary.iterdir()) == [] and len(git("worktree", "list").splitlines()) == 1


def test_a_baseline_that_does_not_run_is_one_line(gate, repository):
    folder, _, commit = repository
    commit("raise SystemExit('it never worked')")
    (folder / "program.py").write_text(PROGRAM.format(turns=FAST))
    assert_one_line(gate("--baseline", "HEAD", "--", "program.py", cwd=folder), 3, "the baseline ended with status 1", "it never worked")
    commit(PROGRAM.format(turns=FAST))
    (folder / "program.py").write_text("import os\nos._exit(4)")
    assert_one_line(gate("--baseline", "HEAD", "--", "program.py", cwd=folder), 3, "the new version ended with status 4")


def test_a_version_that_is_killed_is_said_to_be(gate, tmp_path):
    killed = tmp_path / "killed.py"
    killed.write_text("import os; os.kill(os.getpid(), 9)")
    assert_one_line(gate("--before", written(tmp_path / "old", FAST), "--", killed), 3, "the new version was killed by signal 9 (Killed)")


def test_a_script_that_the_baseline_does_not_have_is_told_as_that(gate, repository):
    folder, git, _ = repository
    (folder / "new.py").write_text(PROGRAM.format(turns=FAST))
    assert_one_line(gate("--baseline", "HEAD", "--", "new.py", cwd=folder), 2, "has no 'new.py'; commit it first", "--before")
    assert len(git("worktree", "list").splitlines()) == 1


def test_a_baseline_that_imports_the_new_versions_code_is_refused(gate, repository):
    folder, _, commit = repository
    (folder / "library.py").write_text(PROGRAM.format(turns=FAST))
    commit(f"import sys\nsys.path.insert(0, {str(folder)!r})\nimport library")
    result = gate("--baseline", "HEAD", "--", "program.py", cwd=folder)
    assert_one_line(result, 2, "which is the new version's code", "library.py")


def test_without_a_repository_or_a_commit_it_is_one_line(gate, repository, tmp_path):
    assert_one_line(gate("--baseline", "HEAD", "--", written(tmp_path / "old", FAST), cwd=tmp_path), 2, "no git repository", "--before")
    assert_one_line(gate("--baseline", "nowhere", "--", "program.py", cwd=repository[0]), 2, "no commit 'nowhere'")
    assert_one_line(gate("--baseline", "--help", "--", "program.py", cwd=repository[0]), 2)


def test_outputs_that_differ_or_vary_are_a_caveat(gate, tmp_path):
    old, new, flaky = (written(tmp_path / name, FAST) for name in ("old", "new", "flaky"))
    new.write_text(new.read_text().replace("done", "ready"))
    flaky.write_text(flaky.read_text() + "\nimport time\nprint(time.time_ns())")
    for before, code in ((old, "output-differs"), (flaky, "output-varies")):
        result = gate("--before", str(before), "--budget", "12", "--slowdown", "9", "--function", "9", "--json", "--", new)
        found = command_schema.check_gate(schema.parse(result.stdout))
        assert [caveat["code"] for caveat in found["caveats"] if caveat["code"].startswith("output")] == [code]


@pytest.mark.parametrize("words, status, said", [
    (["--", "x.py"], 2, ["--baseline", "--before"]),
    (["--baseline", "HEAD", "--before", "x.py", "--", "x.py"], 2, ["not both"]),
    (["--before", "x.py"], 2, ["no program"]),
    (["--before", "", "--", "x.py"], 2, ["no program"]),
    (["--before", "'x.py", "--", "x.py"], 2, ["not closed"]),
    (["--before", "/nowhere/x.py", "--", "/nowhere/y.py"], 2, ["cannot read the script '/nowhere/x.py'"]),
    (["--before", "x.py", "--budget", "0", "--", "x.py"], 2, ["budget of 0"]),
    (["--before", "x.py", "--slowdown", "fast", "--", "x.py"], 2, ["'fast' is no value of --slowdown", "1% or 0.01"]),
    (["--before", "x.py", "--slowdown", "0", "--", "x.py"], 2, ["above 0%"]),
    (["--before", "x.py", "--function", "-1", "--", "x.py"], 2, ["--function"]),
    (["--before", "x.py", "-r", "0", "--", "x.py"], 2, ["rate of 0"]),
    (["--before", "x.py", "--markdown", "/nowhere/x", "--", "x.py"], 2, ["/nowhere/x"]),
    (["--before", "-c pass", "-r", "1000", "--", "-c", "pass"], 2, ["too short", "--rate"]),
    (["--before", "-c 'import time; time.sleep(1)'", "--budget", "4", "--", "-c", "import time; time.sleep(1)"], 2, ["--budget"]),
])
def test_what_cannot_be_is_refused_in_one_line(gate, words, status, said):
    assert_one_line(gate(*words), status, *said)
