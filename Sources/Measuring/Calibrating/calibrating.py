"""What swprof runs, plain and profiled, to learn what probes cost: `calibrating.py SEED calls|lines|samples|checks CALLS`.

A loop calls one shape of callee, Python or C, with a body of some length, and one loop calls nothing. Programs
differ in what they call and how, so the shapes do; programs seldom do one thing at a time, so every pass runs all
loops in a new order. A pass is a function of its own: a tracer keeps it apart from the others. For every loop of
every pass one line is printed: PASS KIND_SHAPE_LENGTH CALLS TURNS NANOSECONDS PACE, of this thread's CPU time. The
pace is how long a piece of work took just before and after that no tracer changes, for processors change theirs.

With `calls` the callees are Python's and C's, each body on one line. With `lines` they are Python's, and those of
the kind `line` have every statement of the body on a line of its own. With `samples` there are a few loops of each
kind, long enough for many samples. With `checks` there are small programs of other kinds, from which nothing is
learned: what compensation makes of them shows whether it does any good.
"""
import sys
from _random import Random
from itertools import repeat
from time import thread_time_ns as clock

CALLS = int(sys.argv[3])
PASSES = 9
LENGTHS = 0, 8, 16

# Callees with a body, and their calls. The loops have the same arguments at hand.
ARGUMENTS = "a=1.5, b=(7, 8)"


def callees(count):
    return "\n".join(f"def callee{number}({ARGUMENTS}): {{body}}" for number in range(count))


PYTHON = {
    "one": (f"def callee({ARGUMENTS}): {{body}}", "callee(a)"),
    "two": (f"def callee({ARGUMENTS}): {{body}}", "callee(2.5, b)"),
    "keyword": (f"def callee({ARGUMENTS}): {{body}}", "callee(a, b=b)"),
    "method": (f"class Owner:\n def callee(self, {ARGUMENTS}): {{body}}\ncallee = Owner()", "callee.callee(a)"),
    "answer": (f"def callee({ARGUMENTS}):\n {{body}}\n return a", "a = callee(a)"),
    "global": (f"def callee0({ARGUMENTS}): {{body}}", "callee0(a, b)"),
    # Several callees, one after the other.
    "pair": (callees(2), "callee0(a); callee1(a)"),
    "turns": (callees(10), "; ".join(f"callee{number}(a)" for number in range(10))),
}
# Those whose lines are told apart: lines cost more than calls, and differ less.
LINED = "one", "method", "answer", "turns"
# Calls in one turn of a loop, where there are several.
AT_ONCE = {"pair": 2, "turns": 10}
# Of a body: every shape has a mixture of its own, for a tracer may slow some more than others.
STATEMENTS = [
    "c = a + 0.25", "c = b[1]", "c = a < 3.0", "c = b", "c, d = b", "c = a * a", "c = a if b else b", "c = (a, b)",
    "c = -a", "c = a is b", "c = a - 1.5", "c = [a]", "c = not b", "c = b == a",
]
# Some are of constant length; the others take a little longer for every item.
C = {
    "len": ("len(callee)", lambda length: (1,) * length),
    "abs": ("abs(callee)", float),
    "isinstance": ("isinstance(callee, int)", int),
    "get": ("callee.get(1)", lambda length: {1: length}),
    "reverse": ("callee.reverse()", lambda length: [1] * length),
    "count": ("callee.count(1)", lambda length: (2,) * length),
    "index": ("callee.index(1)", lambda length: (2,) * length + (1,)),
}

# What each program calls: kind and shape.
SHAPES = {
    "calls": [("python", shape) for shape in PYTHON] + [("c", shape) for shape in C],
    "lines": [(kind, shape) for shape in LINED for kind in ("python", "line")],
    "samples": [("python", "answer"), ("python", "method"), ("c", "len"), ("c", "count"), ("c", "index")],
}


