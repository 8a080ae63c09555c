"""`swprof.profile`: a block, a function or a stretch of a running program, profiled."""
from __future__ import annotations

import sys
from _thread import allocate_lock

from .capture import Capture
from .errors import SwprofError
from .options import Options
from .results import Results

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from types import TracebackType
    from typing import Any, Literal, ParamSpec, TypeVar

    from .decorated import Profiled
    from .facts import Clock, Design

    P = ParamSpec("P")
    R = TypeVar("R")


class profile(Results):
    """Profiles what runs in a block, in calls of a function, or between `start` and `stop`.

        with swprof.profile(rate=10_000) as p: work()
        async with swprof.profile() as p: await work()
        p = swprof.profile().start(); work(); p.stop()

        @swprof.profile(design="evalframe")
        def work(): ...                      # also async; work.profile is the profile of its last call

    It holds what the thread of the block does, and the threads that start meanwhile, whoever starts them.

    Leaving only closes a log. The first look at a result has it analysed, once, by the program `swprof`; from then on
    the profile is plain data, and can be pickled. A block that raises keeps its profile, and its exception goes on.

    Args:
        design: `signal` (the default) or another that samples, or one that traces, such as `evalframe`. `swprof.facts.DESIGNS`
            has them all, and which Python each needs. Or a class of your own that `swprof.design` decorates, or the file and
            the name of one, `sampler.py:TalkSampler`, which type checkers do not know.
        rate: ticks a second, for samplers: 0.01 to 100,000.
        schedule: when a sampler looks: `jittered`, `poisson` or `periodic`.
        clock: what the time is: `wall` or `cpu`.
        trace: for `lines`: the functions to trace, by name; all where there are none.
        seed: where the schedule's random numbers start, to have them again: 0 to 2**64 - 1.
        all_threads: whether threads that were there before count, too. What they wait is thread-time like any other.
        children: whether processes count, too, that are started meanwhile: forks, and Python programs. Shares are of the
            thread-time of all.

    Raises:
        ValueError, TypeError: for options that cannot be.
        SwprofError: where profiling goes on already in this process, where this profile was used before, or where a
            design cannot work in this interpreter.
    """

    def __init__(
        self, design: Design | type = "signal", rate: float = 1000, *, schedule: Literal["jittered", "poisson", "periodic"] = "jittered",
        clock: Clock = "wall", trace: Iterable[str] | str = (), seed: int | None = None, all_threads: bool = False,
        children: bool = False,
    ) -> None:
        super().__init__()
        self._options = Options(design, rate, schedule, clock, trace, seed, all_threads, children)
        self._capture: Capture | None = None
        self._state = "new"
        self._lock = allocate_lock()

    # A block

    def start(self) -> profile:
        """Starts profiling now. Returns itself."""
        return self._start(shows_caller=True)

    def stop(self) -> profile:
        """Ends profiling, and closes the log. Returns itself."""
        if self._state != "running" or self._capture is None:
            raise SwprofError("this profile does not run; start it first, with start() or in a with statement")
        self._state = "finished"
        self._capture.stop()
        return self

    def __del__(self) -> None:
        # Nobody can stop it any more, and until it ends no other can begin.
        if getattr(self, "_state", None) == "running" and not sys.is_finalizing():
            self.stop()

    def _start(self, *, shows_caller: bool) -> profile:
        if self._state == "running":
            raise SwprofError("this profile runs already; make another with swprof.profile() once it has ended")
        if self._state == "finished":
            raise SwprofError("this profile has ended and keeps its results; make another with swprof.profile()")
        self._capture = Capture(self._options, shows_caller=shows_caller)
        self._state = "running"
        return self

    def __enter__(self) -> profile:
        return self._start(shows_caller=True)

    def __exit__(self, kind: type[BaseException] | None, exception: BaseException | None, traceback: TracebackType | None) -> None:
        # The block may have stopped it by itself.
        if self._state == "running":
            self.stop()

    async def __aenter__(self) -> profile:
        return self._start(shows_caller=True)

    async def __aexit__(self, kind: type[BaseException] | None, exception: BaseException | None, traceback: TracebackType | None) -> None:
        self.__exit__(kind, exception, traceback)

    # A function

    def __call__(self, function: Callable[P, R]) -> Profiled[P, R]:
        """Decorates a function: each of its calls is profiled anew, and `function.profile` is the last one's profile."""
        from .decorated import decorated
        return decorated(self, function)

    def another(self) -> profile:
        """A new profile with the same options."""
        options = self._options
        return profile(
            options.given, options.rate, schedule=options.schedule, clock=options.clock, trace=options.trace, seed=options.seed,
            all_threads=options.all_threads, children=options.children)

    # Results

    def _analyse(self) -> tuple[str, bytes]:
        with self._lock:
            if self._findings is None:
                capture = self._finished_capture()
                if sys.is_finalizing():
                    capture.folder.close()
                    raise SwprofError("the interpreter is ending, so this profile is lost; look at its results before the program's end")
                # Not before: an interpreter that is ending imports nothing.
                from . import program
                profile_file = capture.folder.file("profile.pb.gz")
                python = ["--python", sys.executable] if sys.executable else []
                text = program.call("report", capture.log, "--json", "-o", profile_file, *python)
                with open(profile_file, "rb") as file:
                    self._findings = text, file.read()
                capture.folder.close()
            return self._findings

    def _finished_capture(self) -> Capture:
        if self._state == "new" or self._capture is None:
            raise SwprofError("this profile has no results, for it never ran; start it, or use it in a with statement")
        if self._state == "running":
            raise SwprofError("this profile still runs; its results are there when it has been stopped")
        if self._capture.is_lost:
            raise SwprofError("this profile goes on in the process that this one was forked from; look at its results there")
        return self._capture

    def __getstate__(self) -> dict[str, Any]:
        findings = None if self._state == "new" else self._analyse()
        return {"options": self._options, "state": self._state, "findings": findings}

    def __setstate__(self, state: dict[str, Any]) -> None:
        self._options, self._state, self._findings = state["options"], state["state"], state["findings"]
        self._figures = {}
        self._capture = None
        self._lock = allocate_lock()

    def _repr_pretty_(self, printer: Any, cycle: bool) -> None:
        if self._state == "finished":
            super()._repr_pretty_(printer, cycle)
        else:
            printer.text(repr(self))

    def __repr__(self) -> str:
        if self._findings is not None:
            return super().__repr__()
        return f"<swprof.profile by {self._options.design}, {self._state}>"
