"""The JSON of `compare` is the contract's."""
import pytest

import schema
from commandline import BUSY, assert_one_line


@pytest.fixture(scope="module")
def compared(swprof, python, tmp_path_factory):
    """The default designs on a busy program, twice."""
    folder = tmp_path_factory.mktemp("compared")
    (folder / "busy.py").write_text(BUSY + "print('out')")
    result = swprof("compare", "--python", python, "--json", "-o", folder / "out.json", "--runs", "3", folder / "busy.py", "1")
    assert (result.returncode, result.stdout) == (0, ""), result.stderr
    return schema.check_compare(schema.parse((folder / "out.json").read_text()))


def codes(findings):
    return {caveat["code"] for caveat in findings["caveats"]}


def test_all_default_designs_stand_in_it(compared):
    assert [design["name"] for design in compared["designs"]] == ["setprofile", "signal", "gil"]
    assert compared["runs"] == 3
    assert compared["program"][1:] == ["1"]
    assert {design["estimand"] for design in compared["designs"]} == {"expected-run"}
    assert compared["control"]["seconds"]["mean"] > 0.05


def test_each_has_a_slowdown_with_an_interval(compared):
    for design in compared["designs"]:
        assert design["slowdown"]["ratio"] > 0.5
        assert design["slowdown"]["low"] is not None


def test_every_pair_of_designs_is_compared_by_function(compared):
    pairs = {(each["a"], each["b"]) for each in compared["agreement"] if each["by"] == "function"}
    assert {frozenset(pair) for pair in pairs} == {frozenset(pair) for pair in [("setprofile", "signal"), ("setprofile", "gil"), ("signal", "gil")]}


def test_the_environment_is_audited(compared):
    assert {"kernel", "processors", "interpreter"} <= set(compared["audit"])


def compare(swprof, python, *words):
    result = swprof("compare", "--python", python, "--json", "-o", "-", *words)
    return result, schema.check_compare(schema.parse(result.stdout))


@pytest.mark.parametrize("runs", ["1", "2"])
def test_few_runs_are_told_and_have_no_interval(swprof, python, script, runs):
    result, findings = compare(swprof, python, "--designs", "signal", "--runs", runs, script(BUSY))
    assert "few-runs" in codes(findings) | codes(findings["designs"][0])
    assert findings["designs"][0]["slowdown"]["low"] is None


def test_the_programs_output_is_discarded_and_where_it_varies_a_caveat_says_so(swprof, python):
    result, findings = compare(swprof, python, "--designs", "signal", "--runs", "2", "-c", "import random; print(random.random())")
    assert "output-varies" in codes(findings)
    assert result.returncode == 0


def test_the_programs_status_is_swprofs(swprof, python):
    result, findings = compare(swprof, python, "--designs", "gil", "--runs", "1", "-c", "import sys; sys.exit(7)")
    assert result.returncode == 7
    assert "program-failed" in codes(findings)


def test_profiles_that_exist_are_compared(swprof, run, script, tmp_path):
    path = script(BUSY)
    files = [tmp_path / "a.pb.gz", tmp_path / "b.pb.gz"]
    for file, design in zip(files, ["signal", "gil"]):
        run("-d", design, "-o", file, path)
    result = swprof("compare", "--json", "-o", "-", *files)
    findings = schema.check_compare(schema.parse(result.stdout))
    assert findings["control"] is None
    assert len(findings["designs"]) == 2
    assert result.returncode == 0


def test_figures_of_two_clocks_are_not_compared_without_a_word(swprof, run, script, tmp_path):
    path = script(BUSY)
    files = [tmp_path / "a.pb.gz", tmp_path / "b.pb.gz"]
    for file, clock in zip(files, ["wall", "cpu"]):
        run("--clock", clock, "-o", file, path)
    findings = schema.parse(swprof("compare", "--json", "-o", "-", *files).stdout)
    assert "clock-mismatch" in codes(findings)


def test_profiles_of_two_programs_are_not_compared_without_a_word(swprof, run, tmp_path, script):
    files = [tmp_path / "a.pb.gz", tmp_path / "b.pb.gz"]
    for file in files:
        run("-o", file, script(BUSY, f"{file.stem[0]}.py"))
    findings = schema.parse(swprof("compare", "--json", "-o", "-", *files).stdout)
    assert "program-mismatch" in codes(findings)


@pytest.mark.parametrize("words, wanted", [
    (["--runs", "0"], "0"), (["--runs", "-1"], "-1"), (["--runs", "many"], "many"), (["--runs", "99999999999999999999"], "--runs"),
    (["--designs", ""], "--designs"), (["--designs", "nonsense"], "nonsense"), (["--designs", "signal,signal"], "--designs"),
    (["--rate", "0"], "0"),
])
def test_a_comparison_that_cannot_be_is_refused(swprof, python, words, wanted):
    result = swprof("compare", "--python", python, "--runs", "1", *words, "-c", "pass")
    assert_one_line(result, 2, wanted)


def test_a_program_that_cannot_start_ends_the_comparison(swprof, python, script):
    result = swprof("compare", "--python", python, "--runs", "1", script("("))
    own = [line for line in result.stderr.splitlines() if line.startswith("swprof: ")]
    assert len(own) == 1
    assert result.returncode == 3
