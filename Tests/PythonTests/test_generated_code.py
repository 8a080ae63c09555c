"""Programs that make code and drop it, and code of any length and any name: every function has its name."""
import pytest

from profiling import INTERPRETERS, PYTHON, profiled, written

PROGRAM = """
import collections, dataclasses, time
begin = time.monotonic()
number = 0
while time.monotonic() - begin < 1:
    number += 1
"""
MAKING = {
    "exec": """
    exec(f"def generated_{number}(n):\\n    t = 0\\n    for i in range(n): t += i * {number}\\n    return t\\ngenerated_{number}(2000)", {})
""",
    "eval": """
    for i in range(10): eval(f"sum(j * {number} for j in range(300))")
""",
    "namedtuple": """
    Point = collections.namedtuple(f"Point{number}", "a b c d")
    point = [Point(1, 2, 3, 4)._replace(a=i) for i in range(20)]
""",
    "dataclass": """
    @dataclasses.dataclass(order=True)
    class Record: a: int = 0; b: int = 1; c: str = ""
    sorted(Record(i, -i) for i in range(60))
""",
    "long names": """
    name = "n" * 5000 + str(number)
    exec(f"def {name}ü(n):\\n    t = 0\\n    for i in range(n): t += i\\n    return t\\n{name}ü(3000)", {})
""",
}


@pytest.mark.parametrize("kind", MAKING)
@pytest.mark.parametrize("design", ["signal", "gil"])
@pytest.mark.parametrize("python", [PYTHON, INTERPRETERS[-1]])
def test_what_is_made_and_dropped_has_its_name(tmp_path, design, python, kind):
    findings = profiled(written(tmp_path, PROGRAM + MAKING[kind]), design=design, python=python)
    assert findings.outcome.status == 0
    assert findings.share("<gone>") <= 0.01
    if kind == "exec":
        made = [function for function in findings["functions"] if function["name"].startswith("generated_")]
        assert len(made) > 20 and all(function["file"] == "<string>" and function["line"] == 1 for function in made)


@pytest.mark.parametrize("python", [PYTHON, INTERPRETERS[-1]])
def test_code_that_is_called_alike_keeps_its_own_lines(tmp_path, python):
    """What is dropped leaves its place to what comes next, which differs in its length, or from 3.12 on only in its lines."""
    script = written(tmp_path, """
import sys, time
end = time.monotonic() + 1
while time.monotonic() < end:
    for before in "", "    n\\n", "\\n" * 4 * (sys.version_info >= (3, 12)):
        scope = {}
        exec("def work(n):\\n" + before + "    while n: n -= 1\\n", scope)
        work = scope.pop("work")
        work(40_000)
        del work
""")
    findings = profiled(script, design="signal", python=python)
    shares = {line["line"]: line["self"]["share"] for line in findings["lines"] if line["function"] == "work"}
    expected = {2: 1 / 3, 3: 1 / 3, 6: 1 / 3} if python == INTERPRETERS[-1] else {2: 2 / 3, 3: 1 / 3}
    assert {line: shares.get(line) for line in expected} == pytest.approx(expected, abs=0.1)


@pytest.mark.parametrize("design", ["signal", "gil", "evalframe"])
def test_code_of_any_length_has_its_name(tmp_path, design):
    """It also waits, for `gil` looks where the lock is given up."""
    script = written(tmp_path, """
import time
source = "def long(n):\\n    t = 0\\n" + "".join(f"    t += n * {i} if n > {i} else n - {i}\\n" for i in range(120_000)) + "    pause(0.002)\\n    return t\\n"
scope = {"pause": time.sleep}
exec(compile(source, "long.py", "exec"), scope)
begin = time.monotonic()
while time.monotonic() - begin < 0.5: scope["long"](3)
""")
    findings = profiled(script, design=design)
    assert findings.share("<gone>") == 0 and findings.function("long")["self"]["share"] > 0.05
