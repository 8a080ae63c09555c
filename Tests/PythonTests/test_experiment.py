"""`swprof experiment`: specs that are refused, cells that fail, runs that are killed and go on, stores that are joined."""
import csv
import json
import os
import pathlib
import re
import signal
import sqlite3
import subprocess
import time

import pytest

from commandline import assert_one_line, clean_environment

PROGRAM = """
def work(n):
    return sum(i * i for i in range(n))
def main():
    for _ in range(3):
        work(2000)
main()
print("done")
"""

SPEC = """
title = "A small one"
runs = {runs}
workloads = [{workloads}]
interpreters = ["{python}"]
designs = ["setprofile", "signal"]
"""


@pytest.fixture
def experiment(tmp_path, swprof, python):
    """Writes a spec with its programs, and calls `swprof experiment` on it."""
    class Experiment:
        folder = tmp_path
        results = tmp_path / "results.sqlite"

        def write(self, programs, runs=2, more="", interpreter=python):
            for name, text in programs.items():
                (tmp_path / name).write_text(text)
            names = ", ".join(f'"{name}"' for name in programs)
            (tmp_path / "spec.toml").write_text(SPEC.format(runs=runs, workloads=names, python=interpreter) + more)
            return self

        def __call__(self, command, *words, **options):
            return swprof("experiment", command, tmp_path / "spec.toml", *words, **options)

        def json(self, command, *words):
            result = self(command, "--json", *words)
            assert result.returncode == 0, result.stderr
            return json.loads(result.stdout)

        def start(self):
            """As a process that can be killed."""
            return subprocess.Popen(
                [swprof.path, "experiment", "run", tmp_path / "spec.toml"], stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL, env=clean_environment())

        def query(self, sql, path=results):
            with sqlite3.connect(path) as database:
                return database.execute(sql).fetchall()

        def runs_of_cells(self):
            return self.query("SELECT count(measurement.number) FROM cell LEFT JOIN measurement ON cell = cell.number GROUP BY cell.number")

    return Experiment()


def cells(status):
    return {cell["arm"]: cell for block in status["blocks"] for cell in block["cells"]}


def test_it_runs_what_it_lacks_and_reports(experiment):
    experiment.write({"a.py": PROGRAM})
    first = experiment("run")
    assert first.returncode == 0 and first.stdout == ""
    assert first.stderr == f"8 runs; results in {experiment.results}\n"
    again = experiment("run")
    assert again.returncode == 0 and again.stderr.startswith("nothing to run")
    status = experiment.json("status")
    assert status["isFinished"] and {name: cell["runs"] for name, cell in cells(status).items()} == {
        "control": 2, "second control": 2, "setprofile": 2, "signal": 2}
    report = experiment("report")
    assert report.returncode == 0
    for words in ["A small one", "a.py", "setprofile", "signal", "control against control"]:
        assert words in report.stdout


def test_its_report_is_json_and_a_tidy_table(experiment):
    experiment.write({"a.py": PROGRAM}, runs=4).__call__("run")
    report = experiment.json("report")
    assert report["schema"] == "swprof.experiment/1" and report["measurements"] == 16 and report["stale"] == []
    assert isinstance(report["model"], list)
    arm = next(arm for arm in report["blocks"][0]["arms"] if arm["name"] == "setprofile")
    assert arm["slowdown"]["low"] < arm["slowdown"]["ratio"] < arm["slowdown"]["high"] and arm["runs"] == 4
    for name in ["kernel", "processors", "clocksource", "address-space randomisation", "load before", "swprof"]:
        assert report["audit"][name]
    assert any(name.startswith("packages of") for name in report["audit"])
    rows = list(csv.DictReader((experiment.folder / "results.csv").open(encoding="utf-8")))
    assert len(rows) == 16 and {row["arm"] for row in rows} == {"control", "second control", "setprofile", "signal"}
    assert len({(row["cell"], row["round"]) for row in rows}) == 16
    assert all(float(row["wall"]) > 0 for row in rows)
    # Read of the first run alone, where no shares are asked for.
    counts = [row["pythonCalls"] for row in rows if row["arm"] == "setprofile" and row["pythonCalls"]]
    assert len(counts) == 1 and int(counts.pop()) >= 3 * 2001


