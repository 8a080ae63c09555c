"""The paper: what its numbers are made of, and what stops its build. TeX is not asked here; `make paper` does that."""
import importlib
import json
import pathlib
import re
import sqlite3
import subprocess
import sys
import types

import pytest

import commandline

PAPER = commandline.REPOSITORY / "paper"

SPEC = """
title = "A small one"
runs = 3
workloads = ["small.py"]
designs = ["signal"]
interpreters = ["{python}"]
{more}
"""
PROGRAM = "print(sum(range(1000)))\n"
KNOWN = """import json, time
def work():
    end = time.monotonic() + 0.1
    while time.monotonic() < end: pass
def main(): work()
main()
print(json.dumps({"truth": {"work": 1.0}, "within": "main", "seconds": 0.1}))
"""


@pytest.fixture(scope="module")
def paper():
    """The paper's own modules by name."""
    sys.path.insert(0, str(PAPER))
    yield importlib.import_module
    sys.path.remove(str(PAPER))


@pytest.fixture(scope="module")
def measured(swprof, python, tmp_path_factory):
    """A folder of experiments in which one is measured."""
    folder = tmp_path_factory.mktemp("experiments")
    (folder / "small").mkdir()
    (folder / "small" / "spec.toml").write_text(SPEC.format(python=python, more=""))
    (folder / "small" / "small.py").write_text(PROGRAM)
    result = swprof("experiment", "run", folder / "small")
    assert result.returncode == 0, result.stderr
    return folder


@pytest.fixture
def tools(paper):
    return paper("results").Tools(commandline.swprof_path(), pathlib.Path("no-coverage"))


def refused(paper, folder, tools):
    """What reading the small experiment is refused with: one line."""
    with pytest.raises(paper("results").ResultsError) as error:
        paper("results").read(folder, "small", tools)
    assert "\n" not in str(error.value)
    return str(error.value)


def test_a_measured_experiment_is_told_with_its_rounds_and_intervals(paper, measured, tools):
    experiment = paper("results").read(measured, "small", tools)
    macros = paper("macro_table").Macros()
    paper("facts.rounds").told(experiment, macros)
    assert macros["small/rounds"] == "3 of 3 rounds"
    assert macros["small/blocks"] == "1 of 1"
    slowdown = paper("results").arm(experiment.block("small.py"), "signal")["slowdown"]
    macros.of_interval("slowdown", slowdown, paper("wording").ratio)
    assert re.fullmatch(r"[\d.]+ \[[\d.]+, [\d.]+\]", macros["slowdown"])
    assert macros["slowdown"].startswith(macros["slowdown/value"] + " ")


def test_fewer_rounds_than_the_spec_asks_for_are_told(paper, measured, tools, tmp_path):
    # Only the number of runs is another, which the stored text of the spec is made to follow.
    copied = copy(measured, tmp_path)
    spec = copied / "small" / "spec.toml"
    spec.write_text(spec.read_text().replace("runs = 3", "runs = 7"))
    with sqlite3.connect(copied / "small" / "results.sqlite") as database:
        database.execute("UPDATE session SET spec = ?", [spec.read_text()])
    macros = paper("macro_table").Macros()
    paper("facts.rounds").told(paper("results").read(copied, "small", tools), macros)
    assert macros["small/rounds"] == "3 of 7 rounds"


def test_arms_are_found_by_what_they_are_and_not_by_their_names(paper):
    def arm(name, **settings):
        return {"name": name, "settings": {"design": None, "peer": None, "rate": None, **settings}}
    block = {"arms": [arm("x", design="signal", rate=100), arm("y", design="signal", rate=1000), arm("z", peer="py-spy", rate=1000)]}
    found = paper("results").arm
    assert (found(block, "signal", rate=1000)["name"], found(block, "py-spy")["name"]) == ("y", "z")
    assert found(block, "gil") is None and found(block, "signal", rate=300) is None and found(None, "signal") is None


def test_every_run_is_told_with_its_share_and_its_truth(paper, tmp_path, swprof, python, tools):
    (tmp_path / "small").mkdir()
    (tmp_path / "small" / "spec.toml").write_text(SPEC.format(python=python, more='schedules = ["poisson"]\nshares = "functions"'))
    (tmp_path / "small" / "small.py").write_text(KNOWN)
    assert swprof("experiment", "run", tmp_path / "small").returncode == 0
    shares = paper("results").read(tmp_path, "small", tools).shares
    truths = [each for each in shares if each["basis"] == "truth" and each["design"] == "signal"]
    assert [each["share"] for each in truths] == [1.0] * 3 and {each["schedule"] for each in truths} == {"poisson"}
    assert {each["round"] for each in shares if each["basis"] == "within"} == {each["round"] for each in truths}


