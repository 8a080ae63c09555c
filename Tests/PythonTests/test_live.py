"""The live view: what it shows, how it ends, and that the terminal is given back as it was."""
import os
import re
import signal
import time

import pytest

from profiling import written
from targets import VERSIONS, target
from terminals import Terminal

# The oldest and the newest.
ENDS = [VERSIONS[0], VERSIONS[-1]]

SHARES = """
import time
def seventy():
    until = time.perf_counter() + 0.07
    while time.perf_counter() < until:
        pass
def thirty():
    until = time.perf_counter() + 0.03
    while time.perf_counter() < until:
        pass
"""
FOR_EVER = SHARES + """
print("ready", flush=True)
while True:
    seventy()
    thirty()
"""
FOR_A_WHILE = SHARES + """
import sys
print("to output", flush=True)
print("to errors", file=sys.stderr, flush=True)
print(sys.stdin.isatty(), sys.stdout.isatty(), flush=True)
end = time.perf_counter() + 1
while time.perf_counter() < end:
    seventy()
    thirty()
print("the end")
sys.exit(7)
"""

ROW = re.compile(r"^ +(\d+\.\d+) % \[(\d+\.\d+), (\d+\.\d+)\]( +certain)? +(\S+)")


def rows(picture):
    """By name: share, bounds, and whether its place is certain."""
    found = [match for line in picture if (match := ROW.match(line))]
    return {match[5]: (*map(float, match.group(1, 2, 3)), bool(match[4])) for match in found}


@pytest.mark.parametrize("python", ENDS)
def test_top_shows_shares_that_tighten_and_ends_with_a_report(tmp_path, python):
    with target(tmp_path, FOR_EVER, python=python) as process, Terminal("top", process.pid) as terminal:
        first = rows(terminal.picture_with("seventy", "["))
        terminal.wait_for(lambda text: text.count("\x1b[J") > 6)
        later = rows(terminal.picture_with("certain"))
        terminal.press("q")
        assert terminal.end() == 0
        assert terminal.is_as_before() and process.poll() is None
        assert "Hot lines" in terminal.after()
    for name, truth in ("seventy", 70), ("thirty", 30):
        share, low, high, certain = later[name]
        assert low <= share <= high and low - 4 < truth < high + 4
        assert high - low < first[name][2] - first[name][1]
    assert later["seventy"][3]


def test_keys_choose_what_is_shown_and_the_view_follows_the_terminals_size(tmp_path):
    with target(tmp_path, FOR_EVER, python=ENDS[0]) as process, Terminal("top", process.pid, "--by", "line") as terminal:
        terminal.picture_with("line", "%")
        terminal.press("t")
        terminal.picture_with("main thread")
        terminal.press("f")
        terminal.picture_with("seventy")
        terminal.resize(10, 40)
        small = terminal.wait_for(lambda _: next((each for each in terminal.pictures()[-2:] if max(map(len, each)) <= 40), None))
        assert len(small) <= 10 and any("seventy" in line for line in small)
        os.killpg(os.getpgid(terminal.process.pid), signal.SIGINT)
        assert terminal.end() == 0 and terminal.is_as_before()


def test_it_ends_by_itself_when_all_shares_are_known_well_enough(tmp_path):
    with target(tmp_path, FOR_EVER, python=ENDS[0]) as process, Terminal("top", process.pid, "--until", "0.06") as terminal:
        assert terminal.end(20) == 0
        assert terminal.is_as_before() and "now ±" in "\n".join(terminal.pictures()[-1])
        assert all(high - low <= 12.2 for _, low, high, _ in rows(terminal.pictures()[-1]).values())


@pytest.mark.parametrize("python", ENDS)
def test_run_shows_what_the_program_prints_when_it_has_ended(tmp_path, python):
    program = written(tmp_path, FOR_A_WHILE)
    with Terminal("run", "--live", "--python", python, program) as terminal:
        assert terminal.end() == 7
        assert terminal.is_as_before()
        assert terminal.after().replace("\r", "").startswith("to output\nto errors\nTrue False\nthe end\n")
        assert "Hot lines" in terminal.after()
        shown = rows(terminal.pictures()[-1])
    assert shown["seventy"][0] == pytest.approx(70, abs=12)


def test_run_leaves_output_that_is_no_terminal_alone(tmp_path):
    program = written(tmp_path, FOR_A_WHILE)
    with open(tmp_path / "out", "wb") as out, Terminal("run", "--live", "--python", ENDS[0], program, stdout=out) as terminal:
        assert terminal.end() == 7 and terminal.is_as_before()
        assert terminal.after().replace("\r", "").startswith("to errors\n")
    assert (tmp_path / "out").read_text() == "to output\nTrue False\nthe end\n"


@pytest.mark.parametrize("words, words_shown", [
    (["-d", "evalframe"], "measured, not sampled"), (["--schedule", "periodic"], "no interval is valid for periodic ticks"),
    (["-d", "gil"], "the program picks the instants"),
])
def test_what_has_no_interval_says_so(tmp_path, words, words_shown):
    with Terminal("run", "--live", "--python", ENDS[0], *words, written(tmp_path, FOR_A_WHILE), columns=120) as terminal:
        # A tracer is calibrated first, once.
        picture = "\n".join(terminal.picture_with("seventy", seconds=60))
        assert words_shown in picture and "[" not in picture
        assert terminal.end() == 7 and terminal.is_as_before()