def test_other_profilers_are_arms_beside_the_designs(experiment):
    # In the tests' own cache none is installed; cProfile is the interpreter's.
    experiment.write({"a.py": PROGRAM}, runs=3, more='peers = ["cProfile", "yappi"]\n')
    assert experiment("run").returncode == 0
    counts = cells(experiment.json("status"))
    assert counts["cProfile"]["runs"] == 3 and not counts["cProfile"]["why"]
    assert "yappi: it is not installed" in counts["yappi"]["why"]
    arm = next(arm for arm in experiment.json("report")["blocks"][0]["arms"] if arm["name"] == "cProfile")
    assert arm["runs"] == 3 and arm["slowdown"]["ratio"] > 0


@pytest.mark.parametrize("old, new, words", [
    ("runs = 2", "rnus = 2", ["line 3", "'rnus'", "runs"]),
    ("runs = 2", "runs = 2 2", ["line 3"]),
    ('"setprofile", ', '"stprofile", ', ["line 6", "'stprofile'", "setprofile"]),
    ('"a.py"', '"b.py"', ["line 4", "'b.py'", "cannot be read"]),
    ('"a.py"', '"pyperformance:nothing"', ["line 4", "pyperformance"]),
    ('designs = ["setprofile", "signal"]', 'designs = ["setprofile"]\nrates = [10]', ["line 7", "'rates' is of samplers"]),
    ("interpreters = [", 'interpreters = ["/nonexistent/python", ', ["line 5", "/nonexistent/python"]),
])
def test_a_wrong_spec_is_refused_before_anything_runs(experiment, old, new, words):
    experiment.write({"a.py": PROGRAM})
    spec = experiment.folder / "spec.toml"
    text = spec.read_text()
    assert text.count(old) == 1
    spec.write_text(text.replace(old, new))
    assert_one_line(experiment("run"), 2, "spec.toml", *words)
    assert not experiment.results.exists()


def test_a_spec_that_is_not_there(swprof, tmp_path):
    assert_one_line(swprof("experiment", "run", tmp_path / "spec.toml"), 2, "cannot read the spec")
    assert_one_line(swprof("experiment", "report", tmp_path / "spec.toml"), 2, "cannot read the spec")


def test_nothing_measured_is_said_so(experiment):
    experiment.write({"a.py": PROGRAM})
    assert_one_line(experiment("report"), 3, "swprof experiment run")
    assert cells(experiment.json("status"))["signal"]["state"] == "not begun"


def test_a_cell_that_fails_is_marked_and_the_rest_goes_on(experiment):
    experiment.write({
        "good.py": PROGRAM,
        "wrong.py": "import sys\nsys.exit('wrong.py: wrong answer: 4, not 5')\n",
        "hung.py": "import time\ntime.sleep(60)\n",
        "hungry.py": "x = bytearray(1 << 30)\n",
        "killed.py": "import os\nos.kill(os.getpid(), 11)\n",
    }, more="[limits]\nseconds = 3\nmebibytes = 256\n")
    result = experiment("run")
    assert result.returncode == 0 and "failed" in result.stderr
    blocks = {block["workload"]: block for block in experiment.json("status")["blocks"]}
    assert all(block["isFinished"] for block in blocks.values())
    assert all(cell["state"] == "finished" for cell in blocks["good.py"]["cells"])
    for name, why in [
            ("wrong.py", "status 1: wrong.py: wrong answer: 4, not 5"), ("hung.py", "hung: killed after 3 s"),
            ("hungry.py", "memory: more than 256 MiB"), ("killed.py", "killed by signal 11")]:
        whys = {cell["why"] for cell in blocks[name]["cells"] if cell["why"]}
        assert whys == {why}
        assert all(cell["state"] == "given up" for cell in blocks[name]["cells"])
    report = experiment("report").stdout
    assert "wrong answer: 4, not 5" in report and "hung: killed after 3 s" in report


def test_what_a_hung_program_leaves_behind_holds_nothing_up(experiment):
    experiment.write(
        {"a.py": "import subprocess, time\nsubprocess.Popen(['setsid', 'sleep', '20'])\ntime.sleep(60)\n"},
        more="[limits]\nseconds = 1\n")
    assert experiment("run").returncode == 0


