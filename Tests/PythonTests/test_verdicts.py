"""The verdicts of `compare`: each names the design that is likelier only where what it says of the functions is true."""
import pytest

import schema

# 24 calls, half of them of pure Python, which a tracer of lines stretches, half of one call of C, which it does not.
STRETCHED = """
def loop():
    total = 0
    for i in range(150_000):
        total += i & 3
    return total
def sums(): return sum(data)
data = list(range(1_000_000))
for _ in range(12):
    loop()
    sums()
"""

MANY_CALLS = """
def leaf(i): return i & 3
def calls():
    for i in range(1_500_000): leaf(i)
def sums():
    for _ in range(40): sum(data)
data = list(range(1_000_000))
calls()
sums()
"""

# `gil` meets the last line alone, where the loop jumps back; no call is made, and none holds the lock.
PURE_PYTHON = """
def work():
    x = 1
    for i in range(400_000):
        x = x * 3 & 1023
        x = x ^ i & 1023
        x = x * 5 & 1023
        x = x + i & 1023
work()
"""

# Calls that hold the lock for tens of milliseconds, many times as long as `gil` waits at the least, and pure Python between them.
LONG_CALLS = """
def long(): return sum(range(3_000_000))
def short():
    x = 0
    for i in range(200_000): x = x * 3 + i & 1023
for _ in range(8):
    long()
    short()
"""


@pytest.fixture
def verdicts(swprof, python, script):
    """The disagreements of two designs about a program."""
    def compared(program, *designs):
        result = swprof("compare", "--python", python, "--json", "-o", "-", "--runs", "6", "--designs", ",".join(designs), script(program))
        assert result.returncode == 0, result.stderr
        return schema.check_compare(schema.parse(result.stdout))["disagreements"]
    return compared


def of(disagreements, function):
    return [each for each in disagreements if each["by"] == "function" and each["function"] == function]


def test_two_dozen_calls_are_not_many(verdicts):
    found = verdicts(STRETCHED, "lines", "signal")
    assert of(found, "loop"), "`lines` stretches the loop"
    assert {each["rule"] for each in found} == {"cannot-tell"}


def test_many_calls_are(verdicts):
    found = verdicts(MANY_CALLS, "setprofile", "signal")
    assert any((each["rule"], each["likelier"]) == ("many-calls", "signal") for each in found), found


def test_pure_python_holds_no_lock(verdicts):
    found = verdicts(PURE_PYTHON, "signal", "gil")
    assert [each for each in found if each["by"] == "line"], "`gil` meets the loop's last line alone"
    assert {each["rule"] for each in found} == {"cannot-tell"}


def test_long_calls_do(verdicts):
    # Six runs on a busy machine may be too few to show that the shares differ at all.
    found = next(filter(None, (of(verdicts(LONG_CALLS, "signal", "gil"), "long") for _ in range(3))), [])
    assert [(each["rule"], each["likelier"]) for each in found] == [("long-calls-hold-the-gil", "signal")], found
    assert "could not look during long calls in `long`" in found[0]["text"]
