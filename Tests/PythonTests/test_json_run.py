"""The JSON of `run` and `report` is the contract's, whatever the design and the program."""
import os

import pytest

import schema
from commandline import BUSY, DESIGNS, REPOSITORY, TRACING

PROGRAMS = {
    "busy": BUSY,
    "empty": "",
    "raises": "def f(): raise ValueError\nf()",
    "exits": BUSY + "import os; os._exit(3)",
    "threads": BUSY.replace("end =", "import threading\nthreads = [threading.Thread(target=work, args=(400_000,)) for _ in range(4)]\n"
                            "for thread in threads: thread.start()\nend =") + "for thread in threads: thread.join()",
    "generators": "def g(n):\n    for i in range(n): yield sum(range(i))\nfor _ in range(3): list(g(600))",
    "recursion": "import sys; sys.setrecursionlimit(10_000)\ndef f(n): return 0 if n == 0 else 1 + f(n - 1)\nfor _ in range(20): f(3000)",
}


@pytest.mark.parametrize("design", DESIGNS)
@pytest.mark.parametrize("program", PROGRAMS)
def test_run_writes_the_contracts_json(run, script, tmp_path, design, program):
    out = tmp_path / "out.json"
    path = script(PROGRAMS[program])
    result = run("-d", design, "--json", "-o", out, path, "argument")
    assert result.stdout == ""
    findings = schema.check_run(schema.parse(out.read_text()))
    assert (findings["design"], findings["exit"]) == (design, result.returncode)
    assert findings["program"] == [str(path), "argument"]
    assert findings["estimand"] == "this-run"
    assert findings["kind"] == ("tracing" if design in TRACING else "sampling")


@pytest.mark.parametrize("schedule", ["jittered", "poisson", "periodic"])
@pytest.mark.parametrize("clock", ["wall", "cpu"])
def test_every_schedule_and_clock_is_told(run, script, schedule, clock):
    result = run("--schedule", schedule, "--clock", clock, "--rate", "500", "--json", "-o", "-", script(BUSY))
    findings = schema.check_run(schema.parse(result.stdout))
    assert [findings[key] for key in ("schedule", "clock", "rate")] == [schedule, clock, 500]


def codes(findings):
    return {caveat["code"] for caveat in findings["caveats"]}


@pytest.mark.parametrize("words, code", [
    (["-d", "gil"], "instants-not-ours"), (["--schedule", "periodic"], "periodic-no-interval"),
])
def test_where_no_interval_is_valid_none_is_given_and_a_caveat_says_why(run, script, words, code):
    findings = schema.parse(run(*words, "--json", "-o", "-", script(BUSY)).stdout)
    assert findings["functions"]
    for function in findings["functions"]:
        assert (function["self"]["low"], function["self"]["high"]) == (None, None)
        assert function["self"]["worstLow"] is not None
    assert code in codes(findings)


def test_few_samples_are_told(run, script):
    findings = schema.parse(run("--rate", "50", "--json", "-o", "-", script(BUSY)).stdout)
    assert "few-samples" in codes(findings)


def test_with_a_dash_the_json_has_standard_output_to_itself(run):
    result = run("--json", "-o", "-", "-c", "print('mine')")
    schema.check_run(schema.parse(result.stdout))
    assert "mine\n" in result.stderr


def test_without_a_file_the_json_goes_to_standard_error(run):
    result = run("--json", "-c", "print('mine')")
    assert result.stdout == "mine\n"
    schema.check_run(schema.parse(result.stderr))


def test_counts_of_calls_are_exact(run, script):
    path = script("def f(): pass\ndef g():\n    for _ in range(123): f()\nfor _ in range(7): g()\n[len(()) for _ in range(11)]\n")
    findings = schema.parse(run("-d", "setprofile", "--json", "-o", "-", path).stdout)
    calls = {function["name"]: function["calls"] for function in findings["functions"]}
    assert {name: calls[name] for name in ("f", "g")} == {"f": 861, "g": 7}
    length = next(function for function in findings["functions"] if function["name"] == "len" or function["name"].endswith(".len"))
    assert (length["calls"], length["file"], length["name"]) == (11, None, "len")


def test_bare_and_qualified_names(run, script):
    path = script("class A:\n    def method(self):\n        def inner(): pass\n        inner()\nA().method()\n")
    findings = schema.parse(run("-d", "setprofile", "--json", "-o", "-", path).stdout)
    names = {(function["name"], function["qualname"], function["line"]) for function in findings["functions"]}
    assert {("method", "A.method", 2), ("inner", "A.method.<locals>.inner", 3)} <= names


def test_bytes_that_are_no_text_are_escaped_not_dropped(run, script, tmp_path):
    """As Python tells them, and so as in the names of files."""
    path = os.fsencode(tmp_path) + b"/o\xffd.py"
    os.rename(script(BUSY), path)
    run("--json", "-o", tmp_path / "x.json", path, b"a\xff", "plain", "ä".encode() + b"\xed\xa0\x80")
    findings = schema.parse((tmp_path / "x.json").read_text())
    assert findings["program"][1:] == ["a\\udcff", "plain", "ä\\udced\\udca0\\udc80"]
    assert findings["program"][0].endswith("\\udcffd.py")
    assert findings["program"][0] in {function["file"] for function in findings["functions"]}


def test_a_report_of_the_file_says_what_the_run_said(run, swprof, script, tmp_path):
    profile = tmp_path / "x.pb.gz"
    shown = run("-o", profile, script(BUSY)).stderr
    findings = schema.check_run(schema.parse(swprof("report", "--json", profile).stdout))
    assert findings["functions"][0]["name"] == "work"
    assert f"{findings['functions'][0]['self']['share'] * 100:.1f} %" in shown
    assert findings["audit"]["interpreter"]


@pytest.mark.parametrize("design", DESIGNS)
def test_a_report_has_the_same_json_under_every_design(run, swprof, script, tmp_path, design):
    profile = tmp_path / "x.pb.gz"
    run("-d", design, "-o", profile, script(BUSY))
    result = swprof("report", "--json", profile)
    assert result.stderr == ""
    assert schema.check_run(schema.parse(result.stdout))["design"] == design


def test_within_takes_shares_of_the_time_under_one_function(run, swprof, script, tmp_path):
    profile = tmp_path / "x.pb.gz"
    run("-o", profile, script("def a(): sum(range(2_000_000))\ndef b(): sum(range(2_000_000))\ndef main(): a(); b()\nmain()\nsum(range(4_000_000))"))
    findings = schema.check_run(schema.parse(swprof("report", "--json", "--within", "main", profile).stdout))
    shares = {function["name"]: function["total"]["share"] for function in findings["functions"]}
    assert findings["within"] == "main"
    assert shares["main"] == 1
    assert 0.2 < shares["a"] < 0.8


def test_the_workload_is_seen_as_the_contract_says(run):
    sieve = REPOSITORY / "experiments/workloads/sieve.py"
    findings = schema.check_run(schema.parse(run("--json", "-o", "-", sieve, "200000").stdout))
    assert findings["functions"][0]["file"] == str(sieve)
    assert {line["line"] for line in findings["lines"] if line["function"] == findings["functions"][0]["qualname"]} <= {5, 6, 7, 8, 9, 10, 11}
