"""The known-answer workloads: each tells its own run's exact shares, and refuses a wrong answer."""
import functools
import json
import re
import subprocess
import tempfile
import typing

import pytest

import commandline

WORKLOADS = commandline.REPOSITORY / "experiments" / "workloads"
HELPERS = ["truth.py", "script.py", "workers.py"]

# Every workload: the arguments of a short run, and the functions whose shares it tells.
SHORT = {
    "equal": (["1"], [f"equal_{number:02}" for number in range(1, 41)]),
    "zipf": (["1"], [f"rank_{rank:02}" for rank in range(1, 51)]),
    "calls_inlined": (["1", "5"], ["calling", "inlined"]),
    "lockstep": (["200"], ["back", "front"]),
    "holds_gil": (["2"], ["arrange", "count", "multiply", "power", "substitute"]),
    "releases_gil": (["2"], ["compress", "count", "digest", "expand"]),
    "stalls": (["1"], ["apply", "prepare", "stall"]),
    "two_threads": (["2"], ["add", "digest", "doze", "subtract"]),
    "deep_recursion": (["3"], ["at_bottom", "halfway", "near_top"]),
    "generators": (["5"], ["collect", "rows", "walk"]),
    "sleep_io": (["3"], ["compute", "doze", "read_file", "wait_for_pipe", "write_file"]),
}
BRACKETED = [name for name in SHORT if name != "lockstep"]


class Run(typing.NamedTuple):
    status: int
    output: str
    error: str
    timeline: dict | None

    @property
    def line(self):
        return json.loads(self.output)

    @property
    def threads(self):
        return self.timeline.get("threads", [self.timeline])

    @property
    def segments(self):
        return [segment for thread in self.threads for segment in thread["segments"]]


def run(script, *arguments):
    """Runs a workload as a user does, with a timeline beside it."""
    with tempfile.NamedTemporaryFile("r") as file:
        result = subprocess.run(
            [commandline.python_path(), script, *arguments], capture_output=True, text=True, timeout=60,
            env=commandline.clean_environment(TRUTH_TIMELINE=file.name))
        written = file.read()
    return Run(result.returncode, result.stdout, result.stderr, json.loads(written) if written else None)


@functools.cache
def short_run(name):
    result = run(WORKLOADS / f"{name}.py", *SHORT[name][0])
    assert (result.status, result.error) == (0, "")
    return result


def assert_refused(result, *wanted):
    assert (result.status, result.output, result.timeline) == (1, "", None)
    assert result.error.count("\n") == 1, result.error
    for words in wanted:
        assert words in result.error


def numbers_in(value):
    if isinstance(value, dict):
        return [number for inner in value.values() for number in numbers_in(inner)]
    return [value] if isinstance(value, (int, float)) else []


def test_every_workload_that_tells_its_truth_is_tested():
    telling = {path.stem for path in WORKLOADS.glob("*.py") if re.search(r"^from truth import", path.read_text(), re.MULTILINE)}
    assert telling == set(SHORT)


@pytest.mark.parametrize("name", SHORT)
def test_the_truth_is_one_line_of_json(name):
    result = short_run(name)
    line = result.line
    assert result.output.count("\n") == 1
    assert sorted(line["truth"]) == SHORT[name][1]
    assert line["within"] == "main"
    assert 0.01 < line["seconds"] < 30
    assert all(abs(number) < 100 for number in numbers_in(line))
    assert set(line) == {"truth", "within", "seconds", "bracket", "shortest"} | ({"error"} if name == "lockstep" else set())


@pytest.mark.parametrize("name", SHORT)
def test_shares_are_parts_of_one_whole(name):
    shares = short_run(name).line["truth"].values()
    assert all(0 < share < 1 for share in shares)
    assert 0.7 < sum(shares) <= 1 + 1e-12, "main itself does next to nothing"


@pytest.mark.parametrize("name", BRACKETED)
def test_brackets_cost_one_part_in_ten_thousand_at_most(name):
    assert 0 < short_run(name).line["bracket"] <= 1e-4


@pytest.mark.parametrize("name", BRACKETED)
def test_segments_are_coarse(name):
    result = short_run(name)
    assert result.line["shortest"] >= 0.005
    assert min(end - begin for _, begin, end in result.segments) == round(result.line["shortest"] * 1e9)


