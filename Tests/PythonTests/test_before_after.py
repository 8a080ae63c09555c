"""`swprof compare OLD NEW` and `--before`: what a change did to a program, and what it did not do."""
import pytest

import schema
from commandline import assert_one_line, assert_says

# Steady work: `parse` takes as many turns as it is given, `rest` always as many, each in two lines.
PROGRAM = """
def parse(turns):
    total = 0
    for turn in range(turns * 10_000):
        total += turn * 3
    return total

def rest():
    total = 0
    for turn in range(600_000):
        total += turn
    return total

def main(turns):
    parse(turns)
    rest()
    print("done")

main({turns})
"""
# What `parse` did stands in a helper of it.
EXTRACTED = PROGRAM.replace(
    "    total = 0\n    for turn in range(turns * 10_000):\n        total += turn * 3\n    return total\n",
    "    return tripled(turns)\n\ndef tripled(turns):\n    total = 0\n    for turn in range(turns * 10_000):\n"
    "        total += turn * 3\n    return total\n", 1)
ABOVE = "".join(f"# comment {number}\n" for number in range(20))
USUAL, HALF = 80, 20


def written(folder, text, name="program.py"):
    folder.mkdir(exist_ok=True)
    path = folder / name
    path.write_text(text)
    return path


@pytest.fixture(scope="module")
def profiles(run, tmp_path_factory):
    """Profiles of one file as it was edited: by name, the version's text."""
    folder = tmp_path_factory.mktemp("edited")
    versions = {
        "plain": PROGRAM.format(turns=USUAL), "below": ABOVE + PROGRAM.format(turns=USUAL),
        "extracted": EXTRACTED.format(turns=USUAL),
    }
    for name, text in versions.items():
        result = run("--clock", "cpu", "-o", folder / f"{name}.pb.gz", written(folder, text))
        assert result.returncode == 0, result.stderr
    return folder


@pytest.fixture
def compared(swprof):
    def compare(*words, **options):
        result = swprof("compare", "--json", *words, **options)
        assert (result.returncode, result.stderr) == (0, "")
        return schema.check_compare(schema.parse(result.stdout))
    return compare


@pytest.fixture
def versions(compared, python):
    """Compares two programs in rounds."""
    def compare(old, new, *words, runs=5):
        return compared("--python", python, *words, "--before", str(old), "--runs", str(runs), "--", new)
    return compare


def named(places, name):
    return next(place for place in places if place["qualname"] == name)


def large(change):
    """What changed by more than a tenth of the program's time: chance is right once in twenty times, and never by so much."""
    whole = change["duration"]["seconds"]["before"]
    return [
        place for place in change["functions"] + change["lines"]
        if place["verdict"] not in ("within-chance", "cannot-tell") and abs(place["self"]["change"]["mean"]) > whole / 10]


def test_twenty_lines_above_change_nothing_over_rounds(versions, tmp_path):
    old = written(tmp_path / "old", PROGRAM.format(turns=USUAL))
    new = written(tmp_path / "new", ABOVE + PROGRAM.format(turns=USUAL))
    found = versions(old, new, "--clock", "cpu")
    change = found["change"]
    assert (change["before"]["runs"], change["estimand"], found["runs"]) == (5, "expected-run", 5)
    assert large(change) == []
    assert {place["qualname"] for place in change["functions"]} >= {"parse", "rest"}
    assert all(place["file"] == "program.py" for place in change["functions"] if place["qualname"] in ("parse", "rest"))
    hot = [line for line in change["lines"] if line["share"]["before"] > 0.05]
    assert len(hot) >= 3 and all(line["line"] == line["lineBefore"] + 20 for line in hot)
    assert all(each["totalVariation"] < 0.2 for each in found["agreement"])


def test_options_may_stand_behind_profiles(swprof, profiles, tmp_path):
    result = swprof("compare", profiles / "plain.pb.gz", profiles / "below.pb.gz", "--json", "-o", tmp_path / "found.json")
    assert (result.returncode, result.stdout, result.stderr) == (0, "", "")
    schema.check_compare(schema.parse((tmp_path / "found.json").read_text()))


def test_twenty_lines_above_in_one_file_change_nothing_between_profiles(compared, profiles):
    """The file is not what it was: the profiles know what stood on their lines."""
    found = compared(profiles / "plain.pb.gz", profiles / "below.pb.gz")
    change = found["change"]
    assert change["estimand"] == "this-run" and large(change) == []
    hot = [line for line in change["lines"] if line["share"]["before"] > 0.05]
    assert len(hot) >= 3 and all(line["line"] == line["lineBefore"] + 20 for line in hot)
    # Repeats of a program this short differ as much; were they not matched, all of it would.
    assert all(each["totalVariation"] < 0.5 for each in found["agreement"])
    assert "single-runs" in [caveat["code"] for caveat in found["caveats"]]


