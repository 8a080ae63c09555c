"""A recorded timeline is what the program did, and what it did to the program is nothing but time."""
import json
import random
import stat

import pytest

from commandline import BUSY, assert_one_line, designs
from known_answers import WORKLOADS
from profiling import INTERPRETERS
from timelines import record, simulated, totals

# Of each workload: how far a timeline's shares may be from what the same run tells of itself. They differ by the brackets,
# and by what compensation takes from one side and leaves to the other.
ANSWERS = [("stalls", ["1"], 0.02), ("equal", ["1"], 0.01), ("two_threads", ["2"], 0.01)]


@pytest.mark.parametrize("path", [INTERPRETERS[0], INTERPRETERS[-1]])
@pytest.mark.parametrize("workload, arguments, tolerance", ANSWERS)
def test_a_timeline_agrees_with_the_truth_of_its_own_run(swprof, tmp_path, path, workload, arguments, tolerance):
    result, timeline = record(swprof, path, tmp_path / "x.swtl", WORKLOADS / f"{workload}.py", *arguments)
    assert result.returncode == 0, result.stderr
    truth = json.loads(result.stdout.splitlines()[-1])["truth"]
    found = totals(simulated(swprof, timeline, "--within", "main", "--as-measured", times=1))
    assert {name: found[name] for name in truth} == pytest.approx(truth, abs=tolerance)


@pytest.mark.parametrize("design", designs(INTERPRETERS[0], "tracing"))
def test_every_tracing_design_records(swprof, python, script, tmp_path, design):
    result, timeline = record(swprof, python, tmp_path / "x.swtl", script(BUSY), flags=["-d", design])
    assert result.returncode == 0, result.stderr
    found = simulated(swprof, timeline, times=1)
    assert found["timeline"]["design"] == design and found["timeline"]["events"] > 30
    assert bool(found["lines"]) == (design == "lines")
    assert totals(found)["work"] > 0.3
    # Before the first call and behind the last return a thread is in no function.
    assert 0.9 < sum(function["truth"] for function in found["functions"]) <= 1 + 1e-9


def test_the_program_is_the_same_but_for_time(swprof, python, script, tmp_path):
    program = script("import sys\nprint(sys.argv[1:], __name__, sys.stdin.read())\nsys.exit(3)\n")
    result, timeline = record(swprof, python, tmp_path / "x.swtl", program, "a", "-b", input="in")
    assert (result.stdout, result.returncode) == ("['a', '-b'] __main__ in\n", 3)
    assert simulated(swprof, timeline, times=1)["timeline"]["program"] == [str(program), "a", "-b"]


def test_a_command_is_recorded_with_its_own_python(swprof, tmp_path):
    tool = tmp_path / "tool"
    tool.write_text(f"#!{tmp_path / 'python3'}\nimport sys\nprint(sys.executable)\n")
    tool.chmod(0o755)
    (tmp_path / "python3").symlink_to(INTERPRETERS[0])
    for command in (["run"], ["record", "-o", tmp_path / "x.swtl"]):
        assert swprof(*command, tool).stdout == f"{tmp_path / 'python3'}\n"


def test_the_control_says_how_much_longer_recording_takes(swprof, python, script, tmp_path):
    result, timeline = record(swprof, python, tmp_path / "x.swtl", script(BUSY), flags=["--control"])
    assert "times as long" in result.stderr
    assert "recording-stretch" in {caveat["code"] for caveat in simulated(swprof, timeline, times=1)["caveats"]}


def test_a_killed_program_leaves_what_it_did(swprof, python, script, tmp_path):
    program = script(BUSY + "import os\nfor _ in range(20000): work(1)\nos._exit(5)\n")
    result, timeline = record(swprof, python, tmp_path / "x.swtl", program)
    assert result.returncode == 5
    found = simulated(swprof, timeline, times=1)
    assert found["timeline"]["events"] > 20000
    assert "ended-abruptly" in {caveat["code"] for caveat in found["caveats"]}


def test_a_workload_tells_its_own_timeline(swprof, python, tmp_path):
    result, timeline = record(
        swprof, python, tmp_path / "x.swtl", WORKLOADS / "stalls.py", "1", flags=["--known-answer"])
    truth = json.loads(result.stdout)["truth"]
    found = totals(simulated(swprof, timeline, "--within", "main", times=1))
    assert {name: found[name] for name in truth} == pytest.approx(truth, abs=1e-6)


def test_a_program_that_tells_none_is_refused(swprof, python, script, tmp_path):
    result, _ = record(swprof, python, tmp_path / "x.swtl", script("pass\n"), flags=["--known-answer"])
    assert_one_line(result, 3, "--known-answer")


@pytest.mark.parametrize("flags, status, wanted", [
    (["-d", "signal"], 2, "samples"), (["-d", "gil"], 2, "samples"), (["--clock", "sun"], 2, "sun"),
])
def test_what_cannot_record_is_refused(swprof, python, script, tmp_path, flags, status, wanted):
    assert_one_line(record(swprof, python, tmp_path / "x.swtl", script("pass\n"), flags=flags)[0], status, wanted)


def test_a_place_that_cannot_be_written_is_refused_before_anything_runs(swprof, python, script, tmp_path):
    program = script(f"open({str(tmp_path / 'ran')!r}, 'w')\n")
    assert_one_line(record(swprof, python, tmp_path / "no" / "x.swtl", program)[0], 2, "cannot write")
    assert not (tmp_path / "ran").exists()


def test_a_timeline_is_a_plain_file_of_its_own(swprof, python, script, tmp_path):
    _, timeline = record(swprof, python, tmp_path / "x.swtl", script(BUSY))
    assert stat.S_ISREG(timeline.stat().st_mode) and [path.name for path in tmp_path.iterdir() if path.suffix == ".swtl"] == ["x.swtl"]
    assert_one_line(swprof("report", timeline), 3, "swprof simulate")


def test_damaged_timelines_are_read_as_far_as_they_go_or_refused(swprof, python, script, tmp_path):
    _, timeline = record(swprof, python, tmp_path / "x.swtl", script(BUSY))
    whole = timeline.read_bytes()
    chance = random.Random(3)
    for _ in range(12):
        damaged = bytearray(whole)
        damaged[chance.randrange(len(damaged))] ^= 1 << chance.randrange(8)
        del damaged[chance.randrange(len(damaged) // 2, len(damaged)):]
        timeline.write_bytes(damaged)
        result = swprof("simulate", timeline, "--times", "2", "--json")
        if result.returncode == 0:
            assert "damaged-timeline" in result.stdout
        else:
            assert_one_line(result, 3, "x.swtl")