def test_a_missing_result_is_named(paper, measured, tools, tmp_path):
    copied = copy(measured, tmp_path)
    (copied / "small" / "results.sqlite").unlink()
    assert refused(paper, copied, tools).startswith("small: ") and "is missing" in refused(paper, copied, tools)


def test_a_result_of_a_changed_program_is_named(paper, measured, tools, tmp_path):
    copied = copy(measured, tmp_path)
    (copied / "small" / "small.py").write_text(PROGRAM + "# another\n")
    assert "small: its results are stale (small.py: its program has changed" in refused(paper, copied, tools)


def test_a_result_of_a_changed_spec_is_named(paper, measured, tools, tmp_path):
    copied = copy(measured, tmp_path)
    spec = copied / "small" / "spec.toml"
    spec.write_text(spec.read_text() + "# another\n")
    assert "small: its results are stale (all: the spec has changed" in refused(paper, copied, tools)


def test_a_short_form_is_no_result_of_the_paper(paper, measured, tools, tmp_path):
    copied = copy(measured, tmp_path)
    with sqlite3.connect(copied / "small" / "results.sqlite") as database:
        database.execute("UPDATE session SET quick = 1")
    assert "holds a short form's results" in refused(paper, copied, tools)
    tools.quick = True
    assert paper("results").read(copied, "small", tools).name == "small"


def test_a_swprof_that_is_not_built_is_told(paper, measured, tools):
    tools.swprof = pathlib.Path("no-such-swprof")
    assert "build it with: make build" in refused(paper, measured, tools)


def test_the_build_ends_with_one_line_and_1(tmp_path):
    words = [sys.executable, "-B", PAPER / "build.py", "--out", tmp_path / "out", "--experiments", tmp_path]
    result = subprocess.run(words, capture_output=True, text=True)
    assert (result.returncode, result.stdout) == (1, "")
    assert re.fullmatch(r"paper: coverage: .*results\.sqlite is missing; measure it with: .*\n", result.stderr)


@pytest.fixture
def coverage(paper, tools, tmp_path):
    """The coverage table, read of a store whose report is scripted."""
    folder = tmp_path / "experiments"
    (folder / "coverage").mkdir(parents=True)
    (folder / "coverage" / "results.sqlite").touch()
    drawn = {"schedule": "poisson", "n": 100, "phase": 0.5, "covered": 95, "draws": 100, "width": 0.2, "binomialWidth": 0.2}

    def read(status=0, **report):
        tools.coverage = tmp_path / "swprof-coverage"
        text = json.dumps({"form": "full", "sessions": 2, "stale": [], "rows": [], "drawn": [drawn], **report})
        tools.coverage.write_text(f"#!/bin/sh\ncat <<'END'\n{text}\nEND\nexit {status}\n")
        tools.coverage.chmod(0o755)
        return paper("coverage_table").read(folder, tools)
    return read


def test_the_table_of_coverage_is_read(coverage):
    rows = [
        {"figure": "one share, N = 3", "asked": "93 to 97 %", "measured": "93.50 % at p = 0.4, 96.97 % at p = 0.2", "from": "3 shares", "verdict": "met"},
        {"figure": "real runs", "asked": "at least 94 %", "measured": "94.6 % [87.9, 98.2]; all 95.0 % [90.2, 99.0]", "from": "93 runs", "verdict": "missed"},
        {"figure": "shown", "asked": "", "measured": "1", "from": "2 runs"}]
    # A missed figure is a result like any other.
    table = coverage(status=1, rows=rows)
    first, second, third = table.rows
    assert (first.figure, first.asked, first.verdict, first.parts) == ("one share, N = 3", "93 to 97 %", "met", [93.5, 96.97])
    assert (second.parts, second.source, second.verdict, third.verdict) == ([94.6], "93 runs", "missed", "")
    assert (table.sessions, table.drawn) == (2, [("poisson", 100, 0.5, 95, 100, 0.2, 0.2)])


