"""The experiment that holds replays against real runs: its rules on stores of a known answer, its page, and two real runs."""
import dataclasses
import importlib
import json
import random
import sqlite3
import sys

import pytest

from commandline import REPOSITORY, call

FOLDER = REPOSITORY / "experiments" / "replay"
PAGE = REPOSITORY / "docs" / "simulate.md"
FUNCTIONS = {"work": 0.5, "wait": 0.3, "rest": 0.2}
# What the replays predict of each function.
BIAS = {"work": 0.04, "wait": -0.03, "rest": -0.01}
RMS = 0.01


@pytest.fixture(scope="module")
def replay():
    """The experiment's own modules by name."""
    sys.path.insert(0, str(FOLDER))
    yield importlib.import_module
    sys.path.remove(str(FOLDER))


def scripted(replay, runs, seed=1, shift=0.0, scatter=RMS, covered=0.95, predicted=0.95):
    """Runs whose errors are as predicted, but for a shift, a scatter or a coverage of another size."""
    chance, place = random.Random(seed), replay("judged").Place
    return [
        [place(name, truth, truth + BIAS[name] + shift + chance.gauss(0, scatter), BIAS[name], (BIAS[name] ** 2 + RMS**2) ** 0.5,
               chance.random() < covered, predicted) for name, truth in FUNCTIONS.items()]
        for _ in range(runs)]


def verdicts(replay, runs=40, **changes):
    return replay("judged").finding(scripted(replay, runs, **changes))["verdicts"]


def test_a_right_prediction_is_met(replay):
    assert verdicts(replay, runs=100, seed=5) == {"bias": "met", "error": "met", "coverage": "met"}


@pytest.mark.parametrize("changes, missed", [
    ({"shift": 0.02}, "bias"), ({"shift": -0.02}, "bias"), ({"scatter": 8 * RMS}, "error"), ({"predicted": 0.7}, "coverage"),
    ({"covered": 0.6}, "coverage")])
def test_a_wrong_prediction_is_missed(replay, changes, missed):
    assert verdicts(replay, **changes)[missed] == "missed"


@pytest.mark.parametrize("runs, changes", [(4, {}), (4, {"shift": 0.02})])
def test_few_runs_decide_nothing(replay, runs, changes):
    assert set(verdicts(replay, runs=runs, **changes).values()) == {"undecided"}


def test_what_scatters_too_far_to_show_a_bias_is_undecided(replay):
    assert verdicts(replay, runs=6, scatter=10 * RMS, seed=2)["bias"] == "undecided"


def test_a_right_prediction_is_seldom_missed(replay):
    found = [verdicts(replay, runs=20, seed=seed) for seed in range(200)]
    for question in ("bias", "error", "coverage"):
        # One in twenty, and as many more as chance brings to one test in a thousand.
        assert sum(each[question] == "missed" for each in found) <= 21, question


def test_functions_that_miss_together_are_no_independent_intervals(replay):
    runs = scripted(replay, 20, covered=1)
    for place in runs[0] + runs[1]:
        place.held = False
    alike = replay("judged").finding(runs)["coverage"]
    apart = scripted(replay, 20, covered=1)
    for run in apart[:6]:
        run[0].held = False
    wide, narrow = ([found["low"], found["high"]] for found in (alike, replay("judged").finding(apart)["coverage"]))
    assert alike["value"] == 0.9 and wide[1] - wide[0] > 1.3 * (narrow[1] - narrow[0])


def test_students_distribution_is_that_of_the_tables(replay):
    for freedom, quantile in [(1, 12.7062), (2, 4.30265), (3, 3.18245), (9, 2.26216), (19, 2.09302), (100, 1.98397)]:
        assert replay("judged").student(0.95, freedom) == pytest.approx(quantile, abs=1e-4)


@pytest.fixture
def store(replay, tmp_path):
    """A store of scripted runs: of a sampler that is predicted rightly, and of one whose bias is not."""
    def write(*cases):
        path = tmp_path / "results.sqlite"
        report(path)
        with sqlite3.connect(path) as store:
            store.executescript((FOLDER / "run.py").read_text().split('SCHEMA = """')[1].split('"""')[0])
            for case, changes in cases:
                setting = json.dumps({"name": case.name, **dataclasses.asdict(case)})
                for run in scripted(replay, 100, **changes):
                    places = json.dumps([dataclasses.asdict(place) for place in run])
                    store.execute("INSERT INTO run VALUES (NULL, ?, '', 1, 2, 'k', 'p', 'v', 0, 2, 0.01, ?)", (setting, places))
        return path
    return write


def report(path, *words):
    result = call([sys.executable, "-B", FOLDER / "run.py", "--report", "--results", path, *words])
    assert (result.returncode, result.stderr) == (0, "")
    return result.stdout


def test_a_report_has_all_cases_and_their_verdicts(replay, store, tmp_path):
    one, other = replay("cases").CASES[0], replay("cases").CASES[-1]
    path = store((other, {"shift": 0.02}), (one, {"seed": 5}))
    first, second = json.loads(report(path, "--json"))["cases"]
    assert (first["name"], first["verdicts"]["bias"], second["verdicts"]["bias"]) == (one.name, "met", "missed")
    assert first["farthest"]["name"] == "work" and first["farthest"]["predicted"] == pytest.approx(0.04)
    assert first["pooled"]["holds"] and first["lost"] == pytest.approx(0.01)
    page = tmp_path / "page.md"
    tables = replay("tables")
    page.write_text(f"before\n{tables.BEGIN}old\n{tables.END}after\n")
    report(path, "--markdown", page)
    assert "old" not in page.read_text() and "bias **missed**" in page.read_text()
    assert page.read_text().startswith("before\n") and page.read_text().endswith("after\n")


def test_the_page_is_what_the_stored_runs_say(replay):
    """Remade by: experiments/replay/run.py --report --markdown docs/simulate.md"""
    table = report(FOLDER / "results.sqlite", "--markdown").removesuffix("\n")
    assert replay("tables").put(table, PAGE.read_text()) == PAGE.read_text()


def test_real_runs_are_stored_with_their_predictions_and_it_goes_on(swprof, python, tmp_path):
    words = [sys.executable, FOLDER / "run.py", "--results", tmp_path / "r.sqlite", "--python", python, "--cases", "signal bursts"]
    for runs in ("1", "1", "2"):
        result = call([*words, "--runs", runs])
        assert result.returncode == 0, result.stderr
    [found] = json.loads(report(tmp_path / "r.sqlite", "--json"))["cases"]
    assert (found["name"], found["runs"], found["functions"]) == ("signal bursts", 2, 3)
    assert found["error"]["predicted"] > 0 and found["coverage"]["predicted"] > 0.9
