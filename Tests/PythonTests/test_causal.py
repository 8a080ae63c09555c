"""`compare --causal` slows functions of the program, and says whether each design follows."""
import pytest

import schema
from commandline import assert_one_line, call, clean_environment
from profiling import MONITORED

# Two functions, one three times as hot; the program takes about a tenth of a second, so that a sampler sees both.
PROGRAM = """
import sys
def hot(n):
    total = 0
    for i in range(n):
        total += i * i
    return total
def cold(n):
    total = 0
    for i in range(n):
        total += i * i
    return total
for _ in range(60):
    hot(27000)
    cold(9000)
print("done", len(sys.argv))
"""
DESIGNS = ["setprofile", "signal"]


def compare(swprof, python, *words, **options):
    result = swprof("compare", "--python", python, "--causal", "--json", "-o", "-", *words, **options)
    assert result.returncode == 0, result.stderr
    return schema.check_compare(schema.parse(result.stdout))


def codes(findings):
    return {caveat["code"] for caveat in findings["caveats"]}


@pytest.fixture(scope="module")
def checked(swprof, python, tmp_path_factory):
    path = tmp_path_factory.mktemp("causal") / "program.py"
    path.write_text(PROGRAM)
    return path, compare(swprof, python, "--designs", ",".join(DESIGNS), "--runs", "5", path)


def test_the_hottest_functions_are_slowed(checked):
    path, findings = checked
    assert [each["function"] for each in findings["causal"]] == ["hot", "cold"]
    for each, line, calls in zip(findings["causal"], [3, 8], [60, 60]):
        assert (each["file"], each["line"], each["calls"]) == (str(path), line, calls)


def test_every_design_is_told_whether_it_follows(checked):
    for each in checked[1]["causal"]:
        assert [design["name"] for design in each["designs"]] == DESIGNS
    hot = {design["name"]: design for design in checked[1]["causal"][0]["designs"]}
    for figure in ["slope", "intercept"]:
        assert hot["signal"][figure]["low"] <= hot["signal"][figure]["value"] <= hot["signal"][figure]["high"]
    assert hot["signal"]["slope"]["value"] > 0, "more than half of the program, slowed by 40 %, is seen by every sampler"


def test_all_that_was_measured_is_told(checked):
    for each in checked[1]["causal"]:
        assert [level["level"] for level in each["levels"]] == [0, 0.1, 0.2, 0.4]
        work = [level["work"] for level in each["levels"]]
        assert work[0] == 0 < work[1] < work[2] < work[3]
        for level in each["levels"]:
            assert len(level["control"]) == 5 and min(level["control"]) > 0
            assert [len(design["seconds"]) for design in level["designs"]] == [5, 5]


def test_the_comparison_itself_stands_beside_it(checked):
    _, findings = checked
    assert [design["name"] for design in findings["designs"]] == DESIGNS
    assert findings["runs"] == 5 and findings["control"]["seconds"]["low"] is not None
    assert "output-varies" not in codes(findings)


def test_without_it_there_is_none(swprof, python, script):
    result = swprof("compare", "--python", python, "--designs", "signal", "--runs", "1", "--json", "-o", "-", script(PROGRAM))
    assert schema.parse(result.stdout)["causal"] is None


def test_a_function_may_be_named(swprof, python, script):
    findings = compare(swprof, python, "--designs", "setprofile", "--runs", "1", "--slow", "cold", "--slow", "hot", script(PROGRAM))
    assert [each["function"] for each in findings["causal"]] == ["cold", "hot"]
    assert "few-runs" in codes(findings)
    for each in findings["causal"]:
        assert [design["verdict"] for design in each["designs"]] == ["cannot tell"]
        assert each["designs"][0]["slope"] is None or each["designs"][0]["slope"]["low"] is None


@pytest.mark.parametrize("words", [["-c", PROGRAM], ["-m", "program", "x"]], ids=["-c", "-m"])
def test_the_program_may_be_code_or_a_module(swprof, python, script, tmp_path, words):
    script(PROGRAM)
    findings = compare(swprof, python, "--designs", "signal", "--runs", "1", *words, cwd=tmp_path)
    assert "hot" in [each["function"] for each in findings["causal"]]


@pytest.mark.parametrize("design, interpreter", [(design, path) for path in MONITORED[-1:] for design in ("monitoring", "signal")])
def test_designs_on_newer_pythons_are_told_too(swprof, script, design, interpreter):
    findings = compare(swprof, interpreter, "--designs", design, "--runs", "1", script(PROGRAM))
    assert findings["causal"][0]["function"] == "hot"


TRACES = """
import os, sys
def hot():
    for i in range(400000): pass
hot()
variables = sorted(name for name in os.environ if name not in ("PYTHONHASHSEED", "SWPROF_PADDING"))
told = repr([sys.path, sorted(sys.modules), variables, os.environ.get("PYTHONPATH"), sys.argv[:1], sorted(globals()), __file__, str(__spec__)])
sys.exit(told if len(sys.argv) < 2 else int(told != sys.argv[1]))
"""