CONDITIONS = [
    ("jittered, real runs, wall root load 4, all programs", "95.1 % [94.0, 96.1]; all 95.4 % [94.6, 96.2]; p = 1.000", "met"),
    ("jittered, real runs, wall root load 4, bias", "furthest zipf's rank_01 -0.61 [-0.80, -0.42]; over in zipf", "missed"),
    ("jittered, real runs, wall root load 4, lost ticks", "0.80 % [0.71, 0.90]; most zipf 1.90 %", "met"),
    ("jittered, real runs, wall root load 4, zipf", "92.5 % [79.6, 98.4]; all 95.0 % [94.1, 95.9]; p = 1.000", "met"),
    ("jittered, real runs, wall root load 4, bursts 1.5", "97.5 % [86.8, 99.9]; all 96.0 % [94.1, 98.0]; p = 1.000", "met"),
    ("jittered, real runs, cpu root quiet, all programs", "94.9 % [93.0, 96.6]; p = 1.000", "met"),
    ("jittered, real runs, cpu root quiet, bias", "none", "undecided"),
    ("jittered, real runs, cpu root quiet, lost ticks", "none", "undecided"),
    ("jittered, real runs, cpu root quiet, tasks", "91.0 % [79.6, 98.4]; p = 1.000", "met"),
    ("by loss, 0 to 0.5 % of ticks lost", "95.2 % [94.0, 96.1]; root-mean-square error 0.41; p = 1.000", "met"),
    ("short blocks, wall root quiet, last function", "-0.580 [-0.620, -0.540] ticks", "missed"),
]


def test_conditions_losses_and_blocks_are_tables_of_their_own(paper):
    make = paper("coverage_table").Row
    rows = [make(figure, "asked", measured, "40 runs", verdict) for figure, measured, verdict in CONDITIONS]
    facts, macros = paper("facts.coverage"), paper("macro_table").Macros()
    facts.conditions(rows, macros)
    facts.losses(rows, macros)
    facts.blocks(rows, macros)
    assert macros["coverage/conditions"].split("\n") == [
        r"wall root load 4 & 95.1 & 92.5 & \textminus{}0.61 & 0.80 & met/mis/met \\", r"cpu root quiet & 94.9 & 91.0 & -- & -- & met/und/und \\"]
    assert macros["coverage/losses"] == r"0 to 0.5 \% & 95.2 & 0.41 & 40 runs & met \\"
    assert macros["coverage/blocks"] == (
        r"wall root quiet, last function & \textminus{}0.580 [\textminus{}0.620, \textminus{}0.540] & missed \\")


def test_rows_of_conditions_fall_into_one_group_each(paper):
    keys = [[key for key, pattern, _ in paper("facts.coverage").GROUPS if paper("facts.coverage").re.match(pattern, figure)] for figure, _, _ in CONDITIONS]
    assert keys == [["pooled"], [], [], ["wall"], ["wall"], ["pooled"], [], [], ["cpu"], ["loss"], []]


@pytest.mark.parametrize("measured, verdict", [
    ((0.500, 0.498, 0.502), "met"), ((0.520, 0.518, 0.522), "missed"), ((0.508, 0.500, 0.516), "undecided"),
    # Two wide intervals meet, which shows nothing.
    ((0.500, 0.400, 0.600), "undecided"), ((0.500, None, None), "undecided")])
def test_shares_are_the_same_only_within_a_margin(paper, measured, verdict):
    share = dict(zip(("mean", "low", "high"), measured))
    assert paper("equivalence").verdict(share, {"mean": 0.5, "low": 0.499, "high": 0.501}) == verdict


@pytest.mark.parametrize("report, reason", [
    ({"stale": ["experiments/program.py"]}, "stale .experiments/program.py: its program has changed"),
    ({"form": "quick"}, "holds a short form's results"),
])
def test_coverage_that_is_no_result_is_named(paper, coverage, report, reason):
    with pytest.raises(paper("results").ResultsError, match=reason):
        coverage(**report)


def test_a_coverage_that_is_not_built_is_told(paper, coverage, tools, tmp_path):
    tools.coverage = pathlib.Path("no-coverage")
    with pytest.raises(paper("results").ResultsError, match="cannot run no-coverage .*build it with"):
        paper("coverage_table").read(tmp_path / "experiments", tools)


def test_a_reason_for_failing_is_told_once(paper):
    def block(workload, runs, **failures):
        arms = [{"name": "austin", "runs": runs, "failures": [{"why": why, "runs": count} for why, count in failures.items()]}]
        return {"workload": workload, "arguments": [], "arms": arms}
    failures = paper("facts.rounds").failures
    assert failures([block("a", 3)]) == "none"
    told = failures([block("a", 3, **{"austin: it is_late": 1}), block("b", 0, **{"austin: it is_late": 2, "hung": 1})])
    assert told == (
        r"\code{austin} in 3 of 7 runs, on 2 programs (it is\_late) and \code{austin} in 1 of 7 runs, on 1 program (hung)")


