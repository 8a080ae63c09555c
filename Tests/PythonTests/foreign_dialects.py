"""The run of `foreign_profiles`, `main` with a quarter of its own and `leaf` with the rest, in the dialects of tools and their versions."""
import json
import marshal

from foreign_profiles import FILE, LEAF, MAIN, json_bytes, pyinstrument, scalene, speedscope_evented


def lines(*stacks, head=""):
    return (head + "".join(f"{stack}\n" for stack in stacks)).encode()


def austin_stacks(process, thread, main="3", leaf="1", head="# austin: 3.7.0\n"):
    root = f"{process};{thread};{FILE}:main:11"
    return lines(f"{root};{FILE}:leaf:2 {main}", f"{root} {leaf}", head=head)


PY_SPY = f"main ({FILE}:11)", f"leaf ({FILE}:2)"
COLLAPSED = {
    "byte order mark": b"\xef\xbb\xbf" + lines("main;leaf 3", "main 1"), "UTF-16": "main;leaf 3\nmain 1\n".encode("utf-16"), "UTF-16, big end first, no mark": "main;leaf 3\nmain 1\n".encode("utf-16-be"),
    "tabs": lines("main;leaf\t3", "main\t1"), "Windows' line ends": b"main;leaf 3\r\nmain 1\r\n", "blanks behind": lines("main;leaf 3  ", "main 1\t"), "a remark first": lines("main;leaf 3", "main 1", head="# made by x\n"),
    "fractions": lines("main;leaf 0.75", "main 0.25"), "small fractions": lines("main;leaf 0.0000075", "main 0.0000025"), "many blanks": lines("main;leaf     3", "main  1"),
    "austin 2": austin_stacks("P12", "T7fa0b1c2d3e4", head=""), "austin 3.0": austin_stacks("P12", "T12"), "austin 4": austin_stacks("P12", "T0:12", head="# austin: 4.0.0\n# mode: wall\n"),
    "austin, hexadecimal": austin_stacks("P12", "T0:0x7f12"), "austin 1": austin_stacks("P12", "Thread 7f12", head="# austin: 1.0.0\n"),
    "austin, full": austin_stacks("P12", "T0:12", "3000,0,1024", "1000,1,-512", head="# austin: 3.7.0\n# mode: full\n"),
    "py-spy, threads": lines(*(f'process 12:"python x.py";thread (0x7F12): worker:0;{stack}' for stack in (f"{PY_SPY[0]};{PY_SPY[1]} 3", f"{PY_SPY[0]} 1"))),
    "py-spy, a command with semicolons": lines(*(f'process 12:"python -c import x; x.y();z";thread (0x7F12): MainThread;{stack}' for stack in (f"{PY_SPY[0]};{PY_SPY[1]} 3", f"{PY_SPY[0]} 1"))),
    "powers of ten": lines("main;leaf 7.5e-05", "main 2.5E-05"),
    "py-spy, no lines": lines(f"main ({FILE});leaf ({FILE}) 3", f"main ({FILE}) 1"), "perf": lines(f"py::main:{FILE};py::leaf:{FILE} 3", f"py::main:{FILE} 1"),
}


def chrome(*events, end="]"):
    return ("[" + ",\n".join(json.dumps({"pid": 1, "tid": 1, "cat": "x", **event}) for event in events) + end).encode()


def span(name, start, length, **more):
    return {"ph": "X", "name": name, "ts": start, "dur": length, **more}


