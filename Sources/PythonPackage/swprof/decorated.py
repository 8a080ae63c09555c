"""Functions of which every call is profiled."""
from __future__ import annotations

import functools
from _thread import allocate_lock

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Coroutine
    from typing import Any, ParamSpec, Protocol, TypeVar

    from .block import profile

    P = ParamSpec("P")
    R = TypeVar("R")
    R_co = TypeVar("R_co", covariant=True)

    class Profiled(Protocol[P, R_co]):
        """A decorated function."""

        profile: profile | None
        """Of the last call; None before the first."""

        def __call__(self, *arguments: P.args, **named: P.kwargs) -> R_co: ...

        def __get__(self, instance: object, owner: type | None = None) -> Callable[..., R_co]:
            """A method of an instance, as of any function."""

# CO_GENERATOR, CO_COROUTINE and CO_ASYNC_GENERATOR of the module `inspect`, which takes long to import.
_GENERATOR, _COROUTINE, _ASYNC_GENERATOR = 0x20, 0x80, 0x200

# Held while a call of any decorated function is profiled: there is one profile at a time in a process.
_going_on = allocate_lock()


def decorated(options: profile, function: Callable[P, R]) -> Profiled[P, R]:
    """The function with each call profiled. Calls that come while one goes on, of other threads and of other
    decorated functions too, belong to that one."""
    if not callable(function) or isinstance(function, type):
        raise TypeError(f"swprof.profile() decorates functions, not {function!r}")
    flags = getattr(getattr(function, "__code__", None), "co_flags", 0)
    if flags & (_GENERATOR | _ASYNC_GENERATOR):
        raise TypeError(f"{function.__qualname__} is a generator, which runs in parts; profile the function that goes through it")
    wrap: Callable[[profile, Any], Any] = _asynchronous if flags & _COROUTINE else _plain
    wrapped: Profiled[P, R] = wrap(options, function)
    return wrapped


def _plain(options: profile, function: Callable[P, R]) -> Callable[P, R]:
    @functools.wraps(function)
    def call(*arguments: P.args, **named: P.kwargs) -> R:
        if not _going_on.acquire(False):
            return function(*arguments, **named)
        with _once(options, call):
            return function(*arguments, **named)

    call.profile = None  # type: ignore[attr-defined]
    return call


def _asynchronous(options: profile, function: Callable[P, Coroutine[Any, Any, R]]) -> Callable[P, Coroutine[Any, Any, R]]:
    @functools.wraps(function)
    async def call(*arguments: P.args, **named: P.kwargs) -> R:
        if not _going_on.acquire(False):
            return await function(*arguments, **named)
        with _once(options, call):
            return await function(*arguments, **named)

    call.profile = None  # type: ignore[attr-defined]
    return call


class _once:
    """One call, from its start to its end, however it ends; gives back what it holds of `_going_on`."""

    def __init__(self, options: profile, call: Any) -> None:
        self.options, self.call = options, call

    def __enter__(self) -> None:
        try:
            # A design in a file is read anew, which may fail.
            self.profile = self.options.another()
            self.profile._start(shows_caller=False)
        except BaseException:
            _going_on.release()
            raise

    def __exit__(self, *exception: object) -> None:
        try:
            self.profile.stop()
            self.call.profile = self.profile
        finally:
            _going_on.release()