@pytest.mark.parametrize("own", [{}, {"PYTHONPATH": "/somewhere"}])
def test_the_program_sees_no_trace_under_any_design(swprof, python, script, own):
    path, environment = script(TRACES), clean_environment(**own)
    told = call([python, path], env=environment).stderr.rstrip("\n")
    findings = compare(swprof, python, "--designs", "setprofile,evalframe,signal,gil", "--runs", "1", path, told, env=environment)
    assert [each["function"] for each in findings["causal"]] == ["hot"]
    assert not codes(findings) & {"program-failed", "status-varies", "output-varies"}


THREADS = """
import threading
def work():
    for _ in range(200000): pass
def both():
    for _ in range(5): work()
threads = [threading.Thread(target=both) for _ in range(2)]
for thread in threads: thread.start()
for thread in threads: thread.join()
"""


@pytest.mark.parametrize("clock, caveat", [("wall", {"threads-wait"}), ("cpu", set())])
def test_threads_that_wait_for_each_other_are_judged_by_their_cpu_time(swprof, python, script, clock, caveat):
    findings = compare(swprof, python, "--designs", "setprofile", "--runs", "3", "--slow", "work", "--clock", clock, script(THREADS))
    assert codes(findings) & {"threads-wait"} == caveat
    design = findings["causal"][0]["designs"][0]
    assert clock == "cpu" or design["verdict"] == "cannot tell"
    assert design["slope"]["value"] > 0


def test_a_program_that_a_sampler_hardly_sees_is_slowed_all_the_same(swprof, python, script):
    findings = compare(swprof, python, "--designs", "signal", "--rate", "1", "--runs", "1", script("def f(): pass\nf()\n"))
    assert [each["function"] for each in findings["causal"]] == ["f"]


def test_what_cannot_be_slowed_is_left_out_with_a_word(swprof, python, script):
    """It is not in the file that its code names."""
    made = 'exec(compile("def made():\\n    for i in range(3000000): pass\\nmade()", __file__, "exec"), {})\n'
    findings = compare(swprof, python, "--designs", "setprofile", "--runs", "1", script(made + PROGRAM))
    assert "made" not in [each["function"] for each in findings["causal"]]
    assert any("made" in caveat["text"] for caveat in findings["caveats"] if caveat["code"] == "cannot-be-slowed")


def test_a_program_without_a_function_is_compared_all_the_same(swprof, python):
    findings = compare(swprof, python, "--designs", "setprofile", "--runs", "1", "-c", "print(sum(range(10**6)))")
    assert findings["causal"] == [] and "nothing-to-slow" in codes(findings)


def test_where_the_program_ends_in_no_way_of_pythons_it_says_so(swprof, python, script):
    path = script(PROGRAM + "import os; os._exit(0)\n")
    result = swprof("compare", "--python", python, "--causal", "--designs", "setprofile", "--runs", "3", path)
    assert_one_line(result, 3, "os._exit", "--causal")


def test_the_report_has_a_table(swprof, python, script, tmp_path):
    result = swprof("compare", "--python", python, "--causal", "--designs", "setprofile", "--runs", "1", "--html", tmp_path / "x.html", script(PROGRAM))
    assert "Causal check" in result.stderr and "cannot tell" in result.stderr
    assert 'id="causal"' in (tmp_path / "x.html").read_text()
    assert "done" not in result.stderr + result.stdout


@pytest.mark.parametrize("words, wanted", [
    (["--causal", "--until", "0.1", "-c", "pass"], "--until"), (["--slow", "f", "-c", "pass"], "--causal"),
    (["--causal", "--slow", "f", "--slow", "f", "-c", "pass"], "--slow"), (["--causal", "--slow", "f", "-c", "pass"], '"f"'),
    (["--causal", "--slow", "len", "-c", "len('x')"], '"len"'), (["--causal", "--slow"], "--slow"),
    (["--causal", "--slow", "f", "--slow", "A.f", "-c", "class A:\n def f(): pass\nA.f()"], "once"),
])
def test_what_cannot_be_is_refused_in_one_line(swprof, python, words, wanted):
    assert_one_line(swprof("compare", "--python", python, "--designs", "setprofile", *words), 2, wanted)


def test_profiles_that_exist_cannot_be_slowed(swprof, busy_profile):
    assert_one_line(swprof("compare", "--causal", busy_profile, busy_profile), 2, "--causal")


def test_no_folder_is_left(swprof, python, tmp_path, script):
    temporary = tmp_path / "temporary"
    temporary.mkdir()
    compare(swprof, python, "--designs", "signal", "--runs", "1", script(PROGRAM), env=clean_environment(TMPDIR=str(temporary)))
    assert list(temporary.iterdir()) == []
