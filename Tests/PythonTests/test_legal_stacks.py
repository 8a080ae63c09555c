"""The judge of stacks accepts every stack that the program really has, and refuses planted ones."""
import json
import pathlib
import re
import subprocess
import sys

import pytest

JUDGE = pathlib.Path(__file__).parents[2] / "experiments" / "bench" / "legal_stacks.py"

# Traces one pass of the program by line, and prints its stacks, root first, as collapsed text.
RECORDER = """
import sys
stacks = set()
def record(frame, event, argument):
    frames = []
    while frame:
        code = frame.f_code
        if code.co_filename == sys.argv[0]:
            frames.append(f"{code.co_name} ({code.co_filename}:{frame.f_lineno})")
        frame = frame.f_back
    stacks.add(";".join(reversed(frames)))
    return record
source = compile(open(sys.argv[0]).read(), sys.argv[0], "exec")
sys.settrace(record)
exec(source, {"__name__": "__main__"})
sys.settrace(None)
sys.stderr.write("".join(f"{stack} 1\\n" for stack in stacks if stack))
"""


def judge(*arguments):
    return subprocess.run([sys.executable, JUDGE, *arguments], capture_output=True, text=True, check=True).stdout


@pytest.fixture(scope="module")
def recorded(tmp_path_factory):
    """The folder with the program, its legality and its true stacks."""
    folder = tmp_path_factory.mktemp("legal")
    judge("write", folder)
    program = folder / "legal_program.py"
    code = RECORDER.replace("import sys\n", f"import sys\nsys.argv = [{str(program)!r}, '0.1']\n", 1)
    result = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    (folder / "true.collapsed").write_text(result.stderr)
    return folder


def verdict(folder, lines):
    collapsed = folder / "judged.collapsed"
    collapsed.write_text("".join(line + "\n" for line in lines))
    return json.loads(judge("check", folder / "legality.json", collapsed))


def true_stacks(folder):
    return (folder / "true.collapsed").read_text().splitlines()


def test_every_true_stack_is_legal_and_every_function_runs(recorded):
    stacks = true_stacks(recorded)
    found = verdict(recorded, stacks)
    assert found["illegal"] == 0, found["examples"]
    assert (found["stacks"], found["functions"]) == (len(stacks), 201)


def deep_stack(folder):
    return max(true_stacks(folder), key=lambda line: line.count(";")).rsplit(" ", 1)[0].split(";")


def moved(frame, by):
    return re.sub(r":(\d+)\)$", lambda match: f":{int(match[1]) + by})", frame)


@pytest.mark.parametrize("damage, words", [
    (lambda frames: frames[:4] + frames[5:], "was called by"),
    (lambda frames: frames[1:], "not with the program's <module>"),
    (lambda frames: frames[:-1] + [moved(frames[-1], 500)], "was on line"),
    (lambda frames: frames[:4] + [moved(frames[4], -1)] + frames[5:], "was called from line"),
    (lambda frames: frames + ["<gone> (?:0)"], "no function"),
    (lambda frames: frames + [frames[-1]], "was called by"),
    (lambda frames: ["<gone>"], "not with the program's <module>"),
])
def test_an_impossible_stack_is_found(recorded, damage, words):
    stack = ";".join(damage(deep_stack(recorded)))
    found = verdict(recorded, [stack + " 3"])
    assert found["illegal"] == 3
    assert words in found["examples"][0]


def test_the_interpreters_own_stacks_are_counted_apart(recorded):
    found = verdict(recorded, ["<module> (/usr/lib/python3.11/site.py:1) 2"])
    assert (found["illegal"], found["elsewhere"]) == (0, 2)
