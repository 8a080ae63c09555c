"""`swprof.design`: designs that are written in Python.

    @swprof.design(kind="sampling")
    class TalkSampler:
        def run(self, session):
            for tick in session.ticks():
                for thread, frame in sys._current_frames().items():
                    session.sample(frame, thread=thread)

A profiled program loads this before its first line, so it imports nothing that an interpreter has not loaded by then.
"""
import sys

from .sessions import SamplingSession, TracingSession

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any, Literal, TypeVar

    T = TypeVar("T")

# What a class of each kind has to have.
METHODS = {"sampling": "run", "tracing": "start"}


class Declaration:
    """What a design in Python declares of itself."""

    def __init__(self, kind: str, instants_are_own: bool) -> None:
        self.kind, self.instants_are_own = kind, instants_are_own


def design(*, kind: "Literal['sampling', 'tracing']", instants_are_own: bool = False) -> "Callable[[type[T]], type[T]]":
    """Decorates a class that is a design: `-d FILE.py:NAME` on the command line, `swprof.profile(design=NAME)` in Python.

    An instance is made for each run, without arguments. Where it has them, `start(self, session)` is called before the
    program's first line and `stop(self)` after its last.

    Args:
        kind: `sampling`, for a class with `run(self, session)`: it is called on a thread of swprof's own, goes through
            `session.ticks()` and hands each stack to `session.sample`. Or `tracing`, for a class whose `start(self, session)`
            sets a hook that calls `session.enter` and `session.leave`.
        instants_are_own: whether a sampler chooses itself when it sees the program. One that needs the GIL to look does not:
            the program gives it. Where it is not so, no interval is given.

    Raises:
        ValueError, TypeError: for a kind that there is not, and for a class that lacks what its kind needs.
    """
    if kind not in METHODS:
        raise ValueError(f"there is no kind {kind!r} of design; give sampling or tracing")

    def declared(decorated: "type[T]") -> "type[T]":
        if not isinstance(decorated, type):
            raise TypeError(f"swprof.design decorates classes, not {decorated!r}")
        if not callable(getattr(decorated, METHODS[kind], None)):
            raise TypeError(f"a {kind} design has a method {METHODS[kind]}(self, session), and {decorated.__name__} has none")
        decorated._swprof_design = Declaration(kind, bool(instants_are_own) or kind == "tracing")  # type: ignore[attr-defined]
        return decorated

    return declared


def declaration(candidate: object) -> "Declaration | None":
    """What a class declares; None where it is no design."""
    found = getattr(candidate, "_swprof_design", None) if isinstance(candidate, type) else None
    return found if isinstance(found, Declaration) else None


class WrittenDesign:
    """A design in Python as the extension calls it. Each call returns None, or what went wrong as one line."""

    # What the extension tells arguments by, and what it ends a call with that lasts.
    code_type = type(design.__code__)
    frame_type = type(sys._getframe())
    interruption = SystemExit

    def __init__(self, written: "type[Any]", name: str, file: str) -> None:
        found = declaration(written)
        if found is None:
            raise TypeError(f"{written!r} is no design; decorate the class with @swprof.design(kind=\"sampling\")")
        self.kind, self.instants_are_own = found.kind, found.instants_are_own
        self.name, self.file = name, file
        # Whether anything of it is called as a run starts or ends.
        self.has_start_or_stop = any(hasattr(written, method) for method in ("start", "stop"))
        self._class = written
        self._instance: Any = None
        self._session: Any = None

    def start(self, facts: "tuple[float, str, str]", functions: "tuple[Callable[..., Any], ...]") -> "str | None":
        sampling = self.kind == "sampling"
        session = SamplingSession(facts, functions) if sampling else TracingSession(facts, functions)

        def start() -> None:
            self._instance, self._session = self._class(), session
            if hasattr(self._instance, "start"):
                self._instance.start(session)

        return self._called(start)

    def run(self) -> "str | None":
        return self._called(lambda: self._instance.run(self._session))

    def stop(self) -> "str | None":
        instance, self._instance, self._session = self._instance, None, None
        return self._called(instance.stop) if hasattr(instance, "stop") else None

    def _called(self, function: "Callable[[], object]") -> "str | None":
        try:
            function()
        except BaseException as error:
            return described(error, self.file)
        return None


def described(error: BaseException, file: str) -> str:
    """An error as one line, with the place in the file of the design that it comes from."""
    line = None
    traceback = error.__traceback__
    while traceback is not None:
        if traceback.tb_frame.f_code.co_filename == file:
            line = traceback.tb_lineno
        traceback = traceback.tb_next
    if line is None and isinstance(error, SyntaxError) and error.filename == file:
        line = error.lineno
    place = "" if line is None else f"{file.rpartition('/')[2]}, line {line}: "
    return printable(place + type(error).__name__ + _message(error))


def _message(error: BaseException) -> str:
    try:
        text = error.msg if isinstance(error, SyntaxError) else str(error)
    except Exception:
        return ""
    return ": " + " ".join(text.split())[:300] if text else ""


def printable(text: str) -> str:
    """Text that a terminal can be shown."""
    return text if text.isprintable() else text.encode("unicode_escape").decode("ascii")
