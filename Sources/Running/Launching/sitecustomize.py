"""Says in one line why this interpreter cannot be profiled.

The profiler itself stands beside this file as an extension that only a CPython of the right version
takes for `sitecustomize`. Any other imports this, so it must be readable to all, down to 2.7. In front of it is
written which versions are SUPPORTED: the oldest and the newest.
"""
import os
import sys


def reason():
    name = sys.implementation.name if hasattr(sys, "implementation") else "cpython"
    version = ".".join(str(part) for part in sys.version_info[:3])
    if name != "cpython":
        return "%s is %s, not CPython" % (sys.executable, name)
    if "t" in getattr(sys, "abiflags", ""):
        return "%s is a free-threaded build, which is not supported" % sys.executable
    if not SUPPORTED[0] <= sys.version_info[:2] <= SUPPORTED[1]:
        return "%s is Python %s, which is too %s" % (sys.executable, version, "old" if sys.version_info < SUPPORTED[0] else "new")
    return "%s is a Python %s for another machine or system" % (sys.executable, version)


with open(os.path.join(os.path.dirname(os.path.abspath(__file__)), "refusal"), "w") as file:
    file.write(reason() + "; name a CPython %d.%d to %d.%d with --python" % (SUPPORTED[0] + SUPPORTED[1]))
os._exit(3)
