"""Programs by chance: each does some of what Python has, calls itself through what it has made, and prints what came of it."""
from __future__ import annotations

import random

HEAD = """
import contextlib, functools, hashlib, itertools, json, re, sys, threading
found = hashlib.sha256()
lock = threading.Lock()
def tell(*values):
    with lock: found.update(repr(values).encode())
class Refused(Exception): pass
"""

# Of a function number N, which calls `call` below it; DEPTH is left to go.
BODIES = {
    "loop": "    total = 0\n    for i in range({size}): total += i * i\n    return total + {call}",
    "comprehension": "    return sum([i for i in range({size}) if i % 3]) + {call}",
    "generator": "    def numbers():\n        for i in range({size}):\n            yield i\n    return sum(numbers()) + {call}",
    "delegation": "    def inner():\n        received = yield {call}\n        yield from range({small})\n    return len(list(inner()))",
    "raises": "    try:\n        if depth % 2: raise Refused(depth)\n        return {call}\n    except Refused as refused: return refused.args[0]\n    finally: tell({number})",
    "passes on": "    try: return {call}\n    except ZeroDivisionError: return 1 // (depth + 1)",
    "sorts": "    return sorted(range({size}), key=lambda i: -i % 7)[0] + {call}",
    "recursion": "    def down(n): return n and down(n - 1) + 1\n    return down({small}) + {call}",
    "class": "    class Made:\n        def __init__(self): self.kept = {small}\n        @property\n        def doubled(self): return self.kept * 2\n        def __del__(self): tell(self.kept)\n    return Made().doubled + {call}",
    "context": "    @contextlib.contextmanager\n    def held():\n        try: yield {small}\n        finally: tell({number})\n    with held() as value: return value + {call}",
    "cached": "    @functools.lru_cache(maxsize=8)\n    def once(n): return n * 2\n    return sum(once(i % 10) for i in range({size})) + {call}",
    "text": "    return len(json.dumps([{{str(i): i}} for i in range({small})])) + len(re.findall('a+b', 'aab' * {small})) + {call}",
    "generated": "    scope = {{}}\n    exec('def made(n): return n + {number}', scope)\n    return scope['made']({call})",
    "threads": "    kept = []\n    threads = [threading.Thread(target=lambda: kept.append(sum(range({size})))) for _ in range(3)]\n    for thread in threads: thread.start()\n    for thread in threads: thread.join()\n    return sum(kept) + {call}",
    "groups": "    return sum(len(list(group)) for _, group in itertools.groupby(range({size}), lambda i: i // 5)) + {call}",
    "swaps": "    before = sys.getswitchinterval()\n    sys.setswitchinterval(1e-4)\n    try: return {call}\n    finally: sys.setswitchinterval(before)",
}


def program(seed: int, rounds: int = 400) -> str:
    """One whose output depends on all that it does, and on nothing else."""
    chance = random.Random(seed)
    count = chance.randint(5, 25)
    functions = [function(chance, number, count) for number in range(count)]
    main = f"for round in range({rounds}):\n" + "".join(f"    tell(f{number}(3))\n" for number in chance.sample(range(count), 4))
    return "\n".join([HEAD, *functions, main, "print(found.hexdigest())", ""])


def function(chance: random.Random, number: int, count: int) -> str:
    body = BODIES[chance.choice(sorted(BODIES))]
    calls = [f"f{chance.randrange(count)}(depth - 1)" for _ in range(chance.randint(1, 2))]
    call = f"({' + '.join(calls)} if depth > 0 else {chance.randint(1, 9)})"
    filled = body.format(number=number, size=chance.randint(10, 400), small=chance.randint(2, 40), call=call)
    return f"def f{number}(depth):\n{filled}\n"
