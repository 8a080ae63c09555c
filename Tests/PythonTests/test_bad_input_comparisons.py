"""Profiles with little, nothing or nonsense in them are compared with a caveat or one line, never a NaN."""
import itertools

import pytest

import schema
from commandline import BUSY, INSIDES, assert_one_line

COLLAPSED = {
    "one sample": "main;work 1\n", "all on one function": "main 500\n", "nothing in all": "main;work 0\n",
    "more functions than samples": "".join(f"f{number} 1\n" for number in range(300)),
    "so much that it is absurd": "main 900000000000000\nwork 1\n",
}


@pytest.mark.parametrize("first, second", itertools.combinations_with_replacement(COLLAPSED, 2))
def test_odd_profiles_are_compared(swprof, tmp_path, first, second):
    files = [tmp_path / "a.txt", tmp_path / "b.txt"]
    for file, kind in zip(files, [first, second]):
        file.write_text(COLLAPSED[kind])
    result = swprof("compare", "--json", "-o", "-", *files)
    assert result.returncode == 0, result.stderr
    assert not INSIDES.search(result.stderr)
    findings = schema.parse(result.stdout)
    assert all(agreement["p"] is None for agreement in findings["agreement"])
    assert all("foreign-profile" in {caveat["code"] for caveat in design["caveats"]} for design in findings["designs"])


@pytest.mark.parametrize("number", ["-5", "nan", "inf", "1e400", "99999999999999999999", "9223372036854775807"])
def test_numbers_that_count_nothing_are_refused(swprof, tmp_path, number):
    (tmp_path / "a.txt").write_text(f"main;work 10\nmain {number}\n")
    for command in (["report"], ["plan"], ["compare", tmp_path / "a.txt"]):
        assert_one_line(swprof(*command, tmp_path / "a.txt"), 3, "line 2")


def test_a_program_too_short_for_a_sample_says_so(swprof, run, tmp_path):
    files = [tmp_path / "a.pb.gz", tmp_path / "b.pb.gz"]
    for file in files:
        run("-r", "1", "-o", file, "-c", "pass")
    findings = schema.check_compare(schema.parse(swprof("compare", "--json", "-o", "-", *files).stdout))
    assert all("few-samples" in {caveat["code"] for caveat in design["caveats"]} for design in findings["designs"])


def test_two_runs_of_one_program_have_a_p(swprof, run, script, tmp_path):
    path = script(BUSY)
    files = [tmp_path / "a.pb.gz", tmp_path / "b.pb.gz"]
    for file in files:
        run("-o", file, path)
    findings = schema.check_compare(schema.parse(swprof("compare", "--json", "-o", "-", *files).stdout))
    agreement = findings["agreement"][0]
    assert agreement["estimand"] == "this-run"
    assert agreement["p"] is not None and agreement["noiseFloor"] is not None
    assert {difference["function"] for difference in findings["differences"] if difference["by"] == "function"} >= {"work"}
