"""What swprof runs, plain and traced, to learn what a tracer's probes cost: `calibrating.py SEED`.

A loop calls one shape of callee, Python or C, with a body of some length, and one loop calls nothing. Programs
differ in what they call and how, so the shapes do; programs seldom do one thing at a time, so every pass runs all
loops in a new order. A pass is a function of its own: a tracer keeps it apart from the others. For every loop of
every pass one line is printed: PASS KIND_SHAPE_LENGTH CALLS TURNS NANOSECONDS PACE, of this thread's CPU time. The
pace is how long a piece of work took just before and after that no tracer changes, for processors change theirs.
"""
import sys
from _random import Random
from itertools import repeat
from time import thread_time_ns as clock

CALLS = 2_000
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
    "map": (f"def callee({ARGUMENTS}): {{body}}", None),
    "generator": (f"def callee(times, {ARGUMENTS}):\n for _ in times:\n  {{body}}\n  yield", None),
}
# Calls in one turn of a loop, where there are several.
AT_ONCE = {"pair": 2, "turns": 10}
# Loops whose calls are no expression.
CALLING = {"map": "map(callee, times)", "generator": "callee(times)"}
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


def made(source):
    names = {}
    exec(source, names)
    return names


def loop(name, call="pass", times="times"):
    return f"\ndef loop_{name}(times, callee, {ARGUMENTS}):\n for _ in {times}: {call}"


def python_loop(name, shape, length):
    callee, call = PYTHON[shape]
    first = 3 * list(PYTHON).index(shape)
    mixture = [STATEMENTS[(first + place % 4) % len(STATEMENTS)] for place in range(length)]
    source = callee.format(body="; ".join(mixture) or "pass")
    return made(source + (loop(name, call) if call else loop(name, times=CALLING[shape])))


def loops():
    """Name, the loop's names, and what it is given to call."""
    yield "none_none_0", made(loop("none_none_0")), None
    for length in LENGTHS:
        for shape in PYTHON:
            name = f"python_{shape}_{length}"
            names = python_loop(name, shape, length)
            yield name, names, names.get("callee")
        for shape, (call, argument) in C.items():
            name = f"c_{shape}_{length}"
            yield name, made(loop(name, call)), argument(length)


def pace(work=(2,) * 2_000):
    begin = clock()
    work.count(1)
    return clock() - begin


def run(number, order):
    for name, names, callee in order:
        function, turns = names["loop_" + name], CALLS // AT_ONCE.get(name.split("_")[1], 1)
        times = repeat(1.5, turns)
        before = pace()
        begin = clock()
        function(times, callee)
        end = clock()
        lines.append(f"{number} {name} {CALLS} {turns} {end - begin} {before + pace()}")


all_loops = list(loops())
random = Random(int(sys.argv[1])).random
lines = []
for number in range(PASSES):
    order = sorted(all_loops, key=lambda _: random())
    made(f"def pass_{number}(run, order): run({number}, order)")[f"pass_{number}"](run, order)
print("\n".join(lines))
