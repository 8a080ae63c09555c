"""A profile as a notebook shows it: a table with every interval drawn."""
from __future__ import annotations

import linecache
from html import escape

from .notebook_cells import place

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from .figures import Estimate, Function, Line
    from .results import Results

_ROWS = 20
_WIDTH, _HEIGHT = 160, 14


def page(results: Results) -> str:
    findings = results.to_dict()
    functions = results.functions
    rows = "".join(_row(function) for function in functions[:_ROWS])
    return (
        f"<div><p><b>swprof</b> {escape(_headline(findings))}</p>"
        "<table><thead><tr><th style='text-align:left'>function</th><th colspan='2'>self</th><th>s</th><th>total</th><th>s</th>"
        f"{'<th>calls</th>' if findings['kind'] == 'tracing' else ''}<th style='text-align:left'>where</th></tr></thead>"
        f"<tbody>{rows}</tbody></table>{_rest(len(functions))}{_lines(results)}{_caveats(results)}</div>")


def _headline(findings: dict[str, Any]) -> str:
    parts = [findings["design"], f"{findings['seconds']:.3g} s", f"{findings['clock']} clock"]
    if findings["ledger"]:
        parts.insert(1, f"{findings['rate']:,.6g} Hz {findings['schedule']}")
        parts.append(f"{findings['ledger']['taken']:,} of {findings['ledger']['due']:,} ticks taken")
    if findings["within"]:
        parts.append(f"shares of the time under {findings['within']}")
    return " · ".join(parts)


def _row(function: Function) -> str:
    calls = "" if function.calls is None else f"<td>{function.calls:,}</td>"
    where = "C" if function.file is None else place(function.file, function.line)
    return (
        f"<tr><td style='text-align:left'><code>{escape(_legible(function.qualname))}</code></td><td>{_drawn(function.self)}</td>"
        f"{_figure(function.self)}{_figure(function.total)}{calls}"
        f"<td style='text-align:left' title='{escape(_legible(function.file or ''))}'>{escape(_legible(where))}</td></tr>")


def _figure(estimate: Estimate) -> str:
    """A share with its interval, and its seconds."""
    return f"<td style='white-space:nowrap'>{estimate}</td><td>{estimate.seconds:.3g}</td>"


def _lines(results: Results) -> str:
    """The hottest lines with their source, where it is counted how often each was run."""
    lines = [line for line in results.lines if line.hits is not None]
    if not lines:
        return ""
    rows = "".join(_line_row(line) for line in lines[:_ROWS])
    return (
        "<table><thead><tr><th style='text-align:left'>line</th><th>hits</th><th colspan='2'>self</th><th>s</th>"
        f"<th style='text-align:left'>source</th></tr></thead><tbody>{rows}</tbody></table>")


def _line_row(line: Line) -> str:
    source = linecache.getline(line.file, line.line).rstrip()
    return (
        f"<tr><td style='text-align:left' title='{escape(_legible(line.file))}'>{escape(_legible(place(line.file, line.line)))}</td>"
        f"<td>{line.hits:,}</td><td>{_drawn(line.self)}</td>{_figure(line.self)}"
        f"<td style='text-align:left'><code style='white-space:pre'>{escape(_legible(source))}</code></td></tr>")


def _drawn(estimate: Estimate) -> str:
    """A bar as long as the share, and a whisker over its interval."""
    middle = _HEIGHT / 2
    bar = f"<rect y='3' width='{_WIDTH * (estimate.share if estimate.seconds else 0):.1f}' height='{_HEIGHT - 6}' fill='#7aa6da'/>"
    whisker = ""
    if estimate.low is not None and estimate.high is not None:
        low, high = _WIDTH * estimate.low, _WIDTH * estimate.high
        whisker = f"<path d='M{low:.1f} 2V{_HEIGHT - 2}M{low:.1f} {middle}H{high:.1f}M{high:.1f} 2V{_HEIGHT - 2}' stroke='#444' fill='none'/>"
    return f"<svg width='{_WIDTH + 2}' height='{_HEIGHT}' role='img' aria-label='{estimate}'>{bar}{whisker}</svg>"


def _rest(count: int) -> str:
    return f"<p>and {count - _ROWS:,} more functions</p>" if count > _ROWS else ""


def _caveats(results: Results) -> str:
    items = "".join(f"<li>{escape(_legible(caveat.text))}</li>" for caveat in results.caveats)
    return f"<ul>{items}</ul>" if items else ""


def _legible(text: str) -> str:
    """What a terminal or a browser would take for something else than text is escaped."""
    return "".join(character if character.isprintable() else ascii(character)[1:-1] for character in text)
