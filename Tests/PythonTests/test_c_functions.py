"""C functions beneath Python lines, collections of garbage and waits for the interpreter's lock, by their names."""
import collections
import json

import pytest

import pprof_samples
from profiling import INTERPRETERS, command, profiled, profiled_within, start, written
from targets import VERSIONS, target

# Every C function has a Python function of its own that calls it, on one line. What they give back is freed at once: that is
# no time of theirs.
CALLS = {
    "set.update": "items.update(numbers)",
    "sorted": "sorted(numbers)",
    "str.join": "','.join(words)",
    "list.count": "numbers.count(-1)",
    "sum": "sum(*both)",
    "zlib.compress": "zlib.compress(block)",
    "math.fsum": "math.fsum(numbers)",
    "int.from_bytes": "int.from_bytes(block, 'big')",
    "bytearray.find": "array.find(b'x', 0)",
    "max": "max(numbers, key=None)",
    "int": "int(digits)",
    "_hashlib.openssl_sha256": "_hashlib.openssl_sha256(block)",
    "Pattern.sub": "pattern.sub('b', text)",
    "time.sleep": "time.sleep(0.01)",
    "select.poll.poll": "poll.poll(10)",
}
TIMED = """
import _hashlib, json, math, re, select, time, zlib
numbers = [(i * 7919) % 100_003 for i in range(50_000)]
words = ["abc"] * 200_000
both = (numbers,)
items = set()
block = b"abcdefgh" * 100_000
array = bytearray(3_000_000)
pattern = re.compile("a")
text = "a" * 20_000
digits = "9" * 4_000
poll = select.poll()
spent = {}
def fill(seconds, call):
    begin = time.perf_counter()
    while time.perf_counter() - begin < seconds:
        call()
    return time.perf_counter() - begin
""" + "".join(f"def call_{i}(): return {call}\n" for i, call in enumerate(CALLS.values())) + """
def main():
    for i in range(%d):
        spent[i] = fill(0.12, globals()[f"call_{i}"])
main()
print(json.dumps(spent))
""" % len(CALLS)


def sampled_calls(script, python, flags=()):
    """Of every sample the function on top of its stack, and what that called in C: a name, or nothing."""
    output = script.with_name("profile.pb.gz")
    outcome = start(command(script, output=output, python=python, flags=flags))
    assert outcome.status == 0, outcome.err
    for stack, labels in pprof_samples.samples(output):
        if stack:
            yield stack[0], labels.get("called")


@pytest.mark.parametrize("python", INTERPRETERS)
def test_a_c_function_has_the_time_of_its_calls(tmp_path, python):
    findings = profiled_within("main", written(tmp_path, TIMED), python=python)
    spent = json.loads(findings.outcome.out)
    whole = sum(spent.values())
    shares = {each["qualname"]: each for each in findings["functions"]}
    for i, name in enumerate(CALLS):
        if name == "select.poll.poll":
            name = next(each for each in shares if each.endswith("poll.poll"))
        found, caller = shares[name], shares[f"call_{i}"]
        assert found["file"] is None and found["line"] == 0
        # Two lines more of Python's own, and the ticks before a function is known.
        assert found["self"]["share"] == pytest.approx(spent[str(i)] / whole, abs=0.01), name
        assert found["self"]["share"] <= caller["self"]["share"] + 1e-9, "its caller has the time, too"
        assert found["total"]["share"] == pytest.approx(found["self"]["share"], abs=1e-9)


@pytest.mark.parametrize("python", INTERPRETERS)
def test_each_call_has_its_own_name_and_no_other(tmp_path, python):
    """Of many short calls between which nothing else is, none is called by another's name."""
    names = ["len", "abs", "id", "repr", "hash", "callable", "ord", "divmod", "isinstance", "list.append", "list.index", "str.upper"]
    calls = ["len(l)", "abs(-5)", "id(l)", "repr(5)", "hash('a')", "callable(l)", "ord('a')", "divmod(7, 2)", "isinstance(l, int)",
             "l.append(1)", "l.index(1)", "'abcdef'.upper()"]
    text = "import time\nTIMES = [0] * 200\n" + "".join(f"def only_{i}(l):\n    for _ in TIMES: {call}\n" for i, call in enumerate(calls)) + f"""
end = time.perf_counter() + 1.5
while time.perf_counter() < end:
    for i in range({len(calls)}): globals()["only_%d" % i]([1])
"""
    script = written(tmp_path, text)
    pairs = collections.Counter()
    for function, called in sampled_calls(script, python=python, flags=["-r", "3000"]):
        if function.startswith("only_") and called:
            pairs[int(function[5:]), called] += 1
    wrong = {pair: count for pair, count in pairs.items() if names[pair[0]] != pair[1]}
    assert len(pairs) >= len(names) - 2 and sum(pairs.values()) > 100
    assert not wrong


