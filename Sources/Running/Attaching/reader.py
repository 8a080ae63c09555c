"""Looks at another process, or leaves it a script: run by the interpreter that the other runs, so that both are of one build.

It must be readable to all, down to 2.7. Its words are what to do, the oldest and the newest 3.N that is supported, and settings.
"""
import sys

WORK, OLDEST, NEWEST = sys.argv[1], (3, int(sys.argv[2])), (3, int(sys.argv[3]))
SETTINGS = dict(word.split("=", 1) for word in sys.argv[4:])


def unsupported():
    name = sys.implementation.name if hasattr(sys, "implementation") else "cpython"
    version = ".".join(str(part) for part in sys.version_info[:3])
    if name != "cpython":
        return "it runs %s, not CPython" % name
    if "t" in getattr(sys, "abiflags", ""):
        return "it runs a free-threaded build of Python, which is not supported"
    if not OLDEST <= sys.version_info[:2] <= NEWEST:
        age = "old" if sys.version_info < OLDEST else "new"
        return "it runs Python %s, which is too %s: Python %d.%d to %d.%d can be read" % ((version, age) + OLDEST + NEWEST)
    if WORK == "inject" and sys.version_info < (3, 14):
        return "it runs Python %s, and only 3.14 and newer can be profiled from within; leave out --inject" % version
    return None


def look():
    import _swprof
    if WORK == "dump":
        return _swprof.dump(SETTINGS)
    begin, end = (_swprof.leave, _swprof.withdraw) if WORK == "inject" else (_swprof.start, lambda _: _swprof.stop())
    begin(SETTINGS)
    import posix
    # Whoever started us holds the other end, and closes it by ending too.
    posix.read(0, 1)
    end(SETTINGS)


problem = unsupported()
if not problem:
    try:
        look()
    except (ImportError, RuntimeError) as error:
        problem = str(error)
if problem:
    with open(SETTINGS["refusal"], "w") as file:
        file.write(problem)
    sys.exit(3)
