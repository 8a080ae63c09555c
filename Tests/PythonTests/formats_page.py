"""Makes the tables of docs/formats.md of what swprof does with the files that the tests are of.

The figures of each are tested where the files are: here is told only what kinds of figures there are, and what swprof says beside them.
"""
import gzip
import json
import re

import foreign_dialects as dialects
import foreign_profiles as foreign
import test_foreign_otlp as otlp
from pprof_files import Pprof, field, varint
from readers import TOOLS
from test_foreign_dialects import REFUSED

import test_convert, test_foreign_profiles, test_real_readers  # noqa: E401, F401  They fill TOOLS.

# By the names of their makers: the format, and the tool as it is now.
TODAY = {
    "pstats.pstats": "pstats: cProfile", "speedscope-sampled.json": "speedscope: py-spy 0.4", "speedscope-evented.json": "speedscope: pyinstrument", "pyinstrument.json": "pyinstrument: pyinstrument 4 and 5",
    "x.pyisession": "pyisession: pyinstrument 4.5 and 5", "scalene.json": "scalene: Scalene 2025 and 2026", "viztracer.json": "chrome: VizTracer 1", "chrome.json": "chrome: py-spy", "line_profiler.lprof": "lprof: line_profiler 2 to 5",
    "austin.txt": "collapsed: austin 3.7", "tachyon.txt": "collapsed: CPython 3.15", "py-spy.raw": "collapsed: py-spy",
}
WALL = [("samples", "count"), ("wall", "nanoseconds")]
PPROF = {
    "pprof: Go": ([("samples", "count"), ("cpu", "nanoseconds")], {}), "pprof: ddtrace": ([("cpu-samples", "count"), ("cpu-time", "nanoseconds"), ("wall-time", "nanoseconds"), ("alloc-space", "bytes")], {"thread id": 5, "thread name": "n", "task name": "fetch"}),
    "pprof: austin2pprof, full mode": ([("CPU time", "μs"), ("Wall time", "μs"), ("Allocated memory", "B")], {"Thread ID": "8", "Process ID": "1"}), "pprof: Pyroscope": (WALL, {"thread_id": 5, "thread_name": "n", "pid": 1}),
}


def pprof(types, labels):
    values = tuple(range(1, len(types) + 1))
    return Pprof().file(types, values, values, labels=(labels, labels))


def files():
    """By format and tool: every file whose figures the tests know."""
    return {
        **{TODAY[name]: make() for name, make in foreign.ALL.items()}, **dialects.ALL, **{name: pprof(*how) for name, how in PPROF.items()},
        **{f"otlp: {name}": content for name, content in otlp.SOUND.items()}}


def table(heads, rows):
    return "\n".join("| " + " | ".join(cells) + " |" for cells in [heads, ["---"] * len(heads), *rows]) + "\n"


def figures(found):
    """What kinds of figures a report has."""
    functions = found["functions"]
    return {
        "self times": any(function["self"]["share"] is not None for function in functions), "totals": any(function["total"]["share"] is not None for function in functions),
        "calls": any(function["calls"] is not None for function in functions), "lines": bool(found["lines"]), "first lines": any(function["line"] for function in functions),
        "threads' names": any(re.sub(r" ?\(?process .*", "", thread["name"]) for thread in found["threads"]), "tasks": bool(found.get("tasks")),
    }


# Said of every file of another tool's, or of how little is in these.
EVERYWHERE = {"foreign-profile", "unknown-schedule", "samples-at-best", "as-measured", "few-samples"}


def read_rows(swprof, folder):
    """A row for each format and what its files tell: tools and dialects that tell the same share one."""
    rows, named = {}, set()
    for name, content in files().items():
        format, _, tool = name.partition(": ")
        (folder / "x").write_bytes(content)
        result = swprof("report", "--json", folder / "x")
        assert result.returncode == 0, f"{name}: {result.stderr}"
        if format not in named:
            named.add(format)
            assert swprof("report", "--json", "--from", format, folder / "x").stdout == result.stdout, name
        found = json.loads(result.stdout)
        told = figures(found)
        codes = sorted({caveat["code"] for caveat in found["caveats"]} - EVERYWHERE)
        cells = (f"{found['kind']}, {found['clock']}: {', '.join(word for word, is_told in told.items() if is_told)}", ", ".join(word for word, is_told in told.items() if not is_told), ", ".join(f"`{code}`" for code in codes))
        rows.setdefault((format, cells), []).append(tool)
    return [[f"`{format}`", "; ".join(tools), *cells] for (format, cells), tools in sorted(rows.items(), key=lambda row: row[0][0])]


def refused_rows(swprof, folder):
    rows = []
    for content, _ in REFUSED:
        (folder / "x").write_bytes(content)
        said = swprof("report", folder / "x").stderr.partition(": cannot read ")[2].partition(": ")[2].strip()
        what, _, remedy = said.partition("; ")
        if [what, remedy] not in rows and "known format" not in what:
            rows.append([what, remedy])
    return sorted(rows)