@pytest.mark.parametrize("kills", [6])
def test_killed_at_any_instant_it_loses_and_doubles_nothing(experiment, kills):
    experiment.write({"a.py": PROGRAM, "b.py": PROGRAM + "\n# another\n"}, runs=12)
    before = 0
    for kill in range(kills):
        process = experiment.start()
        time.sleep(0.15 + 0.13 * kill)
        process.send_signal(signal.SIGKILL)
        process.wait()
        stored = experiment.query("SELECT count(*) FROM measurement")[0][0] if experiment.results.exists() else 0
        assert stored >= before
        before = stored
    assert experiment("run").returncode == 0
    assert experiment.runs_of_cells() == [(12,)] * 8
    assert experiment.query("SELECT round, cell, count(*) FROM measurement GROUP BY round, cell HAVING count(*) > 1") == []
    assert experiment.query("SELECT count(*) FROM round") == [(24,)]
    assert experiment.query("PRAGMA integrity_check") == [("ok",)]


def programs_of(process):
    """The numbers of the processes that it has started a.py in."""
    listed = subprocess.run(["ps", "-ww", "--ppid", str(process), "-o", "pid=,args="], stdout=subprocess.PIPE, text=True).stdout
    return [line.split()[0] for line in listed.splitlines() if line.endswith("a.py")]


def test_an_interrupt_ends_it_and_what_it_started(experiment):
    experiment.write({"a.py": "import time\nopen('/dev/null')\ntime.sleep(0.5)\n"}, runs=40)
    process = experiment.start()
    children = []
    for _ in range(500):
        children = programs_of(process.pid)
        if children:
            break
        time.sleep(0.02)
    process.send_signal(signal.SIGINT)
    assert process.wait(timeout=20) == -signal.SIGINT
    assert children and not [child for child in children if (pathlib.Path("/proc") / child).exists()]
    statuses = experiment.query("SELECT DISTINCT status FROM measurement")
    assert statuses in ([], [(0,)])


def test_two_runs_at_once_are_refused(experiment):
    experiment.write({"a.py": "import time\ntime.sleep(0.3)\n"}, runs=50)
    process = experiment.start()
    try:
        for _ in range(200):
            if experiment.results.exists() and experiment.results.stat().st_size:
                break
            time.sleep(0.05)
        assert_one_line(experiment("run"), 3, "another run is adding", "--store")
        assert not experiment.json("status")["isFinished"]
    finally:
        process.kill()
        process.wait()


def test_results_of_changed_programs_and_specs_are_said_to_be_stale(experiment):
    experiment.write({"a.py": PROGRAM, "b.py": PROGRAM + "# b\n"})
    experiment("run")
    (experiment.folder / "a.py").write_text(PROGRAM + "# changed\n")
    assert [each["workload"] for each in experiment.json("report")["stale"]] == ["a.py"]
    (experiment.folder / "b.py").unlink()
    assert {each["workload"] for each in experiment.json("report")["stale"]} == {"a.py", "b.py"}
    (experiment.folder / "b.py").write_text(PROGRAM + "# b\n")
    assert "program has changed" in experiment("report").stdout
    assert experiment("run").stderr.startswith("8 runs")
    assert experiment.json("report")["stale"] == []
    spec = experiment.folder / "spec.toml"
    spec.write_text(spec.read_text() + "# a remark\n")
    assert "spec has changed" in experiment("report").stdout


def test_the_short_form_measures_less_of_the_same(experiment):
    experiment.write({"a.py": PROGRAM, "b.py": PROGRAM + "# b\n"}, runs=3, more='[quick]\nruns = 2\nworkloads = ["a.py"]\n')
    assert experiment("run", "--quick").stderr.startswith("8 runs")
    assert experiment.json("status", "--quick")["isFinished"]
    assert experiment("run").stderr.startswith("16 runs")


