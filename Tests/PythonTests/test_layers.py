"""The modules import one another in one direction only, as the design draws it."""
import pathlib
import re

import pytest

from commandline import REPOSITORY

SOURCES = REPOSITORY / "Sources"

# Who imports whom: no more, and no less. `CMachine` is what the machine gives and Swift cannot say.
ARROWS = {
    "ProfileModel": set(),
    "Capture": {"CMachine"},
    "PythonRuntime": {"Capture", "CPython", "CMachine"},
    "PythonExtension": {"PythonRuntime", "CPython"},
    "ProfileFormats": {"ProfileModel", "Capture", "CZlib", "CZstd"},
    "Statistics": {"CGSL"},
    "Analysis": {"ProfileModel", "Statistics"},
    "Running": {"ProfileFormats", "ProfileModel"},
    "Measuring": {"Running", "Analysis", "Statistics", "ProfileFormats", "ProfileModel", "Capture"},
    "Experiments": {"Measuring", "Running", "Analysis", "ProfileModel", "Capture", "Statistics"},
    "Reports": {"Analysis", "ProfileModel"},
    "swprof": {"Analysis", "Experiments", "Measuring", "ProfileFormats", "ProfileModel", "Reports", "Running"},
    "swprof-bench": {"Measuring", "Running", "Statistics", "ProfileModel"},
    "swprof-fuzz": {"ProfileFormats"},
    "swprof-coverage": {"Measuring", "Running", "Analysis", "Statistics", "ProfileModel", "Capture"},
}
# Those that stand beside what they measure.
ELSEWHERE = {"swprof-bench": REPOSITORY / "experiments" / "bench", "swprof-coverage": REPOSITORY / "experiments" / "coverage", "swprof-fuzz": REPOSITORY / "experiments" / "fuzz"}

# C libraries behind one door, and who has the key.
DOORS = {
    "CGSL": {"Statistics"}, "CZlib": {"ProfileFormats"}, "CZstd": {"ProfileFormats"}, "CPython": {"PythonRuntime", "PythonExtension"},
    "CMachine": {"Capture", "PythonRuntime", "PythonExtension"},
}
WITHOUT_FOUNDATION = ["ProfileModel", "Capture", "PythonRuntime", "PythonExtension"]
OURS = set(ARROWS) | set(DOORS)

IMPORT = re.compile(
    r"^\s*(?:(?:@\w+(?:\([^)]*\))?|public|package|internal|fileprivate|private)\s+)*"
    r"import\s+(?:(?:struct|class|enum|protocol|func|var|let|typealias|actor)\s+)?(\w+)", re.MULTILINE)


def imports(text):
    return set(IMPORT.findall(text))


def imports_of(module):
    """What each file of a module imports."""
    folder = ELSEWHERE.get(module, SOURCES / module)
    return {path: imports(path.read_text()) for path in sorted(folder.rglob("*.swift"))}


def modules():
    return sorted([path.name for path in SOURCES.iterdir() if any(path.rglob("*.swift"))] + list(ELSEWHERE))


@pytest.mark.parametrize("line, module", [
    ("import Glibc", "Glibc"), ("@preconcurrency import CGSL", "CGSL"), ("private import Capture", "Capture"),
    ("@_implementationOnly import CPython", "CPython"), ("@_spi(Log) public import Capture", "Capture"),
    ("import struct ProfileModel.Profile", "ProfileModel"), ("  import Running // why", "Running"),
    ("@testable import Analysis", "Analysis"),
])
def test_an_import_is_found_however_it_is_written(line, module):
    assert imports(f"/// A file.\n{line}\nlet x = 1\n") == {module}


def test_every_module_has_its_place():
    assert modules()
    assert set(modules()) == set(ARROWS), "say in ARROWS who imports whom"


@pytest.mark.parametrize("module", modules())
def test_the_arrows_run_one_way(module):
    for path, imported in imports_of(module).items():
        wrong = (imported & OURS) - ARROWS[module] - {module}
        assert not wrong, f"{path.relative_to(REPOSITORY)} imports {', '.join(sorted(wrong))}"


@pytest.mark.parametrize("module", modules())
def test_every_arrow_is_used(module):
    unused = ARROWS[module] - set().union(*imports_of(module).values())
    assert not unused, f"nothing in {module} imports {', '.join(sorted(unused))}"


@pytest.mark.parametrize("door", DOORS)
def test_a_c_library_has_one_door(door):
    for module in modules():
        if module not in DOORS[door]:
            assert not [path.name for path, imported in imports_of(module).items() if door in imported]


@pytest.mark.parametrize("module", WITHOUT_FOUNDATION)
def test_what_the_program_loads_knows_no_foundation(module):
    for path, imported in imports_of(module).items():
        assert not {name for name in imported if name.startswith("Foundation")}, path.name


def test_the_model_knows_nobody_at_all():
    for path, imported in imports_of("ProfileModel").items():
        assert imported == set(), path.name


def balanced(text, start, pair):
    """What stands between the bracket at `start` and the one that closes it."""
    depth = 0
    for place in range(start, len(text)):
        depth += (text[place] == pair[0]) - (text[place] == pair[1])
        if depth == 0:
            return text[start + 1:place]
    raise AssertionError("a bracket is never closed")


def dependencies(target):
    listed = re.search(r"dependencies: (?=\[)", target)
    own = re.sub(r"\.product\([^)]*\)", "", balanced(target, listed.end(), "[]")) if listed else ""
    return set(re.findall(r'"([^"]+)"', own))


def test_the_package_says_the_same():
    """A dependency that is no arrow would let an import in unseen. The extension's side is listed for both builds."""
    text = (REPOSITORY / "Package.swift").read_text()
    targets = [balanced(text, found.end() - 1, "()") for found in re.finditer(r"\.(?:target|executableTarget)\(", text)]
    seen = set()
    for target in targets:
        name = re.search(r'name: "([^"]+)"', target)[1]
        seen.add(name)
        assert dependencies(target) & OURS == ARROWS[name], name
    assert seen == set(modules())


def test_the_extension_links_no_python_library():
    """Its symbols come from the interpreter that loads it."""
    for door in ["CPython", "CMachine"]:
        assert not re.search(r"^\s*link\b", (pathlib.Path(SOURCES) / door / "module.modulemap").read_text(), re.MULTILINE)