CHROME = {
    "no end": chrome(span("main", 0, 40), span("leaf", 10, 30), end=""), "a comma at the end": chrome(span("main", 0, 40), span("leaf", 10, 30), end=",\n"),
    "large and broken thread ids": chrome(span("main", 0, 40, tid=2**64 - 1), span("leaf", 10, 30, tid=2**64 - 1)), "a thread with a fraction": chrome(span("main", 0, 40, tid=1.5), span("leaf", 10, 30, tid=1.5)),
    "times as text": chrome(span("main", "0", "40"), span("leaf", "10", 30)), "arguments as a list": chrome(span("main", 0, 40, args=[1]), span("leaf", 10, 30)),
    "an overlap": chrome(span("main", 0, 40), span("leaf", 10, 35)), "times of today": chrome(span("main", 1764000000000000.125, 40), span("leaf", 1764000000000010.125, 30)),
    "an end without a beginning": chrome({"ph": "E", "name": "x", "ts": 0}, span("main", 0, 40), span("leaf", 10, 30)),
    "a beginning without an end": chrome({"ph": "B", "name": "main", "ts": 0}, {"ph": "B", "name": "leaf", "ts": 10}, {"ph": "E", "ts": 40}),
    "torch.profiler": json_bytes({"schemaVersion": 1, "traceEvents": [
        {"ph": "X", "cat": "python_function", "pid": 1, "tid": 1, "ts": 0, "dur": 40, "name": f"{FILE}(10): main"}, {"ph": "X", "cat": "python_function", "pid": 1, "tid": 1, "ts": 10, "dur": 30, "name": f"{FILE}(1): leaf"},
        {"ph": "X", "cat": "kernel", "pid": 0, "tid": 7, "ts": 0, "dur": 99, "name": "gemm"}, {"ph": "X", "cat": "Trace", "pid": "Spans", "tid": "PyTorch Profiler", "ts": 0, "dur": 99, "name": "PyTorch Profiler (0)"}]}),
    "torch.profiler 1.8": json_bytes({"schemaVersion": 1, "traceEvents": [
        {"ph": "X", "cat": "Operator", "pid": 1, "tid": 1, "ts": 0, "dur": 40, "name": "main"}, {"ph": "X", "cat": "Operator", "pid": 1, "tid": 1, "ts": 10, "dur": 30, "name": "leaf"},
        {"ph": "X", "cat": "Kernel", "pid": 0, "tid": "stream 7", "ts": 0, "dur": 99, "name": "gemm"}, {"ph": "X", "cat": "Memcpy", "pid": 0, "tid": "stream 7", "ts": 99, "dur": 99, "name": "Memcpy HtoD"}]}),
    "an element that is none": chrome(span("main", 0, 40), span("leaf", 10, 30), end=",null,{}]"), "times of the thread alone": chrome(span("main", 0, 40), {"ph": "X", "name": "leaf", "ts": 10, "tdur": 30}),
    "late keys": json_bytes({"otherData": {"x": "y" * 70_000}, "traceEvents": [{"pid": 1, "tid": 1, **span("main", 0, 40)}, {"pid": 1, "tid": 1, **span("leaf", 10, 30)}]}),
}


def pstats(main, leaf, **more):
    return marshal.dumps({**more, MAIN: main, LEAF: leaf})


def python_2():
    """As Python 2 wrote it: texts are bytes, and those that come again refer to the first."""
    def text(word):
        return b"t" + len(word).to_bytes(4, "little") + word.encode()
    def reference(index):
        return b"R" + index.to_bytes(4, "little")
    def number(value):
        return b"i" + value.to_bytes(4, "little")
    def seconds(value):
        return b"g" + marshal.dumps(value)[1:]
    main, leaf = b"(\3\0\0\0" + text(FILE) + number(10) + text("main"), b"(\3\0\0\0" + reference(0) + number(1) + text("leaf")
    again = b"(\3\0\0\0" + reference(0) + number(10) + reference(1)
    return (b"{" + main + b"(\5\0\0\0" + number(1) * 2 + seconds(0.25) + seconds(1.0) + b"{0"
            + leaf + b"(\5\0\0\0" + number(4) * 2 + seconds(0.75) * 2 + b"{" + again + b"(\4\0\0\0" + number(4) * 2 + seconds(0.75) * 2 + b"0" + b"0")


