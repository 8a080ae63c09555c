"""`swprof.overhead`: what a design costs a function, measured in this process."""
from __future__ import annotations

import json
import platform

from .design_switch import DesignSwitch
from .options import Options
from .overheads import Overhead
from .passes import Passes, document
from .private_folder import PrivateFolder

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

    from .facts import Design

# CO_GENERATOR, CO_COROUTINE and CO_ASYNC_GENERATOR of the module `inspect`.
_IN_PARTS = 0x20 | 0x80 | 0x200


def overhead(
    function: Callable[[], object], design: Design | type = "signal", rate: float = 1000, seconds: float = 6, *, pairs: int = 300,
    seed: int | None = None,
) -> Overhead:
    """Measures what a design costs while a function runs, by a duet: on and off at random in this process.

        swprof.overhead(work).ratio
        swprof.overhead(lambda: parse(text), design="evalframe", seconds=20)

    A pass is one call of the function, or as many as take 5 to 20 ms. Neighbouring passes with the design on and off, in random
    order, are a pair; the pass right behind a switch is measured and left out. Among them are pairs of on with on and off with
    off, which should show no difference.

    Args:
        function: what to call, without arguments; with the same work each time.
        design: as for `swprof.profile`.
        rate: ticks a second, for samplers.
        seconds: how long pairs of on and off are measured. The self-test takes half as long again, and the start-up, which
            is measured with the first look at a result, about two seconds.
        pairs: so many there are to be; for that it goes on, for up to ten times the seconds.
        seed: where the random order starts, to have it again.

    Raises:
        ValueError, TypeError: for options that cannot be, and for what cannot be called without arguments.
        SwprofError: where profiling goes on already in this process, or the design cannot work in this interpreter.
        Whatever the function raises.
    """
    options = Options(design, rate, "jittered", "wall", (), seed, False)
    with PrivateFolder() as folder:
        measured = measure(function, options, seconds, pairs, folder.file("duet.swlog"))
    return Overhead(json.dumps(measured).encode())


def measure(function: Callable[[], object], options: Options, seconds: Any, pairs: Any, log: str) -> dict[str, Any]:
    """The passes of a duet, as the program `swprof` reads them."""
    from random import Random

    check_function(function)
    passes = Passes(function, DesignSwitch(options, log), Random(options.seed))
    passes.measure(_seconds(seconds), _pairs(pairs))
    return document(passes, {
        "design": options.design, "kind": options.kind, "rate": options.rate, "python": platform.python_version(), "wantedPairs": pairs,
        "callsLost": _calls_lost(log) if options.kind == "tracing" else None})


def _calls_lost(log: str) -> str | None:
    """What a tracer says of calls that it lost in the last pass with it on, which cost nothing; None where it lost none."""
    from . import program

    reasons = json.loads(program.call("report", "--json", log))["unaccounted"]["reasons"]
    return next((reason["text"] for reason in reasons if reason["code"] == "calls-lost"), None)


def check_function(function: Any) -> None:
    """Raises TypeError, in one line, for what cannot be a pass."""
    import inspect

    if not callable(function):
        raise TypeError(f"a pass is a function without arguments, not {function!r}")
    name = getattr(function, "__qualname__", repr(function))
    if getattr(getattr(function, "__code__", None), "co_flags", 0) & _IN_PARTS:
        raise TypeError(f"{name} is a coroutine or a generator, which runs in parts; give a function that goes through it")
    try:
        inspect.signature(function).bind()
    except TypeError:
        raise TypeError(f"{name} cannot be called without arguments; give one that can, such as lambda: {name}(…)") from None
    except ValueError:
        pass  # A function of C that does not say what it takes.


def _seconds(seconds: Any) -> float:
    if isinstance(seconds, bool) or not isinstance(seconds, (int, float)):
        raise TypeError(f"seconds are a number, not {seconds!r}")
    if not 0 < seconds <= 86_400:
        raise ValueError(f"{seconds} seconds cannot be measured; give a number above 0, up to 86400")
    return float(seconds)


def _pairs(pairs: Any) -> int:
    if isinstance(pairs, bool) or not isinstance(pairs, int):
        raise TypeError(f"pairs are a whole number, not {pairs!r}")
    if not 1 <= pairs <= 1_000_000:
        raise ValueError(f"{pairs} pairs cannot be measured; give a number from 1 to 1000000")
    return pairs