def test_arms_without_a_good_run_are_told_with_their_programs(paper):
    def block(workload, runs):
        return {"workload": workload, "arguments": [], "arms": [{"name": "scalene", "runs": runs, "failures": [{"why": "late", "runs": 2}]}]}
    failed = paper("facts.overhead").failed
    assert failed(types.SimpleNamespace(blocks=[block("a", 1)])) == "none"
    assert failed(types.SimpleNamespace(blocks=[block(name, 0) for name in "ab"])) == r"\code{scalene}: \code{a} and \code{b}"


def test_a_quantity_without_interval_says_so(paper):
    macros = paper("macro_table").Macros()
    macros.quantity("key", 1.5, None, None, paper("wording").ratio)
    assert macros["key"] == "1.50 (no interval)"


@pytest.mark.parametrize("value, text", [(1.0042, "1.004"), (1.23, "1.23"), (27.44, "27.4")])
def test_slowdowns_are_finer_near_one(paper, value, text):
    assert paper("wording").ratio(value) == text


def test_a_number_that_is_not_there_is_caught_with_its_place(paper, tmp_path):
    text = tmp_path / "section.tex"
    text.write_text("First \\result{known}.\n% \\result{commented}\nThen \\result{unknown}.\n")
    assert list(paper("lint").unknown_results(text, {"known"})) == [f"{text}:3: no result named 'unknown'"]


def test_a_typed_figure_is_caught_but_no_quoted_one(paper, tmp_path):
    text = tmp_path / "section.tex"
    text.write_text("Of \\result{a/10} and \\quoted{85}\\,\\% in Section~\\ref{sec:2}\n% of 3\nthere are 14\\,\\%.\n")
    found = list(paper("lint").typed_figures(text))
    assert len(found) == 1 and found[0].startswith(f"{text}:3: the figure '14")


def test_no_result_of_the_paper_is_typed_by_hand(paper):
    lint = paper("lint")
    files = [PAPER / "sections" / f"{name}.tex" for name in lint.RESULT_SECTIONS]
    assert [line for file in files for line in lint.typed_figures(file)] == []
    assert all("\\result{" in file.read_text() for file in files if file.stem != "peers")


@pytest.mark.parametrize("interval, verdict", [
    ({"low": 0.99, "high": 1.02}, "met"), ({"low": 1.03, "high": 1.04}, "missed"), ({"low": 1.01, "high": 1.03}, "undecided"),
    ({"low": None, "high": None}, "undecided"), (None, "undecided")])
def test_a_claim_is_decided_only_by_an_interval(paper, interval, verdict):
    assert paper("facts.claims").at_most(interval, 1.02) == verdict


@pytest.mark.parametrize("verdicts, verdict", [
    (["met", "met"], "met"), (["met", "undecided", "missed"], "missed"), (["met", "undecided"], "undecided"), ([], "undecided")])
def test_a_claim_of_many_parts_is_met_where_all_are(paper, verdicts, verdict):
    assert paper("facts.claims").all_of(verdicts) == verdict


def test_every_claim_has_its_command(paper):
    page = (commandline.REPOSITORY / "experiments" / "README.md").read_text()
    rows = dict(re.findall(r"^\| (C\d+) \| .* \| (.*) \| .* \|$", page, re.MULTILINE))
    assert list(rows) == [key for key, _ in paper("facts.claims").CLAIMS]
    assert all("`" in command for command in rows.values())
    for command in re.findall(r"experiment run experiments/([\w-]+)", page):
        assert (commandline.REPOSITORY / "experiments" / command / "spec.toml").exists()


def test_the_paper_knows_all_standing_experiments(paper):
    folders = {spec.parent.name for spec in (commandline.REPOSITORY / "experiments").glob("*/spec.toml")}
    # The judge's spec is a battery of programs, which `swprof judge` reads.
    assert set(paper("results").STANDING) == folders - {"judge"}


def copy(measured, tmp_path):
    """The measured folder, to be spoilt."""
    (tmp_path / "small").mkdir()
    for file in ("spec.toml", "small.py", "results.sqlite"):
        (tmp_path / "small" / file).write_bytes((measured / "small" / file).read_bytes())
    return tmp_path