PSTATS = {
    "calls below 0": pstats((0, 1, 0.25, 1.0, {}), (-1, 4, 0.75, 0.75, {MAIN: (4, 4, 0.75, 0.75)})), "Python 2": python_2(), "pyinstrument, no calls": pstats((-1, -1, 0.25, 1.0, {}), (-1, -1, 0.75, 0.75, {MAIN: (-1, -1, 0.75, 0.75)})), "calls by caller": pstats((1, 1, 0.25, 1.0, {}), (4, 4, 0.75, 0.75, {MAIN: 4})),
}


def without(content, *keys):
    def strip(value):
        if isinstance(value, dict):
            return {key: strip(inner) for key, inner in value.items() if key not in keys}
        return [strip(inner) for inner in value] if isinstance(value, list) else value
    return json_bytes(strip(json.loads(content)))


def scalene_2022():
    file = json.loads(without(scalene(), "start_function_line"))
    for line in file["files"][FILE]["lines"]:
        line["start_region_line"] = {2: 1, 11: 10, 14: 14}[line["lineno"]]
    return json_bytes(file)


def speedscope_left_open():
    file = json.loads(speedscope_evented())
    file["profiles"][0]["events"] = file["profiles"][0]["events"][:2]
    file["profiles"][0]["events"][1]["at"] = 1.0
    return json_bytes(file)


def gecko(weights=None, **meta):
    """The processed format, as profiler.firefox.com saves it."""
    samples = {"length": 4, "stack": [1, 1, 0, 1] if weights is None else [1, 0], "time": [0, 1, 2, 3], "weight": weights, "weightType": "samples" if weights is None else "tracing-ms"}
    return json_bytes({
        "meta": {"interval": 1, "preprocessedProfileVersion": 40, **meta}, "libs": [], "threads": [{
            "name": "GeckoMain", "tid": 12, "stringArray": [FILE, "main", "leaf"], "samples": samples,
            "stackTable": {"length": 2, "frame": [0, 1], "prefix": [None, 0]}, "frameTable": {"length": 2, "func": [0, 1], "line": [11, 2]},
            "funcTable": {"length": 2, "name": [1, 2], "fileName": [0, 0], "lineNumber": [10, 1]}}]})


def gecko_raw(column=""):
    """As Firefox itself hands it over."""
    return {"meta": {"version": 24, "interval": 1}, "libs": [], "threads": [{
        "name": "GeckoMain", "processName": "Web", "pid": 7, "tid": 12, "stringTable": [f"main ({FILE}:11{column})", f"leaf ({FILE}:2{column})"],
        "samples": {"schema": {"stack": 0, "time": 1}, "data": [[1, 0], [1, 1], [0, 2], [1, 3]]},
        "stackTable": {"schema": {"prefix": 0, "frame": 1}, "data": [[None, 0], [0, 1]]},
        "frameTable": {"schema": {"location": 0, "line": 1}, "data": [[0], [1]]}}]}


def gecko_processes():
    """The first process has nothing to say; what was sampled is a process within."""
    return json_bytes({"meta": {"version": 24, "interval": 1}, "libs": [], "threads": [], "processes": [gecko_raw()]})


def speedscope_of_austin():
    """Of austin's full mode: each thread comes once for each thing that was measured."""
    def profile(name, unit, main, leaf):
        return {"type": "sampled", "name": f"{name} profile for 12:0:12", "unit": unit, "startValue": 0, "endValue": main + leaf, "samples": [[0, 1], [0]], "weights": [leaf, main]}
    return json_bytes({
        "$schema": "https://www.speedscope.app/file-format-schema.json", "exporter": "Austin2Speedscope Converter 0.3.1",
        "shared": {"frames": [{"name": "main", "file": FILE, "line": 11}, {"name": "leaf", "file": FILE, "line": 2}]},
        "profiles": [profile("CPU time", "microseconds", 3, 1), profile("Memory allocation", "bytes", 5, 5), profile("Wall time", "microseconds", 1, 3)]})


