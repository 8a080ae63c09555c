"""The labs' exercises: each solution passes, and each exercise is unanswered as the student gets it."""
import collections
import importlib
import importlib.util
import itertools
import math
import random
import re
import statistics
import sys
import time

import pytest

import packaged
from commandline import REPOSITORY

jupytext = pytest.importorskip("jupytext")
numpy = pytest.importorskip("numpy")
if str(packaged.FOLDER) not in sys.path:
    sys.path.insert(0, str(packaged.FOLDER))
labs = pytest.importorskip("swprof.labs")
from swprof.labs import exercises

NOTEBOOKS = REPOSITORY / "notebooks"


def module(name):
    """`notebooks/NAME.py`, which is no package."""
    spec = importlib.util.spec_from_file_location(f"notebooks_{name}", NOTEBOOKS / f"{name}.py")
    found = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(found)
    return found


make = module("make")


def exercises_of(source):
    """(number, exercise, solution, check) of each exercise of a lab."""
    cells = [cell for cell in jupytext.read(source, fmt="md").cells if cell.cell_type == "code"]
    for place, cell in enumerate(cells):
        if "exercise" in make.tags(cell):
            solution, check = cells[place + 1], cells[place + 2]
            yield re.search(r'labs\.check\("([\d.]+)"', check.source)[1], cell.source, solution.source, check.source


EXERCISES = {found[0]: found for source in make.sources() for found in exercises_of(source)}

Function = collections.namedtuple("Function", "name file self")
Share = collections.namedtuple("Share", "share")


class Timeline:
    """As lab 4 has it."""
    def __init__(self, lengths):
        self.ends = numpy.cumsum(lengths)

    def is_front(self, instants):
        return numpy.searchsorted(self.ends, instants, side="right") % 2 == 0


class Traced:
    functions = [Function("eratosthenes", "sieve.py", Share(0.25)), Function("set.update", None, Share(0.5)), Function("main", "sieve.py", Share(0.25))]


def checked(number, answer):
    """The outcome and the text of a check, as its cell calls it."""
    names = dict(
        collections=collections, itertools=itertools, math=math, np=numpy, random=random, statistics=statistics, time=time,
        Z=statistics.NormalDist().inv_cdf(0.975), Timeline=Timeline, traced=Traced)
    said = []

    class Labs:
        @staticmethod
        def check(number, *given, **more):
            said.append(exercises.judged(number, given, more))
    names["labs"] = Labs
    exec(answer, names)
    exec(EXERCISES[number][3], names)
    return said[0]


def test_every_lab_has_exercises_and_every_check_one():
    count = collections.Counter(number.partition(".")[0] for number in EXERCISES)
    assert sorted(count) == list("123456") and min(count.values()) >= 5
    for lab in count:
        importlib.import_module(f"swprof.labs.checks.lab{lab}")
    assert set(exercises._checks) == set(EXERCISES)


@pytest.mark.parametrize("number", EXERCISES)
def test_its_solution_passes(number):
    assert checked(number, EXERCISES[number][2])[0] == "passed", checked(number, EXERCISES[number][2])


@pytest.mark.parametrize("number", EXERCISES)
def test_it_is_unanswered_as_the_student_gets_it(number):
    assert checked(number, EXERCISES[number][1])[0] == "unanswered"


@pytest.mark.parametrize("number", EXERCISES)
@pytest.mark.parametrize("value", ["123456.789", "'text'", "[]", "lambda *given: 123456.789", "lambda *given: [1.5]", "lambda: 1/0"])
def test_nonsense_is_wrong_and_said_in_a_sentence(number, value):
    name = re.search(r'labs\.check\("[\d.]+", (\w+)', EXERCISES[number][3])[1]
    outcome, text = checked(number, f"{name} = {value}")
    assert outcome == "wrong" and text and "\n" not in text


