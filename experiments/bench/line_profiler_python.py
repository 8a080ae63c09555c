"""A script's function with a number, under line_profiler or not: `line_profiler_python.py FUNCTION PROFILED SCRIPT NUMBER`."""
import sys

from line_profiler import LineProfiler

function, is_profiled, *sys.argv = sys.argv[1:]
names = {"__name__": "profiled", "__file__": sys.argv[0]}
with open(sys.argv[0]) as file:
    exec(compile(file.read(), sys.argv[0], "exec"), names)
profile = LineProfiler()
if is_profiled == "yes":
    names[function] = profile(names[function])
names[function](int(sys.argv[1]))
profile.dump_stats(".build/bench/line_profiler.lprof")
