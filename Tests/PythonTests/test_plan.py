"""`plan` says how much to measure, and refuses what cannot be planned in one line."""
import math

import pytest

import command_schema
import schema
from commandline import BUSY, assert_one_line
from timelines import record, simulated


def plan(swprof, *words):
    result = swprof("plan", "--json", *words)
    assert result.returncode == 0, result.stderr
    return command_schema.check_plan(schema.parse(result.stdout))


@pytest.mark.parametrize("share", [0.01, 0.3, 0.5])
@pytest.mark.parametrize("error", [0.1, 0.01, 0.001])
def test_numbers_alone_give_the_binomials_sample_size(swprof, share, error):
    found = plan(swprof, "--share", str(share), "--error", str(error))
    assert found["samples"] == math.ceil(1.959963984540054 ** 2 * share * (1 - share) / error ** 2)
    assert found["seconds"] == pytest.approx(found["samples"] / 1000)


def test_runs_that_differ_are_planned_for(swprof):
    found = plan(swprof, "--share", "0.3", "--error", "0.01", "--spread", "0.02", "--runs", "40", "--rate", "500")
    error = 1.959963984540054 * math.sqrt(0.02 ** 2 / 40 + 0.3 * 0.7 / (40 * found["samplesPerRun"]))
    assert error == pytest.approx(0.01, rel=0.01)
    assert (found["runs"], found["rate"]) == (40, 500)


HALVES = """
import time
def until(end):
    while time.perf_counter() < end:
        pass
def longer(start):
    until(start + 0.1)
def shorter(start):
    end = start + 0.16
    while time.perf_counter() < end:
        pass
longer(time.perf_counter())
shorter(time.perf_counter() - 0.1)
"""


def test_a_profile_gives_the_numbers(swprof, run, script, tmp_path):
    run("--schedule", "poisson", "-o", tmp_path / "x.pb.gz", script(HALVES))
    found = plan(swprof, "--error", "0.02", tmp_path / "x.pb.gz")
    # The clock that both read in a loop may be the hottest of all.
    assert found["function"] in ("until", "shorter", "time.perf_counter")
    assert 0 < found["share"] < 1 and 0.9 < found["designEffect"] < 1.1


def test_a_plan_from_a_timeline_has_its_rate_and_its_true_share(swprof, python, script, tmp_path):
    result, timeline = record(swprof, python, tmp_path / "x.swtl", script(HALVES))
    assert result.returncode == 0, result.stderr
    found, known = plan(swprof, "--from", timeline), simulated(swprof, timeline)
    truths = {function["qualname"]: function["truth"] for function in known["functions"]}
    assert found["rate"] == known["sampler"]["rate"] == 1000
    assert found["share"] == truths[found["function"]] == max(truths.values())
    assert plan(swprof, "--from", timeline, "--rate", "300")["rate"] == 300


def test_a_profile_of_one_function_has_nothing_to_plan(swprof, tmp_path):
    (tmp_path / "x.txt").write_text("main 50\n")
    assert_one_line(swprof("plan", tmp_path / "x.txt"), 2, "100 %")


def test_the_words_say_what_the_json_says(swprof):
    text = swprof("plan").stdout
    assert "9,604 samples in 1 run, 9.60 s at 1,000 Hz." in text


@pytest.mark.parametrize("words, wanted", [
    (["--share", "0"], "--share"), (["--share", "1"], "--share"), (["--share", "nan"], "--share"), (["--share", "x"], "share"),
    (["--error", "0"], "--error"), (["--error", "-0.1"], "--error"), (["--error", "inf"], "--error"), (["--error", "1e-300"], "--error"),
    (["--runs", "0"], "--runs"), (["--spread", "-1"], "--spread"), (["--spread", "nan"], "--spread"), (["--rate", "0"], "--rate"),
    (["--spread", "0.1", "--runs", "5"], "--runs 769"), (["a.pb.gz", "b.pb.gz"], "b.pb.gz"),
])
def test_what_cannot_be_planned_is_refused(swprof, words, wanted):
    assert_one_line(swprof("plan", *words), 2, wanted)


def test_a_tracers_profile_has_no_samples(swprof, run, script, tmp_path):
    run("-d", "setprofile", "-o", tmp_path / "traced.pb.gz", script(BUSY))
    assert_one_line(swprof("plan", tmp_path / "traced.pb.gz"), 2, "setprofile")


def test_a_profile_that_is_not_there_is_told(swprof):
    assert_one_line(swprof("plan", "missing.pb.gz"), 3, "missing.pb.gz")
