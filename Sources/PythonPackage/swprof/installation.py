"""Where the parts of swprof that are not Python stand."""
import os

from .errors import SwprofError

# As the code objects of the package's functions name it.
PACKAGE = os.path.dirname(__file__)
_INSTALLED = os.path.join(os.path.abspath(PACKAGE), "_bin")
_CHECKOUT = os.path.abspath(os.path.join(PACKAGE, "..", "..", ".."))


def path_of(name: str) -> str:
    """The path of a file that was built: in the package's `_bin`, or in a checkout's build folder.

    Raises SwprofError where it is missing.
    """
    installed = os.path.join(_INSTALLED, name)
    if os.path.exists(installed):
        return installed
    if not os.path.exists(os.path.join(_CHECKOUT, "Package.swift")):
        raise SwprofError(f"{installed} is missing; {REMEDY}")
    built = os.path.join(_CHECKOUT, ".build", "release", name)
    if not os.path.exists(built):
        raise SwprofError(f"{built} is missing; build it with: make build")
    return built


REMEDY = "swprof is not whole, install it again: pip install --force-reinstall swprof"