# MARK: What is written

ACCOUNT = "0\t8000000\tclosed\t0.1\t0.1\t0.01\t0\t0.008\t0\t0\t0\t0"
PROCESS = "\t0\t0.008" + "\t" * 23


def everything(kind, clock):
    """A file of swprof's own that has all that a profile may have: of two threads and two processes, one function calls itself."""
    writer = Pprof()
    is_sampled = kind == "sampling"
    comments = [
        "format=1", f"design={'signal' if is_sampled else 'setprofile'}", f"kind={kind}", f"clock={clock}", "instants=own", "python=3.13.1", "program=/a/x.py\targument", "own=/a", "exit=0", "seconds=0.008",
        f"account={ACCOUNT}", f"process=100\t\tx.py{PROCESS}", f"process=101\t100\ty.py{PROCESS}", "thread=12\t5000000\tMainThread\t0", "thread=13\t5000000\tworker\t1", "caveat=names-lost\tone", "audit=machine\tx", "marks=/a/x.py\t2:ab:cd"]
    comments += ["schedule=jittered", "rate=1000", "kinds=all", "ledger=10\t10\t0\t0\t0\t10\t0\t1e6\t1e6\t1e6\t1e6"] if is_sampled else ["calibration=2026\t5\t10", "probe=python-inside\t50\t1"]
    out = b"".join(field(1, field(1, writer.text(name)) + field(2, writer.text(unit))) for name, unit in (("calls" if kind == "tracing" else "samples", "count"), (clock, "nanoseconds")))
    for tick, stack in enumerate([[1], [2, 1], [2, 2, 1], [3, 2, 1], [2, 1]] * 2):
        labels = {"life": tick // 5, **({"tick": tick, "instant": tick * 1_000_000 + 7, "opcode": "CALL", "called": "len", "task": "fetch", "waiting": 1, "gil": 1} if is_sampled else {})}
        out += field(2, field(1, b"".join(map(varint, stack))) + field(2, varint(1) + varint(1_000_000)) + b"".join(writer.label(*item) for item in labels.items()))
    for number, (name, first) in enumerate([("main", 1), ("Work.step", 10), ("end", 20)], 1):
        out += field(4, field(1, number) + field(4, field(1, number) + (field(2, first + 1) if is_sampled else b"")))
        out += field(5, field(1, number) + field(2, writer.text(name.rpartition(".")[2])) + field(3, writer.text(name)) + field(4, writer.text("/a/x.py")) + field(5, first))
    out += b"".join(field(13, writer.text(f"swprof.{comment}")) for comment in comments)
    return gzip.compress(out + b"".join(field(6, text.encode()) for text in writer.texts))


def listed(swprof, command, option):
    """The formats that an option's help names."""
    text = re.sub(r"\s+", " ", swprof(command, "--help").stdout.partition("OPTIONS:")[2])
    sentence = re.search(rf"--{option} <\S+>.*?: ((?:\w+, )+\w+(?: (?:or|and) \w+)?)", text)[1]
    return set(re.findall(r"\w+", sentence)) - {"or", "and"}


def losses(swprof, folder, format):
    """What converting to the format says that it loses, without how much."""
    said = []
    for number, (kind, clock) in enumerate([("sampling", "wall"), ("sampling", "cpu"), ("tracing", "wall")]):
        (folder / "in").write_bytes(everything(kind, clock))
        result = swprof("convert", "--to", format, folder / "in", folder / "out")
        assert result.returncode == 0, result.stderr
        parts = [re.sub(r"(:| with their).*|\d+ ", "", part) for part in result.stderr.strip().partition("do not hold: ")[2].split("; ") if part]
        said += [part for part in parts if part not in said]
    return said


def written_rows(swprof, folder):
    lost = {format: losses(swprof, folder, format) for format in sorted(listed(swprof, "convert", "to"))}
    every = list(dict.fromkeys(what for whats in lost.values() for what in whats))
    return [[
        f"`{format}`", ", ".join(dict.fromkeys(TOOLS[format])) or "swprof alone", ", ".join(what for what in every if what not in whats) if whats else "everything", ", ".join(whats) or "nothing",
    ] for format, whats in sorted(lost.items())]


# By name: the heads of the columns, and what makes the rows.
TABLES = {
    "read": (["format", "tools and dialects", "what is read", "what is not in it", "said beside it"], read_rows),
    "refused": (["what it is", "what to do"], refused_rows),
    "written": (["format", "read in the tests by", "kept", "lost"], written_rows),
}


def with_table(name, text, swprof, folder):
    """The page with one of its tables as it is now."""
    heads, rows = TABLES[name]
    made = table(heads, rows(swprof, folder))
    return re.sub(rf"(<!-- {name}:[^>]*-->\n).*?(<!-- end -->)", lambda found: found[1] + made + found[2], text, flags=re.DOTALL)