@pytest.mark.parametrize("python", INTERPRETERS)
def test_what_calls_python_is_no_c_function(tmp_path, python):
    text = """
import time
class Point:
    def __init__(self, x): self.x = x
    def move(self, by): self.x += by
def work():
    for _ in range(200): Point(1).move(2)
end = time.perf_counter() + 0.5
while time.perf_counter() < end: work()
"""
    findings = profiled(written(tmp_path, text), python=python)
    of_c = {each["qualname"]: each["self"]["share"] for each in findings["functions"] if each["file"] is None}
    assert not {"Point", "function", "method"} & of_c.keys(), of_c


@pytest.mark.parametrize("python", INTERPRETERS)
def test_collecting_garbage_has_the_time_that_callbacks_see(tmp_path, python):
    text = """
import gc, json, time
spent = 0
def note(phase, info):
    global spent, begin
    if phase == "start": begin = time.perf_counter()
    else: spent += time.perf_counter() - begin
class Node: pass
keep = [[i] for i in range(300_000)]
gc.callbacks.append(note)
# Calling them is a part of the collection, but not of what they see: let collections be long.
gc.set_threshold(20_000)
def main():
    for _ in range(15):
        gc.collect()
        for _ in range(30_000):
            a, b = Node(), Node()
            a.other, b.other = b, a
begin_main = time.perf_counter()
main()
print(json.dumps(spent / (time.perf_counter() - begin_main)))
"""
    findings = profiled_within("main", written(tmp_path, text), python=python, flags=["-r", "2000"])
    found = next(each for each in findings["functions"] if each["qualname"] == "<garbage collection>")
    assert found["self"]["share"] == pytest.approx(json.loads(findings.outcome.out), abs=0.03)
    kinds = {each["kind"]: each["self"]["share"] for each in findings["kinds"]}
    assert kinds["garbage-collection"] == pytest.approx(found["self"]["share"], abs=1e-9)
    assert sum(kinds.values()) == pytest.approx(1)


@pytest.mark.parametrize("python", INTERPRETERS)
def test_a_wait_for_the_lock_is_told_from_other_waits(tmp_path, python):
    text = """
import threading, time
def spin():
    end = time.perf_counter() + 0.6
    x = 0
    while time.perf_counter() < end: x += 1
def rest(): time.sleep(0.6)
threads = [threading.Thread(target=each) for each in (spin, spin, rest)]
for each in threads: each.start()
for each in threads: each.join()
"""
    script = written(tmp_path, text)
    times = collections.Counter((function, called == "<waiting for the GIL>") for function, called in sampled_calls(script, python=python))
    # Of two that want it, each waits half of the time.
    assert 0.3 < times["spin", True] / (times["spin", True] + times["spin", False]) < 0.6
    assert times["rest", True] < 0.05 * times["rest", False]
    kinds = {each["kind"]: each["self"]["share"] for each in profiled(script, python=python)["kinds"]}
    assert kinds["waiting"] > 0.3 and kinds["gil-wait"] > 0.1


@pytest.mark.parametrize("python", VERSIONS)
def test_functions_of_a_process_that_runs_already_are_named(swprof, tmp_path, python):
    text = """
import time, zlib
block = bytes(range(256)) * 4000
print("ready", flush=True)
while True:
    begin = time.perf_counter()
    while time.perf_counter() - begin < 0.02: zlib.compress(block)
    time.sleep(0.02)
"""
    with target(tmp_path, text, python=python) as process:
        result = swprof("attach", "--json", "-o", tmp_path / "findings.json", "--duration", "1.5", str(process.pid))
    assert result.returncode == 0, result.stderr
    findings = json.loads((tmp_path / "findings.json").read_text())
    shares = {each["qualname"]: each["self"]["share"] for each in findings["functions"] if each["file"] is None}
    assert shares["zlib.compress"] == pytest.approx(0.55, abs=0.2) and shares["time.sleep"] == pytest.approx(0.45, abs=0.2)
    kinds = {each["kind"]: each["self"]["share"] for each in findings["kinds"]}
    assert kinds["waiting"] == pytest.approx(shares["time.sleep"], abs=0.1)


def test_a_loop_of_python_is_of_no_c_function(tmp_path):
    findings = profiled(written(tmp_path, "x = 0\nfor i in range(3_000_000): x += i\n"))
    kinds = {each["kind"]: each["self"]["share"] for each in findings["kinds"]}
    assert kinds.get("python", 1) > 0.85
