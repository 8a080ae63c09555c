"""What a design that is written in Python profiles with."""
TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from types import BuiltinFunctionType, CodeType, FrameType, MethodDescriptorType
    from typing import Any

    Called = CodeType | BuiltinFunctionType | MethodDescriptorType


class Tick:
    """One instant at which a sampler is to look.

    Attributes:
        number: how many ticks were due before.
        due: when it was due, in seconds since the run began.
        late: by how many seconds the clock woke up later. What waiting for the GIL adds comes on top.
    """

    __slots__ = ("due", "late", "number")

    def __init__(self, number: int, due: float, late: float) -> None:
        self.number, self.due, self.late = number, due, late

    def __repr__(self) -> str:
        return f"<tick {self.number}, due at {self.due:.6f} s>"


class SamplingSession:
    """What a sampler works with. Its methods are for the thread that `run` is called on.

    Attributes:
        rate: ticks a second.
        schedule: `jittered`, `poisson` or `periodic`.
        clock: `wall` or `cpu`.
    """

    def __init__(self, facts: "tuple[float, str, str]", functions: "tuple[Callable[..., Any], ...]") -> None:
        self.rate, self.schedule, self.clock = facts
        self._next_tick, self._sample, self._failed = functions

    def ticks(self) -> "Iterator[Tick]":
        """Waits, without the GIL, for each tick of the schedule, until the program ends.

        A tick that comes while nobody waits is missed, but for one that the next follows at once.
        """
        while (tick := self._next_tick()) is not None:
            yield Tick(*tick)

    def sample(self, stack: "FrameType | Iterable[FrameType | tuple[CodeType, int]]", thread: "int | None" = None) -> None:
        """Writes down what a thread does at this tick. Of one that gets no sample, the tick is missed.

        Args:
            stack: the frame that is running, whose callers are walked; or the stack itself, innermost first, of frames or of
                pairs of a code object and the instruction that it is at (`frame.f_lasti`).
            thread: its number in `sys._current_frames()`; the main thread unless told. Threads of swprof's own, and those that
                came after the tick, are left out.
        """
        if not hasattr(stack, "f_code"):
            stack = [frame if isinstance(frame, tuple) else (frame.f_code, frame.f_lasti) for frame in stack]
        self._sample(stack, thread)

    def failed(self, thread: "int | None" = None) -> None:
        """Writes down that a thread was looked at in vain."""
        self._failed(thread)


class TracingSession:
    """What a tracer works with: its two functions count and time the calls of the thread that calls them.

    Attributes:
        clock: `wall` or `cpu`.
        enter: `enter(called)`: a function is entered: its code object, or a function of C. What `start` itself calls
            does not count, and nothing does once `stop` is called.
        leave: `leave(called)`: it is left, and with it what it called and was not left. Without an argument the function
            that was entered last is.
    """

    def __init__(self, facts: "tuple[float, str, str]", functions: "tuple[Callable[..., Any], ...]") -> None:
        self.clock = facts[2]
        enter, leave = functions
        self.enter: Callable[[Called], None] = enter
        self.leave: Callable[..., None] = leave
