"""swprof profiles Python programs, and says how sure one may be of every figure.

    import swprof

    with swprof.profile() as p:
        work()
    p.functions, p.lines, p.write("work.pb.gz")

    @swprof.profile(design="evalframe")
    def work(): ...

    @swprof.design(kind="sampling")      # a design of your own: swprof.profile(design=…), swprof run -d FILE.py:NAME
    class TalkSampler: ...

    swprof.overhead(work).ratio          # what profiling costs, by a duet in this process

    %load_ext swprof        in a notebook: %swprof work(), or %%swprof -d lines above a cell
    python -m swprof        the command line

Importing loads this module alone; everything else comes with its first use.
"""
# Any Python has to be able to read this, to be told that it is not supported.
from .support import problem

if problem():
    raise ImportError(problem())

__version__ = "0.1.0"
__all__ = [
    "Caveat", "Compensated", "Estimate", "Function", "Ledger", "Line", "Overhead", "Results", "SamplingSession", "Slowdown", "SwprofError", "Tick",
    "TracingSession", "design", "overhead", "profile",
]

_HOMES = {
    "profile": "block", "SwprofError": "errors", "Results": "results", "overhead": "duet", "Overhead": "overheads",
    "Slowdown": "overheads", "design": "written", "SamplingSession": "sessions", "Tick": "sessions", "TracingSession": "sessions",
}


def __getattr__(name):
    if name not in __all__:
        raise AttributeError("module 'swprof' has no attribute %r" % name)
    from importlib import import_module
    value = getattr(import_module("." + _HOMES.get(name, "figures"), __name__), name)
    globals()[name] = value
    return value


def __dir__():
    return sorted(set(globals()) | set(__all__))


def load_ipython_extension(shell):
    """Brings the magics `%swprof` and `%%swprof`; called by `%load_ext swprof`."""
    from .notebook import SwprofMagics
    shell.register_magics(SwprofMagics)
