"""What a profile says."""
from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    import os
    from collections.abc import Callable
    from typing import Any, Literal

    import pandas

    from .figures import Caveat, Function, Ledger, Line

    View = Literal["tree", "function", "line", "stack", "thread", "task", "process", "opcode"]

from .errors import SwprofError

_VIEWS = ("tree", "function", "line", "stack", "thread", "task", "process", "opcode")


class Results:
    """The findings of one run. Plain data once they have been looked at, and picklable.

    Every access may raise SwprofError where the profile could not be analysed.
    """

    def __init__(self, findings: tuple[str, bytes] | None = None) -> None:
        # The JSON of `swprof run`, and the profile as a pprof file.
        self._findings = findings
        self._figures: dict[str, list[Any]] = {}

    def _analyse(self) -> tuple[str, bytes]:
        assert self._findings is not None
        return self._findings

    def to_dict(self) -> dict[str, Any]:
        """The findings as `swprof run --json` gives them; a new dictionary each time."""
        text = self._analyse()[0]
        import json
        findings: dict[str, Any] = json.loads(text)
        return findings

    # The figures

    @property
    def functions(self) -> list[Function]:
        """All functions that were seen, the hottest first by their own time."""
        return self._made("functions")

    @property
    def lines(self) -> list[Line]:
        """All lines that were seen, the hottest first; empty for tracers other than `lines`."""
        return self._made("lines")

    def _made(self, name: str) -> list[Any]:
        if name not in self._figures:
            places = self.to_dict()[name]
            from . import figures
            figure: Callable[[dict[str, Any]], Any] = {"functions": figures.function, "lines": figures.line}[name]
            self._figures[name] = [figure(place) for place in places]
        return list(self._figures[name])

    def function(self, name: str) -> Function:
        """The function of this qualified or bare name, the hottest of several. Raises LookupError where none was seen."""
        functions = self.functions
        named = [function for function in functions if function.qualname == name] or [
            function for function in functions if function.name == name]
        if not named:
            raise LookupError(f"no function named {name!r} was seen; see functions for those that were")
        return max(named, key=lambda function: function.total.seconds)

    @property
    def seconds(self) -> float:
        """Wall time that was profiled, in seconds."""
        return float(self.to_dict()["seconds"])

    @property
    def ledger(self) -> Ledger | None:
        """What became of the ticks; None for tracers."""
        from .figures import Ledger
        ledger = self.to_dict()["ledger"]
        return ledger and Ledger(*(ledger[name] for name in ("due", "taken", "late", "missed", "failed")))

    @property
    def caveats(self) -> list[Caveat]:
        """What one has to know before believing the figures."""
        from .figures import Caveat
        return [Caveat(caveat["code"], caveat["text"]) for caveat in self.to_dict()["caveats"]]

    def within(self, function: str) -> Results:
        """The same run with shares of the time under one function. Raises SwprofError where it was not seen."""
        self._check_seen(function)
        return Results((self._report("--json", "--within", function), self._analyse()[1]))

    def _check_seen(self, function: str) -> None:
        try:
            self.function(function)
        except LookupError as error:
            raise SwprofError(str(error)) from None

    # Other forms

    def report(self, *, by: View = "function", top: int = 20) -> str:
        """The tables that `swprof report` prints, `tree` its first screen; `top` is how many rows.

        Raises ValueError where there is no such table.
        """
        if by not in _VIEWS:
            raise ValueError(f"there is no report by {by!r}; give one of {', '.join(_VIEWS)}")
        if isinstance(top, bool) or not isinstance(top, int) or top < 1:
            raise ValueError(f"top is a number of rows from 1 on, not {top!r}")
        within = self.to_dict()["within"]
        return self._report("--by", by, "--top", str(top), *(["--within", within] if within else []))

    def write(self, path: str | os.PathLike[str]) -> None:
        """Writes the profile; the ending says how.

        `.pb.gz` is pprof, `.json` the findings, `.html` a report that works offline, `.collapsed` collapsed stacks;
        and whatever else `swprof convert` knows. Raises SwprofError where it cannot be written.
        """
        from .writing import write
        write(self, path)

    def to_pandas(self, by: Literal["function", "line"] = "function") -> pandas.DataFrame:
        """A table with one row a function or line; raises ImportError where pandas is not installed.

        Columns are those of the figures, with `self_` and `total_` before those of an estimate.
        """
        from .table import table
        return table(self, by)

    def _repr_html_(self) -> str:
        from .notebook_view import page
        return page(self)

    def _repr_pretty_(self, printer: Any, cycle: bool) -> None:
        """What IPython shows in a terminal."""
        printer.text("…" if cycle else str(self))

    def __str__(self) -> str:
        return self.report()

    def __repr__(self) -> str:
        findings = self.to_dict()
        hottest = f", hottest {self.functions[0]}" if findings["functions"] else ""
        return f"<swprof profile by {findings['design']}, {findings['seconds']:.3g} s{hottest}>"

    def _report(self, *words: str) -> str:
        """What `swprof report` says of the profile."""
        from . import program
        from .private_folder import PrivateFolder

        with PrivateFolder() as folder:
            return program.call("report", folder.write("profile.pb.gz", self._analyse()[1]), *words)
