"""Replays over a recorded timeline say what real samplers say, and refuse in one line what cannot be replayed."""
import pytest

from commandline import assert_one_line
from known_answers import WORKLOADS
from profiling import PYTHON, profiled
from timelines import record, simulated

TURNS = """
import time
def until(end):
    while time.perf_counter() < end:
        pass
def long():
    until(time.perf_counter() + 0.006)
def short():
    time.sleep(0.002)
for _ in range(60):
    long()
    short()
"""


@pytest.fixture(scope="module")
def turns(swprof, tmp_path_factory):
    folder = tmp_path_factory.mktemp("turns")
    (folder / "turns.py").write_text(TURNS)
    result, timeline = record(swprof, PYTHON, folder / "turns.swtl", folder / "turns.py")
    assert result.returncode == 0, result.stderr
    return timeline


def share(found, name):
    return next(function for function in found["functions"] if function["name"] == name)


def test_a_real_sampler_says_what_its_replays_say(swprof, turns):
    predicted = share(simulated(swprof, turns), "short")["total"]
    real = profiled(turns.with_name("turns.py")).share("short", "total")
    # The program is timed by clocks, so runs differ by little; a run's own error comes on top.
    assert real == pytest.approx(predicted["mean"], abs=0.05 + 3 * predicted["error"])


@pytest.mark.parametrize("schedule", ["jittered", "poisson"])
def test_intervals_cover_and_are_not_biased(swprof, turns, schedule):
    found = simulated(swprof, turns, "--schedule", schedule, times=400)
    for name in ("until", "short"):
        figure = share(found, name)
        assert figure["coverage"]["high"] >= 0.95 if schedule == "jittered" else figure["coverage"]["high"] >= 0.93
        assert abs(figure["bias"]["value"]) < 0.01


def test_periodic_ticks_have_no_interval_and_say_why(swprof, turns):
    found = simulated(swprof, turns, "--schedule", "periodic")
    assert share(found, "until")["coverage"] is None and found["suffices"] is None
    assert "periodic-no-interval" in {caveat["code"] for caveat in found["caveats"]}


def test_gil_looks_seldom(swprof, turns):
    found = simulated(swprof, turns, "-d", "gil")
    assert found["ticks"] < simulated(swprof, turns)["ticks"] / 2
    assert {"instants-not-ours", "gil-needs-lines"} <= {caveat["code"] for caveat in found["caveats"]}


def test_lost_ticks_are_lost_as_in_a_real_run(swprof, turns, tmp_path):
    profile = tmp_path / "real.pb.gz"
    assert swprof("run", "--python", PYTHON, "-o", profile, turns.with_name("turns.py")).returncode == 0
    assert 0 <= simulated(swprof, turns, "--ledger", profile)["sampler"]["loss"] < 0.5
    lossy = simulated(swprof, turns, "--loss", "0.3")
    assert lossy["ticks"] == pytest.approx(0.7 * simulated(swprof, turns)["ticks"], rel=0.1)


def test_a_scan_has_curves(swprof, turns, tmp_path):
    found = simulated(swprof, turns, "--scan", "-r", "200", times=20)
    assert [row["rate"] for row in found["curve"]] == [20, 40, 100, 200, 400, 1000, 2000]
    widths = [row["width"] for row in found["curve"]]
    assert widths[0] > widths[-1]
    page = tmp_path / "x.html"
    assert swprof("simulate", turns, "--times", "10", "--html", page).returncode == 0
    assert page.read_text().count("<polyline") >= 3


def test_the_words_say_what_the_json_says(swprof, turns):
    text = swprof("simulate", turns, "--times", "50", "--seed", "7").stdout
    found = simulated(swprof, turns)
    assert "50 replays of signal, jittered, 1,000 Hz" in text
    assert f"{100 * share(found, 'until')['truth']:.2f} %" in text


def test_a_plan_is_made_from_a_timeline(swprof, turns):
    result = swprof("plan", "--from", turns, "--error", "0.02", "--json")
    assert (result.returncode, result.stderr) == (0, "")
    assert '"function" : "until"' in result.stdout


@pytest.mark.parametrize("flags, wanted", [
    (["-d", "setprofile"], "signal or gil"), (["-r", "0"], "--rate"), (["--times", "0"], "--times"), (["--error", "0"], "--error"),
    (["--loss", "1"], "--loss"), (["--torn", "-1"], "--torn"), (["--length", "0"], "--length"), (["--phase", "2"], "--phase"),
    (["--clock", "cpu"], "--clock cpu"), (["--loss", "0.1", "--ledger", "x"], "--ledger"), (["-d", "gil", "--torn", "5"], "--torn"),
    (["-r", "100000", "--length", "100000"], "--length"),
])
def test_what_cannot_be_replayed_is_refused(swprof, turns, flags, wanted):
    assert_one_line(swprof("simulate", turns, *flags), 2, wanted)


def test_other_files_are_refused(swprof, turns, busy_profile, tmp_path):
    (tmp_path / "empty").write_bytes(b"")
    for path in [tmp_path / "empty", busy_profile, turns.with_name("turns.py"), tmp_path / "missing", tmp_path, WORKLOADS / "truth.py"]:
        assert_one_line(swprof("simulate", path), 3, str(path.name))
    for path in [tmp_path / "missing", tmp_path]:
        assert_one_line(swprof("simulate", path), 3, "cannot read", "give the path of a timeline")
    assert_one_line(swprof("simulate", turns, "--within", "nothing"), 3, "nothing")
    assert_one_line(swprof("simulate", turns, "--ledger", tmp_path / "missing"), 3, "missing")
