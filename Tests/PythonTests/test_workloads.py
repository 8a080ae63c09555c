"""The workloads check their own answers: right ones pass, and every planted wrong one fails."""
import os
import pathlib
import subprocess
import sys

import pytest

WORKLOADS = pathlib.Path(__file__).parents[2] / "experiments" / "workloads"


def run(script, *arguments):
    environment = {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")}
    return subprocess.run(
        [sys.executable, script, *arguments], capture_output=True, text=True, env=environment, timeout=60)


def run_changed(tmp_path, name, old, new, *arguments):
    """Runs a copy of a workload in which `old`, which must stand there once, is `new`."""
    source = (WORKLOADS / name).read_text()
    assert source.count(old) == 1
    changed = tmp_path / name
    changed.write_text(source.replace(old, new))
    return run(changed, *arguments)


def assert_refused(result, words):
    assert result.returncode == 1
    assert result.stdout == ""
    assert result.stderr.count("\n") == 1
    assert words in result.stderr


@pytest.mark.parametrize("n, count", [
    ("-5", 0), ("0", 0), ("2", 0), ("3", 1), ("4", 2), ("10", 4), ("11", 4), ("12", 5), ("100", 25),
    ("12345", 1474), ("100000", 9592), ("1000000", 78498),
])
def test_sieve_counts(n, count):
    result = run(WORKLOADS / "sieve.py", n)
    assert (result.returncode, result.stdout, result.stderr) == (0, f"{count}\n", "")


def test_sieve_takes_a_million_by_default():
    assert run(WORKLOADS / "sieve.py").stdout == "78498\n"


def test_sieve_stands_on_the_lines_that_others_rely_on():
    lines = (WORKLOADS / "sieve.py").read_text().splitlines()
    assert [line.strip() for line in lines[6:10]] == [
        "for i in range(2, n):",
        "if i not in non_primes:",
        "count += 1",
        "non_primes.update(range(i*i, n, i))",
    ]


@pytest.mark.parametrize("n", ["100", "123"])
@pytest.mark.parametrize("old, new, words", [
    ("count += 1", "count += 2", "primes below"),
    ("return count, non_primes", "return count, set()", "0 non-primes below"),
    ("range(i*i, n, i))\n    return", "range(i*i + i, n, i))\n    return", "primes below"),
])
def test_sieve_refuses_a_wrong_answer(tmp_path, n, old, new, words):
    assert_refused(run_changed(tmp_path, "sieve.py", old, new, n), words)


def test_recursion():
    result = run(WORKLOADS / "recursion.py", "2")
    assert (result.returncode, result.stdout) == (0, "75025\n")


def test_recursion_refuses_a_wrong_answer(tmp_path):
    assert_refused(run_changed(tmp_path, "recursion.py", "fib(n - 2)", "fib(n - 3)", "1"), "not ")


@pytest.mark.parametrize("seed", ["0", "1"])
def test_mixed_calls_does_not_depend_on_hash_order(seed):
    environment = {**os.environ, "PYTHONHASHSEED": seed}
    subprocess.run([sys.executable, WORKLOADS / "mixed_calls.py", "1"], env=environment, check=True, timeout=60)


def test_mixed_calls_refuses_a_wrong_answer(tmp_path):
    result = run_changed(tmp_path, "mixed_calls.py", "amount - amount % 5", "amount - amount % 6", "1")
    assert_refused(result, "wrong answer")


def test_empty_calls():
    result = run(WORKLOADS / "empty_calls.py", "1")
    assert (result.returncode, result.stdout) == (0, "100000\n")


def test_empty_calls_refuses_a_wrong_answer(tmp_path):
    (tmp_path / "script.py").write_text((WORKLOADS / "script.py").read_text())
    assert_refused(run_changed(tmp_path, "empty_calls.py", "times + 1", "times", "1"), "wrong answer")


@pytest.mark.parametrize("name, old, new", [
    ("nbody.py", "-1.5", "-1.4"),
    ("json_documents.py", "json.loads(text)", "json.loads(text)[1:]"),
    ("regular_expressions.py", "(?:4|5)", "(?:5)"),
    ("sort_by_key.py", "return -person.age", "return person.age"),
    ("sql_query.py", "amount // 10", "amount // 9"),
    ("async_echo.py", "(2 * int(line))", "(3 * int(line))"),
    ("thread_queue.py", "total += answer or 0", "total += answer or 1"),
    ("numpy_arrays.py", "left @ right", "left * right"),
])
def test_kinds_of_work_check_their_answers(tmp_path, name, old, new):
    pytest.importorskip("numpy")
    assert run(WORKLOADS / name, "1").returncode == 0
    (tmp_path / "script.py").write_text((WORKLOADS / "script.py").read_text())
    assert_refused(run_changed(tmp_path, name, old, new, "1"), "wrong answer")


@pytest.mark.parametrize("name", ["sieve.py", "recursion.py", "mixed_calls.py", "empty_calls.py"])
def test_a_size_that_is_no_number_is_refused(name):
    assert_refused(run(WORKLOADS / name, "many"), "'many'")