def test_a_function_that_became_faster_is_told_first(swprof, python, tmp_path):
    old = written(tmp_path / "old", PROGRAM.format(turns=USUAL))
    new = written(tmp_path / "new", ABOVE + PROGRAM.format(turns=HALF).replace("done", "other"))
    page = tmp_path / "change.html"
    result = swprof(
        "compare", "--python", python, "--html", page, "--before", f"python3 '{old}'", "--runs", "5", "--", "python", new)
    text = " ".join(result.stderr.split())
    assert result.returncode == 0 and text.startswith("The new version takes ")
    assert "`parse` (program.py:22) −" in text and "Functions, by the change of their own time" in text
    assert "the version before against itself" in text and "(output-differs)" in text
    assert "What the change did" in page.read_text() and "The new version takes " in page.read_text()


def test_what_was_taken_out_into_a_helper_has_moved(compared, profiles):
    change = compared(profiles / "plain.pb.gz", profiles / "extracted.pb.gz")["change"]
    parse, helper = (named(change["functions"], name) for name in ("parse", "tripled"))
    assert (parse["moved"]["functions"], helper["moved"]["functions"]) == (["tripled"], ["parse"])
    assert helper["moved"]["isHere"] and not parse["moved"]["isHere"] and parse["verdict"] == "moved"
    assert (helper["lineBefore"], parse["line"]) == (None, 2)
    # Its lines are the same ones, wherever they stand.
    lines = [line for line in change["lines"] if line["qualname"] == "tripled" and line["share"]["after"] > 0.05]
    assert lines and all(line["line"] == line["lineBefore"] + 3 for line in lines)


def test_a_renamed_module_is_found_by_the_map(versions, tmp_path):
    for folder, module in (("old", "one"), ("new", "two")):
        written(tmp_path / folder, PROGRAM.format(turns=HALF), f"{module}.py")
        written(tmp_path / folder, f"import {module}\n")
    programs = [tmp_path / folder / "program.py" for folder in ("old", "new")]
    plain = versions(*programs, runs=1)["change"]["functions"]
    assert {place["file"] for place in plain if place["qualname"] == "parse"} == {"one.py", "two.py"}
    found = versions(*programs, "--map", "one.py=two.py", "--map", "three=four", runs=1)
    parse = [place for place in found["change"]["functions"] if place["qualname"] == "parse"]
    assert len(parse) == 1 and (parse[0]["file"], parse[0]["path"]) == ("two.py", str(tmp_path / "new" / "two.py"))
    assert ["three" in caveat["text"] for caveat in found["caveats"] if caveat["code"] == "map-unused"] == [True]


def test_two_clocks_and_two_designs_are_no_change(compared, run, profiles, tmp_path):
    script = written(tmp_path, PROGRAM.format(turns=HALF))
    for name, words in {"wall": [], "other": ["-d", "gil"]}.items():
        assert run(*words, "-o", tmp_path / f"{name}.pb.gz", script).returncode == 0
    clocks = compared(profiles / "plain.pb.gz", tmp_path / "wall.pb.gz")
    assert clocks["change"] is None and "clock-mismatch" in [caveat["code"] for caveat in clocks["caveats"]]
    assert compared(tmp_path / "other.pb.gz", tmp_path / "wall.pb.gz")["change"] is None


@pytest.mark.parametrize("old, said", [("import sys; sys.exit('no data')", "no data"), ("1/", "SyntaxError")])
def test_a_version_before_that_fails_is_one_line(swprof, python, tmp_path, old, said):
    old, new = written(tmp_path / "old", old), written(tmp_path / "new", "pass")
    result = swprof("compare", "--python", python, "--before", str(old), "--", new)
    assert_says(result, 3, "the version before", "status 1")
    assert said in result.stderr


@pytest.mark.parametrize("words, status, said", [
    (["--before", "a.py", "--peers", "cProfile", "--", "b.py"], 2, "--peers"),
    (["--before", "a.py", "--until", "0.01", "--", "b.py"], 2, "--until"),
    (["--before", "a.py", "--designs", "signal,gil", "--", "b.py"], 2, "one design"),
    (["--before", "'a.py", "--", "b.py"], 2, "quot"),
    (["--before", "a.py", "--map", "a.py", "--", "b.py"], 2, "old.py=new.py"),
    (["--before", "a.py"], 2, "no program"),
    (["--map", "a=b", "b.py"], 2, "--map"),
    (["--before", "nowhere.py", "--", "b.py"], 2, "nowhere.py"),
])
def test_what_cannot_be_is_one_line(swprof, tmp_path, words, status, said):
    for name in ("a.py", "b.py"):
        written(tmp_path, "pass\n", name)
    result = swprof("compare", *words, cwd=tmp_path)
    assert_one_line(result, status, said)
