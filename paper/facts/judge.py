"""The judge's battery: by profiler and question, how many rows are met, missed, and cannot be told."""
import collections

import wording

# The questions of `swprof judge`, in the order of its cards.
GROUPS = ("accuracy", "stacks", "sight", "cost")
VERDICTS = ("met", "missed", "cannot tell")


def told(report, macros):
    cards = by_tool(report)
    for verdict in VERDICTS:
        macros.text(f"judge/{verdict}", str(sum(counts[group, verdict] for counts in cards.values() for group in GROUPS)))
    macros.text("judge/tools", str(len(cards)))
    macros.text("judge/cards", str(len(report["tools"])))
    macros.text("judge/pythons", wording.listed(dict.fromkeys(card["python"] for card in report["tools"])))
    macros.text("judge/form", "in the short form" if report["quick"] else "in full")
    macros.text("judge/right", wording.listed(wording.code(tool) for tool, counts in cards.items() if is_right(counts)))
    macros.rows("judge/table", [(wording.code(tool), *(cell(counts, group) for group in GROUPS)) for tool, counts in cards.items()])


def by_tool(report):
    """Tool → (question, verdict) → rows, over all Pythons; by name."""
    found = collections.defaultdict(collections.Counter)
    for card in report["tools"]:
        for row in card["rows"]:
            found[card["name"]][row["group"], row["verdict"]] += 1
    return dict(sorted(found.items(), key=lambda item: item[0].lower()))


def is_right(counts):
    """Whether rows of figures are met and none is missed."""
    return counts["accuracy", "met"] > 0 and not counts["accuracy", "missed"]


def cell(counts, group):
    numbers = [counts[group, verdict] for verdict in VERDICTS]
    return "/".join(map(str, numbers)) if any(numbers) else "--"
