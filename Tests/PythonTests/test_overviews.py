"""Every library has an overview, the first thing that its page of `make docs` shows, and it names what is there."""
import re

import pytest

from commandline import REPOSITORY

SOURCES = REPOSITORY / "Sources"
# What is no library: the command line, and what an interpreter alone calls.
WITHOUT_NAMES = {"swprof", "PythonExtension"}
LIBRARIES = sorted({path.name for path in SOURCES.iterdir() if any(path.rglob("*.swift"))} - WITHOUT_NAMES)
DECLARED = re.compile(r"^public (?:final |indirect )?(?:struct|class|enum|protocol|actor|typealias) (\w+)", re.MULTILINE)


def overview(library):
    return (SOURCES / library / f"{library}.docc" / f"{library}.md").read_text()


def declared(library):
    return set(DECLARED.findall("".join(path.read_text() for path in (SOURCES / library).rglob("*.swift"))))


def test_nothing_else_has_one():
    assert [path.stem for path in sorted(SOURCES.glob("*/*.docc"))] == LIBRARIES


@pytest.mark.parametrize("library", LIBRARIES)
def test_an_overview_names_what_is_there(library):
    title, *named = re.findall(r"``(\w+)``", overview(library))
    assert title == library
    assert named and set(named) <= declared(library)
