"""Functions of which every call is profiled."""
from __future__ import annotations

import functools
from _thread import allocate_lock

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

    from .block import profile

# CO_GENERATOR, CO_COROUTINE and CO_ASYNC_GENERATOR of the module `inspect`, which takes long to import.
_GENERATOR, _COROUTINE, _ASYNC_GENERATOR = 0x20, 0x80, 0x200

# Held while a call of any decorated function is profiled: there is one profile at a time in a process.
_going_on = allocate_lock()


def decorated(options: profile, function: Callable[..., Any]) -> Callable[..., Any]:
    """The function with each call profiled. Calls that come while one goes on, of other threads and of other
    decorated functions too, belong to that one."""
    if not callable(function) or isinstance(function, type):
        raise TypeError(f"swprof.profile() decorates functions, not {function!r}")
    flags = getattr(getattr(function, "__code__", None), "co_flags", 0)
    if flags & (_GENERATOR | _ASYNC_GENERATOR):
        raise TypeError(f"{function.__qualname__} is a generator, which runs in parts; profile the function that goes through it")
    return _asynchronous(options, function) if flags & _COROUTINE else _plain(options, function)


def _plain(options: profile, function: Callable[..., Any]) -> Callable[..., Any]:
    @functools.wraps(function)
    def call(*arguments, **named):
        if not _going_on.acquire(False):
            return function(*arguments, **named)
        with _once(options, call):
            return function(*arguments, **named)

    call.profile = None  # type: ignore[attr-defined]
    return call


def _asynchronous(options: profile, function: Callable[..., Any]) -> Callable[..., Any]:
    @functools.wraps(function)
    async def call(*arguments, **named):
        if not _going_on.acquire(False):
            return await function(*arguments, **named)
        with _once(options, call):
            return await function(*arguments, **named)

    call.profile = None  # type: ignore[attr-defined]
    return call


class _once:
    """One call, from its start to its end, however it ends; gives back what it holds of `_going_on`."""

    def __init__(self, options: profile, call: Any) -> None:
        self.profile, self.call = options.another(), call

    def __enter__(self) -> None:
        try:
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
