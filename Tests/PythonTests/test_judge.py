"""`swprof judge`: cards of tools on programs with known answers, what is kept, and what is refused."""
import json
import pathlib
import re
import shutil
import subprocess

import pytest

import command_schema
import schema
from commandline import REPOSITORY, assert_one_line

BATTERY = REPOSITORY / "experiments" / "judge"
PROGRAMS = sorted(path for path in (BATTERY / "programs").glob("*.py") if path.stem not in ("known", "elsewhere", "call_graph"))

# Of every program an argument that makes it short.
SHORT = {
    "brief": 1, "children": 2, "costs": 2, "greenlets": 2, "lines": 2, "made_by_exec": 2, "native_threads": 1, "rare_bursts": 2,
    "short_threads": 3, "stacks": 5,
}

SMALL = """
title = "A small battery"
rounds = 3

[programs.known]
question = "a program that knows its shares"
script = "{programs}/brief.py"
asks = ["variation", "coverage", "samples"]

[programs.stacks]
question = "a program whose every stack is known"
script = "{programs}/stacks.py"
arguments = [150]
asks = ["stacks"]

[programs.empty]
question = "a program that does nothing"
script = "{programs}/empty.py"
asks = ["start"]
"""


@pytest.fixture
def battery(tmp_path):
    """Writes a battery and gives its path."""
    def write(text=SMALL):
        path = tmp_path / "spec.toml"
        path.write_text(text.format(programs=BATTERY / "programs"))
        return path
    return write


@pytest.fixture
def judge(swprof, python):
    def run(*words, **options):
        return swprof("judge", "--python", python, *words, **options)
    return run


def rows(card):
    return {row["question"].rsplit(": ", 1)[1]: row for row in card["rows"]}


def test_the_cards_are_as_agreed(judge, battery, tmp_path):
    page, html = tmp_path / "page.md", tmp_path / "page.html"
    result = judge("signal", "cProfile", "--battery", battery(), "--json", "--markdown", page, "--html", html)
    assert (result.returncode, result.stderr) == (0, "")
    found = command_schema.check_judge(schema.parse(result.stdout))
    signal, tracer = sorted(found["tools"], key=lambda card: card["name"], reverse=True)
    assert (signal["name"], tracer["name"], tracer["version"]) == ("signal", "cProfile", tracer["python"])
    own = rows(signal)
    assert own["all functions together"]["measured"]["floor"] > 0
    assert own["coverage"]["measured"]["intervals"] == 6
    assert own["impossible stacks"]["measured"]["stacks"] > 100 and own["impossible stacks"]["verdict"] == "met"
    assert own["a profile of every run"]["verdict"] == "met"
    other = rows(tracer)
    assert other["all functions together"]["measured"]["floor"] > 0
    for name in ["coverage", "samples taken", "impossible stacks"]:
        assert other[name]["verdict"] == "cannot tell"
    text = page.read_text()
    assert text.startswith("# Which profiler to use for what") and f"<summary>cProfile {tracer['version']}" in text
    assert "<table>" in html.read_text() and "A small battery" in html.read_text()


def test_what_was_kept_makes_the_same_cards(judge, battery, tmp_path):
    store, spec = tmp_path / "kept.sqlite", battery()
    words = ["--battery", spec, "--json", "--store", store, "--programs", "empty,stacks"]
    measured = judge("signal", *words)
    again = judge(*words)
    assert measured.returncode == 0 and again.stdout == measured.stdout
    # The file tells its form.
    short = judge("signal", "--quick", *words[:3], "--store", tmp_path / "short.sqlite", "--programs", "empty")
    assert judge(*words[:3], "--store", tmp_path / "short.sqlite", "--programs", "empty").stdout == short.stdout
    more = json.loads(judge("signal", *words).stdout)
    assert rows(more["tools"][0])["a profile of every run"]["measured"]["runs"] == 12


def test_the_page_is_what_the_stored_results_say(judge, tmp_path):
    """Remade by: swprof judge --quick --store experiments/judge/results.sqlite --markdown docs/judge.md"""
    store, page = tmp_path / "results.sqlite", tmp_path / "page.md"
    shutil.copy(BATTERY / "results.sqlite", store)
    result = judge("--quick", "--store", store, "--markdown", page)
    assert (result.returncode, result.stderr) == (0, "")
    assert page.read_text() == (REPOSITORY / "docs" / "judge.md").read_text()


def test_the_card_is_read_on_the_terminal(judge, battery):
    result = judge("signal", "--battery", battery(), "--programs", "stacks")
    assert (result.returncode, result.stderr) == (0, "")
    assert re.search(r"^  met +a program whose every stack is known: impossible stacks$", result.stdout, re.MULTILINE)
    assert "there is no mark for all" in result.stdout


BROKEN = {
    "status": ("import sys; sys.exit('it breaks')", "cannot tell", "does not run here without a tool: it ended with status 1: it breaks"),
    "silent": ("pass", "cannot tell", "nothing can be held against the truth"),
    "hanging": ("import time; time.sleep(60)", "cannot tell", "does not run here without a tool: it did not end within 1 s"),
    "strange": ("print('{\"truth\": 3}')", "cannot tell", "nothing can be held against the truth"),
}


