"""What swprof writes never takes the place of what it reads, and adds to nothing that is another's."""
import json
import sqlite3

import pytest

from commandline import REPOSITORY, assert_one_line

SPEC = """
title = "One"
runs = 1
workloads = ["work.py"]
interpreters = ["{python}"]
designs = ["signal"]
"""


@pytest.fixture
def folder(tmp_path, python):
    (tmp_path / "work.py").write_text("def run_pass(): return sum(range(1000))\n")
    (tmp_path / "spec.toml").write_text(SPEC.format(python=python))
    (tmp_path / "t.json").write_text(json.dumps({"within": [0, 1000], "segments": [["f", 0, 600]]}))
    return tmp_path


@pytest.mark.parametrize(("words", "kept"), [
    (("simulate", "t.json", "--html", "t.json"), "t.json"),
    (("overhead", "-o", "work.py", "work.py:run_pass"), "work.py"),
    (("gate", "--before", "old.py", "--markdown", "work.py", "--", "work.py"), "work.py"),
    (("gate", "--before", "work.py", "--junit", "work.py", "--", "other.py"), "work.py"),
    (("judge", "--store", "s.sqlite", "--markdown", "s.sqlite", "signal"), "s.sqlite"),
    (("report", "--json", "-o", "t.txt", "t.txt"), "t.txt")])
def test_an_input_is_not_written_over(swprof, folder, words, kept):
    for name in ("s.sqlite", "t.txt", "other.py", "old.py"):
        (folder / name).write_text("main 1\n")
    before = (folder / kept).read_bytes()
    assert_one_line(swprof(*words, cwd=folder), 2, "which is read")
    assert (folder / kept).read_bytes() == before


@pytest.mark.parametrize("kept", ["spec.toml", "results.sqlite"])
def test_an_experiment_keeps_its_spec_and_its_results(swprof, folder, kept):
    assert swprof("experiment", "run", folder).returncode == 0
    before = (folder / kept).read_bytes()
    assert_one_line(swprof("experiment", "report", "--csv", folder / kept, folder), 2, "which is read")
    assert (folder / kept).read_bytes() == before


def test_a_database_of_another_program_is_not_added_to(swprof, folder):
    with sqlite3.connect(folder / "own.sqlite") as database:
        database.execute("CREATE TABLE precious (value)")
    before = (folder / "own.sqlite").read_bytes()
    assert_one_line(swprof("experiment", "run", "--store", folder / "own.sqlite", folder), 3, "no results", "--store")
    assert (folder / "own.sqlite").read_bytes() == before


@pytest.mark.parametrize(("text", "words"), [(".".join(["a"] * 50_000) + " = 1", "parts"), ('title = "a\\u0000b"', "NUL"), ('title = "a\0b"', "NUL")])
def test_what_no_spec_can_have_is_said(swprof, tmp_path, text, words):
    (tmp_path / "spec.toml").write_text(text)
    assert_one_line(swprof("experiment", "status", tmp_path), 2, "line 1", words)


@pytest.mark.parametrize(("words", "said"), [
    (("-X", "dev"), "PYTHONDEVMODE=1"), (("-O",), "PYTHONOPTIMIZE=1"), (("-Werror",), "PYTHONWARNINGS"), (("-X", "no_debug_ranges"), "--python")])
def test_an_option_of_pythons_is_answered_by_what_says_the_same(swprof, words, said):
    sieve = REPOSITORY / "experiments" / "workloads" / "sieve.py"
    assert_one_line(swprof("run", *words, sieve, "1000"), 2, said)
