"""Measures the passes of a program: what `swprof overhead` starts an interpreter for."""
from __future__ import annotations

import json
import os
import signal
import sys

from .duet import check_function, measure
from .errors import SwprofError
from .installation import PACKAGE
from .options import Options

TYPE_CHECKING = False
if TYPE_CHECKING:
    from types import ModuleType
    from typing import Any, NoReturn

# The function that is a pass where none is named.
USUAL = "run_pass"


def main() -> None:
    """What the program raises is shown as the interpreter would, without the calls of swprof's own beneath it."""
    try:
        _measure()
    except KeyboardInterrupt:
        # swprof ends by the same signal, and says what is to be said.
        signal.signal(signal.SIGINT, signal.SIG_DFL)
        os.kill(os.getpid(), signal.SIGINT)
    except Exception as error:
        _show(error)
        sys.exit(1)


def _show(error: Exception) -> None:
    from traceback import print_exception
    place = error.__traceback__
    while place and place.tb_frame.f_code.co_filename.startswith(PACKAGE + os.sep):
        place = place.tb_next
    print_exception(type(error), error, place)


def _measure() -> None:
    """Reads its own words, loads the program, measures it, and writes what it measured into the folder."""
    folder, design, rate, seconds, pairs, seed, kind, name, function = sys.argv[1:10]
    sys.argv = ["-c" if kind == "code" else name, *sys.argv[10:]]
    one_pass = _function(_loaded(kind, name, folder), function, kind, name, folder)
    try:
        options = Options(design, float(rate), "jittered", "wall", (), int(seed), False)
        measured = measure(one_pass, options, float(seconds), int(pairs), os.path.join(folder, "duet.swlog"))
    except SwprofError as error:
        _refuse(folder, str(error))
    with open(os.path.join(folder, "passes.json"), "w") as file:
        json.dump(measured, file)


def _loaded(kind: str, name: str, folder: str) -> ModuleType:
    """The program as a module: what it does only where it is the main one, it does not."""
    if kind == "module":
        return _imported(name, folder)
    if kind == "code":
        module = _new("passes")
        exec(compile(name, "<string>", "exec"), module.__dict__)
        return module
    if not sys.flags.safe_path:
        sys.path[0] = os.path.dirname(os.path.abspath(name))
    return _run(name)


def _imported(name: str, folder: str) -> ModuleType:
    from importlib import import_module
    try:
        return import_module(name)
    except ModuleNotFoundError as error:
        if error.name is None or not (name + ".").startswith(error.name + "."):
            raise
        _refuse(folder, f"there is no module {name!r} for {sys.executable}; give one that it can import, or a script")


def _run(path: str) -> ModuleType:
    module = _new(os.path.splitext(os.path.basename(path))[0])
    module.__file__ = path
    with open(path, "rb") as file:
        code = compile(file.read(), path, "exec")
    exec(code, module.__dict__)
    return module


def _new(name: str) -> ModuleType:
    from types import ModuleType
    # As an import leaves it: what the program pickles or asks for its types is found there.
    module = sys.modules[name] = ModuleType(name)
    return module


def _function(module: ModuleType, named: str, kind: str, name: str, folder: str) -> Any:
    """The function that is a pass; refuses where there is none."""
    shown = {"script": name, "module": f"-m {name}", "code": "the code"}[kind]
    function: Any = module
    for part in (named or USUAL).split("."):
        function = getattr(function, part, None)
    if function is None and named:
        _refuse(folder, f"{shown} has no function {named}; name one of its functions without arguments, such as FILE.py:main")
    if function is None:
        _refuse(folder, f"{shown} has no passes: it defines no function {USUAL}; name another one without arguments, as in FILE.py:FUNCTION")
    try:
        check_function(function)
    except TypeError as error:
        _refuse(folder, f"{shown}: {error}")
    return function


def _refuse(folder: str, line: str) -> NoReturn:
    """Ends the process; `swprof` says why."""
    with open(os.path.join(folder, "refusal"), "w", encoding="utf-8", errors="backslashreplace") as file:
        file.write(line)
    sys.exit(3)
