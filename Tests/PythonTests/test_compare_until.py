"""`compare --until` stops when the intervals are narrow enough, and says so."""
import pytest

import schema
from commandline import BUSY, assert_one_line


def compare(swprof, python, *words):
    result = swprof("compare", "--python", python, "--designs", "signal", "--json", *words)
    assert result.returncode == 0, result.stderr
    return schema.check_compare(schema.parse(result.stdout))


def test_a_wide_error_is_reached_at_the_first_look(swprof, python, script):
    found = compare(swprof, python, "--until", "0.9", script(BUSY))
    # On a machine that does much else five runs may scatter by more.
    assert found["runs"] in (5, 10) and found["until"]["isReached"]
    assert found["until"]["halfWidth"] <= 0.9
    assert "99 %" in found["designs"][0]["interval"]
    assert "repeated-looks" in {caveat["code"] for caveat in found["caveats"]}


def test_without_it_nothing_is_said_of_it(swprof, python, script):
    found = compare(swprof, python, "--runs", "3", script(BUSY))
    assert found["until"] is None
    assert "95 %" in found["designs"][0]["interval"]


@pytest.mark.parametrize("words, wanted", [
    (["--until", "0"], "--until"), (["--until", "1"], "--until"), (["--until", "-0.1"], "--until"), (["--until", "nan"], "--until"),
    (["--until", "soon"], "soon"), (["--until", "0.1", "--runs", "5"], "--runs"),
])
def test_an_error_that_cannot_be_waited_for_is_refused(swprof, python, words, wanted):
    assert_one_line(swprof("compare", "--python", python, *words, "-c", "pass"), 2, wanted)


def test_profiles_that_exist_have_one_run_each(swprof, busy_profile):
    assert_one_line(swprof("compare", "--until", "0.1", busy_profile, busy_profile), 2, "--until")
