"""CPython's own tests of what a profiler touches end as they do plain, in a short form of `make cpython-tests`."""
import subprocess
import sys

import pytest

from commandline import REPOSITORY

RUN = REPOSITORY / "experiments" / "cpython" / "run.py"
PYTHON = "/usr/bin/python3.11"
MODULES = """
    test_sys_setprofile test_sys_settrace test_generators test_frame test_code test_contextlib test_dynamic test_bdb
    test_cprofile test_thread test_with test_coroutines test_threading_local
""".split()


def has_tests():
    """Debian keeps them in a package of their own, libpython3.11-testsuite."""
    try:
        return subprocess.run([PYTHON, "-c", "import test.test_bdb"], capture_output=True).returncode == 0
    except FileNotFoundError:
        return False


@pytest.mark.skipif(not has_tests(), reason="CPython's tests are not here")
@pytest.mark.parametrize("design", ["signal", "gil", "setprofile", "evalframe", "lines"])
def test_they_end_as_plain(design, swprof):
    result = subprocess.run(
        [sys.executable, "-B", RUN, "--python", PYTHON, "--designs", design, *MODULES], capture_output=True, text=True, timeout=900)
    assert result.returncode == 0, result.stdout + result.stderr
    assert all(f"{design} {module}: 0 tests" not in result.stdout for module in MODULES)
