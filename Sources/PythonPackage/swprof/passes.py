"""Passes of a function, with a design on or off at random: what a duet measures."""
from __future__ import annotations

from array import array
from itertools import repeat
from time import perf_counter_ns, process_time_ns, thread_time_ns

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from random import Random
    from typing import Any, Protocol

    class Switch(Protocol):
        """What puts a design on and off; off at first."""

        is_on: bool

        def on(self) -> None: ...
        def off(self) -> None: ...

COLUMNS = ["arm", "pair", "place", "on", "numerator", "wall", "cpu", "thread"]
# Of pairs: on with off, on with itself, off with itself. In every six there are four, one and one.
DUET, ON, OFF = 0, 1, 2
CYCLE = (DUET, DUET, DUET, DUET, ON, OFF)
# Passes in a pair of the duet: two, and a washout pass behind each switch, of which every second pair saves one.
PASSES_A_PAIR = 3.5
# How long a pass is, in nanoseconds, where the function is not longer.
SHORTEST, LONGEST = 5_000_000, 20_000_000
WARM_UP = 5
# How many times as long as it was asked to the duet goes on for pairs that are missing.
PATIENCE = 10


class Passes:
    """The passes of one duet. `rows` has `COLUMNS` for each, in the order in which they were made, times in nanoseconds."""

    def __init__(self, function: Callable[[], object], switch: Switch, random: Random) -> None:
        self._function, self._switch, self._random = function, switch, random
        self.calls = 1
        self._numbers = array("q")
        self._pair = 0
        # The last pass of the warm-up is the one behind a switch.
        self._place = 1

    @property
    def rows(self) -> list[list[int]]:
        width = len(COLUMNS)
        return [list(self._numbers[at:at + width]) for at in range(0, len(self._numbers), width)]

    def measure(self, seconds: float, pairs: int) -> None:
        """Measures for so many seconds of passes with the design on and off, and on until there are so many pairs.

        It gives up on missing pairs when it has taken ten times as long. The self-test's pairs take half as long again.
        However it ends, the design is off then.
        """
        try:
            self.calls = calls_in_a_pass(self._function, seconds * 1e9 / (PASSES_A_PAIR * pairs))
            self._warm_up()
            self._measure(seconds * 1e9, pairs)
        finally:
            if self._switch.is_on:
                self._switch.off()

    def _warm_up(self) -> None:
        for _ in range(WARM_UP):
            self._set(True)
            self._pass()
            self._set(False)
            self._pass()

    def _measure(self, nanoseconds: float, pairs: int) -> None:
        spent, measured = 0, 0
        while measured == 0 or spent < nanoseconds or measured < pairs and spent < PATIENCE * nanoseconds:
            for arm in self._random.sample(CYCLE, len(CYCLE)):
                begin = perf_counter_ns()
                self._measure_pair(arm)
                if arm == DUET:
                    spent += perf_counter_ns() - begin
                    measured += 1

    def _measure_pair(self, arm: int) -> None:
        # Of two that are alike, which one is the numerator is as random as the order of two that are not.
        first = self._random.random() < 0.5
        self._enter(self._is_on(arm, first), arm)
        self._record(arm, first)
        self._enter(self._is_on(arm, not first), arm, again=arm != DUET)
        self._record(arm, not first)
        self._pair += 1

    @staticmethod
    def _is_on(arm: int, is_numerator: bool) -> bool:
        return is_numerator if arm == DUET else arm == ON

    def _enter(self, is_on: bool, arm: int, *, again: bool = False) -> None:
        """Switches where that is needed, or where it is to be as if it were, and makes the washout pass."""
        if is_on == self._switch.is_on and not again:
            return
        if is_on:
            self._set(False)
        self._set(is_on)
        self._place = 0
        self._record(arm, False)

    def _set(self, is_on: bool) -> None:
        if is_on != self._switch.is_on:
            (self._switch.on if is_on else self._switch.off)()

    def _record(self, arm: int, is_numerator: bool) -> None:
        times = self._pass()
        self._numbers.extend((arm, self._pair, self._place, self._switch.is_on, is_numerator, *times))
        self._place += 1

    def _pass(self) -> tuple[int, int, int]:
        """One pass: its wall time, and the CPU time of the process and of this thread."""
        function, calls = self._function, repeat(None, self.calls)
        cpu, thread, wall = process_time_ns(), thread_time_ns(), perf_counter_ns()
        for _ in calls:
            function()
        wall_end, thread_end, cpu_end = perf_counter_ns(), thread_time_ns(), process_time_ns()
        return wall_end - wall, cpu_end - cpu, thread_end - thread


def calls_in_a_pass(function: Callable[[], object], nanoseconds: float) -> int:
    """How many calls take so long, or as near to it as a pass may be."""
    wanted = min(max(nanoseconds, SHORTEST), LONGEST)
    calls = 1
    while True:
        # What disturbs a machine only lengthens a pass, and the first calls take longer than those that follow.
        spent = min(_time(function, calls) for _ in range(3))
        if spent >= wanted:
            return calls
        calls = min(max(calls + 1, round(1.1 * calls * wanted / max(spent, 1))), 10 * calls)


def _time(function: Callable[[], object], calls: int) -> int:
    begin = perf_counter_ns()
    for _ in repeat(None, calls):
        function()
    return perf_counter_ns() - begin


def document(passes: Passes, facts: dict[str, Any]) -> dict[str, Any]:
    """The passes as the program `swprof` reads them."""
    return {"schema": "swprof.passes/1", **facts, "calls": passes.calls, "columns": COLUMNS, "passes": passes.rows}