# Programs with a known answer, by name: what they call, what they do, and how often where loops call 2,000 times. Each then takes
# about two milliseconds.
CHECKS = {
    "inline": ("", """
    total = 0.0
    for _ in range(times):
        total += 0.25
""", 80_000),
    "leaf": ("def leaf(a):\n    return a + 0.25", """
    total = 0.0
    for _ in range(times):
        total = leaf(total)
""", 40_000),
    "recursion": ("def fib(n):\n    if n < 2:\n        return n\n    return fib(n - 1) + fib(n - 2)", """
    for _ in range(times):
        fib(12)
""", 70),
    "descent": ("def below(n, a, b):\n    if n:\n        return below(n - 1, b, a + b)\n    return a", """
    for _ in range(times):
        below(60, 0, 1)
""", 500),
    "raised": ("def refuse(n):\n    raise ValueError(n)", """
    for number in range(times):
        try:
            refuse(number)
        except ValueError:
            pass
""", 4_000),
    "untried": ("", """
    passed = 0
    for number in range(times):
        try:
            passed += number >= 0
        except ValueError:
            passed -= 1
""", 50_000),
    "generated": ("def squares(n):\n    for number in range(n):\n        yield number * number", """
    total = 0
    for square in squares(times):
        total += square
""", 30_000),
    "objects": ("""
class Point:
    def __init__(self, x, y):
        self.x = x
        self.y = y

    def moved(self, by):
        return Point(self.x + by, self.y - by)
""", """
    point = Point(1.0, 2.0)
    for _ in range(times):
        point = point.moved(0.5)
""", 6_000),
    "sorted": ("def second(pair):\n    return pair[1]", """
    pairs = [(number, -number % 97) for number in range(times)]
    pairs.sort(key=second)
""", 12_000),
    "words": ("", """
    counts = {}
    for number in range(times):
        word = str(number % 50)
        counts[word] = counts.get(word, 0) + len(word)
""", 12_000),
    "matrix": ("", """
    rows = [[1.5] * 30 for _ in range(30)]
    for _ in range(times):
        for i in range(30):
            row = rows[i]
            for j in range(30):
                row[j] = row[j] * 0.5 + rows[j][i]
""", 40),
    "inC": ("", """
    numbers = list(range(1_000))
    for _ in range(times):
        sum(numbers)
        numbers.reverse()
""", 300),
}


def made(source):
    names = {}
    exec(source, names)
    return names


def loop(name, call="pass"):
    return f"\ndef loop_{name}(times, callee, {ARGUMENTS}):\n for _ in times: {call}"


def on_one_line(source, body):
    return source.format(body="; ".join(body) or "pass")


def on_lines(source, body):
    """The same with a line for every statement of the body."""
    lines = []
    for line in source.split("\n"):
        head, is_there, _ = line.partition("{body}")
        if not is_there:
            lines.append(line)
            continue
        # A body that stands behind its `def` goes below it.
        indent = " " * (len(head) - len(head.lstrip()) + (1 if head.strip() else 0))
        lines += ([head] if head.strip() else []) + [indent + statement for statement in body or ["pass"]]
    return "\n".join(lines)


def python_loop(kind, shape, length):
    """The loop's name, its names, and what it is given to call."""
    name = f"{kind}_{shape}_{length}"
    callee, call = PYTHON[shape]
    first = 3 * list(PYTHON).index(shape)
    mixture = [STATEMENTS[(first + place % 4) % len(STATEMENTS)] for place in range(length)]
    names = made((on_lines if kind == "line" else on_one_line)(callee, mixture) + loop(name, call))
    return name, names, names.get("callee")


def c_loop(shape, length):
    call, argument = C[shape]
    name = f"c_{shape}_{length}"
    return name, made(loop(name, call)), argument(length)


def check(name):
    helper, body, times = CHECKS[name]
    return f"check_{name}_0", made(f"{helper}\ndef loop_check_{name}_0(times, callee):{body}"), times * CALLS // 2_000


def loops(of):
    if of == "checks":
        yield from map(check, CHECKS)
        return
    yield "none_none_0", made(loop("none_none_0")), None
    for length in LENGTHS:
        for kind, shape in SHAPES[of]:
            yield c_loop(shape, length) if kind == "c" else python_loop(kind, shape, length)


def pace(work=(2,) * 2_000):
    begin = clock()
    work.count(1)
    return clock() - begin


def run(number, order):
    for name, names, callee in order:
        function, turns = names["loop_" + name], CALLS // AT_ONCE.get(name.split("_")[1], 1)
        times = callee if name.startswith("check_") else repeat(1.5, turns)
        before = pace()
        begin = clock()
        function(times, callee)
        end = clock()
        lines.append(f"{number} {name} {CALLS} {turns} {end - begin} {before + pace()}")


all_loops = list(loops(sys.argv[2]))
random = Random(int(sys.argv[1])).random
lines = []
for number in range(PASSES):
    order = sorted(all_loops, key=lambda _: random())
    made(f"def pass_{number}(run, order): run({number}, order)")[f"pass_{number}"](run, order)
print("\n".join(lines))
