"""Designs that are written in Python, wherever a design may be named: compare, overhead, judge and the package."""
import json

import schema
from profiling import PYTHON, REPOSITORY, plainly, written

WORK = """
def inner(n):
    return sum(range(n))
def work():
    for _ in range(300):
        inner(100_000)
work()
"""


def test_compare_has_it_among_its_designs(swprof, tmp_path, designs):
    script = written(tmp_path, WORK)
    result = swprof(
        "compare", "--json", "--runs", "1", "--python", PYTHON, "--designs", f"signal,{designs['sampler']},{designs['tracer']}", script)
    assert result.returncode == 0, result.stderr
    compare = schema.check_compare(json.loads(result.stdout))
    assert [(design["name"], design["kind"]) for design in compare["designs"]] == [
        ("signal", "sampling"), (designs["sampler"], "sampling"), (designs["tracer"], "tracing")]
    assert len({(agreement["a"], agreement["b"]) for agreement in compare["agreement"]}) == 3


def test_overhead_switches_it_on_and_off(swprof, tmp_path, designs):
    script = written(tmp_path, "def run_pass():\n    sum(range(100_000))\n")
    result = swprof(
        "overhead", "--json", "--no-start", "--seconds", "0.05", "--pairs", "5", "--python", PYTHON,
        "--designs", f"{designs['sampler']},{designs['tracer']}", script)
    assert result.returncode == 0, result.stderr
    found = json.loads(result.stdout)["designs"]
    assert [(design["name"], design["kind"]) for design in found] == [(designs["sampler"], "sampling"), (designs["tracer"], "tracing")]


IN_PYTHON = """
import pickle, sys
sys.path.insert(0, PACKAGE)
import swprof

def leaf(): return sum(range(20_000))
def work():
    for _ in range(100): leaf()

@swprof.design(kind="tracing")
class Tracer:
    def start(self, session):
        def hook(frame, event, argument):
            if event == "call": session.enter(frame.f_code)
            elif event == "return": session.leave(frame.f_code)
            elif event == "c_call": session.enter(argument)
            else: session.leave(argument)
        sys.setprofile(hook)
    def stop(self): sys.setprofile(None)

with swprof.profile(design=Tracer) as traced: work()
with swprof.profile(design=DESIGN) as sampled:
    for _ in range(10): work()
print(traced.to_dict()["design"], sorted((f.name, f.calls) for f in traced.functions if f.name in ("leaf", "work", "sum")))
print(sorted(f.name for f in sampled.functions if f.name in ("leaf", "work")), [c.code for c in sampled.caveats])
print(pickle.loads(pickle.dumps(traced)).functions[0].name)
again = swprof.profile(design=Tracer)
work_too = again(work)
work_too()
print({f.name: f.calls for f in work_too.profile.functions if f.name == "leaf"})
for design in (5, object, "none", "none.py:X", len):
    try:
        swprof.profile(design=design)
    except (ValueError, TypeError, swprof.SwprofError) as error:
        print(type(error).__name__)
"""


def test_the_package_takes_a_class_or_its_name(tmp_path, designs):
    source = IN_PYTHON.replace("PACKAGE", repr(str(REPOSITORY / "Sources" / "PythonPackage"))).replace("DESIGN", repr(designs["sampler"]), 1)
    outcome = plainly(written(tmp_path, source))
    assert outcome.status == 0, outcome.err
    lines = outcome.out.splitlines()
    assert lines[0] == "program.py:Tracer [('leaf', 100), ('sum', 100), ('work', 1)]"
    assert lines[1].startswith("['leaf', 'work']") and "instants-not-ours" in lines[1]
    assert lines[3] == "{'leaf': 100}"
    assert lines[4:] == ["ValueError", "TypeError", "ValueError", "SwprofError", "TypeError"]


def test_judge_takes_it_as_a_tool(swprof, tmp_path, designs):
    (tmp_path / "spec.toml").write_text(f"""
title = "t"
rounds = 1
[programs.stacks]
question = "q"
script = "{REPOSITORY}/experiments/judge/programs/stacks.py"
arguments = [5]
asks = ["stacks", "samples"]
""")
    result = swprof("judge", designs["sampler"], designs["tracer"], "--json", "--python", PYTHON, "--battery", tmp_path / "spec.toml")
    assert result.returncode == 0, result.stderr
    tools = json.loads(result.stdout)["tools"]
    assert [tool["name"] for tool in tools] == [designs["sampler"], designs["tracer"]]
    told = [[row for row in tool["rows"] if "takes no samples" in json.dumps(row)] for tool in tools]
    assert [len(rows) for rows in told] == [0, 1]
