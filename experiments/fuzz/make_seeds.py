"""Writes `seeds`: small sound files of every format, by the tests' own makers and by swprof's writers.

Call it after a change of either, from the project's folder: .venv/bin/python experiments/fuzz/make_seeds.py
"""
import gzip
import os
import pathlib
import re
import shutil
import subprocess
import sys

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parents[1]
SWPROF = ROOT / ".build" / "release" / "swprof"
sys.path.insert(0, str(ROOT / "Tests" / "PythonTests"))

import foreign_dialects as dialects
import foreign_profiles as foreign
import test_foreign_otlp as otlp
from test_foreign_dialects import TWO, Pprof
from test_packed_profiles import zstd

STACKS = "main (/x.py:3);work (/x.py:7) 5\nmain (/x.py:4);len 2\nmain (/x.py:3);work (/x.py:8);work (/x.py:7) 3\n"
WRITTEN = ["pprof", "collapsed", "speedscope", "pstats", "chrome", "gecko", "callgrind", "otlp", "jsonl"]
PROGRAM = "def work(n):\n    return sum(range(n)) + len([n])\ndef main():\n    for n in range(20): work(90_000)\nmain()\n"
DESIGNS = ["signal", "setprofile", "lines"]
# A log counts up to where it is cut.
LARGEST = 24_000
# By what a maker's name begins with; the names of others begin with their formats.
FORMATS = {
    "viztracer": "chrome", "line_profiler": "lprof", "x.pyisession": "pyisession", "austin": "collapsed", "tachyon": "collapsed", "py-spy": "collapsed",
}


def put(format, name, content):
    folder = HERE / "seeds" / format
    folder.mkdir(parents=True, exist_ok=True)
    (folder / (re.sub(r"[^a-z0-9.]+", "-", name.lower()).strip("-") or "x")).write_bytes(content)


def convert(path, format):
    out = HERE / "seeds" / "out"
    subprocess.run([SWPROF, "convert", "--to", format, path, out], check=True, stderr=subprocess.DEVNULL)
    content = out.read_bytes()
    out.unlink()
    return gzip.decompress(content) if format == "pprof" else content


def format_of(name):
    return next((format for word, format in FORMATS.items() if name.startswith(word)), re.split(r"[^a-z]", name)[0])


def captured(design, program):
    """A capture log, which a program leaves that is profiled from within."""
    kept = HERE / "seeds" / "capture"
    code = f"import runpy, shutil, swprof\nwith swprof.profile(design={design!r}) as p: runpy.run_path({str(program)!r})\nshutil.copy(p._capture.log, {str(kept)!r})"
    environment = {**os.environ, "PYTHONPATH": str(ROOT / "Sources" / "PythonPackage")}
    subprocess.run(["/usr/bin/python3.11", "-c", code], check=True, capture_output=True, env=environment)
    content = kept.read_bytes()[:LARGEST]
    kept.unlink()
    return content


def main():
    shutil.rmtree(HERE / "seeds", ignore_errors=True)
    (HERE / "seeds").mkdir()
    for name, content in dialects.ALL.items():
        if len(content) < LARGEST:
            put(format_of(name), name, content)
    for name, make in foreign.ALL.items():
        put(format_of(name), name, make())
    for name, content in otlp.SOUND.items():
        put("otlp", name, content)
    put("pprof", "foreign", gzip.decompress(Pprof().file(TWO, (9, 900, 950), (1, 100, 9050), drop="wo.*k", labels=({"thread id": 5, "thread name": "n"}, {"tid": 2}))))
    stacks = HERE / "seeds" / "stacks.txt"
    stacks.write_text(STACKS)
    for format in WRITTEN:
        put(format, "written", convert(stacks, format))
    stacks.unlink()
    program = HERE / "seeds" / "program.py"
    program.write_text(PROGRAM)
    for design in DESIGNS:
        kept = HERE / "seeds" / "kept.pb.gz"
        subprocess.run([SWPROF, "run", "-d", design, "--python", "/usr/bin/python3.11", "-o", kept, program], check=True, capture_output=True)
        for format in WRITTEN:
            put(format, design, convert(kept, format))
        kept.unlink()
        put("log", design, captured(design, program))
    program.unlink()
    put("gzip", "stacks", gzip.compress(STACKS.encode(), mtime=0))
    put("zstd", "stacks", zstd(STACKS.encode()))
    packed = subprocess.run(["zstd", "-c", "-19"], input=STACKS.encode() * 20, capture_output=True, check=True).stdout
    put("zstd", "packed", packed)


main()
