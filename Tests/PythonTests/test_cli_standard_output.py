"""What goes to standard output is there whole and alone, or somebody is told."""
import subprocess

import pytest

from commandline import BUSY, assert_one_line, clean_environment

PRINTS = BUSY + "print('of the', 'program')\n"


def ran(swprof, *words, **options):
    return subprocess.run([swprof.path, *map(str, words)], capture_output=True, env=clean_environment(**options))


@pytest.mark.parametrize("words, begins", [(["-o", "-"], b"\x1f\x8b"), (["--html", "-"], b"<!"), (["--json", "-o", "-"], b"{")])
def test_a_result_is_alone_there_and_the_programs_output_elsewhere(swprof, python, script, tmp_path, words, begins):
    result = subprocess.run(
        [swprof.path, "run", "--python", python, *words, script(PRINTS)], capture_output=True, env=clean_environment(), cwd=tmp_path)
    assert result.returncode == 0 and result.stdout.startswith(begins)
    assert b"of the program" in result.stderr and b"of the program" not in result.stdout
    assert not (tmp_path / "-").exists()


@pytest.mark.parametrize("words", [["convert", "PROFILE", "-", "--to", "pprof"], ["merge", "PROFILE", "PROFILE", "-o", "-", "--to", "pprof"]])
def test_profiles_can_be_written_there(swprof, busy_profile, tmp_path, words):
    result = ran(swprof, *[busy_profile if word == "PROFILE" else word for word in words])
    assert result.returncode == 0, result.stderr
    (tmp_path / "read.pb.gz").write_bytes(result.stdout)
    assert b"work" in ran(swprof, "report", tmp_path / "read.pb.gz").stdout


@pytest.mark.parametrize("words", [
    ["report", "PROFILE"], ["report", "PROFILE", "--json"], ["convert", "PROFILE", "-", "--to", "pprof"], ["--help"], ["run", "--help"], ["--version"],
])
def test_a_disk_that_is_full_is_told(swprof, busy_profile, words):
    with open("/dev/full", "w") as full:
        result = subprocess.run(
            [swprof.path, *(str(busy_profile) if word == "PROFILE" else word for word in words)], stdout=full, stderr=subprocess.PIPE,
            text=True, env=clean_environment())
    result.stdout = ""
    assert_one_line(result, 3, "cannot write to standard output: No space left on device")


def test_what_was_captured_is_kept_elsewhere_then(swprof, python, script, tmp_path):
    with open("/dev/full", "w") as full:
        result = subprocess.run(
            [swprof.path, "run", "--python", python, "--json", "-o", "-", script(BUSY)], stdout=full, stderr=subprocess.PIPE, text=True,
            env=clean_environment(XDG_STATE_HOME=str(tmp_path)))
    assert result.returncode == 3 and "it is kept as " in result.stderr
    assert len(list(tmp_path.rglob("*.json"))) == 1


def test_two_results_cannot_both_go_there(swprof, script, busy_profile):
    assert_one_line(swprof("run", "-o", "-", "--html", "-", script("pass")), 2, "name a file for one of them")
    assert_one_line(swprof("report", busy_profile, "-o", "-"), 2, "name a file with -o")