@pytest.mark.parametrize("number, answer, words", [
    ("1.2", "def standard_error(v): return statistics.pstdev(v) / len(v) ** 0.5", "stdev, not pstdev"),
    ("1.6", "def corrected_share(inside, whole, calls, cost): return (inside - calls * cost) / whole", "still in the whole"),
    ("2.1", "def counter(counts):\n    def callback(frame, event, arg): counts[frame.f_code.co_name] += 1\n    return callback", "not returns"),
    ("2.3", "def slowdown(a, b): return statistics.mean(x / y for x, y in zip(a, b))", "mean of the ratios"),
    ("3.1", "def stack(frame):\n    names = []\n    while frame:\n        names.append(frame.f_code.co_name); frame = frame.f_back\n    return names", "turn it round"),
    ("4.5", "def jittered(rng, n): return rng.uniform() + np.arange(n)", "random place of its own"),
    ("4.6", "possible = {0, 1}", "half a period apart"),
    ("5.4", "def discoveries(ps, q): return {i for i, p in enumerate(ps) if p < q}", "rejects"),
    ("6.3", "found_at = {'C': 'run time', 'C with AddressSanitizer': 'run time', 'Swift': 'compile time'}", "C: "),
])
def test_a_common_mistake_has_its_hint(number, answer, words):
    outcome, text = checked(number, answer)
    assert outcome == "wrong" and words in text


def test_what_is_no_exercise_is_said_to_be_none():
    for number in ("1.99", "9.1", "", 1.1, None):
        with pytest.raises(labs.LabError, match="no exercise"):
            labs.check(number, 1)


def test_a_cell_that_needs_an_answer_says_so_until_it_is_right(capsys):
    labs.check("1.1", lambda n, count: 0)
    with pytest.raises(labs.Unsolved, match="exercise 1.1"):
        labs.require("1.1")
    labs.check("1.1", lambda n, count: n - 2 - count)
    labs.require("1.1")
    labs.check("1.1", ...)
    with pytest.raises(labs.Unsolved):
        labs.require("1.1")
    assert [line[0] for line in capsys.readouterr().out.splitlines()] == ["✗", "✓", "○"]


def test_too_little_data_is_one_sentence():
    labs.enough([1, 2, 3], 3, "samples")
    with pytest.raises(labs.LabError, match="2 samples where at least 3"):
        labs.enough([1, 2], 3, "samples")


def test_stored_results_are_shown_where_a_compiler_is_missing_or_fails(capsys, monkeypatch, tmp_path):
    from swprof.labs import languages

    def failing():
        raise labs.LabError("swiftc failed: error: no such module")
    for measure, programs, why in ((dict, ["no-such-compiler"], "has no no-such-compiler"), (failing, [], "no such module")):
        value = languages.live_or_stored("times", measure, *programs)
        said = capsys.readouterr().out
        assert "Stored results" in said and why in said and all(len(series) >= 10 for series in value.values())
    assert languages.live_or_stored("times", lambda: {"live": [1]}) == {"live": [1]}
    assert capsys.readouterr().out == ""
    monkeypatch.setattr(languages, "_STORED", tmp_path / "missing.json")
    with pytest.raises(labs.LabError, match="install swprof again"):
        languages.live_or_stored("times", failing)
    with pytest.raises(labs.LabError, match="no source"):
        languages.source("sieve.f90")


def test_what_is_measured_can_be_stored(monkeypatch, tmp_path):
    from swprof.labs import languages

    monkeypatch.setenv(languages.STORE, str(tmp_path / "lab6.json"))
    for name in ("times", "crossing"):
        languages.live_or_stored(name, lambda: {"a": [1.5]})
    monkeypatch.delenv(languages.STORE)
    monkeypatch.setattr(languages, "_STORED", tmp_path / "lab6.json")
    for name in ("times", "crossing"):
        assert languages.live_or_stored(name, dict, "no-such-compiler") == {"a": [1.5]}
