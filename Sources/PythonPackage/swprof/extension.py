"""Loads what works inside the profiled program, when it is first needed."""
from __future__ import annotations

from .errors import SwprofError
from .installation import REMEDY, path_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from types import ModuleType

_extension: ModuleType | None = None


def extension() -> ModuleType:
    """The module `_swprof`: `start(settings)` and `stop()`. Raises SwprofError where it cannot be loaded.

    It is the very file that `swprof run` has the interpreter load, so that each knows of the other's profiling.
    """
    global _extension
    if _extension is None:
        _extension = _load(library())
    return _extension


def library() -> str:
    """The path of the file."""
    return path_of("lib_swprof.so")


def _load(path: str) -> ModuleType:
    import atexit
    from importlib.machinery import ExtensionFileLoader, ModuleSpec

    loader = ExtensionFileLoader("_swprof", path)
    try:
        module = loader.create_module(ModuleSpec("_swprof", loader, origin=path))
        loader.exec_module(module)
    except ImportError as error:
        raise SwprofError(f"cannot load {path}: {error}; {REMEDY}") from None
    # Threads of ours must not look at an interpreter that is going away.
    atexit.register(module.stop)
    return module