def test_with_children_the_view_says_that_it_is_of_one_process_and_the_report_has_all(tmp_path):
    source = """
import os
parent = os.getpid()
if not os.fork():
    while os.getppid() == parent: sum(range(10_000))
    os._exit(0)
""" + FOR_EVER
    with target(tmp_path, source, python=ENDS[0]) as process, Terminal("top", "--children", process.pid) as terminal:
        picture = terminal.picture_with("seventy", "%")
        terminal.press("q")
        assert terminal.end() == 0
        report = " ".join(terminal.after().split())
    assert f"process {process.pid}, without its children" in picture[0]
    assert "2 processes took part" in report


def test_ctrl_c_is_the_programs(tmp_path):
    with Terminal("run", "--live", "--python", ENDS[0], written(tmp_path, FOR_EVER)) as terminal:
        terminal.picture_with("seventy")
        terminal.press("\x03")
        assert terminal.end() == -signal.SIGINT
        assert terminal.is_as_before() and "KeyboardInterrupt" in terminal.after() and "Hot lines" in terminal.after()


@pytest.mark.parametrize("end", ["kill", "exec"])
def test_a_target_that_ends_or_becomes_another_ends_the_view(tmp_path, end):
    source = FOR_EVER.replace("    thirty()\n", "    thirty()\n    if os.path.exists(sys.argv[1]): os.execv('/bin/sleep', ['sleep', '9'])\n")
    with target(tmp_path, "import os, sys\n" + source, tmp_path / "go", python=ENDS[0]) as process, Terminal("top", process.pid) as terminal:
        terminal.picture_with("seventy")
        if end == "kill":
            process.kill()
        else:
            (tmp_path / "go").touch()
        assert terminal.end() == 0
        assert terminal.is_as_before() and ("in its place" if end == "exec" else "ended") in terminal.after()


def test_ctrl_z_gives_the_terminal_back_until_it_goes_on(tmp_path):
    with target(tmp_path, FOR_EVER, python=ENDS[0]) as process, Terminal("top", process.pid) as terminal:
        terminal.picture_with("seventy")
        os.kill(terminal.process.pid, signal.SIGTSTP)
        os.waitpid(terminal.process.pid, os.WUNTRACED)
        terminal.read()
        assert terminal.is_as_before()
        os.kill(terminal.process.pid, signal.SIGCONT)
        terminal.picture_with("seventy")
        terminal.press("q")
        assert terminal.end() == 0 and terminal.is_as_before()


def test_without_a_terminal_there_is_one_line(swprof, tmp_path):
    program = written(tmp_path, FOR_A_WHILE)
    result = swprof("run", "--live", program)
    assert result.returncode == 7 and result.stdout.startswith("to output\n")
    assert result.stderr.startswith("swprof: --live needs a terminal behind standard error") and "\x1b[?1049h" not in result.stderr
    result = swprof("top", str(os.getpid()))
    assert result.returncode == 2 and result.stderr.count("\n") == 1 and "needs a terminal" in result.stderr
    with Terminal("top", os.getpid(), environment={"TERM": "dumb"}) as terminal:
        assert terminal.end() == 2 and "needs a terminal" in terminal.text


@pytest.mark.parametrize("words", [["--until", "0"], ["--until", "1"], ["--until", "0.1", "--schedule", "periodic"], ["--by", "stack"]])
def test_what_cannot_be_watched_is_said_before_anything_is(tmp_path, words):
    with Terminal("top", os.getpid(), *words) as terminal:
        assert terminal.end() == 2
        assert terminal.text.count("\n") == 1 and terminal.text.startswith("swprof: ")


def test_attach_ends_at_an_error_without_a_view_too(swprof, tmp_path):
    with target(tmp_path, FOR_EVER, python=ENDS[0]) as process:
        began = time.monotonic()
        result = swprof("attach", "--until", "0.08", str(process.pid))
    assert result.returncode == 0 and time.monotonic() - began < 15 and result.stderr == ""


def test_watching_costs_little(tmp_path):
    """Of a processor, beside what the reader takes, which attach has as well."""
    with target(tmp_path, FOR_EVER, python=ENDS[0]) as process, Terminal("top", process.pid) as terminal:
        terminal.picture_with("seventy")

        def used():
            with open(f"/proc/{terminal.process.pid}/stat") as file:
                fields = file.read().rsplit(")", 1)[1].split()
            return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")

        before, began = used(), time.monotonic()
        time.sleep(2)
        assert used() - before < 0.05 * (time.monotonic() - began)


def test_names_give_the_terminal_no_orders(tmp_path):
    source = SHARES + """
evil = "\\x1b[?1049lowned\\u202e"
seventy.__code__ = seventy.__code__.replace(co_name=evil, co_qualname=evil)
print("ready", flush=True)
while True:
    seventy()
"""
    with target(tmp_path, source, python=ENDS[0]) as process, Terminal("top", process.pid) as terminal:
        terminal.picture_with("owned")
        terminal.press("q")
        assert terminal.end() == 0 and terminal.is_as_before() and "\u202e" not in terminal.text
