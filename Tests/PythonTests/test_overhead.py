"""`swprof overhead`: programs that have passes, what is said of them, and what is refused."""
import json
import re
import sqlite3
import sys
import zlib

import pytest

import command_schema
import schema
from commandline import DESIGNS, REPOSITORY, assert_one_line, call, clean_environment, designs

PROGRAM = """
import sys, os
print("loaded", __name__, sys.argv, os.path.basename(sys.path[0]))
def run_pass():
    print("a pass")
    return sum(range(2000))
def other():
    return sum(range(1000))
class Work:
    @staticmethod
    def once(): other()
    @classmethod
    def many(cls, n): pass
async def parts(): pass
value = 3
if __name__ == "__main__":
    sys.exit("not as the main program")
"""
QUICK = ["--seconds", "0.05", "--pairs", "3"]


@pytest.fixture
def overhead(swprof, python):
    def measure(*words, **options):
        return swprof("overhead", "--python", python, *QUICK, *words, **options)
    return measure


def test_the_json_is_as_agreed(overhead, script):
    result = overhead("--designs", "evalframe,signal", "-r", "500", "--json", "-o", "-", script(PROGRAM))
    assert (result.returncode, result.stderr) == (0, "")
    found = command_schema.check_overhead(schema.parse(result.stdout))
    assert [(design["name"], design["kind"], design["rate"]) for design in found["designs"]] == [
        ("evalframe", "tracing", None), ("signal", "sampling", 500)]
    assert found["program"][0].endswith("program.py") and found["python"].startswith("3.") and found["audit"]
    for design in found["designs"]:
        assert design["start"]["low"] is not None and design["pairs"] >= 3


def test_the_report_says_each_figure_with_its_interval(overhead, script):
    result = overhead("--seconds", "1.5", "--pairs", "48", script(PROGRAM))
    assert (result.returncode, result.stdout) == (0, ""), result.stderr
    rows = [line for line in result.stderr.splitlines() if re.match("  signal[ ,]", line)]
    assert [row.count("[") for row in rows] == [2, 3, 2, 2, 2] and " % [" in rows[1] and " ms [" in rows[1]
    assert "loaded" not in result.stderr


@pytest.mark.parametrize("words, said", [
    (["{}"], ["loaded", "program", "['{}', '1', '-x']"]),
    (["{}:other"], ["loaded", "program", "['{}', '1', '-x']"]),
    (["{}:Work.once"], ["loaded", "program"]),
    (["-m", "program"], ["loaded", "program", "'1', '-x']"]),
    (["-m", "program:Work.once"], ["loaded", "program"]),
])
def test_a_program_is_loaded_as_by_an_import_with_its_own_words(overhead, script, tmp_path, words, said):
    path = script(PROGRAM.replace("print(\"loaded\"", "print(\"loaded\", file=open('told', 'w'), *[__name__, sys.argv]) or print(\"loaded\""))
    result = overhead(*[word.format(path) for word in words], "1", "-x", cwd=tmp_path)
    assert (result.returncode, result.stdout) == (0, ""), result.stderr
    told = (tmp_path / "told").read_text()
    for word in said:
        assert word.format(path) in told


def test_code_defines_the_pass(overhead):
    result = overhead("--json", "-o", "-", "-c", "import sys\ndef run_pass(): return len(sys.argv)")
    assert command_schema.check_overhead(schema.parse(result.stdout))["designs"][0]["name"] == "signal"


def test_passes_that_were_measured_can_be_analysed_later(swprof, python, tmp_path):
    columns = ["arm", "pair", "place", "on", "numerator", "wall", "cpu", "thread"]
    passes = [[0, pair, 1, on, on, 5_000_000 + 50_000 * on + 100 * (pair % 7), 1, 1] for pair in range(40) for on in (pair % 2, 1 - pair % 2)]
    document = {
        "schema": "swprof.passes/1", "design": "signal", "rate": 1000.0, "python": "3.11.2", "wantedPairs": 300, "calls": 1,
        "columns": columns, "passes": passes}
    path = tmp_path / "passes.json"
    path.write_text(json.dumps(document))
    found = command_schema.check_overhead(schema.parse(swprof("overhead", "--json", "--python", python, "--passes", path).stdout))
    [design] = found["designs"]
    assert 1.0099 < design["running"]["low"] <= design["running"]["high"] < 1.0101
    assert design["pairs"] == 40 and [caveat["code"] for caveat in design["caveats"]] == ["few-pairs"]
    assert "Beside it, and at its ends" in swprof("overhead", "--python", python, "--passes", path).stdout
    for change in ({"schema": "x"}, {"passes": [[1]]}, {"passes": []}, {"design": "nonsense"}):
        path.write_text(json.dumps(document | change))
        assert_one_line(swprof("overhead", "--python", python, "--passes", path), 3)
    path.write_text("garbage")
    assert_one_line(swprof("overhead", "--passes", path), 3, "no file of passes")
    assert_one_line(swprof("overhead", "--passes", tmp_path / "missing"), 2, "cannot read", "missing")
    assert_one_line(swprof("overhead", "--passes", path, "x.py"), 2, "--passes")