@pytest.mark.parametrize("name", SHORT)
def test_the_timeline_agrees_with_the_truth(name):
    result = short_run(name)
    whole = sum(end - begin for begin, end in (thread["within"] for thread in result.threads))
    assert result.line["seconds"] == pytest.approx(whole / 1e9, abs=1e-12)
    for function, share in result.line["truth"].items():
        time = sum(end - begin for named, begin, end in result.segments if named == function)
        assert share == pytest.approx(time / whole, abs=1e-9)


@pytest.mark.parametrize("name", SHORT)
def test_the_segments_of_a_thread_follow_one_another_under_main(name):
    for thread in short_run(name).threads:
        begin, end = thread["within"]
        instants = [begin] + [instant for segment in thread["segments"] for instant in segment[1:]] + [end]
        assert instants == sorted(instants)


def test_several_threads_have_a_timeline_each():
    functions = [{segment[0] for segment in thread["segments"]} for thread in short_run("two_threads").threads]
    assert functions == [{"add", "digest"}, {"subtract", "doze"}]


@pytest.mark.parametrize("name, kept", [("equal", 40), ("stalls", 17)])
def test_the_order_of_calls_is_always_the_same(name, kept):
    again = run(WORKLOADS / f"{name}.py", *SHORT[name][0])
    order = [segment[0] for segment in again.segments]
    assert order == [segment[0] for segment in short_run(name).segments]
    assert len(order) == kept and order != sorted(order)


def test_zipf_calls_the_kth_function_fifty_kths_times():
    order = [segment[0] for segment in short_run("zipf").segments]
    assert [order.count(f"rank_{rank:02}") for rank in range(1, 51)] == [round(50 / rank) for rank in range(1, 51)]


def test_a_size_lengthens_the_run():
    assert len(run(WORKLOADS / "deep_recursion.py", "1").segments) == 3
    assert len(short_run("deep_recursion").segments) == 9


def test_the_calling_part_is_settable():
    mostly = run(WORKLOADS / "calls_inlined.py", "1", "95").line["truth"]
    assert short_run("calls_inlined").line["truth"]["calling"] < 0.25
    assert mostly["calling"] > 0.75


@pytest.mark.parametrize("period, phases", [("1", 200), ("half", 400), ("double", 100)])
def test_lockstep_keeps_to_its_grid(period, phases):
    result = run(WORKLOADS / "lockstep.py", "50", period, "2")
    assert len(result.segments) == phases // 2
    ends = [end for name, _, end in result.segments if name == "back"]
    begin = result.timeline["within"][0]
    length = 100_000_000 // (phases // 4)
    assert all(end >= begin + (number + 1) * length for number, end in enumerate(ends))
    assert ends[-1] < begin + 100_000_000 + 500_000_000, "and does not fall behind"


def test_lockstep_states_its_error():
    result = short_run("lockstep")
    assert 0 < result.line["error"] < 0.02
    assert result.line["bracket"] == 0


