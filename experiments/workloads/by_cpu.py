"""Runs a known-answer workload that also says what is true by the CPU clock: `by_cpu.py NAME [ARGUMENT…]`.

It stands beside this file, as all of them do. Of `lockstep`, which has no brackets, it says nothing.
"""
import pathlib
import runpy
import sys

import cpu_truth

if __name__ == "__main__":
    if len(sys.argv) < 2:
        sys.exit("by_cpu.py: name a workload, as in: by_cpu.py stalls 4")
    script = pathlib.Path(__file__).with_name(f"{sys.argv[1]}.py")
    if not script.exists():
        sys.exit(f"by_cpu.py: there is no workload {sys.argv[1]!r} beside it")
    sys.modules["truth"] = cpu_truth
    sys.argv[:2] = [str(script)]
    runpy.run_path(str(script), run_name="__main__")