def cpuprofile():
    def node(number, name, line, *children):
        return {"id": number, "callFrame": {"functionName": name, "url": FILE if line >= 0 else "", "lineNumber": line, "columnNumber": 0}, "hitCount": 1, "children": list(children)}
    return json_bytes({"nodes": [node(1, "(root)", -1, 2), node(2, "main", 9, 3), node(3, "leaf", 0)], "startTime": 0, "endTime": 4000, "samples": [3, 2, 3], "timeDeltas": [0, 1000, 1000]})


def callgrind():
    return f"""# callgrind format
creator: pyprof2calltree
event: ns : Nanoseconds
events: ns

fl=(1) {FILE}
fn=(1) main
10 250
cfn=(2) leaf
calls=4 1
+1 750

fl=(1)
fn=(2)
1 500
+1 250
""".encode()


def callgrind_of_yappi():
    """Files and functions are all named first."""
    return f"""version: 1
creator: yappi
cmd:  x.py
part: 1

events: Ticks
fl=(0) {FILE}
fl=(1) {FILE}
fn=(0) main {FILE}:10
fn=(1) leaf {FILE}:1

fl=(0)
fn=(0)
10 250
cfl=(1)
cfn=(1)
calls=4 0
0 750

fl=(1)
fn=(1)
1 750
""".encode()


def callgrind_of_lsprof():
    return f"""events: Ticks
summary: 1000
fl={FILE}
fn=main
10 250
cfl={FILE}
cfn=leaf
calls=4 1
10 750

fl={FILE}
fn=leaf
1 750
""".encode()


def perf_script(frame="\t    7f001 {} (/usr/lib/x (y).so)\n"):
    def sample(at, *frames):
        head = f"python 12/13 [001] {at}.5: 1000000 cpu-clock:u: \n"
        return head + "".join(frame.format(name) for name in frames) + "\n"
    main, leaf = f"py::main:{FILE}+0xb", f"py::leaf:{FILE}+0xb"
    return ("# captured on: x\n" + "python 12/13 [001] 0.1: PERF_RECORD_MMAP2 12/13: [0x1(0x2) @ 0 08:01 1 2]: r-xp /usr/bin/python\n" + sample(1, leaf, main) * 3 + sample(2, main)).encode()


def tachyon_jsonl():
    records = [
        {"type": "meta", "v": 1, "run_id": "x", "sample_interval_usec": 1000, "mode": "wall"},
        {"type": "str_def", "v": 1, "run_id": "x", "defs": [{"str_id": number, "value": text} for number, text in enumerate([FILE, "main", "leaf"], 1)]},
        {"type": "frame_def", "v": 1, "run_id": "x", "defs": [{"frame_id": 1, "path_str_id": 1, "func_str_id": 2, "line": 11}, {"frame_id": 2, "path_str_id": 1, "func_str_id": 3, "line": 2}]},
        {"type": "agg", "v": 1, "run_id": "x", "samples_total": 4, "entries": [{"frame_id": 1, "self": 1, "cumulative": 4}, {"frame_id": 2, "self": 3, "cumulative": 3}]},
        {"type": "end", "v": 1, "run_id": "x", "samples_total": 4}]
    return "".join(json.dumps(record) + "\n" for record in records).encode()


def tachyon_released():
    """As CPython 3.15 has it since its last alpha: other names of the tables, and numbers from 0."""
    head = {"v": 0, "run_id": "x"}
    records = [
        {"type": "meta", **head, "sample_interval_usec": 1000, "mode": "wall"},
        {"type": "string_table", **head, "strings": [{"str_id": number, "value": text} for number, text in enumerate([FILE, "main", "leaf"])]},
        {"type": "frame_table", **head, "frames": [{"frame_id": 0, "path_str_id": 0, "func_str_id": 1, "line": 11, "end_line": 11, "col": 4, "end_col": 9}, {"frame_id": 1, "path_str_id": 0, "func_str_id": 2, "line": 2}]},
        {"type": "agg", **head, "kind": "frame", "scope": "final", "samples_total": 4, "entries": [{"frame_id": 0, "self": 1, "cumulative": 4}, {"frame_id": 1, "self": 3, "cumulative": 3}]},
        {"type": "end", **head, "samples_total": 4}]
    return "".join(json.dumps(record) + "\n" for record in records).encode()


