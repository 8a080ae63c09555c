"""The paper's tables of the judge and of the replays: what they make of a store, and what they refuse."""
import importlib
import pathlib
import sys

import pytest

import commandline

EXPERIMENTS = commandline.REPOSITORY / "experiments"


@pytest.fixture(scope="module")
def paper():
    """The paper's own modules by name."""
    sys.path.insert(0, str(commandline.REPOSITORY / "paper"))
    yield importlib.import_module
    sys.path.remove(str(commandline.REPOSITORY / "paper"))


@pytest.fixture
def tools(paper):
    return paper("results").Tools(commandline.swprof_path(), pathlib.Path("no-coverage"))


def macros_of(paper, name, report):
    macros = paper("macro_table").Macros()
    paper(f"facts.{name}").told(report, macros)
    return macros


def card(name, python, *verdicts):
    return {"name": name, "python": python, "rows": [{"group": group, "verdict": verdict} for group, verdict in verdicts]}


def test_the_cards_of_all_pythons_are_counted_together(paper):
    cards = [
        card("zeta", "3.11.2", ("accuracy", "met"), ("accuracy", "missed"), ("cost", "cannot tell")),
        card("alpha", "3.11.2", ("accuracy", "met"), ("sight", "missed")), card("alpha", "3.13.5", ("accuracy", "met"), ("stacks", "met"))]
    macros = macros_of(paper, "judge", {"quick": True, "tools": cards})
    assert macros["judge/table"].split("\n") == [
        r"\code{alpha} & 2/0/0 & 1/0/0 & 0/1/0 & -- \\", r"\code{zeta} & 1/1/0 & -- & -- & 0/0/1 \\"]
    assert [macros[f"judge/{verdict}"] for verdict in ("met", "missed", "cannot tell")] == ["4", "2", "1"]
    assert (macros["judge/right"], macros["judge/pythons"], macros["judge/tools"]) == (r"\code{alpha}", "3.11.2 and 3.13.5", "2")


def test_the_stored_cards_are_read_and_left_as_they_are(paper, tools):
    before = (EXPERIMENTS / "judge" / "results.sqlite").read_bytes()
    macros = macros_of(paper, "judge", paper("other_stores").judged(EXPERIMENTS, tools))
    assert r"\code{signal}" in macros["judge/table"]
    assert (EXPERIMENTS / "judge" / "results.sqlite").read_bytes() == before


def case(**changes):
    interval = {"value": -0.001, "low": -0.002, "high": 0.0005}
    return {
        "tool": "signal", "program": "sleep_io", "schedule": "jittered", "runs": 20, "stretch": None,
        "farthest": {"name": "doze", "predicted": 0.02, "measured": interval}, "pooled": interval,
        "error": {"measured": 0.0123, "predicted": 0.01}, "coverage": {"predicted": 0.96, "value": 0.95, "low": 0.9, "high": 0.98},
        "verdicts": {"bias": "met", "error": "missed", "coverage": "undecided"}, **changes}


def test_a_case_of_replays_is_a_row(paper):
    other = case(tool="gil", stretch=1.5, coverage=None, verdicts={"bias": "met", "error": "met", "coverage": None})
    macros = macros_of(paper, "replay", {"cases": [case(), other], "looks": {"py-spy": 118.4}})
    first, second = macros["replay/table"].split("\n")
    assert first == (
        r"\code{signal} on \code{sleep\_\allowbreak{}io} & 20 & \code{doze} & 2.00 & \textminus{}0.10 [\textminus{}0.20, 0.05] &"
        r" \textminus{}0.10 [\textminus{}0.20, 0.05] & 1.00 / 1.23 & 96.0 / 95.0 [90.0, 98.0] & met/mis/und \\")
    assert second.endswith(r"& -- & met/met \\")
    assert [macros[f"replay/{kind}"] for kind in ("verdicts", "met", "missed", "undecided", "runs")] == ["5", "3", "1", "1", "40"]
    assert macros["replay/misses"] == r"the error of \code{signal} on \code{sleep\_\allowbreak{}io}"
    assert (macros["replay/look/py-spy"], macros["replay/look/tachyon"], macros["replay/stretch"]) == (r"118\,\textmu s", "--", "1.50")


@pytest.mark.parametrize("name", ["judge", "replay"])
def test_a_store_that_is_not_there_is_named(paper, tools, tmp_path, name):
    read = {"judge": lambda: paper("other_stores").judged(tmp_path, tools), "replay": lambda: paper("other_stores").replayed(tmp_path)}[name]
    with pytest.raises(paper("results").ResultsError, match=f"{name}: .*results.sqlite is missing; measure it with: "):
        read()


def test_the_text_names_what_the_facts_tell(paper):
    """Of these two, whose stores the build reads beside those of the standing experiments."""
    known = {
        *macros_of(paper, "judge", {"quick": True, "tools": [card("alpha", "3", ("cost", "met"))]}),
        *macros_of(paper, "replay", {"cases": [case()], "looks": {}})}
    text = commandline.REPOSITORY / "paper" / "sections" / "experiments.tex"
    unknown = list(paper("lint").unknown_results(text, known))
    assert not [line for line in unknown if "'judge/" in line or "'replay/" in line]
