"""Whether the intervals cover."""
import re

import wording

# Key, what a row's figure begins with, or matches, and what the paper calls it.
GROUPS = (
    ("enumerated", r"poisson, one share, .* at least 10", r"Poisson, one share, count $\ge 10$ (enumerated)"),
    ("rare", r"poisson, one share, .* under 10", r"Poisson, one share, count $< 10$ (enumerated)"),
    ("simultaneous", r"poisson, all shares at once", "Poisson, all shares at once"),
    ("drawn poisson", r"poisson, drawn, .*, N = \d+$", "Poisson, recorded timelines"),
    ("drawn jittered", r"jittered, drawn, .*, N = \d+$", "Jittered, recorded timelines"),
    ("real poisson", r"poisson, real runs, .*, N = \d+$", "Poisson, real runs"),
    ("real jittered", r"jittered, real runs, .*, N = \d+$", "Jittered, real runs"),
    ("pooled", r".*, real runs, .*, all programs$", r"1\,kHz, all programs of a condition"),
    ("wall", r"\w+, real runs, wall (?!.*, (all programs|bias|lost ticks|N = \d+)$)", r"1\,kHz, wall clock, each program"),
    ("cpu", r"\w+, real runs, cpu (?!.*, (all programs|bias|lost ticks)$)", r"1\,kHz, CPU clock, each program"),
    ("loss", r"by loss, ", r"1\,kHz, by ticks lost"),
    ("share", r"simulated share", "Expected-run share (simulated)"),
    ("slowdown", r"simulated slowdown", "Slowdown (simulated)"),
    ("caught", r"periodic, lockstep is caught", "Lockstep is caught"),
    ("alarms", r"periodic, false alarms", "False alarms of lockstep"),
    ("control", r"control against control", "Control against control holds one"),
    ("planted", r"a planted slowdown", "A planted slowdown is held"),
)


def told(coverage, macros):
    rows = [row for row in coverage.rows if row.verdict]
    for verdict in ("met", "missed", "undecided"):
        macros.text(f"coverage/{verdict}", str(sum(row.verdict == verdict for row in rows)))
    macros.text("coverage/figures", str(len(rows)))
    macros.text("coverage/sessions", str(coverage.sessions))
    macros.text("coverage/misses", wording.listed(wording.escaped(row.figure) for row in rows if row.verdict == "missed"))
    table = []
    for key, pattern, name in GROUPS:
        group = [row for row in rows if re.match(pattern, row.figure)]
        if group:
            table.append(group_row(key, name, group, macros))
    macros.rows("coverage/table", table)
    conditions(rows, macros)
    losses(rows, macros)
    blocks(rows, macros)
    widths(rows, macros)
    farthest(rows, macros)


def group_row(key, name, group, macros):
    parts = [part for row in group for part in row.parts]
    low, high = (f"{wording.decimals(end, 1)}" for end in (min(parts), max(parts)))
    macros.text(f"coverage/{key}/lowest", low + r"\,\%")
    macros.text(f"coverage/{key}/highest", high + r"\,\%")
    met = f"{sum(row.verdict == 'met' for row in group)}/{len(group)}"
    return (name, wording.escaped(group[0].asked.removesuffix(", but for chance")), low if low == high else f"{low}--{high}", met)


def conditions(rows, macros):
    """By condition: coverage of all programs, of the lowest one, the bias that is furthest off, and what was lost."""
    table = []
    for row in rows:
        if not (found := re.fullmatch(r"(\w+), real runs, (.*), all programs", row.figure)):
            continue
        name = f"{found[2]}, {found[1]}" if found[1] != "jittered" else found[2]
        own = {other.figure.rsplit(", ", 1)[1]: other for other in rows if other.figure.startswith(f"{found[1]}, real runs, {found[2]}, ")}
        programs = [part for title, other in own.items() if title not in ("all programs", "bias", "lost ticks") and not title.startswith("N = ") for part in other.parts]
        bias = re.search(r" (-?\d+\.\d+) \[", own["bias"].measured)
        verdicts = [own[title].verdict for title in ("all programs", "bias", "lost ticks")]
        table.append((
            wording.escaped(name), first(row), wording.decimals(min(programs), 1), wording.decimals(float(bias[1]), 2) if bias else "--",
            wording.decimals(own["lost ticks"].parts[0], 2) if own["lost ticks"].parts else "--", "/".join(verdict[:3] for verdict in verdicts)))
    macros.rows("coverage/conditions", table)


def losses(rows, macros):
    """By the part of ticks lost: coverage, root-mean-square error in points, and runs."""
    macros.rows("coverage/losses", [
        (wording.escaped(row.figure.removeprefix("by loss, ").removesuffix(" of ticks lost")), first(row),
         error[1] if (error := re.search(r"root-mean-square error (\d+\.\d+)", row.measured)) else "--", wording.escaped(row.source), row.verdict)
        for row in rows if row.figure.startswith("by loss, ")])


def blocks(rows, macros):
    """The bias of what a short block does first and last, in ticks."""
    macros.rows("coverage/blocks", [
        (wording.escaped(row.figure.removeprefix("short blocks, ")), row.measured.removesuffix(" ticks").replace("-", r"\textminus{}"), row.verdict)
        for row in rows if row.figure.startswith("short blocks, ")])


def first(row):
    return wording.decimals(row.parts[0], 1) if row.parts else "--"


def widths(rows, macros):
    """How wide jittered intervals are, as a part of Poisson's, where phases are slow; over all programs."""
    parts = [float(row.measured) for row in rows if "mean width / poisson's on slow phases" in row.figure]
    widest = [float(row.measured) for row in rows if "widest / poisson's" in row.figure]
    macros.text("coverage/width/least", wording.decimals(min(parts), 2))
    macros.text("coverage/width/most", wording.decimals(max(parts), 2))
    macros.text("coverage/width/widest", wording.decimals(max(widest), 2))


def farthest(rows, macros):
    """The greatest mean error of any function of any program, in points."""
    errors = [float(found.group(1)) for row in rows if ", bias, " in row.figure and (found := re.search(r"(-?\d+\.\d+) \[", row.measured))]
    macros.text("coverage/bias/furthest", wording.decimals(max(errors, key=abs), 2))
