"""What tracing costs is measured, kept, and told beside what was measured with it."""
import json
import shutil
import signal
import subprocess
import time

import pytest

import command_schema
import schema
from commandline import DESIGNS, TRACING, assert_one_line, clean_environment

CALLS = """
def f(a): return a
def loop(n):
    for _ in range(n): f(1)
def works(n):
    for _ in range(n): a = _ * _ + n
loop(20_000)
works(200_000)
"""


@pytest.fixture
def cache(tmp_path):
    """Calibrations in a folder of the test's own."""
    return tmp_path / "cache"


@pytest.fixture
def calibrate(swprof, python, cache):
    def call(*words, **changes):
        return swprof("calibrate", "--python", python, *words, env=clean_environment(**{"XDG_CACHE_HOME": str(cache), **changes}))
    return call


def stored(cache):
    return next((cache / "swprof").iterdir())


def entries(cache):
    return json.loads(stored(cache).read_text())["entries"]


def function(findings, name):
    return next(function for function in findings["functions"] if function["name"] == name)


def test_costs_are_measured_and_kept(calibrate, cache):
    # Where others want the processor a sampler gets few samples: `signal` seldom, and then it is tried again.
    for _ in range(5):
        shutil.rmtree(cache, ignore_errors=True)
        result = calibrate("--runs", "3", "--json")
        assert (result.returncode, result.stderr) == (0, "")
        findings = command_schema.check_calibration(schema.parse(result.stdout))
        calibrated = [design["name"] for design in findings["designs"]]
        if "signal" in calibrated:
            break
    # `gil` says so.
    assert calibrated in (DESIGNS, DESIGNS[:-1]) and (DESIGNS == calibrated) == all("`gil`" not in caveat["text"] for caveat in findings["caveats"])
    assert findings["file"] == str(stored(cache))
    events = {design["name"]: [event["event"] for event in design["events"]] for design in findings["designs"]}
    both = ["Python call", "C call"]
    told = {"setprofile": both, "evalframe": both[:1], "monitoring": both, "lines": ["Python call", "line"], "signal": ["sample"], "gil": ["sample"]}
    assert events == {design: told[design] for design in calibrated}
    for design in findings["designs"]:
        assert design["processes"] == 3
        for event in design["events"]:
            # Few samples in three short processes tell little of what one costs.
            assert event["both"]["mean"] > 0 or event["event"] == "sample"
            if event["inside"]:
                assert event["both"]["mean"] == pytest.approx(event["inside"]["mean"] + event["outside"]["mean"])
    assert findings["samplesPerSecond"] == 10_000
    assert [(entry["design"], entry["clock"]) for entry in entries(cache)] == [(design, "wall") for design in sorted(calibrated)]


def test_one_design_by_the_other_clock(calibrate, cache):
    result = calibrate("-d", "evalframe", "--clock", "cpu", "--runs", "3")
    assert result.returncode == 0, result.stderr
    assert "evalframe" in result.stdout and "setprofile" not in result.stdout
    assert [(entry["design"], entry["clock"]) for entry in entries(cache)] == [("evalframe", "cpu")]


@pytest.mark.parametrize("words, wanted", [(["--runs", "2"], "3 to 1000"), (["-d", "nonsense"], "nonsense")])
def test_what_cannot_be_calibrated(calibrate, words, wanted):
    assert_one_line(calibrate(*words), 2, wanted)


def test_an_interpreter_that_is_none(swprof, tmp_path, cache):
    fake = tmp_path / "python"
    fake.write_text("#!/bin/sh\necho some words\n")
    fake.chmod(0o755)
    result = swprof("calibrate", "--python", fake, env=clean_environment(XDG_CACHE_HOME=str(cache)))
    assert_one_line(result, 3, str(fake), "--python")
    assert not cache.exists()


