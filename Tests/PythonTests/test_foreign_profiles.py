"""Other tools' profiles are read with the figures that they have, and written so that those tools read them."""
import json
import pstats

import pytest

import foreign_profiles as foreign
import schema
from commandline import assert_one_line
from readers import reads


def findings(swprof, path, *words):
    result = swprof("report", "--json", path, *words)
    assert result.returncode == 0, result.stderr
    return schema.check_run(schema.parse(result.stdout))


def by_name(findings):
    return {function["name"]: function for function in findings["functions"]}


@pytest.fixture
def write(tmp_path):
    def write(name, content=None):
        path = tmp_path / name
        path.write_bytes(foreign.ALL[name]() if content is None else content)
        return path
    return write


@pytest.mark.parametrize("name", foreign.ALL)
def test_shares_are_the_tools_own(swprof, write, name):
    found = by_name(findings(swprof, write(name)))
    assert set(found) == {"main", "leaf"}
    own, total = ({function: found[function][which]["share"] for function in found} for which in ("self", "total"))
    assert own == pytest.approx({"main": None, "leaf": None} if name in foreign.WITHOUT_SELF else {"main": 0.25, "leaf": 0.75})
    assert total == pytest.approx({"main": None, "leaf": None} if name in foreign.WITHOUT_TOTALS else {"main": 1, "leaf": 0.75})
    assert {function["file"] for function in found.values()} == {foreign.FILE}
    assert {name: function["calls"] for name, function in found.items()} == foreign.TRACERS.get(name, {"main": None, "leaf": None})


@pytest.mark.parametrize("name", foreign.WITHOUT_SELF | foreign.WITHOUT_TOTALS)
def test_what_a_tool_does_not_measure_is_null_and_said(swprof, write, name):
    found = findings(swprof, write(name))
    which = "self" if name in foreign.WITHOUT_SELF else "total"
    assert all(function[which]["share"] is None and function[which]["seconds"] is None for function in found["functions"])
    assert {"no-self-times", "no-totals"} & {caveat["code"] for caveat in found["caveats"]}


@pytest.mark.parametrize("name", foreign.ALL)
def test_lines_are_those_that_the_tool_tells(swprof, write, name):
    lines = {line["line"] for line in findings(swprof, write(name))["lines"]}
    assert lines == ({2, 11, 12} if "lprof" in name else {2, 11} if name in foreign.WITH_LINES else set())


@pytest.mark.parametrize("name", foreign.ALL)
def test_the_content_tells_the_format(swprof, write, name):
    path = write("profile.unknown", foreign.ALL[name]())
    assert by_name(findings(swprof, path)) == by_name(findings(swprof, write(name)))


@pytest.mark.parametrize("protocol", [2, 3, 4, 5])
def test_line_profiler_of_any_python(swprof, write, protocol):
    found = by_name(findings(swprof, write("x.lprof", foreign.lprof(protocol))))
    assert {name: round(function["total"]["seconds"], 9) for name, function in found.items()} == {"main": 0.004, "leaf": 0.003}


def test_all_of_them_are_compared(swprof, write):
    names = [name for name in foreign.ALL if name not in foreign.WITHOUT_SELF]
    result = swprof("compare", "--json", "-o", "-", *[write(name) for name in names])
    assert result.returncode == 0, result.stderr
    compare = schema.check_compare(schema.parse(result.stdout))
    assert len(compare["designs"]) == len(names)
    # Those that tell only lines are given the first lines that others tell: so it is the same function for all.
    assert all(agreement["totalVariation"] < 1e-6 for agreement in compare["agreement"] if agreement["by"] == "function")
    assert {function["line"] for design in compare["designs"] for function in design["functions"]} == {1, 10}


def test_one_without_self_times_is_compared_with_none(swprof, write):
    result = swprof("compare", "--json", "-o", "-", write("line_profiler.lprof"), write("pstats.pstats"))
    compare = schema.check_compare(schema.parse(result.stdout))
    assert compare["agreement"] == []


