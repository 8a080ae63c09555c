"""Who asks swprof to end has it end, by that signal, whatever it was measuring: not one run of many, and without a figure of a part."""
import signal
import subprocess
import time

import pytest

from commandline import clean_environment
from terminals import Terminal

# Says that it has begun, and is long: for `overhead`, by passes.
PROGRAM = """
import pathlib, sys, time
pathlib.Path(__file__).with_name("begun").touch()
def run_pass():
    until = time.perf_counter() + 0.01
    while time.perf_counter() < until: pass
if __name__ == "__main__":
    for turn in range(int(sys.argv[1])): run_pass()
"""
COMMANDS = {
    "compare": ["compare", "--designs", "signal", "--runs", "40", "PROGRAM", "50"],
    "before": ["compare", "--before", "PROGRAM 50", "--runs", "40", "--", "PROGRAM", "50"],
    "causal": ["compare", "--causal", "--slow", "run_pass", "--designs", "signal", "PROGRAM", "50"],
    "overhead": ["overhead", "--no-start", "--designs", "signal", "--seconds", "60", "PROGRAM"],
    "record": ["record", "-o", "OUT", "PROGRAM", "3000"],
}


@pytest.fixture
def interrupted(swprof, python, tmp_path):
    """Starts a command, sends it a signal once its program has begun, and says how it ended."""
    program = tmp_path / "program.py"
    program.write_text(PROGRAM)
    folder = tmp_path / "tmp"
    folder.mkdir()

    def call(words, number):
        words = [word.replace("PROGRAM", str(program)).replace("OUT", str(tmp_path / "out.swtl")) for word in words]
        process = subprocess.Popen(
            [swprof.path, words[0], "--python", python, *words[1:]], env=clean_environment(TMPDIR=str(folder)),
            stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        while not (tmp_path / "begun").exists():
            assert process.poll() is None, process.stderr.read()
            time.sleep(0.02)
        time.sleep(0.3)
        process.send_signal(number)
        out, err = process.communicate(timeout=60)
        return process.returncode, out, err, list(folder.iterdir())
    return call


def test_a_program_that_ends_well_by_the_signal_is_no_other(interrupted, tmp_path):
    (tmp_path / "program.py").write_text("import signal, sys\nsignal.signal(signal.SIGTERM, lambda *_: sys.exit(0))\n" + PROGRAM)
    status, _, err, left = interrupted(COMMANDS["before"], signal.SIGTERM)
    assert (status, left) == (-signal.SIGTERM, []), err


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
@pytest.mark.parametrize("command", COMMANDS)
def test_a_command_ends_by_the_signal_and_leaves_nothing(interrupted, command, number):
    status, out, err, left = interrupted(COMMANDS[command], number)
    assert (status, left) == (-number, []), err
    assert "did not load" not in err and "ended with status" not in err and "passes.py" not in err
    assert out == ""


def test_a_terminal_is_told_in_a_line_that_it_was_interrupted(python, tmp_path):
    program = tmp_path / "program.py"
    program.write_text(PROGRAM + "    print('a word', 'of mine', file=sys.stderr)\n")
    with Terminal("compare", "--python", python, "--designs", "signal", "--runs", "40", program, "100") as terminal:
        terminal.wait_for(lambda text: "a word of mine" in text)
        # In the middle of the next run.
        time.sleep(0.5)
        terminal.press("\x03")
        status = terminal.end()
    assert status == -signal.SIGINT
    assert terminal.text.count("swprof: interrupted by signal 2") == 1
