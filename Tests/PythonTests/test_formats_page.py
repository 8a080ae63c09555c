"""The page of formats, the command line and the readers say the same."""
import re

import pytest

from commandline import REPOSITORY

PAGE = (REPOSITORY / "docs" / "formats.md").read_text()
TESTS = REPOSITORY / "Tests"


def table(heading):
    """The rows of a part of the page, each a list of cells."""
    part = PAGE.split(f"\n## {heading}\n")[1].split("\n## ")[0]
    rows = [[cell.strip() for cell in re.split(r"(?<!\\)\|", line)[1:-1]] for line in part.splitlines() if line.startswith("|")]
    return rows[2:]


def formats(heading):
    return [name for row in table(heading) for name in re.findall(r"`([a-z]+)`", row[0])]


def listed(swprof, command, option):
    """The formats that an option's help names."""
    text = re.sub(r"\s+", " ", swprof(command, "--help").stdout.partition("OPTIONS:")[2])
    sentence = re.search(rf"--{option} <\S+>.*?: ((?:\w+, )+\w+(?: (?:or|and) \w+)?)", text)[1]
    return set(re.findall(r"\w+", sentence)) - {"or", "and"}


def test_every_format_that_is_read_has_its_row(swprof):
    assert set(formats("Read")) == listed(swprof, "report", "from")
    assert len(formats("Read")) == len(set(formats("Read")))


def test_every_format_that_is_written_has_its_row(swprof):
    assert set(formats("Written")) == listed(swprof, "convert", "to")


@pytest.mark.parametrize("heading", ["Read", "Written"])
def test_every_row_names_tests_that_are_there_and_name_the_format(heading):
    for row in table(heading):
        tests = re.findall(r"`(\w+)(?:\.py)?`", row[-1])
        assert tests, row[0]
        texts = ""
        for name in tests:
            found = [*TESTS.rglob(f"{name}.py"), *TESTS.rglob(f"{name}.swift")]
            assert found, f"{row[0]}: there is no {name}"
            texts += "".join(path.read_text() for path in found)
            # What the tests read is made in files beside them.
            texts += "".join((TESTS / "PythonTests" / f"{made}.py").read_text() for made in re.findall(r"^import (foreign_\w+)", texts, re.MULTILINE))
        for format in re.findall(r"`([a-z]+)`", row[0]):
            assert re.search(format, texts, re.IGNORECASE), f"{', '.join(tests)} say nothing of {format}"


def test_what_is_written_is_completed_and_told_by_its_ending(swprof, busy_profile, tmp_path):
    completion = swprof("--generate-completion-script", "bash").stdout
    for format in formats("Written"):
        assert re.search(rf"\b{format}\b", completion), format
    for row in table("Written"):
        for ending in re.findall(r"`(\.[a-z.]+)`", row[1]):
            assert swprof("convert", busy_profile, tmp_path / f"x{ending}").returncode == 0
            again = swprof("report", "--json", "--from", *re.findall(r"`([a-z]+)`", row[0]), tmp_path / f"x{ending}")
            assert again.returncode == 0, again.stderr


def test_what_a_row_says_is_lost_is_what_conversion_says(swprof, run, tmp_path, script):
    """Of two threads, one run on each clock."""
    program = "import threading, time\ndef work():\n    end = time.process_time() + 0.05\n    while time.process_time() < end: pass\nthread = threading.Thread(target=work)\nthread.start()\nwork()\nthread.join()\n"
    for clock in ("wall", "cpu"):
        run("--clock", clock, "-o", tmp_path / f"{clock}.pb.gz", script(program))
    words = {"ticks": ("wall", "the ticks"), "the clock": ("cpu", "the clock"), "lines": ("wall", "; lines"), "threads": ("wall", "threads"), "first lines": ("wall", "first lines")}
    for row in table("Written"):
        [format] = re.findall(r"`([a-z]+)`", row[0])
        said = {clock: "; " + swprof("convert", "--to", format, tmp_path / f"{clock}.pb.gz", tmp_path / "out").stderr.partition("do not hold: ")[2] for clock in ("wall", "cpu")}
        for word, (clock, sentence) in words.items():
            lost = [re.sub(r" \(.*", "", part.strip()) for part in re.split(r"[,;]", row[-2])]
            named = any(part == word or part.startswith(f"{word} ") for part in lost)
            assert named == (sentence in said[clock]), f"{format}: {word}: {said[clock]}"
