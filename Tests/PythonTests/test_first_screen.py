"""The first screen of a run: own code and libraries told apart, what is waited for, and options of what is listed."""
import os
import re
import subprocess

import pytest

import schema
from commandline import assert_one_line, clean_environment

# Spins beneath a call of the library, and sleeps; the library calls back.
PROGRAM = """
import pathlib, sys, time
folder = pathlib.Path(__file__).parent / "v/lib/python3.11/site-packages"
sys.path.insert(0, str(folder))
import heavy
import helping

def spin(seconds):
    end = time.perf_counter() + seconds
    while time.perf_counter() < end:
        pass

def report():
    heavy.apply(0.3)                # line 14
    heavy.call_back(spin)

def pause():
    time.sleep(0.2)                 # line 18

def main():
    report()
    pause()
    helping.help(0.05)

main()
"""
HEAVY = """
import time
end = time.perf_counter() + 0.1
while time.perf_counter() < end:
    pass

def apply(seconds):
    end = time.perf_counter() + seconds
    inner(end)

def inner(end):
    while time.perf_counter() < end:
        pass

def call_back(function):
    function(0.1)
"""
HELPING = """
import time
def help(seconds):
    end = time.perf_counter() + seconds
    while time.perf_counter() < end:
        pass
"""


@pytest.fixture(scope="module")
def program(tmp_path_factory):
    folder = tmp_path_factory.mktemp("program")
    package = folder / "v" / "lib" / "python3.11" / "site-packages" / "heavy"
    package.mkdir(parents=True)
    (package / "__init__.py").write_text(HEAVY)
    (folder / "helping.py").write_text(HELPING)
    (folder / "work.py").write_text(PROGRAM)
    return folder / "work.py"


@pytest.fixture(scope="module")
def profile(swprof, python, program):
    """A profile and what was printed of it."""
    result = swprof("run", "--python", python, "-o", program.with_name("work.pb.gz"), program)
    assert result.returncode == 0, result.stderr
    return program.with_name("work.pb.gz"), result.stderr


def tree(swprof, path, *words, **options):
    result = swprof("report", "--json", path, *words, **options)
    assert result.returncode == 0, result.stderr
    return schema.check_run(schema.parse(result.stdout))["tree"]


def row(tree, kind, name):
    found = [row for row in tree["rows"] if (row["kind"], row["name"]) == (kind, name)]
    assert len(found) == 1, tree["rows"]
    return found[0]


def test_library_code_is_in_the_own_line_that_calls_it(swprof, profile):
    found = tree(swprof, profile[0])
    apply = row(found, "call", "apply")
    assert (apply["line"], apply["package"]) == (14, "heavy")
    assert apply["total"]["low"] < apply["total"]["share"] < apply["total"]["high"]
    assert apply["total"]["seconds"] == pytest.approx(0.3, rel=0.2)
    assert row(found, "function", "report")["total"]["seconds"] == pytest.approx(0.4, rel=0.2)
    assert row(found, "function", "spin")["depth"] == row(found, "call", "call_back")["depth"] + 1
    assert not [row for row in found["rows"] if row["name"] == "inner"]


def test_modules_beside_the_program_are_own_and_imports_are_one_row(swprof, profile):
    found = tree(swprof, profile[0])
    assert row(found, "function", "help")["file"].endswith("helping.py")
    assert row(found, "imports", "imports")["total"]["seconds"] == pytest.approx(0.1, rel=0.5)


def test_waiting_is_apart(swprof, profile):
    found = tree(swprof, profile[0])
    waiting = [row for row in found["rows"] if row["kind"] == "waiting" and row["line"] == 18]
    assert len(waiting) == 1
    assert waiting[0]["total"]["seconds"] == pytest.approx(0.2, rel=0.1)


def test_whose_code_ran_adds_up(swprof, profile):
    parts = {part["kind"]: part["time"]["share"] for part in tree(swprof, profile[0])["parts"] if part["kind"] != "library"}
    # A tick in the interpreter's first or last moment may find no frame.
    assert sum(parts.values()) == pytest.approx(1, abs=0.004)
    assert parts["libraries"] > parts["own"] > 0


def test_the_screen_begins_with_the_programs_answer(profile):
    lines = profile[1].splitlines()
    assert lines[3].startswith(tuple("123456789")) and "is beneath `report` (work.py:13)" in lines[3]
    text = " ".join(lines)
    assert "in heavy's `apply` called from line 14." in text and "was waiting" in text
    assert text.index("Call tree") < text.index("Hot lines") < text.index("ticks taken")
    assert "14 │ heavy.apply(0.3)" in profile[1]


def test_a_report_elsewhere_says_the_same(swprof, profile, tmp_path):
    result = swprof("report", profile[0], cwd=tmp_path)
    assert result.stdout == "".join(line + "\n" for line in profile[1].splitlines()[:-1])


@pytest.mark.parametrize("columns", [50, 80, 130])
def test_columns_are_honoured(swprof, profile, columns):
    result = swprof("report", profile[0], env=clean_environment(COLUMNS=str(columns)))
    longest = max(map(len, result.stdout.splitlines()))
    assert columns - 15 < longest <= columns


def test_more_code_can_be_called_own(swprof, profile):
    package = profile[0].parent / "v" / "lib" / "python3.11" / "site-packages" / "heavy"
    found = tree(swprof, profile[0], "--own", package)
    assert row(found, "function", "apply")["file"] == str(package / "__init__.py")
    inside = tree(swprof, profile[0], "--own", "v/lib/python3.11/site-packages/heavy", cwd=profile[0].parent)
    assert inside["rows"] == found["rows"]


