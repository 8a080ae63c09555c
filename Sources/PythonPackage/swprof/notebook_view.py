"""A profile as a notebook shows it: a table with every interval drawn."""
from __future__ import annotations

import os
from html import escape

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from .figures import Estimate, Function
    from .results import Results

_ROWS = 20
_WIDTH, _HEIGHT = 160, 14


def page(results: Results) -> str:
    findings = results.to_dict()
    functions = results.functions
    rows = "".join(_row(function) for function in functions[:_ROWS])
    return (
        f"<div><p><b>swprof</b> {escape(_headline(findings))}</p>"
        "<table><thead><tr><th style='text-align:left'>function</th><th colspan='2'>self</th><th>total</th>"
        f"{'<th>calls</th>' if findings['kind'] == 'tracing' else ''}<th style='text-align:left'>where</th></tr></thead>"
        f"<tbody>{rows}</tbody></table>{_rest(len(functions))}{_caveats(results)}</div>")


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
    where = "C" if function.file is None else f"{os.path.basename(function.file)}:{function.line}"
    return (
        f"<tr><td style='text-align:left'><code>{escape(_legible(function.qualname))}</code></td><td>{_drawn(function.self)}</td>"
        f"<td style='white-space:nowrap'>{function.self}</td><td style='white-space:nowrap'>{function.total}</td>{calls}"
        f"<td style='text-align:left' title='{escape(_legible(function.file or ''))}'>{escape(_legible(where))}</td></tr>")


def _drawn(estimate: Estimate) -> str:
    """A bar as long as the share, and a whisker over its interval."""
    middle = _HEIGHT / 2
    bar = f"<rect y='3' width='{_WIDTH * estimate.share:.1f}' height='{_HEIGHT - 6}' fill='#7aa6da'/>"
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