def test_where_nothing_can_be_kept(calibrate, tmp_path):
    (tmp_path / "file").write_text("")
    assert_one_line(calibrate("--runs", "3", "-d", "evalframe", XDG_CACHE_HOME=str(tmp_path / "file")), 3, "XDG_CACHE_HOME")


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_an_interrupted_calibration_leaves_nothing(swprof, python, tmp_path, number):
    environment = clean_environment(TMPDIR=str(tmp_path), XDG_CACHE_HOME=str(tmp_path / "cache"))
    words = [swprof.path, "calibrate", "--python", python, "-d", "evalframe", "--runs", "1000"]
    process = subprocess.Popen(words, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
    for _ in range(500):
        if list(tmp_path.iterdir()):
            break
        time.sleep(0.01)
    time.sleep(0.2)
    process.send_signal(number)
    assert process.wait(10) == -number
    assert process.stderr.read() == b""
    assert list(tmp_path.iterdir()) == []


def is_compensated(findings):
    """Whether a design's times are compensated on this machine: its checks decide, and nothing else may."""
    if "compensation-off" in {caveat["code"] for caveat in findings["caveats"]}:
        assert "calibration" not in findings
        assert all("compensated" not in each["self"] and "compensated" not in each["total"] for each in findings["functions"])
        return False
    checks = findings["calibration"]["checks"]
    # There are none where a busy machine kept the programs with known answers from running.
    assert checks is None or checks["compensated"] < checks["measured"]
    return True


@pytest.mark.parametrize("design", TRACING)
def test_times_stand_compensated_beside_measured_ones(run, script, design):
    findings = schema.check_run(schema.parse(run("-d", design, "--json", "-o", "-", script(CALLS)).stdout))
    assert "not-calibrated" not in {caveat["code"] for caveat in findings["caveats"]}
    if not is_compensated(findings):
        return
    assert findings["calibration"]["name"] == design
    for each in findings["functions"]:
        assert each["self"]["compensated"]["seconds"] <= each["self"]["seconds"] + 1e-12 or design in ("setprofile", "lines")
    # `works` makes no call, and is called once.
    works = function(findings, "works")["self"]
    assert works["compensated"]["low"] is not None
    # All that was measured of `f` are probes, or as good as: `f` and `loop` are left with less than was measured.
    assert function(findings, "f")["self"]["compensated"]["seconds"] < function(findings, "f")["self"]["seconds"]
    assert function(findings, "loop")["total"]["compensated"]["seconds"] < function(findings, "loop")["total"]["seconds"]


def test_lines_stand_compensated_too(run, script):
    findings = schema.parse(run("-d", "lines", "--json", "-o", "-", script(CALLS)).stdout)
    hot = {line["line"]: line for line in findings["lines"] if line["file"].endswith("program.py")}
    # The second line is what `f` does, and its `def`; the fourth is the loop that calls it.
    assert hot[2]["hits"] == 20_000 + 1
    if is_compensated(findings):
        for line in hot[2], hot[4]:
            assert line["self"]["compensated"]["seconds"] < line["self"]["seconds"]
    else:
        assert all("compensated" not in line["self"] for line in hot.values())


def test_lines_of_some_functions_are_not_compensated(run, script):
    findings = schema.check_run(schema.parse(run("-d", "lines", "--trace", "f", "--json", "-o", "-", script(CALLS)).stdout))
    assert "calibration" not in findings
    assert any("--trace" in caveat["text"] for caveat in findings["caveats"] if caveat["code"] == "not-calibrated")


def test_a_sampler_is_not_compensated(run, script):
    findings = schema.parse(run("--json", "-o", "-", script(CALLS)).stdout)
    assert "calibration" not in findings and all("compensated" not in each["self"] for each in findings["functions"])


def test_a_comparison_has_both(swprof, python, script):
    result = swprof("compare", "--designs", "evalframe,signal", "--python", python, "--runs", "3", "--json", script(CALLS))
    evalframe, signal = schema.check_compare(schema.parse(result.stdout))["designs"]
    is_shown = is_compensated(evalframe)
    assert not is_shown or function(evalframe, "works")["self"]["compensated"]["share"] is not None
    assert "calibration" not in signal and "compensated" not in function(signal, "works")["self"]
    shown = swprof("compare", "--designs", "evalframe,signal", "--python", python, "--runs", "3", script(CALLS)).stderr
    assert ("compensated: measured time minus the probe costs of evalframe" in shown) == is_shown


@pytest.mark.parametrize("design", TRACING)
def test_the_profile_brings_its_calibration_along(run, swprof, script, tmp_path, design):
    """What a run says, its file says on any machine, whatever calibrations are there."""
    path = tmp_path / "x.pb.gz"
    shown = run("-d", design, "-o", path, script(CALLS)).stderr
    elsewhere = clean_environment(XDG_CACHE_HOME="/nowhere", HOME="/nowhere")
    findings = schema.check_run(schema.parse(swprof("report", "--json", path, env=elsewhere).stdout))
    assert not is_compensated(findings) or function(findings, "works")["self"]["compensated"]["seconds"] > 0
    text = swprof("report", path, env=elsewhere).stdout
    assert text in shown and ("compensated" in text or "compensation-off" in text)
    swprof("convert", path, tmp_path / "again.pb.gz")
    assert schema.parse(swprof("report", "--json", tmp_path / "again.pb.gz").stdout) == findings


NO_CALIBRATIONS = {"empty": b"", "nonsense": b"nonsense\xff", "foreign": b"{}", "deep": b"[" * 100_000, "huge": b" " * (2 << 20)}


def test_a_file_that_is_no_calibration_is_replaced(calibrate, cache):
    calibrate("--runs", "3", "-d", "evalframe")
    path = stored(cache)
    for content in NO_CALIBRATIONS.values():
        path.write_bytes(content)
        told = calibrate("--runs", "3", "-d", "evalframe")
        assert (told.returncode, told.stderr.count("\n")) == (0, 1) and str(path) in told.stderr
        assert [entry["design"] for entry in entries(cache)] == ["evalframe"]


@pytest.mark.parametrize("content", ["nonsense", "huge"])
def test_a_run_replaces_it_without_a_word(run, calibrate, cache, script, content):
    calibrate("--runs", "3", "-d", "evalframe")
    stored(cache).write_bytes(NO_CALIBRATIONS[content])
    result = run("-d", "evalframe", "--json", "-o", "-", script(CALLS), env=clean_environment(XDG_CACHE_HOME=str(cache)))
    assert result.stderr == ""
    assert schema.parse(result.stdout)["calibration"]["name"] == "evalframe"
    assert [entry["design"] for entry in entries(cache)] == ["evalframe"]


def test_stored_costs_are_used_again(run, calibrate, cache, script):
    calibrate("--runs", "4", "-d", "evalframe")
    before = stored(cache).read_bytes()
    findings = schema.parse(
        run("-d", "evalframe", "--json", "-o", "-", script(CALLS), env=clean_environment(XDG_CACHE_HOME=str(cache))).stdout)
    assert findings["calibration"]["processes"] == 4
    assert stored(cache).read_bytes() == before


def test_a_change_makes_stored_costs_invalid(run, calibrate, cache, script):
    calibrate("--runs", "4", "-d", "evalframe")
    path = stored(cache)
    path.write_text(path.read_text().replace('"kernel" : "', '"kernel" : "another '))
    findings = schema.parse(
        run("-d", "evalframe", "--json", "-o", "-", script(CALLS), env=clean_environment(XDG_CACHE_HOME=str(cache))).stdout)
    assert findings["calibration"]["processes"] != 4


def test_a_run_that_cannot_keep_its_calibration_says_so(run, script, tmp_path):
    (tmp_path / "file").write_text("")
    result = run("-d", "evalframe", "--json", "-o", "-", script(CALLS), env=clean_environment(XDG_CACHE_HOME=str(tmp_path / "file")))
    findings = schema.check_run(schema.parse(result.stdout))
    assert "calibration-not-kept" in {caveat["code"] for caveat in findings["caveats"]}
    assert function(findings, "works")["self"]["compensated"]["seconds"] > 0


def test_a_run_goes_on_where_calibrating_fails(swprof, python, script, tmp_path):
    """An interpreter that runs the program but not what it is calibrated with."""
    picky = tmp_path / "python"
    picky.write_text(f'#!/bin/sh\ncase "$2" in *AT_ONCE*) exit 1;; esac\nexec {python} "$@"\n')
    picky.chmod(0o755)
    words = ["run", "-d", "evalframe", "--python", picky, "--json", "-o", "-", script(CALLS)]
    result = swprof(*words, env=clean_environment(XDG_CACHE_HOME=str(tmp_path / "cache")))
    findings = schema.check_run(schema.parse(result.stdout))
    assert result.returncode == 0
    assert "not-calibrated" in {caveat["code"] for caveat in findings["caveats"]}
    assert "compensated" not in function(findings, "works")["self"]