def test_stores_of_two_workers_are_joined(experiment, swprof, tmp_path):
    experiment.write({"a.py": PROGRAM, "b.py": PROGRAM + "# b\n"})
    blocks = [block["id"] for block in experiment.json("status")["blocks"]]
    stores = [tmp_path / f"worker{number}.sqlite" for number in range(2)]
    for block, store in zip(blocks, stores):
        assert experiment("run", "--only", block[:10], "--store", store).stderr.startswith("8 runs")
    merged = swprof("experiment", "merge", tmp_path / "spec.toml", *stores)
    assert merged.returncode == 0 and merged.stderr.count("8 measurements added") == 2
    assert swprof("experiment", "merge", tmp_path / "spec.toml", *stores).stderr.count(": 0 measurements added") == 2
    assert experiment("run").stderr.startswith("nothing to run")
    assert experiment.json("report")["measurements"] == 16
    assert experiment.runs_of_cells() == [(2,)] * 8
    assert_one_line(experiment("run", "--only", "zzz"), 2, "'zzz'", "status --json")


def test_the_store_of_another_experiment_is_refused(experiment, swprof, tmp_path):
    experiment.write({"a.py": PROGRAM})
    experiment("run", "--store", tmp_path / "other.sqlite")
    spec = tmp_path / "spec.toml"
    spec.write_text(re.sub('title = ".*"', 'title = "Of its own"', spec.read_text()))
    assert_one_line(swprof("experiment", "merge", spec, tmp_path / "other.sqlite"), 2, "is another")


def test_progress_is_for_terminals_alone(experiment, swprof):
    experiment.write({"a.py": PROGRAM})
    assert "left" not in experiment("run").stderr
    experiment.results.unlink()
    words = f"{swprof.path} experiment run {experiment.folder / 'spec.toml'}"
    shown = subprocess.run(["script", "-qec", words, "/dev/null"], stdout=subprocess.PIPE, stdin=subprocess.DEVNULL, text=True, timeout=30).stdout
    assert re.search(r"a\.py · (signal|control|second control|setprofile) · \d+ runs? left, about \d+ s", shown)


def test_shares_are_kept_beside_the_programs_own_truth(experiment):
    truth = 'import json; print(json.dumps({"truth": {"work": 0.9}, "within": "main", "seconds": 1}))\n'
    experiment.write({"a.py": PROGRAM + truth}, runs=3, more='shares = "functions"\n')
    experiment("run")
    block = experiment.json("report")["blocks"][0]
    assert [(each["name"], each["share"]["mean"]) for each in block["truth"]] == [("work", pytest.approx(0.9))]
    arm = next(arm for arm in block["arms"] if arm["name"] == "setprofile")
    within = [each for each in arm["shares"] if each["basis"] == "within"]
    assert [each["name"] for each in within] == ["work"] and within[0]["share"]["mean"] > 0.5
    assert sum(each["runs"] for each in arm["hottest"]) == 3
    assert not any(str(experiment.folder) in (each["file"] or "") for each in arm["shares"])


def test_shares_are_parts_of_the_time_within_a_function(experiment):
    experiment.write({"a.py": PROGRAM}, runs=2, more='shares = "functions"\nwithin = "work"\n')
    experiment("run")
    report = experiment.json("report")
    assert report["within"] == "work"
    arm = next(arm for arm in report["blocks"][0]["arms"] if arm["name"] == "setprofile")
    assert sum(each["share"]["mean"] for each in arm["shares"]) == pytest.approx(1)
    assert not [each for each in arm["shares"] if each["name"] == "<module>"]
    assert "share of, within work" in experiment("report").stdout
    # What is a part of something else is another cell.
    experiment.write({"a.py": PROGRAM}, runs=2, more='shares = "functions"\nwithin = "main"\n')
    assert "nothing to run" not in experiment("run").stderr


def test_shares_within_what_nobody_saw_are_said_to_be_none(experiment):
    experiment.write({"a.py": PROGRAM}, runs=2, more='shares = "functions"\nwithin = "nobody"\n')
    experiment("run")
    assert "no run has a function `nobody`" in experiment("report").stdout


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can make a disk that is soon full")
def test_a_full_disk_stops_it_cleanly(experiment, tmp_path):
    disk = tmp_path / "disk"
    disk.mkdir()
    if subprocess.run(["mount", "-t", "tmpfs", "-o", "size=120k", "tmpfs", disk], stderr=subprocess.DEVNULL).returncode:
        pytest.skip("no file system may be mounted here")
    try:
        experiment.write({"a.py": "pass\n"}, runs=500)
        assert_one_line(experiment("run", "--store", disk / "results.sqlite"), 3, "the disk is full", "make room")
    finally:
        subprocess.run(["umount", disk], check=True)
