"""Loads designs from the files that they are written in: `FILE.py:NAME`.

A profiled program does this before its first line, so nothing is imported that an interpreter has not loaded by then.
"""
import os
import sys

from . import written
from .errors import SwprofError
from .written import WrittenDesign, declaration, described, printable

TYPE_CHECKING = False
if TYPE_CHECKING:
    from types import ModuleType

_ModuleType: "type[ModuleType]" = type(sys)


def loaded(shown: str, path: "str | None" = None) -> WrittenDesign:
    """The design that `FILE.py:NAME` names. Raises SwprofError, in one line, where there is none.

    Args:
        shown: as its user names it.
        path: where the file is, if it is not to be looked for.
    """
    file, _, name = shown.rpartition(":")
    path = os.path.abspath(file) if path is None else path
    found = getattr(_module(path, file), name, None)
    if found is not None and declaration(found) is None:
        raise SwprofError(printable(f"{name} in '{file}' is no design; decorate the class with @swprof.design(kind=\"sampling\")"))
    if found is None:
        raise SwprofError(printable(f"'{file}' has no design {name}; see that FILE.py:NAME names a class that @swprof.design decorates"))
    return WrittenDesign(found, shown, path)


def of_class(cls: "type") -> WrittenDesign:
    """The design that a decorated class is."""
    file = getattr(sys.modules.get(cls.__module__), "__file__", None)
    return WrittenDesign(cls, f"{os.path.basename(file) if file else cls.__module__}:{cls.__qualname__}", file or "")


def _module(path: str, shown: str) -> "ModuleType":
    """What the file defines. It is no module that anybody else can import."""
    try:
        with open(path, "rb") as file:
            source = file.read()
    except OSError as error:
        raise SwprofError(printable(f"cannot read the design's file '{shown}': {error.strerror}; give it as FILE.py:NAME")) from None
    # What a class asks of its own module (dataclasses do) is found there, and clashes with no name of the program's.
    name = "swprof.written_in." + os.path.basename(path).removesuffix(".py")
    module = sys.modules[name] = _ModuleType(name)
    module.__file__ = path
    # For the decorator it need not look at any other file of the package.
    sys.modules["swprof"].design = written.design  # type: ignore[attr-defined]
    # Its folder comes first for what it imports, as for any script.
    folders = list(sys.path)
    sys.path.insert(0, os.path.dirname(path))
    try:
        exec(compile(source, path, "exec"), module.__dict__)
    except BaseException as error:
        del sys.modules[name]
        raise SwprofError(f"the design's file '{printable(shown)}' cannot be loaded: {described(error, path)}; correct it there") from None
    finally:
        sys.path[:] = folders
    return module


def loaded_for_launch(shown: str, path: str) -> "WrittenDesign | str":
    """In a program that is launched: the design, or why there is none. Of the package nothing stays that the program could see."""
    try:
        return loaded(shown, path)
    except SwprofError as error:
        return str(error)
    finally:
        for name in [name for name in sys.modules if name.partition(".")[0] == "swprof"]:
            del sys.modules[name]


def declare(shown: str, folder: str) -> None:
    """Writes what a design declares into a folder, for `swprof` to know before the program is started: its kind, and whether its
    instants are its own; or why there is none."""
    try:
        found = loaded(shown)
    except SwprofError as error:
        answer, text = "refusal", str(error)
    else:
        answer, text = "declared", f"{found.kind} {'own' if found.instants_are_own else 'program'}"
    with open(os.path.join(folder, answer), "w", encoding="utf-8", errors="backslashreplace") as file:
        file.write(text)
