"""Which interpreters and systems swprof works on.

Read at import, and by the build before anything is compiled; by any Python, so that it can be told.
"""
import os
import sys

from .facts import PYTHONS

OLDEST, NEWEST = PYTHONS[0], PYTHONS[-1]
WANTED = "use a CPython %d.%d to %d.%d" % (OLDEST + NEWEST)


def problem():
    """Why swprof cannot work here, as one line with what to do; None where it can."""
    return interpreter_problem() or system_problem()


def interpreter_problem():
    name = sys.implementation.name if hasattr(sys, "implementation") else "cpython"
    version = ".".join(str(part) for part in sys.version_info[:3])
    if name != "cpython":
        return "swprof profiles CPython only, and this is %s; %s" % (name, WANTED)
    if not OLDEST <= sys.version_info[:2] <= NEWEST:
        age = "old" if sys.version_info[:2] < OLDEST else "new"
        return "Python %s is too %s for swprof; %s" % (version, age, WANTED)
    if "t" in getattr(sys, "abiflags", ""):
        return "swprof does not work in free-threaded Python, and this is one; use the usual build of Python %s" % version
    return None


def system_problem():
    if sys.platform != "linux":
        return "swprof works on Linux only, and this is %s; use it in a container or on another machine" % sys.platform
    machine = os.uname().machine if sys.maxsize > 2**32 else "a 32-bit Python"
    if machine != built("MACHINE", machine):
        return "this swprof was built for %s, and this is %s; install it again: pip install --force-reinstall swprof" % (
            built("MACHINE", None), machine)
    return libc_problem(glibc_version())


def libc_problem(version):
    """Of a version of glibc; None where the C library is another."""
    if version is None:
        return "swprof needs glibc, and this system has another C library (musl?); use a Debian, Ubuntu or Fedora"
    needed = built("GLIBC", version)
    if version < needed:
        return "this swprof needs glibc %d.%d, and this system has %d.%d; use a newer system, or build swprof there" % (needed + version)
    return None


def glibc_version():
    """Such as (2, 36); None where there is no glibc."""
    try:
        name, _, version = os.confstr("CS_GNU_LIBC_VERSION").partition(" ")
        major, minor = version.split(".")[:2]
        return (int(major), int(minor)) if name == "glibc" else None
    except (AttributeError, OSError, ValueError):
        return None


def built(name, otherwise):
    """What the build wrote down of itself; a checkout's is for the machine that it is on."""
    try:
        from . import _built
    except ImportError:
        return otherwise
    return getattr(_built, name)
