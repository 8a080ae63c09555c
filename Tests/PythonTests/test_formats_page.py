"""The page of formats is what its tests make of it, and has every format of the command line."""
import os
import re

import pytest

import formats_page
from commandline import REPOSITORY
from formats_page import listed

PAGE = REPOSITORY / "docs" / "formats.md"


def formats(table):
    """The formats that a table of the page has rows of."""
    part = PAGE.read_text().split(f"<!-- {table}:")[1].split("<!-- end -->")[0]
    return set(re.findall(r"^\| `(\w+)` \|", part, re.MULTILINE))


@pytest.mark.parametrize("table", formats_page.TABLES)
def test_a_table_is_what_the_tests_make(swprof, tmp_path, table):
    """With `SWPROF_REWRITE_GOLDENS=1` it is rewritten, and the test still fails, so that it is looked at."""
    kept = PAGE.read_text()
    now = formats_page.with_table(table, kept, swprof, tmp_path)
    if os.environ.get("SWPROF_REWRITE_GOLDENS") == "1":
        PAGE.write_text(now)
        pytest.fail("docs/formats.md was rewritten: look at it and run again")
    assert now == kept, "rewrite it with SWPROF_REWRITE_GOLDENS=1"


def test_every_format_has_its_row(swprof):
    assert formats("read") | {"log"} == listed(swprof, "report", "from")
    assert formats("written") == listed(swprof, "convert", "to")


def test_what_is_written_is_completed_and_told_by_its_ending(swprof, busy_profile, tmp_path):
    completion = swprof("--generate-completion-script", "bash").stdout
    for format in formats("written"):
        assert re.search(rf"\b{format}\b", completion), format
    for ending in re.findall(r"`(\.[a-z.]+)`", PAGE.read_text().split("The ending of a file")[1]):
        assert swprof("convert", busy_profile, tmp_path / f"x{ending}").returncode == 0
        assert swprof("report", "--json", tmp_path / f"x{ending}").returncode == 0