def mojo(version=3, repeats=False, named_before=False, on_top=b"", mode="wall", idle=b""):
    """Where stacks repeat, the second says that it begins as the first does, but for what is `on_top`; austinp names before any stack."""
    def number(value):
        first, rest = value & 0x3F, value >> 6
        out = [first | (0x80 if rest else 0)]
        while rest:
            out.append(rest & 0x7F | (0x80 if rest >> 7 else 0))
            rest >>= 7
        return bytes(out)
    def text(word):
        return word.encode() + b"\0"
    def stack():
        return b"\2" + number(12) + (number(0) if version >= 3 else b"") + text("7f12")
    def frame(key, name, line):
        return b"\3" + number(key) + number(1000) + number(name) + number(line) + (number(line) + number(1) + number(9) if version >= 2 else b"")
    def named(key, word):
        return b"\x0b" + number(key) + text(word)
    names = named(1000, FILE) + named(1001, "main") + named(1002, "leaf") + frame(7, 1001, 11) + frame(8, 1002, 2)
    first = names + stack() if named_before else stack() + names
    head = b"MOJ" + bytes([version]) + b"\1" + text("mode") + text(mode) + b"\1" + text("interval") + text("1000")
    if repeats:
        return head + first + b"\5" + number(7) + on_top + b"\x09" + number(1000) + stack() + b"\5" + number(8) + b"\x0d\x09" + number(3000)
    return head + first + b"\5" + number(7) + b"\5" + number(8) + b"\x09" + number(3000) + stack() + b"\5" + number(7) + idle + b"\x09" + number(1000)


NEW = {
    "gecko: profiler.firefox.com": gecko(), "gecko: with weights": gecko([3, 1]), "gecko: Firefox itself": json_bytes(gecko_raw()), "gecko: Firefox, with columns": json_bytes(gecko_raw(":5")), "gecko: Firefox, processes within": gecko_processes(),
    "gecko: the tools of Firefox 59": json_bytes({"label": "x", "profile": gecko_raw(), "fileType": "Recorded Performance Data"}), "cpuprofile: Chrome, Node": cpuprofile(), "callgrind: pyprof2calltree": callgrind(), "callgrind: yappi": callgrind_of_yappi(), "callgrind: lsprofcalltree, Mercurial": callgrind_of_lsprof(),
    "perf: perf script": perf_script(), "perf: simpleperf, with tabs": perf_script("        7f001\t{} (/system/lib/libc.so)\n").replace(b"12/13 [001] ", b"\t13 [001] ").replace(b": 1000000", b":\t\t1000000"), "perf: without addresses": perf_script("\t{} (/usr/lib/x.so)\n"), "perf: with places in the source": perf_script("\t    7f001 {} (/usr/lib/x.so)\n  x.c:12\n"),
    "jsonl: CPython 3.15's alphas": tachyon_jsonl(), "jsonl: CPython 3.15": tachyon_released(),
    **{f"mojo: version {version}": mojo(version) for version in (1, 2, 3)}, "mojo: version 4, stacks repeat": mojo(4, repeats=True), "mojo: austinp, names before stacks": mojo(1, named_before=True),
}
OTHERS = {
    "scalene: Scalene 2022": scalene_2022(), "speedscope: austin2speedscope, full mode": speedscope_of_austin(), "speedscope: frames left open": speedscope_left_open(), "pyinstrument: pyinstrument 3": without(pyinstrument(), "cpu_time"),
}

ALL = {**{f"{format}: {name}": content for format, cases in (("collapsed", COLLAPSED), ("chrome", CHROME), ("pstats", PSTATS)) for name, content in cases.items()}, **NEW, **OTHERS}
