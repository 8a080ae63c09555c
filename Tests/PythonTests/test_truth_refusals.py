"""The known-answer workloads refuse wrong answers and wrong arguments, in one line."""
import resource

import pytest

import commandline
from known_answers import SHARED, SHORT, WORKLOADS, run


def assert_refused(result, *wanted):
    assert (result.status, result.output, result.timeline) == (1, "", None)
    assert result.error.count("\n") == 1, result.error
    for words in wanted:
        assert words in result.error


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
    ("stalls", "workers.py", "time.sleep(milliseconds / 1_000)", "time.sleep(milliseconds / 9_000)"),
    ("stalls", "workers.py", "total += 0.25", "total += 0.5"),
    ("two_threads", "two_threads.py", "return sorted(numbers)", "return sorted(numbers[1:])"),
    ("two_threads", "two_threads.py", "(add, SEGMENT, answer(1))", "(add, SEGMENT, answer(2))"),
    ("two_threads", "two_threads.py", "(subtract, SEGMENT, answer(1))", "(subtract, SEGMENT + 1, answer(1))"),
    ("deep_recursion", "deep_recursion.py", "DEPTH = 600", "DEPTH = 500"),
    ("deep_recursion", "workers.py", "total += 0.25", "total += 0.5"),
    ("generators", "generators.py", "walk(rounds.bit_length(), 2 * SEGMENT)", "walk(rounds.bit_length(), SEGMENT)"),
    ("generators", "generators.py", "collect(SEGMENT)", "collect(SEGMENT - 1)"),
    ("sleep_io", "sleep_io.py", "os.pread(file, len(PIECE), number * len(PIECE))", "os.pread(file, len(PIECE), number)"),
    ("sleep_io", "sleep_io.py", 'os.write(answer_to, b"!")', 'os.write(answer_to, b"?")'),
    ("sleep_io", "workers.py", "time.sleep(milliseconds / 1_000)", "time.sleep(milliseconds / 9_000)"),
    ("large_io", "large_io.py", "[buffer], 0)\n\n\ndef read_file", "[buffer[1:]], 0)\n\n\ndef read_file"),
    ("large_io", "large_io.py", "os.preadv(file, [buffer], 0)", "os.preadv(file, [buffer], 1)"),
    ("large_io", "large_io.py", "    return done\n", "    return done - 1\n"),
    ("page_faults", "page_faults.py", "range(0, TOUCHED, PAGE)", "range(PAGE, TOUCHED, PAGE)"),
    ("page_faults", "page_faults.py", 'bytearray(b"x") * FILLED', 'bytearray(b"y") * FILLED'),
    ("deep_stacks", "deep_stacks.py", "return total + 0.25", "return total + 0.5"),
    ("exceptions", "exceptions.py", "raise Refused(levels)", "raise Refused(1)"),
    ("exceptions", "exceptions.py", "raise KeyError(number)\n        except KeyError as missing:\n            caught", "raise KeyError(-1)\n        except KeyError as missing:\n            caught"),
    ("exceptions", "exceptions.py", "raise Refused(number) from missing", "raise Refused(number) from KeyError(-1)"),
    ("big_integers", "big_integers.py", "return FACTOR * FACTOR", "return FACTOR * (FACTOR - 1)"),
    ("big_integers", "big_integers.py", "SMALL * SMALL == ", "SMALL * SMALL - 1 == "),
    ("big_integers", "big_integers.py", "divmod(FACTOR, DIVISOR)", "divmod(FACTOR, DIVISOR + 1)"),
    ("big_integers", "big_integers.py", "math.isqrt(square)", "math.isqrt(square) - 1"),
    ("garbage", "garbage.py", "one.append([one])", "one.append([])"),
    ("garbage", "garbage.py", "for _ in range(lists)", "for _ in range(lists - 1)"),
    ("many_threads", "many_threads.py", "(function, SEGMENT, answer(1))", "(function, SEGMENT + 1, answer(1))"),
    ("many_threads", "many_threads.py", "return not threading", "return threading"),
    ("contention", "contention.py", "SEGMENT * segments)", "SEGMENT * segments + 1)"),
    ("tasks", "tasks.py", "range(TURNS)", "range(TURNS - 1)"),
    ("bursts", "bursts.py", "recorder.call(fall, additions // 3)", "recorder.call(fall, additions // 4)"),
    ("arrays", "arrays.py", "return left @ right", "return left * right"),
    ("arrays", "arrays.py", "return numpy.sort(numbers)", "return numbers"),
    ("arrays", "arrays.py", "(numbers + numbers)", "(numbers + 1)"),
]


@pytest.mark.parametrize("name, file, old, new", PLANTED)
def test_a_wrong_answer_is_refused(tmp_path, name, file, old, new):
    if name not in SHORT:
        pytest.skip("NumPy is not installed")
    for needed in [f"{name}.py", *SHARED]:
        text = (WORKLOADS / needed).read_text()
        if needed == file:
            assert text.count(old) == 1
            text = text.replace(old, new)
        (tmp_path / needed).write_text(text)
    small = ["50"] if name == "lockstep" else ["1"]
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


@pytest.mark.parametrize("words", [[], ["nosuch"]])
def test_by_cpu_needs_a_workload(words):
    assert_refused(run(WORKLOADS / "by_cpu.py", *words), "by_cpu.py: ")


def test_a_timeline_that_cannot_be_written_is_told(tmp_path):
    result = commandline.call(
        [commandline.python_path(), WORKLOADS / "deep_recursion.py", "1"],
        env=commandline.clean_environment(TRUTH_TIMELINE=str(tmp_path / "no" / "file")))
    assert (result.returncode, result.stdout) == (1, "")
    assert result.stderr.count("\n") == 1 and "TRUTH_TIMELINE" in result.stderr


def test_a_disk_that_takes_no_more_is_told():
    result = commandline.call(
        [commandline.python_path(), WORKLOADS / "sleep_io.py", "1"],
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (4_096, 4_096)))
    assert (result.returncode, result.stdout) == (1, "")
    assert result.stderr == "sleep_io.py: the temporary file failed: File too large\n"