def test_within_lists_only_what_is_beneath(swprof, profile):
    found = tree(swprof, profile[0], "--within", "report")
    assert found["rows"][0]["name"] == "report" and found["rows"][0]["total"]["share"] == 1
    assert "pause" not in str(found["rows"])
    stacks = swprof("report", profile[0], "--within", "report", "--by", "stack").stdout
    assert re.search(r"100.0 %  report ", stacks) and "main" not in stacks and "pause" not in stacks


@pytest.mark.parametrize("words, first", [(["--all"], "Functions"), (["--by", "line"], "Lines"), (["--sort", "total"], "Functions")])
def test_run_lists_what_report_lists(swprof, python, program, words, first):
    result = swprof("run", "--python", python, "--top", "3", *words, program)
    assert result.returncode == 0
    assert f"\n{first}\n" in result.stderr and "Call tree" not in result.stderr
    assert re.search(r"and \d+ more", result.stderr)


def test_total_sorts_callers_first(swprof, profile):
    def order(*words):
        text = swprof("report", profile[0], "--top", "1000", *words).stdout
        return min(range(3), key=[text.index(name) for name in (" main ", " inner ", " spin ")].__getitem__)
    assert order("--sort", "total") == 0 and order("--all") == 1


def test_a_run_within_what_was_never_seen_is_shown_whole(swprof, python, program):
    result = swprof("run", "--python", python, "--within", "nowhere", program)
    assert result.returncode == 0
    assert "named \"nowhere\"" in result.stderr and "of the whole run" in result.stderr
    assert "Call tree" in result.stderr


@pytest.mark.parametrize("words, wanted", [
    (["--all", "--by", "line"], "--all"), (["--sort", "total", "--by", "thread"], "--sort"), (["--top", "0"], "--top"), (["--own", ""], "--own"),
])
def test_what_makes_no_sense_is_said_before_the_program_runs(swprof, words, wanted):
    assert_one_line(swprof("run", *words, "-c", "print('ran')"), 2, wanted)


def test_a_module_that_is_run_has_the_working_folder_as_its_own(swprof, python, program):
    result = swprof("run", "--python", python, "--json", "-m", "work", cwd=program.parent)
    assert row(schema.parse(result.stderr)["tree"], "function", "report")["file"] == str(program)


def test_an_installed_program_stands_in_for_own_code(swprof, python, tmp_path):
    package = tmp_path / "lib" / "python3.11" / "site-packages" / "tool"
    package.mkdir(parents=True)
    (package / "__init__.py").write_text("")
    (package / "__main__.py").write_text(HELPING + "help(0.1)\n")
    (tmp_path / "empty").mkdir()
    environment = clean_environment(PYTHONPATH=str(package.parent))
    result = swprof("run", "--python", python, "-m", "tool", cwd=tmp_path / "empty", env=environment)
    assert "that of tool counts as your own" in result.stderr
    assert "is beneath `help` (tool/__main__.py:3)" in result.stderr


def test_code_of_the_command_line_is_own(swprof, python):
    result = swprof("run", "--python", python, "--json", "-c", HELPING + "help(0.1)")
    assert row(schema.parse(result.stderr)["tree"], "function", "help")["file"] == "<string>"


@pytest.fixture
def project(tmp_path):
    """A program in a folder of a project whose own code is in another."""
    for folder, text in (("app/work.py", "import sys; sys.path.insert(0, 'shared')\nimport helping\nhelping.help(0.1)\n"), ("shared/helping.py", HELPING)):
        (tmp_path / folder).parent.mkdir()
        (tmp_path / folder).write_text(text)
    return tmp_path


def test_a_project_says_what_is_its_own(swprof, python, project):
    def kinds():
        result = swprof("run", "--python", python, "--json", "app/work.py", cwd=project)
        return {row["name"]: row["kind"] for row in schema.parse(result.stderr)["tree"]["rows"]}
    assert kinds()["help"] == "call"
    (project / "pyproject.toml").write_text("[tool.swprof]\nown = ['shared/']\n")
    assert kinds()["help"] == "function"


@pytest.mark.parametrize("setting", ["own = 'shared'", "own = [1]", "own = ['']"])
def test_a_wrong_setting_is_said(swprof, python, project, setting):
    (project / "pyproject.toml").write_text(f"[tool.swprof]\n{setting}\n")
    assert_one_line(swprof("run", "--python", python, "app/work.py", cwd=project), 2, "pyproject.toml", "own")


def test_a_project_file_that_is_no_toml_says_nothing(swprof, python, project):
    (project / "pyproject.toml").write_text("[tool.swprof\n")
    assert swprof("run", "--python", python, "app/work.py", cwd=project).returncode == 0


def test_a_script_that_is_a_link_has_two_folders(swprof, python, project, tmp_path):
    (tmp_path / "bin").mkdir()
    (tmp_path / "bin" / "work.py").symlink_to(project / "app" / "work.py")
    (project / "app" / "helping.py").write_text(HELPING)
    (project / "shared" / "helping.py").unlink()
    result = swprof("run", "--python", python, "--json", "bin/work.py", cwd=project)
    names = {row["name"]: row["kind"] for row in schema.parse(result.stderr)["tree"]["rows"]}
    assert names["<module>"] == names["help"] == "function"


def test_who_is_kept_off_the_processors_does_not_wait(swprof, python, program):
    rivals = [subprocess.Popen([python, "-c", "while True: pass"]) for _ in range(2 * os.cpu_count())]
    try:
        result = swprof("run", "--python", python, "--json", "-c", HELPING + "help(0.5)\ntime.sleep(0.5)")
    finally:
        for rival in rivals:
            rival.kill()
            rival.wait()
    waiting = [part["time"]["seconds"] for part in schema.parse(result.stderr)["tree"]["parts"] if part["kind"] == "waiting"]
    assert sum(waiting) == pytest.approx(0.5, abs=0.15)
