"""The passes that comparisons are measured with: equal, checked, and as many as were asked for."""
import json
import pathlib
import subprocess
import sys

PASSES = pathlib.Path(__file__).parents[2] / "experiments" / "coverage" / "passes.py"


def run(script, *arguments):
    return subprocess.run([sys.executable, script, *arguments], capture_output=True, text=True, timeout=60)


def test_it_tells_how_long_its_passes_took():
    result = run(PASSES, "20")
    told = json.loads(result.stdout)
    assert (result.returncode, result.stderr) == (0, "")
    assert told["passes"] == 20
    assert 0 < told["seconds"] < 60


def test_a_wrong_answer_is_refused(tmp_path):
    wrong = tmp_path / "passes.py"
    wrong.write_text(PASSES.read_text().replace("% 3_334", "% 3_333"))
    result = run(wrong, "1")
    assert (result.returncode, result.stdout) == (1, "")
    assert result.stderr.count("\n") == 1 and "wrong answer" in result.stderr


def test_what_is_no_number_is_refused():
    result = run(PASSES, "many")
    assert result.returncode == 1
    assert result.stderr == "passes.py: PASSES must be a whole number, not 'many'\n"