@pytest.mark.parametrize("name", BROKEN)
def test_a_program_that_is_no_known_answer_is_said(judge, battery, tmp_path, name):
    text, verdict, words = BROKEN[name]
    (tmp_path / "program.py").write_text(text)
    spec = battery(
        'title = "t"\nrounds = 1\nlimit = 1\n[programs.p]\nquestion = "q"\nscript = "program.py"\nplanted = ["f"]\nasks = ["seen"]\n')
    result = judge("signal", "--battery", spec, "--json")
    assert result.returncode == 0, result.stderr
    row = rows(json.loads(result.stdout)["tools"][0])["seen"]
    assert row["verdict"] == verdict and words in row["text"]


def test_a_tool_that_breaks_the_program_misses(judge, battery, tmp_path):
    """The program ends badly where it finds itself profiled."""
    (tmp_path / "program.py").write_text(
        "import sys\nif sys.getprofile() or hasattr(sys, 'monitoring') and sys.monitoring.get_tool(2): raise ValueError('not so')\n")
    spec = battery('title = "t"\nrounds = 1\n[programs.p]\nquestion = "q"\nscript = "program.py"\nasks = ["start"]\n')
    card = json.loads(judge("cProfile", "--battery", spec, "--json").stdout)["tools"][0]
    assert [row["verdict"] for row in card["rows"]] == ["missed", "missed"] and "not so" in card["rows"][0]["text"]


def test_a_tool_that_is_not_there_has_one_row(judge, battery, tmp_path):
    result = judge("yappi", "--battery", battery(), "--json", env={"PATH": "/usr/bin:/bin", "SWPROF_PEERS": str(tmp_path), "HOME": str(tmp_path)})
    assert result.returncode == 0, result.stderr
    card = json.loads(result.stdout)["tools"][0]
    assert card["version"] is None and len(card["rows"]) == 1
    assert card["rows"][0]["verdict"] == "cannot tell" and "not installed" in card["rows"][0]["text"]


@pytest.mark.parametrize("words, said", [
    (["perf"], "there is no tool 'perf'; judge takes some of: setprofile"),
    ([], "name the tools to judge"),
    (["signal", "signal"], "each tool once"),
    (["signal", "--battery", "/nonexistent/spec.toml"], "cannot read the spec '/nonexistent/spec.toml'"),
    (["signal", "--programs", "nothing"], "there is no program 'nothing'"),
    (["--store", "/nonexistent/kept.sqlite"], "cannot write '/nonexistent/kept.sqlite'"),
])
def test_what_cannot_be_is_said_in_one_line(judge, words, said):
    result = judge(*words)
    assert_one_line(result, 2, said)


def test_the_battery_is_found_and_whole(swprof):
    """The installed program finds its own battery; every file in the folder is a program of it."""
    spec = (BATTERY / "spec.toml").read_text()
    named = {pathlib.Path(path).stem for path in re.findall(r'script = "programs/(.*)"', spec)}
    assert named == {path.stem for path in PROGRAMS}
    result = swprof("judge", "signal", "--programs", "nothing")
    assert result.returncode == 2 and "zipf, calls, lines, stacks" in result.stderr


@pytest.mark.parametrize("path", PROGRAMS, ids=lambda path: path.stem)
def test_every_program_knows_its_own_answer(path, python):
    words = [python, path] if path.stem == "empty" else [python, path, str(SHORT[path.stem])]
    result = subprocess.run(words, capture_output=True, text=True)
    if result.returncode == 77:
        pytest.skip(result.stderr.strip())
    assert (result.returncode, result.stderr) == (0, "")
    if path.stem == "empty":
        assert result.stdout == ""
        return
    truth = json.loads(result.stdout.splitlines()[-1])
    assert truth["within"] == "main" and truth["seconds"] > 0
    shares = [*truth["truth"].values(), *truth.get("lines", {}).values()]
    assert all(0 < share <= 1 for share in shares) and sum(truth["truth"].values()) <= 1.0001


def test_the_known_stacks_are_those_that_are_traced(tmp_path, python):
    """Every stack that the program really has is one that it says it can have, and every function runs."""
    recorder = """
import json, runpy, sys
seen = set()
def record(frame, event, argument):
    frames = []
    while frame:
        if frame.f_code.co_filename == sys.argv[0] and not frame.f_code.co_name.startswith("<") or frame.f_code.co_name == "<module>" and frame.f_code.co_filename == sys.argv[0]:
            frames.append((frame.f_code.co_name, frame.f_lineno))
        frame = frame.f_back
    seen.add(tuple(reversed(frames)))
    return record
path, out = sys.argv[1:3]
sys.argv = [path, "1"]
sys.path.insert(0, path.rsplit("/", 1)[0])
sys.settrace(record)
try:
    runpy.run_path(path, run_name="__main__")
finally:
    sys.settrace(None)
    json.dump([stack for stack in seen if stack], open(out, "w"))
"""
    out = tmp_path / "stacks.json"
    printed = subprocess.run(
        [python, "-c", recorder, BATTERY / "programs" / "stacks.py", out], capture_output=True, text=True, check=True).stdout
    functions = json.loads(printed.splitlines()[-1])["calls"]["functions"]
    run = set()
    for stack in json.loads(out.read_text()):
        if len(stack) < 2 or stack[1][0] != "main":
            continue
        for (caller, line), (name, own) in zip(stack, stack[1:]):
            known = functions[name]
            run.add(name)
            assert caller == known["caller"] and known["from"][0] <= line <= known["from"][1], stack
            assert known["lines"][0] <= own <= known["lines"][1], stack
    assert run == set(functions)
