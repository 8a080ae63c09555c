"""Finds impossible stacks: writes a program whose every legal stack is known, and judges a profile of it.

    legal_stacks.py write FOLDER [SEED]        writes FOLDER/legal_program.py and FOLDER/legality.json
    legal_stacks.py check LEGALITY COLLAPSED   judges stacks in collapsed text, root first: name (file:line)

The program has 200 functions. Each has exactly one legal caller, one legal range of the caller's lines
to be called from, and one legal range of lines of its own. They call each other plainly, as generators
that are exhausted or abandoned, by raising, and from C: as sort keys, through map, functools.reduce and
re.sub. So a stack mixed from two moments, or a frame that was read after its return, shows.
Instructions that belong to no line are expected on their function's first line, as swprof writes them.
"""
import json
import pathlib
import random
import re
import sys

FUNCTIONS = 200
DEEPEST = 20
PROGRAM = "legal_program.py"

HEAD = '''"""Generated: 200 functions, each with one legal caller. Runs for the seconds given."""
import re
import sys
from functools import reduce
from time import perf_counter

PATTERN = re.compile("x")
'''

MAIN = '''

def main():
    deadline = perf_counter() + float(sys.argv[1])
    answers = set()
    passes = 0
    while perf_counter() < deadline:
        answers.add({root}(1))
        passes += 1
    if len(answers) != 1:
        sys.exit("legal_program.py: wrong answer: passes disagree")
    print(passes)


main()
'''

# How a caller calls: its lines, how many of them the callee may be beneath, and how often it runs.
CALLS = {
    "plain": (["a += {f}(a & 255)"], 1, 1),
    "generator": (["for item in {f}(a & 255):", "    a += item"], 1, 1),
    "abandoned": (["for item in {f}(a & 255):", "    a += item", "    break"], 3, 1),
    "raising": (["try:", "    a += {f}(a & 255)", "except ValueError as error:", "    a += error.args[0]"], 2, 1),
    "sort": (["a += sorted((a & 255, a & 127), key={f})[0]"], 1, 2),
    "map": (["a += sum(map({f}, (a & 255, 7)))"], 1, 2),
    "reduce": (["a += reduce({f}, (a & 255, 7))"], 1, 1),
    "sub": (['a += len(PATTERN.sub({f}, "axb"))'], 1, 1),
}

# How a function of each kind begins and ends. A generator yields once before its work and once after;
# an abandoned one works before its only yield, and again while it is being closed.
BEGIN = {"reduce": ("x, y", "a = x * 17 + y"), "sub": ("x", "a = x.start() + 17")}
END = {
    "generator": ["yield a & 511"],
    "abandoned": ["try:", "    yield a & 511", "finally:", "    a ^= a >> 1"],
    "raising": ["raise ValueError(a & 1023)"],
    "sub": ["return 'y' * (a & 3)"],
}


class Node:
    """A function of the program: its kind, its depth, and how often it runs in a pass."""

    def __init__(self, number, kind, parent):
        self.name = f"f{number:03}"
        self.kind = kind
        self.parent = parent
        self.depth = parent.depth + 1 if parent else 1
        self.runs = parent.runs * CALLS[kind][2] if parent else 1
        self.children = []


def grown_tree(rng):
    """200 functions in one tree, deep rather than broad, that run some hundreds of times a pass in all."""
    nodes = [Node(0, "plain", None)]
    while len(nodes) < FUNCTIONS:
        parent = rng.choice(nodes[-12:] if rng.random() < 0.8 else nodes)
        kind = rng.choice(list(CALLS))
        node = Node(len(nodes), kind, parent)
        if node.depth <= DEEPEST and node.runs <= 8 and len(parent.children) < 4:
            parent.children.append(node)
            nodes.append(node)
    return nodes


def call_lines(child, offset):
    """The lines that call a child, and the range of them, from `offset` on, that it may be beneath."""
    lines, span, _ = CALLS[child.kind]
    first = offset + (1 if child.kind == "raising" else 0)
    last = first + (span - 1 if child.kind == "abandoned" else 0)
    return [line.format(f=child.name) for line in lines], [first, last]


def written(node, first):
    """A function's lines, and the ranges, as line numbers, that its children are called from."""
    parameters, opening = BEGIN.get(node.kind, ("x", "a = x * 17 + 3"))
    body = [opening]
    if node.kind == "generator":
        body += ["yield a & 255"]
    body += ["for k in range(4):", "    a = (a * 31 + k) & 65535"]
    ranges = {}
    for child in node.children:
        lines, ranges[child.name] = call_lines(child, first + 1 + len(body))
        body += lines
    body += END.get(node.kind, ["a ^= a >> 3", "return a & 1023"])
    return [f"def {node.name}({parameters}):"] + ["    " + line for line in body], ranges


