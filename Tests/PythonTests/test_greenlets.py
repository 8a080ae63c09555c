"""Greenlets: each has a call tree of its own, or the report says that the design cannot tell them apart."""
import pathlib

import pytest

from profiling import REPOSITORY, profiled, written

# The tests' own environment has the package.
PYTHON = str(REPOSITORY / ".venv" / "bin" / "python")

SWITCHING = """
import time, greenlet
clock = time.perf_counter
def one():
    for i in range(20):
        end = clock() + 0.03
        while clock() < end: pass
        inner()
def inner(): second.switch()
def two():
    while True:
        end = clock() + 0.005
        while clock() < end: pass
        first.switch()
def main(): first.switch()
first, second = greenlet.greenlet(one), greenlet.greenlet(two)
main()
print("over")
"""

pytestmark = pytest.mark.skipif(not pathlib.Path(PYTHON).exists(), reason="the tests' environment is not there; make test makes it")


@pytest.mark.parametrize("design", ["signal", "setprofile"])
def test_each_has_its_own_time(tmp_path, design):
    findings = profiled(written(tmp_path, SWITCHING), design=design, python=PYTHON)
    assert findings.outcome.out == "over\n"
    assert findings.share("one", "total") == pytest.approx(6 / 7, abs=0.04)
    assert findings.share("two", "total") == pytest.approx(1 / 7, abs=0.04)
    assert "greenlets" not in findings.caveats()


@pytest.mark.parametrize("design", ["evalframe", "lines"])
def test_who_cannot_tell_them_apart_says_so(tmp_path, design):
    findings = profiled(written(tmp_path, SWITCHING), design=design, python=PYTHON)
    assert findings.outcome.out == "over\n" and "greenlets" in findings.caveats()