@pytest.mark.parametrize("function, words", [
    ("", ["has no passes", "run_pass", "FILE.py:FUNCTION"]), (":missing", ["no function missing"]), (":value", ["without arguments"]),
    (":Work.many", ["without arguments"]), (":parts", ["coroutine"]),
])
def test_a_program_without_passes_is_one_clear_line(overhead, script, function, words):
    path = script(PROGRAM.replace("def run_pass", "def run_once"))
    assert_one_line(overhead(f"{path}{function}"), 3, *words)


@pytest.mark.parametrize("words, status, said", [
    (["/nowhere/x.py"], 2, ["cannot read the script '/nowhere/x.py'"]),
    (["-m", "no_such_module"], 3, ["no module 'no_such_module'"]),
    ([], 2, ["no program"]),
    (["--designs", "nonsense", "x.py"], 2, ["no design 'nonsense'"]),
    (["--designs", "signal,signal", "x.py"], 2, ["each design once"]),
    (["-r", "0", "x.py"], 2, ["rate of 0"]),
    (["--seconds", "0", "x.py"], 2, ["--seconds"]),
    (["--pairs", "0", "x.py"], 2, ["--pairs"]),
    (["-o", "/nowhere/x", "x.py"], 2, ["/nowhere/x"]),
])
def test_what_cannot_be_is_refused_before_anything_is_measured(overhead, words, status, said):
    assert_one_line(overhead(*words), status, *said)


def test_what_the_program_says_as_it_fails_is_shown(overhead, script):
    result = overhead(script("def run_pass(): raise KeyError('mine')"))
    assert "KeyError: 'mine'" in result.stderr and result.returncode == 3
    assert result.stderr.splitlines()[-1].startswith("swprof: the program ended with status 1")


@pytest.mark.skipif("monitoring" in DESIGNS, reason="this Python has it")
def test_a_design_that_the_python_has_not_is_one_line(overhead, script):
    assert_one_line(overhead("--designs", "monitoring", script(PROGRAM)), 3, "monitoring needs Python 3.12")


def test_nothing_is_left_of_it(overhead, script, tmp_path):
    folder = tmp_path / "tmp"
    folder.mkdir()
    assert overhead(script(PROGRAM), env=clean_environment(TMPDIR=str(folder))).returncode == 0
    assert list(folder.iterdir()) == []


def test_every_design_is_offered(overhead, python, script):
    result = overhead("--designs", ",".join(designs(python)), "--json", "-o", "-", script(PROGRAM))
    assert [design["name"] for design in schema.parse(result.stdout)["designs"]] == designs(python)


def test_the_experiment_on_planted_slowdowns_stores_each_duet_and_goes_on(tmp_path, python):
    words = [sys.executable, REPOSITORY / "experiments" / "duet" / "run.py", "--results", tmp_path / "duet.sqlite", "--python", python]
    measure = [*words, "--duets", "1", "--seconds", "0.1", "--planted", "0,0.5"]
    for _ in range(2):
        result = call(measure)
        assert result.returncode == 0, result.stderr
    rows = [line.split() for line in call([*words, "--report"]).stdout.splitlines()]
    assert [(row[0], row[2:5]) for row in rows[1:]] == [
        (planted, ["0.1", clock, "1"]) for planted in ("0.0", "50.0") for clock in ("wall", "thread")]
    with sqlite3.connect(tmp_path / "duet.sqlite") as store:
        stored = store.execute("SELECT planted, passes, findings FROM duet ORDER BY planted").fetchall()
    assert [planted for planted, _, _ in stored] == [0, 0.5]
    for _, passes, findings in stored:
        assert json.loads(zlib.decompress(passes))["schema"] == "swprof.passes/1"
        command_schema.check_overhead(json.loads(findings))