def program(seed):
    """The program's text, and what is legal in it."""
    nodes = grown_tree(random.Random(seed))
    lines = HEAD.splitlines()
    imports = len(lines)
    functions, called_from = {}, {}
    for node in nodes:
        lines += ["", ""]
        first = len(lines) + 1
        body, ranges = written(node, first)
        lines += body
        called_from |= ranges
        caller = node.parent.name if node.parent else "main"
        functions[node.name] = {"first": first, "last": len(lines), "caller": caller}
    main = len(lines) + 3
    lines += MAIN.format(root=nodes[0].name).splitlines()
    functions["main"] = {"first": main, "last": len(lines) - 3, "caller": "<module>"}
    called_from["main"] = [len(lines)] * 2
    called_from[nodes[0].name] = [1 + next(i for i, line in enumerate(lines) if "answers.add" in line)] * 2
    source = "\n".join(lines) + "\n"
    for name, function in functions.items():
        function["calledFrom"] = called_from[name]
    return source, {"program": PROGRAM, "imports": imports, "last": len(lines), "functions": functions}


FRAME = re.compile(r"(.*) \((.*):(-?\d+)\)")


def parsed(stack):
    """The frames of a stack, root first: (name, file, line); a frame without a file has None and 0."""
    frames = []
    for text in stack.split(";"):
        match = FRAME.fullmatch(text)
        frames.append((match[1], match[2], int(match[3])) if match else (text, None, 0))
    return frames


def fault_in(frames, legality):
    """What is impossible in a stack, or None where it is legal."""
    name, file, line = frames[0]
    if name != "<module>" or pathlib.Path(file or "").name != legality["program"]:
        return f"begins with {name}, not with the program's <module>"
    if line <= legality["imports"]:
        return None
    functions = legality["functions"]
    for (caller, _, from_line), (name, file, line) in zip(frames, frames[1:]):
        function = functions.get(name)
        if function is None or pathlib.Path(file or "").name != legality["program"]:
            return f"{name} is no function of the program"
        if caller != function["caller"]:
            return f"{name} was called by {caller}, not by {function['caller']}"
        if not function["calledFrom"][0] <= from_line <= function["calledFrom"][1]:
            return f"{name} was called from line {from_line} of {caller}"
        if not function["first"] <= line <= function["last"]:
            return f"{name} was on line {line}"
    return None


def is_elsewhere(frames, legality):
    """Whether a stack is of the interpreter's own start or end: no frame of the program, none unknown."""
    return all(
        file and pathlib.Path(file).name != legality["program"] and not name.startswith("<gone")
        for name, file, _ in frames)


def judged(lines, legality):
    """Counts over the lines of collapsed text: stacks, illegal ones, those outside the program; examples."""
    counts = {"stacks": 0, "illegal": 0, "elsewhere": 0, "functions": 0}
    examples, seen = [], set()
    for line in lines:
        stack, _, weight = line.rstrip("\n").rpartition(" ")
        frames = parsed(stack)
        seen |= {name for name, _, _ in frames}
        counts["stacks"] += int(weight)
        # Without a frame: before the program's first, or after its last.
        if stack in ("", "<no frame>") or is_elsewhere(frames, legality):
            counts["elsewhere"] += int(weight)
        elif fault := fault_in(frames, legality):
            counts["illegal"] += int(weight)
            examples.append(f"{fault}: {stack}")
    counts["functions"] = len(seen & set(legality["functions"]))
    return counts | {"examples": examples[:5]}


def write(folder, seed=1):
    source, legality = program(int(seed))
    (pathlib.Path(folder) / PROGRAM).write_text(source)
    (pathlib.Path(folder) / "legality.json").write_text(json.dumps(legality))


def check(legality, collapsed):
    with open(collapsed, encoding="utf-8") as lines:
        print(json.dumps(judged(lines, json.loads(pathlib.Path(legality).read_text()))))


def main():
    verbs = {"write": write, "check": check}
    if len(sys.argv) not in (3, 4) or sys.argv[1] not in verbs:
        sys.exit("usage: legal_stacks.py write FOLDER [SEED] | check LEGALITY COLLAPSED")
    verbs[sys.argv[1]](*sys.argv[2:])


if __name__ == "__main__":
    main()
