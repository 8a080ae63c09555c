"""The findings of all cases as a table, for the terminal and for the page."""
from __future__ import annotations

TITLES = ("case", "runs", "furthest off", "predicted", "measured", "measured − predicted", "error of a run", "covered", "verdicts")
# Between these the page has the table.
BEGIN, END = "<!-- replay: made by experiments/replay/run.py --report --markdown docs/simulate.md -->\n", "<!-- end -->"
NOTHING = "Nothing is measured yet."


def cells(found: dict) -> tuple[str, ...]:
    """One row. Errors are in percentage points."""
    farthest, pooled, error = found["farthest"], found["pooled"], found["error"]
    return (
        named(found), str(found["runs"]), farthest["name"], points(farthest["predicted"]), interval(farthest["measured"]), interval(pooled),
        f"{size(error['predicted'])} / {size(error['measured'])}", covered(found["coverage"]), verdicts(found["verdicts"]))


def named(found: dict) -> str:
    """`py-spy, 100 Hz, zipf`; a schedule other than a tool's own, and how much longer recording took."""
    schedule = ", periodic" if found["tool"] == "signal" and found["schedule"] == "periodic" else ""
    stretch = "" if found["stretch"] is None else f" (recorded {found['stretch']:.2f} times as long)"
    return f"{found['tool']}{schedule}, {found['rate']:,} Hz, {found['program']}{stretch}"


def points(value: float) -> str:
    """With its sign, a true minus."""
    text = f"{100 * value:+.2f}"
    return ("0.00" if float(text) == 0 else text).replace("-", "−")


def size(value: float) -> str:
    return f"{100 * value:.2f}"


def interval(found: dict) -> str:
    if found["low"] is None:
        return points(found["value"])
    return f"{points(found['value'])} [{points(found['low'])}, {points(found['high'])}]"


def covered(found: dict | None) -> str:
    """Predicted and measured."""
    if found is None:
        return "no interval"
    return f"{100 * found['predicted']:.1f} / {100 * found['value']:.1f} % [{100 * found['low']:.1f}, {100 * found['high']:.1f}]"


def verdicts(found: dict[str, str | None]) -> str:
    """Of all three: `bias met, error missed`."""
    return ", ".join(f"{key} {verdict}" for key, verdict in found.items() if verdict)


def text(found: list[dict]) -> str:
    """Also with the ticks that were lost, and with the machine's load."""
    rows = [(*TITLES, "lost", "load"), *((*cells(each), lost(each["lost"]), f"{each['load']:.1f}") for each in found)]
    widths = [max(map(len, column)) for column in zip(*rows)]
    return "\n".join("  ".join(cell.ljust(width) for cell, width in zip(row, widths)).rstrip() for row in rows)


def lost(part: float | None) -> str:
    return "not known" if part is None else f"{100 * part:.2f} %"


def markdown(found: list[dict]) -> str:
    if not found:
        return NOTHING
    rows = [TITLES, ("---",) * len(TITLES), *([cell.replace("missed", "**missed**") for cell in cells(each)] for each in found)]
    return "\n".join(f"| {' | '.join(row)} |" for row in rows) + "\n\n" + counted(found)


def counted(found: list[dict]) -> str:
    """How many verdicts there are of each kind."""
    all_verdicts = [verdict for each in found for verdict in each["verdicts"].values() if verdict]
    by_kind = ", ".join(f"{all_verdicts.count(kind)} {kind}" for kind in ("met", "missed", "undecided"))
    return f"Of {len(all_verdicts)} verdicts: {by_kind}. A perfect prediction misses one in twenty."


def put(table: str, page: str) -> str:
    """The page with this table in place of the one that it has."""
    before, rest = page.split(BEGIN)
    return before + BEGIN + table + "\n" + END + rest.split(END, 1)[1]
