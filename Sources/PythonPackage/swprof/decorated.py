"""Functions of which every call is profiled."""
from __future__ import annotations

import functools

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

    from .block import profile

# CO_GENERATOR, CO_COROUTINE and CO_ASYNC_GENERATOR of the module `inspect`, which takes long to import.
_GENERATOR, _COROUTINE, _ASYNC_GENERATOR = 0x20, 0x80, 0x200


def decorated(options: profile, function: Callable[..., Any]) -> Callable[..., Any]:
    """The function with each call profiled. Calls that come while one goes on, its own recursion too, belong to that one."""
    if not callable(function) or isinstance(function, type):
        raise TypeError(f"swprof.profile() decorates functions, not {function!r}")
    flags = getattr(getattr(function, "__code__", None), "co_flags", 0)
    if flags & (_GENERATOR | _ASYNC_GENERATOR):
        raise TypeError(f"{function.__qualname__} is a generator, which runs in parts; profile the function that goes through it")
    return _asynchronous(options, function) if flags & _COROUTINE else _plain(options, function)


def _plain(options: profile, function: Callable[..., Any]) -> Callable[..., Any]:
    @functools.wraps(function)
    def call(*arguments, **named):
        if running:
            return function(*arguments, **named)
        with _once(options, call, running):
            return function(*arguments, **named)

    running: list[profile] = []
    call.profile = None  # type: ignore[attr-defined]
    return call


def _asynchronous(options: profile, function: Callable[..., Any]) -> Callable[..., Any]:
    @functools.wraps(function)
    async def call(*arguments, **named):
        if running:
            return await function(*arguments, **named)
        with _once(options, call, running):
            return await function(*arguments, **named)

    running: list[profile] = []
    call.profile = None  # type: ignore[attr-defined]
    return call


class _once:
    """One call, from its start to its end, however it ends."""

    def __init__(self, options: profile, call: Any, running: list[profile]) -> None:
        self.profile, self.call, self.running = options.another(), call, running

    def __enter__(self) -> None:
        self.profile._start(shows_caller=False)
        self.running.append(self.profile)

    def __exit__(self, *exception: object) -> None:
        self.running.clear()
        self.profile.stop()
        self.call.profile = self.profile
