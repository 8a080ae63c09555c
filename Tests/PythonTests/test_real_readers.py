"""What is written is read by the tools that it is written for, with the figures that it has.

`go tool pprof` and callgrind_annotate are asked in test_convert.py. Perfetto's trace_processor is not in its package on PyPI, which fetches it
when it is first used: it is asked where one is on the PATH.
"""
import importlib.util
import pstats
import re
import shutil
import subprocess
import sys

import pytest

import schema
from readers import reads

CALLS = """
def leaf(n):
    total = 0
    for i in range(n):
        total += i
    return total
def main():
    for _ in range(20):
        leaf(20_000)
main()
"""


def needs(*modules):
    missing = [module for module in modules if importlib.util.find_spec(module) is None]
    return pytest.mark.skipif(bool(missing), reason=f"{', '.join(missing)} is not installed: make .venv/ready")


@pytest.fixture(scope="module")
def traced(run, tmp_path_factory):
    folder = tmp_path_factory.mktemp("traced")
    (folder / "calls.py").write_text(CALLS)
    assert run("-d", "setprofile", "-o", folder / "calls.pb.gz", folder / "calls.py").returncode == 0
    return folder / "calls.pb.gz"


@pytest.fixture
def converted(swprof, traced, tmp_path):
    def converted(format):
        path = tmp_path / f"x.{format}"
        assert swprof("convert", "--to", format, traced, path).returncode == 0
        return path
    return converted


def share(swprof, path, name="leaf", which="self"):
    found = schema.parse(swprof("report", "--json", path).stdout)
    return next(function[which]["share"] for function in found["functions"] if function["name"] == name)


def call(*words):
    result = subprocess.run([sys.executable, *words], capture_output=True, text=True, timeout=120)
    assert result.returncode == 0, result.stderr
    return result.stdout


@reads("snakeviz", "pstats")
@needs("snakeviz")
def test_snakeviz_reads_pstats(converted):
    from snakeviz.stats import json_stats, table_rows

    stats = pstats.Stats(str(converted("pstats")))
    rows = {row[-1]: row for row in table_rows(stats)}
    leaf = next(row for name, row in rows.items() if name.endswith("(leaf)"))
    assert leaf[0] == ["20", 20]
    tree = json_stats(stats)
    main = next(entry for name, entry in tree.items() if name.endswith("(main)"))
    assert any(name.endswith("(leaf)") for name in main["children"])


@reads("tuna", "pstats")
@needs("tuna")
def test_tuna_reads_pstats(converted):
    from tuna.main import read

    def names(tree):
        return {tree["text"][0]}.union(*map(names, tree.get("children", [])))
    assert any("leaf" in name for name in names(read(str(converted("pstats")))))


@reads("flameprof", "pstats")
@needs("flameprof")
def test_flameprof_draws_pstats(converted, tmp_path):
    call("-m", "flameprof", "-o", str(tmp_path / "x.svg"), str(converted("pstats")))
    assert re.search(r"<svg.*calls\.py:2:leaf", (tmp_path / "x.svg").read_text(), re.DOTALL)


@reads("gprof2dot", "pstats", "callgrind", "collapsed")
@needs("gprof2dot")
@pytest.mark.parametrize("format, name", [("pstats", "pstats"), ("callgrind", "callgrind"), ("collapsed", "collapse")])
def test_gprof2dot_draws(swprof, traced, converted, format, name):
    """With the share that a report says, where the file has all times."""
    graph = call("-m", "gprof2dot", "-n0", "-e0", "-f", name, str(converted(format)))
    percents = {label: float(own) for label, own in re.findall(r'label="([^"]*leaf[^"]*?)\\n[\d.]+%\\n\(([\d.]+)%\)', graph)}
    assert len(percents) == 1, graph
    assert next(iter(percents.values())) == pytest.approx(100 * share(swprof, traced), abs=0.02)


@reads("pyprof2calltree", "pstats")
@needs("pyprof2calltree")
def test_pyprof2calltree_reads_pstats_and_swprof_reads_what_it_writes(swprof, traced, converted, tmp_path):
    call("-m", "pyprof2calltree", "-i", str(converted("pstats")), "-o", str(tmp_path / "x.callgrind"))
    assert share(swprof, tmp_path / "x.callgrind") == pytest.approx(share(swprof, traced), abs=1e-3)


