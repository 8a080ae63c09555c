"""The table of designs and the list of versions, wherever users read of them."""
import re

import pytest

from commandline import FACTS, REPOSITORY

DOCS = REPOSITORY / "docs"


@pytest.mark.parametrize("design", FACTS["DESIGNS"])
def test_the_page_of_designs_says_of_what_kind_one_is(design):
    page = (DOCS / "designs.md").read_text()
    assert re.findall(rf"^\| `{design}` \| (\w+)[^|]* \|", page, re.MULTILINE) == [FACTS["DESIGNS"][design]["kind"]]


def test_readme_and_page_of_building_say_what_is_needed():
    (oldest, newest) = ("%d.%d" % FACTS["PYTHONS"][at] for at in (0, -1))
    assert f"CPython {oldest} to {newest} for the programs to profile" in (DOCS / "building.md").read_text()
    assert f"CPython {oldest} to {newest}" in (REPOSITORY / "README.md").read_text()


def test_the_command_line_lists_and_completes_every_design(swprof):
    assert ", ".join(FACTS["DESIGNS"]).rpartition(", ")[0] in swprof("run", "--help").stdout.replace("\n", " ").replace("  ", "")
    completion = swprof("--generate-completion-script", "bash").stdout
    assert all(re.search(rf"\b{design}\b", completion) for design in FACTS["DESIGNS"])


def test_one_that_is_none_is_told_which_there_are(swprof):
    for words in (["run", "-d", "none", "-c", "pass"], ["compare", "--designs", "none", "-c", "pass"]):
        assert all(design in swprof(*words).stderr for design in FACTS["DESIGNS"])
