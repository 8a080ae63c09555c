"""The magics `%swprof` and `%%swprof`, which `%load_ext swprof` brings."""
from __future__ import annotations

import ast
from typing import Any

from IPython.core.error import UsageError
from IPython.core.interactiveshell import InteractiveShell
from IPython.core.magic import Magics, line_cell_magic, magics_class
from IPython.display import display

from .block import profile
from .errors import SwprofError
from .results import Results

_SHORT = "d:r:o:"
_LONG = ["design=", "rate=", "schedule=", "clock=", "trace=", "seed=", "within=", "output="]


@magics_class
class SwprofMagics(Magics):
    """Profile a statement or a cell, by the command line's options."""

    @line_cell_magic
    def swprof(self, line: str, cell: str | None = None) -> Results:
        """Profile a statement, or a cell.

            %swprof [options] STATEMENT
            %%swprof [options]

        Options, as those of `swprof run`:
            -d, --design DESIGN     signal (the default), or another of those that `swprof run --help` lists
            -r, --rate HZ           ticks a second, for samplers
            --schedule SCHEDULE     jittered, poisson or periodic
            --clock CLOCK           wall or cpu
            --trace FUNCTION        for lines: trace only functions of this name; may be given again
            --seed N                where the schedule's random numbers start
            --within FUNCTION       take shares of the time under this function
            -o, --output FILE       write the profile here, too

        The value is the profile, which the notebook shows: `p = %swprof work()` keeps it. Code that raises is shown
        with the profile up to there.
        """
        options, statement = self.parse_options(line, _SHORT, *_LONG, preserve_non_opts=True)
        source = statement if cell is None else cell
        if not source.strip():
            raise UsageError("swprof: there is nothing to profile; write a statement behind %swprof, or a cell under %%swprof")
        if cell is not None and statement.strip():
            raise UsageError(f"swprof: {statement.strip()!r} is no option; the code goes below %%swprof")
        return self._shown(self._run(_profile(options), source), options)

    def _run(self, block: profile, source: str) -> profile:
        try:
            code = self._compiled(source)
        except SyntaxError as error:
            raise UsageError(f"swprof: {_problem(error)}") from None
        try:
            block._start(shows_caller=False)
        except SwprofError as error:
            raise UsageError(f"swprof: {error}") from None
        try:
            exec(code, self._interactive.user_ns)
        except BaseException:
            block.stop()
            display(block)  # type: ignore[no-untyped-call]
            raise
        return block.stop()

    def _compiled(self, source: str) -> Any:
        """Under a name by which IPython finds the source again, so that lines can be shown."""
        shell = self._interactive
        source = shell.transform_cell(source)  # type: ignore[no-untyped-call]
        name = shell.compile.cache(source, shell.execution_count)
        tree: ast.Module = shell.transform_ast(shell.compile.ast_parse(source, filename=name))  # type: ignore[no-untyped-call]
        return shell.compile(tree, name, "exec")  # type: ignore[arg-type]

    @property
    def _interactive(self) -> InteractiveShell:
        """The shell that the magics were loaded into."""
        assert self.shell is not None
        return self.shell

    def _shown(self, block: profile, options: dict[str, Any]) -> Results:
        try:
            results = block.within(options["within"]) if "within" in options else block
            if output := _either(options, "o", "output"):
                block.write(output)
            return results
        except SwprofError as error:
            raise UsageError(f"swprof: {error}") from None


def _problem(error: SyntaxError) -> str:
    if "outside" in error.msg and ("await" in error.msg or "asynchronous" in error.msg):
        return "code that awaits by itself cannot be profiled by a magic; put it into an async function with @swprof.profile(), and await that"
    return f"the code cannot be compiled: line {error.lineno}: {error.msg}"


def _profile(options: dict[str, Any]) -> profile:
    named: dict[str, Any] = {name: options[name] for name in ("schedule", "clock") if name in options}
    if design := _either(options, "d", "design"):
        named["design"] = design
    trace = options.get("trace", [])
    try:
        if rate := _either(options, "r", "rate"):
            named["rate"] = float(rate)
        if "seed" in options:
            named["seed"] = int(options["seed"])
        return profile(trace=[trace] if isinstance(trace, str) else trace, **named)
    except (TypeError, ValueError) as error:
        raise UsageError(f"swprof: {error}") from None


def _either(options: dict[str, Any], short: str, long: str) -> str | None:
    return options.get(short, options.get(long))