@reads("Perfetto's trace_processor, where it is installed", "chrome")
@pytest.mark.skipif(not shutil.which("trace_processor"), reason="trace_processor is not here: its package fetches it from outside PyPI")
def test_perfetto_reads_chrome_traces(swprof, traced, converted, tmp_path):
    (tmp_path / "x.sql").write_text("select sum(dur) from slice where name = 'leaf';")
    result = subprocess.run(["trace_processor", "-q", tmp_path / "x.sql", converted("chrome")], capture_output=True, text=True, timeout=60)
    assert result.returncode == 0 and float(result.stdout.split()[-1]) > 0, result.stderr


# MARK: OpenTelemetry, by its own messages

def otlp(path):
    from opentelemetry.proto.profiles.v1development.profiles_pb2 import ProfilesData

    return ProfilesData.FromString(path.read_bytes())


PROTO = needs("opentelemetry.proto.profiles.v1development.profiles_pb2") if importlib.util.find_spec("opentelemetry") else needs("opentelemetry")


@reads("OpenTelemetry's own messages", "otlp")
@PROTO
def test_otlp_is_as_its_messages_are(converted):
    """Each table begins with what stands for none, and all that is referred to is there."""
    path = converted("otlp")
    data = otlp(path)
    data.DiscardUnknownFields()
    assert data.ByteSize() == path.stat().st_size
    tables = data.dictionary
    texts = tables.string_table
    assert texts[0] == "" and tables.link_table[0].trace_id == bytes(16)
    for table in (tables.mapping_table, tables.location_table, tables.function_table, tables.attribute_table, tables.stack_table):
        assert table[0] == type(table[0])()
    for function in tables.function_table:
        assert max(function.name_strindex, function.system_name_strindex, function.filename_strindex) < len(texts)
    for stack in tables.stack_table:
        assert all(0 < place < len(tables.location_table) for place in stack.location_indices)
    kinds = {texts[tables.attribute_table[place].key_strindex] for location in tables.location_table for place in location.attribute_indices}
    assert kinds == {"profile.frame.type"}


@PROTO
def test_otlp_has_the_figures(swprof, traced, converted):
    data = otlp(converted("otlp"))
    [resource] = data.resource_profiles
    [scope] = resource.scope_profiles
    times, calls = scope.profiles
    texts, tables = data.dictionary.string_table, data.dictionary
    assert [(texts[profile.sample_type.type_strindex], texts[profile.sample_type.unit_strindex]) for profile in (times, calls)] == [("wall", "nanoseconds"), ("calls", "count")]

    def leaf(sample):
        place = tables.stack_table[sample.stack_index].location_indices[:1]
        return texts[tables.function_table[tables.location_table[place[0]].lines[0].function_index].name_strindex] if place else ""
    own = sum(sample.values[0] for sample in times.samples if leaf(sample) == "leaf")
    assert own / sum(sample.values[0] for sample in times.samples) == pytest.approx(share(swprof, traced), abs=0.05)
    assert sum(sample.values[0] for sample in calls.samples if leaf(sample) == "leaf") == 20
    assert {attribute.key for attribute in resource.resource.attributes} >= {"process.runtime.version", "process.command_args"}
    assert scope.scope.name == "swprof"


@PROTO
def test_otlp_of_a_sampler_says_when(swprof, busy_profile, tmp_path):
    assert swprof("convert", "--strict", busy_profile, tmp_path / "x.otlp").returncode == 0
    data = otlp(tmp_path / "x.otlp")
    [times] = data.resource_profiles[0].scope_profiles[0].profiles
    assert all(len(sample.timestamps_unix_nano) == len(sample.values) == 1 for sample in times.samples)
    instants = [sample.timestamps_unix_nano[0] for sample in times.samples]
    assert instants == sorted(instants) and 0 < instants[-1] <= times.duration_nano
    keys = {data.dictionary.string_table[attribute.key_strindex] for attribute in data.dictionary.attribute_table}
    assert {"thread.id", "swprof.tick", "swprof.comments"} <= keys