def test_cprofile_as_python_itself_reads_it(swprof, write):
    def leaf(n):
        return sum(range(n))

    def fib(n):
        return n if n < 2 else fib(n - 1) + fib(n - 2)

    def work():
        for _ in range(50):
            leaf(1000)
        sorted(range(100), key=lambda x: -x)
        fib(12)
    content, stats = foreign.of_cprofile(work)
    found = findings(swprof, write("x.pstats", content))
    whole = sum(entry[2] for entry in stats.values())
    functions = {(function["file"] or "~", function["line"], function["name"]): function for function in found["functions"]}
    for key, (_, calls, own, total, _) in stats.items():
        assert functions[key]["calls"] == calls
        assert functions[key]["self"]["share"] == pytest.approx(own / whole, abs=1e-6)
        assert functions[key]["total"]["share"] == pytest.approx(min(1, total / whole), abs=1e-6)


# MARK: What is written

@reads("pstats", "pstats")
def test_pstats_loads_what_is_written(swprof, run, script, tmp_path):
    program = script("def fib(n):\n    return n if n < 2 else fib(n - 1) + fib(n - 2)\nfib(15)\n")
    run("-d", "setprofile", "-o", tmp_path / "x.pb.gz", program)
    assert swprof("convert", tmp_path / "x.pb.gz", tmp_path / "x.pstats").returncode == 0
    stats = pstats.Stats(str(tmp_path / "x.pstats")).stats
    key = (str(program), 1, "fib")
    primitive, calls, own, total, callers = stats[key]
    assert (primitive, calls) == (1, 1973)
    assert 0 < own <= total
    assert sum(counts[0] for counts in callers.values()) == 1973
    assert callers[key][:2] == (1972, 0)


@pytest.mark.parametrize("name", ["x.pstats", "x.speedscope.json", "x.collapsed", "x.pb.gz"])
@pytest.mark.parametrize("source", ["viztracer.json", "speedscope-sampled.json", "pstats.pstats"])
def test_shares_survive_conversion(swprof, write, tmp_path, source, name):
    path = tmp_path / name
    assert swprof("convert", write(source), path).returncode == 0
    found = by_name(findings(swprof, path))
    assert {name: function["self"]["share"] for name, function in found.items()} == pytest.approx({"main": 0.25, "leaf": 0.75}, abs=1e-3)


def test_measured_totals_survive_pprof(swprof, write, tmp_path):
    content = foreign.marshal.dumps({foreign.LEAF: (1, 1, 0.5, 0.9, {}), foreign.MAIN: (1, 1, 0.5, 1.0, {})})
    assert swprof("convert", write("x.pstats", content), tmp_path / "x.pb.gz").returncode == 0
    assert by_name(findings(swprof, tmp_path / "x.pb.gz"))["leaf"]["total"]["share"] == pytest.approx(0.9)


@reads("speedscope's schema", "speedscope")
def test_speedscope_is_as_its_schema_has_it(swprof, busy_profile, tmp_path):
    assert swprof("convert", busy_profile, tmp_path / "x.json").returncode == 0
    file = json.loads((tmp_path / "x.json").read_text())
    assert file["$schema"] == "https://www.speedscope.app/file-format-schema.json"
    frames = file["shared"]["frames"]
    for profile in file["profiles"]:
        assert (profile["type"], profile["unit"]) == ("sampled", "nanoseconds")
        assert len(profile["samples"]) == len(profile["weights"])
        assert sum(profile["weights"]) == profile["endValue"] - profile["startValue"]
        assert all(0 <= frame < len(frames) for sample in profile["samples"] for frame in sample)
    assert any(frame["name"] == "work" for frame in frames)


@pytest.mark.parametrize("format", ["lprof", "scalene", "cpuprofile", "pyinstrument"])
def test_formats_that_are_only_read(swprof, busy_profile, tmp_path, format):
    assert_one_line(swprof("convert", busy_profile, tmp_path / "x", "--to", format), 3, format, "pprof")


def test_nothing_is_within_a_function_where_there_are_no_stacks(swprof, write):
    assert_one_line(swprof("report", "--within", "main", write("pstats.pstats")), 3, "--within")
