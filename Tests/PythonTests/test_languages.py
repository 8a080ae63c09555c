"""The talk's sieve in other languages: what must not compile does not, what the sanitizer must see it sees, and Python can
call the Swift one."""
import json
import os
import shutil
import subprocess

import pytest

from commandline import REPOSITORY, clean_environment, python_path

HERE = REPOSITORY / "experiments" / "languages"
PRIMES = {0: 0, 2: 0, 3: 1, 10: 4, 100: 25, 1000: 168, 100_000: 9592}

pytestmark = pytest.mark.skipif(not shutil.which("cc") or not shutil.which("swiftc"), reason="no C or Swift compiler here")


@pytest.fixture(scope="session")
def built(tmp_path_factory):
    folder = tmp_path_factory.mktemp("languages")
    subprocess.run([HERE / "build", folder], cwd=REPOSITORY, check=True, timeout=300)
    return folder


def run(words, **options):
    return subprocess.run(words, capture_output=True, text=True, timeout=60, **options)


def compile(path):
    return run(["swiftc", "-c", "-o", os.devnull, "-swift-version", "6", "-enable-experimental-feature", "Lifetimes", "-parse-as-library", path])


# MARK: The talk's mistakes

@pytest.mark.parametrize("name, words", [
    ("Dangling", "lifetime-dependent value escapes its scope"), ("Race", "risks causing data races"),
])
def test_it_must_not_compile_and_repaired_it_does(name, words):
    refused = compile(HERE / "refused" / f"{name}.swift")
    assert refused.returncode != 0
    errors = [line for line in refused.stderr.splitlines() if "error:" in line and ".swift:" in line]
    assert errors and all(words in line for line in errors), refused.stderr
    accepted = compile(HERE / "accepted" / f"{name}.swift")
    assert accepted.returncode == 0, accepted.stderr


@pytest.mark.parametrize("n", ["10", "100"])
def test_in_c_it_compiles_and_the_sanitizer_sees_it(built, n):
    result = run([built / "dangling", n], env={**os.environ, "ASAN_OPTIONS": "detect_stack_use_after_return=1"})
    assert result.returncode != 0
    assert "stack-use-after-return" in result.stderr


# MARK: The same answer in every language

@pytest.mark.parametrize("n", [n for n in PRIMES if n > 2])
def test_all_of_them_count_alike(built, n):
    programs = {
        "C": [built / "sieve_c", str(n), "2"], "Swift with flags": [built / "sieve_swift", "flags", str(n), "2"],
        "Swift with a set": [built / "sieve_swift", "set", str(n), "2"], "Python": [python_path(), HERE / "timed.py", str(n)],
    }
    for name, words in programs.items():
        told = json.loads(run(words).stdout)
        assert told["count"] == PRIMES[n], name
        assert told["seconds"] > 0


# MARK: Swift called from Python

CALLS = """
import ctypes, gc, json, sys
sys.path.insert(0, {folder!r})
import swift_sieve
library = ctypes.CDLL(swift_sieve.__file__)
library.swift_sieve_count.argtypes, library.swift_sieve_count.restype = [ctypes.c_long], ctypes.c_long
"""


def in_python(built, code):
    result = run([python_path(), "-c", CALLS.format(folder=str(built)) + code], env=clean_environment())
    assert result.returncode == 0, result.stderr
    return json.loads(result.stdout)


@pytest.mark.parametrize("n", PRIMES)
def test_python_gets_its_own_objects(built, n):
    code = f"""
primes, (count, others) = swift_sieve.primes({n}), swift_sieve.eratosthenes({n})
assert type(primes) is list and type(others) is set and {{type(x) for x in [count, *primes, *others]}} <= {{int}}
assert not set(primes) & others and set(primes) | others == set(range(2, {n}))
print(json.dumps([count, len(primes), swift_sieve.count({n}), library.swift_sieve_count({n})]))
"""
    assert in_python(built, code) == [PRIMES[n]] * 4


@pytest.mark.parametrize("value, error", [("'x'", "TypeError"), ("-1", "ValueError"), ("2**40", "ValueError"), ("2**80", "OverflowError"), ("None", "TypeError")])
@pytest.mark.parametrize("function", ["count", "primes", "eratosthenes"])
def test_a_size_that_cannot_be_is_pythons_own_exception(built, function, value, error):
    code = f"try: swift_sieve.{function}({value})\nexcept Exception as e: print(json.dumps(type(e).__name__))"
    assert in_python(built, code) == error


def test_nothing_is_left_behind(built):
    """Every object that a call makes goes with its answer."""
    code = """
def blocks(times):
    for _ in range(times):
        swift_sieve.primes(5000), swift_sieve.eratosthenes(5000), swift_sieve.count(5000)
    gc.collect()
    return sys.getallocatedblocks()
before = blocks(5)
print(json.dumps(blocks(50) - before))
"""
    assert in_python(built, code) < 100


@pytest.mark.parametrize("way", ["ctypes", "count", "primes", "eratosthenes"])
def test_the_crossing_is_measured(built, tmp_path, way):
    (tmp_path / ".build").mkdir()
    (tmp_path / ".build" / "languages").symlink_to(built)
    told = json.loads(run([python_path(), HERE / "crossing.py", way, "1000"], cwd=tmp_path).stdout)
    assert told["count"] == 168 and isinstance(told["seconds"], float)
