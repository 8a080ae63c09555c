"""A program under cProfile without its C functions: `cprofile_python.py SCRIPT [ARGUMENTS]`.

`python -m cProfile` has no option for it.
"""
import cProfile
import runpy
import sys

profile = cProfile.Profile(builtins=False)
sys.argv = sys.argv[1:]
try:
    profile.runcall(runpy.run_path, sys.argv[0], run_name="__main__")
finally:
    profile.dump_stats(".build/bench/cProfile.pstats")
