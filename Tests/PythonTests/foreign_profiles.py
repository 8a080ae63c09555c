"""The same run as other tools would tell it: `main` calls `leaf`, which has 3 of 4 parts of the time, and has 1 itself."""
import cProfile
import io
import json
import marshal
import pickle
import sys
import types

FILE = "/somewhere/program.py"
MAIN, LEAF = (FILE, 10, "main"), (FILE, 1, "leaf")


def pstats():
    """As cProfile has it: calls, primitive calls, own and inclusive seconds, callers."""
    return marshal.dumps({
        MAIN: (1, 1, 0.25, 1.0, {}),
        LEAF: (4, 4, 0.75, 0.75, {MAIN: (4, 4, 0.75, 0.75)}),
    })


def speedscope_sampled():
    return json_bytes({
        "$schema": "https://www.speedscope.app/file-format-schema.json", "exporter": "py-spy@0.4", "name": "x",
        "shared": {"frames": [{"name": "main", "file": FILE, "line": 11}, {"name": "leaf", "file": FILE, "line": 2}]},
        "profiles": [{"type": "sampled", "name": "thread", "unit": "seconds", "startValue": 0, "endValue": 4, "samples": [[0, 1], [0], [0, 1]], "weights": [1, 1, 2]}],
    })


def speedscope_evented():
    events = [("O", 0, 0), ("O", 0.5, 1), ("C", 3.5, 1), ("O", 3.5, 2), ("C", 4, 2), ("C", 4, 0)]
    return json_bytes({
        "$schema": "https://www.speedscope.app/file-format-schema.json", "exporter": "pyinstrument",
        "shared": {"frames": [{"name": "main", "file": FILE, "line": 10}, {"name": "leaf", "file": FILE, "line": 1}, {"name": "[self]", "file": "", "line": 0}]},
        "profiles": [{"type": "evented", "name": "x", "unit": "seconds", "startValue": 0, "endValue": 4, "events": [{"type": t, "at": at, "frame": f} for t, at, f in events]}],
    })


def pyinstrument():
    def frame(function, line, time, *children, file=FILE):
        return {"function": function, "file_path": file, "line_no": line, "time": time, "children": list(children)}
    return json_bytes({
        "start_time": 1.5, "duration": 4.0, "sample_count": 4, "cpu_time": 4.0,
        "root_frame": frame("main", 10, 4.0, frame("leaf", 1, 3.0), frame("[self]", 0, 1.0, file="")),
    })


def pyisession():
    main, leaf = f"main\0{FILE}\x0010\x01l11", f"leaf\0{FILE}\x001\x01l2\x01cClass"
    thread = "MainThread\0<thread>\x00140225622395776"
    return json_bytes({
        "start_time": 1.5, "duration": 4.0, "min_interval": 0.001, "sample_count": 3, "start_call_stack": [thread],
        "frame_records": [[[thread, main, leaf], 1.0], [[thread, main], 1.0], [[thread, main, leaf], 2.0]],
    })


def scalene():
    def line(number, percent, start):
        return {"lineno": number, "n_cpu_percent_python": percent / 2, "n_cpu_percent_c": percent / 2, "n_sys_percent": 0, "start_function_line": start}
    return json_bytes({
        "alloc_samples": 0, "elapsed_time_sec": 4.0,
        "files": {FILE: {"functions": [{"line": "main", "lineno": 10}, {"line": "leaf", "lineno": 1}], "lines": [line(2, 75, 1), line(11, 25, 10), line(14, 0, 0)]}},
    })


def viztracer():
    def event(name, start, length):
        return {"ph": "X", "pid": 7, "tid": 7, "ts": start, "dur": length, "cat": "fee", "name": name}
    return json_bytes({
        "traceEvents": [
            {"ph": "M", "pid": 7, "tid": 7, "name": "thread_name", "args": {"name": "MainThread"}},
            event(f"leaf ({FILE}:1)", 10, 30), event(f"main ({FILE}:10)", 0, 40)],
        "viztracer_metadata": {"version": "1.1.1", "overflow": False},
    })


def chrome_begin_end():
    def event(phase, name, line, at):
        return {"ph": phase, "pid": 7, "tid": 9, "ts": at, "cat": "py-spy", "name": name, "args": {"filename": FILE, "line": line}}
    return json_bytes([event("B", "main", 11, 0), event("B", "leaf", 2, 10), event("E", "leaf", 2, 40), event("E", "main", 11, 40)])


def lprof(protocol=4):
    """A pickle of line_profiler's class, made without line_profiler."""
    module = types.ModuleType("line_profiler.line_profiler")
    LineStats = type("LineStats", (), {"__module__": module.__name__})
    module.LineStats = LineStats
    stats = LineStats()
    stats.timings = {LEAF: [(2, 5, 3000)], MAIN: [(11, 1, 3900), (12, 1, 100)]}
    stats.unit = 1e-6
    kept = {name: sys.modules.get(name) for name in ("line_profiler", module.__name__)}
    sys.modules.update({"line_profiler": types.ModuleType("line_profiler"), module.__name__: module})
    try:
        return pickle.dumps(stats, protocol)
    finally:
        for name, old in kept.items():
            sys.modules.pop(name) if old is None else sys.modules.update({name: old})


def austin():
    return f"# austin: 3.7.0\n# interval: 1000\n# mode: wall\n\nP12;T0:12;{FILE}:main:11;{FILE}:leaf:2 3000\nP12;T0:12;{FILE}:main:11 1000\n\n# duration: 4000\n".encode()


def tachyon():
    return f"tid:12;{FILE}:main:11;{FILE}:leaf:2 3\ntid:12;{FILE}:main:11 1\n".encode()


def py_spy():
    return f"main ({FILE}:11);leaf ({FILE}:2) 3\nmain ({FILE}:11) 1\n".encode()


# Under endings that must not mislead.
ALL = {
    "pstats.pstats": pstats, "speedscope-sampled.json": speedscope_sampled, "speedscope-evented.json": speedscope_evented,
    "pyinstrument.json": pyinstrument, "x.pyisession": pyisession, "scalene.json": scalene, "viztracer.json": viztracer, "chrome.json": chrome_begin_end,
    "line_profiler.lprof": lprof, "austin.txt": austin, "tachyon.txt": tachyon, "py-spy.raw": py_spy,
}
# Those that tell of a function's callees no more than that it has them.
WITHOUT_TOTALS = {"scalene.json"}
WITHOUT_SELF = {"line_profiler.lprof"}
TRACERS = {"pstats.pstats": {"main": 1, "leaf": 4}, "viztracer.json": {"main": 1, "leaf": 1}}
WITH_LINES = {name for name in ALL if name not in ("pstats.pstats", "pyinstrument.json", "speedscope-evented.json", "viztracer.json")}


def json_bytes(value):
    return json.dumps(value).encode()


def of_cprofile(function):
    """What Python's own tracer writes of a call of `function`."""
    profile = cProfile.Profile()
    profile.runcall(function)
    profile.create_stats()
    file = io.BytesIO()
    marshal.dump(profile.stats, file)
    return file.getvalue(), profile.stats