# In which workload what is changed, and where: each breaks an answer.
PLANTED = [
    ("equal", "workers.py", "total += 0.25", "total += 0.5"),
    ("zipf", "workers.py", "total = 0.0", "total = 0.25"),
    ("calls_inlined", "calls_inlined.py", "return total + 0.25", "return total + 0.125"),
    ("calls_inlined", "calls_inlined.py", "total = total + 0.25", "total = total + 0.125"),
    ("lockstep", "lockstep.py", "begin + grid[phase])", "begin)"),
    ("lockstep", "lockstep.py", "begin + grid[phase + 1])", "begin + grid[phase + 1] - 900_000)"),
    ("holds_gil", "holds_gil.py", "return FACTOR * FACTOR", "return FACTOR * (FACTOR - 1)"),
    ("holds_gil", "holds_gil.py", "pow(3, PRIME - 1, PRIME)", "pow(3, PRIME - 2, PRIME)"),
    ("holds_gil", "holds_gil.py", "return sorted(SCATTERED)", "return sorted(SCATTERED, reverse=True)"),
    ("holds_gil", "holds_gil.py", '"b", "cd"', '"b", "dc"'),
    ("releases_gil", "releases_gil.py", "6 << 20", "5 << 20"),
    ("releases_gil", "releases_gil.py", "zlib.decompress(COMPRESSED)", "zlib.decompress(COMPRESSED)[1:]"),
    ("releases_gil", "releases_gil.py", "return zlib.compress(TEXT, 1)", "return zlib.compress(TEXT[1:], 1)"),
    ("stalls", "stalls.py", "time.sleep(milliseconds / 1_000)", "time.sleep(milliseconds / 9_000)"),
    ("stalls", "workers.py", "total += 0.25", "total += 0.5"),
    ("two_threads", "two_threads.py", "hashlib.sha512(data).digest()", "hashlib.sha384(data).digest()"),
    ("two_threads", "two_threads.py", "(add, SEGMENT, answer(1))", "(add, SEGMENT, answer(2))"),
    ("two_threads", "two_threads.py", "(subtract, SEGMENT, answer(1))", "(subtract, SEGMENT + 1, answer(1))"),
    ("deep_recursion", "deep_recursion.py", "DEPTH = 600", "DEPTH = 500"),
    ("deep_recursion", "workers.py", "total += 0.25", "total += 0.5"),
    ("generators", "generators.py", "walk(rounds.bit_length(), 2 * SEGMENT)", "walk(rounds.bit_length(), SEGMENT)"),
    ("generators", "generators.py", "collect(SEGMENT)", "collect(SEGMENT - 1)"),
    ("sleep_io", "sleep_io.py", "os.pread(file, len(PIECE), number * len(PIECE))", "os.pread(file, len(PIECE), number)"),
    ("sleep_io", "sleep_io.py", 'os.write(answer_to, b"!")', 'os.write(answer_to, b"?")'),
    ("sleep_io", "sleep_io.py", "time.sleep(milliseconds / 1_000)", "time.sleep(milliseconds / 9_000)"),
]


@pytest.mark.parametrize("name, file, old, new", PLANTED)
def test_a_wrong_answer_is_refused(tmp_path, name, file, old, new):
    for needed in [f"{name}.py", *HELPERS]:
        text = (WORKLOADS / needed).read_text()
        if needed == file:
            assert text.count(old) == 1
            text = text.replace(old, new)
        (tmp_path / needed).write_text(text)
    small = ["2"] if name == "lockstep" else ["1"]
    assert_refused(run(tmp_path / f"{name}.py", *small), f"{name}.py: wrong answer")


@pytest.mark.parametrize("name", SHORT)
def test_a_size_that_is_no_number_is_refused(name):
    assert_refused(run(WORKLOADS / f"{name}.py", "many"), f"{name}.py: SIZE", "'many'")


@pytest.mark.parametrize("size", ["", "0", "-1", "1.5", "100001", "1e3", "nan", "9" * 5_000])
def test_a_size_out_of_range_is_refused(size):
    assert_refused(run(WORKLOADS / "equal.py", size), "equal.py: SIZE must be a whole number from 1 to 100000")


@pytest.mark.parametrize("name, arguments, words", [
    ("calls_inlined", ["1", "4"], "PERCENT"), ("calls_inlined", ["1", "96"], "PERCENT"),
    ("calls_inlined", ["1", "half"], "PERCENT"), ("lockstep", ["1", "thirds"], "PERIOD must be 1 or half or double"),
    ("lockstep", ["1", "1", "0.4"], "MILLISECONDS"), ("lockstep", ["1", "1", "nan"], "MILLISECONDS"),
    ("lockstep", ["1", "1", "inf"], "MILLISECONDS"),
])
def test_another_argument_out_of_range_is_refused(name, arguments, words):
    assert_refused(run(WORKLOADS / f"{name}.py", *arguments), f"{name}.py: {words}")


def test_a_timeline_that_cannot_be_written_is_told(tmp_path):
    result = commandline.call(
        [commandline.python_path(), WORKLOADS / "deep_recursion.py", "1"],
        env=commandline.clean_environment(TRUTH_TIMELINE=str(tmp_path / "no" / "file")))
    assert (result.returncode, result.stdout) == (1, "")
    assert result.stderr.count("\n") == 1 and "TRUTH_TIMELINE" in result.stderr
