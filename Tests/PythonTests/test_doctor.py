"""`swprof doctor` says what the machine allows, line by line, and fails for nothing that it finds."""
import os
import re

from commandline import DESIGNS, INSIDES, clean_environment


def path_with(python, folder):
    (folder / "python3").symlink_to(python)
    return clean_environment(PATH=str(folder))


def test_it_says_each_thing_on_a_line_of_its_own(swprof, python, tmp_path):
    result = swprof("doctor", env=path_with(python, tmp_path))
    assert (result.returncode, result.stderr) == (0, "")
    lines = result.stdout.splitlines()
    assert all(re.match(r"(ok  |look) \S", line) for line in lines), lines
    for topic in ["clock", "timer floor", "processors", "priority", "attaching", "extension", "python3", *DESIGNS]:
        assert sum(line[5:].startswith(topic + " ") for line in lines) == 1, topic
    assert not INSIDES.search(result.stdout)


def test_it_names_what_will_hurt_a_measurement(swprof, python, tmp_path):
    lines = swprof("doctor", env=path_with(python, tmp_path)).stdout.splitlines()
    load = next(line for line in lines if line[5:].startswith("load "))
    assert re.match(r"(ok|look) +load +\d+\.\d+: ", load)
    for topic in ["stolen time", "addresses"]:
        assert any(line[5:].startswith(topic + " ") for line in lines), topic
    for line in lines:
        if line.startswith("look") and line[5:].split()[0] in ("governor", "turbo", "load"):
            assert re.search("set it|turn it off|let them end", line)


def test_every_design_works_here(swprof, python, tmp_path):
    result = swprof("doctor", env=path_with(python, tmp_path))
    for design in DESIGNS:
        assert re.search(rf"^ok   {design} +works", result.stdout, re.MULTILINE), result.stdout


def test_without_a_python_it_says_so(swprof, tmp_path):
    result = swprof("doctor", env=clean_environment(PATH=str(tmp_path)))
    assert result.returncode == 0
    assert re.search(r"^look python3 .*install", result.stdout, re.MULTILINE)


def test_a_python_that_is_none_is_no_reason_to_fail(swprof, tmp_path):
    os.symlink("/bin/true", tmp_path / "python3")
    result = swprof("doctor", env=clean_environment(PATH=str(tmp_path)))
    assert result.returncode == 0
    assert not re.search(r"^ok   (python3|signal) ", result.stdout, re.MULTILINE), result.stdout
