"""That reference.json, which the Swift tests read, is what SciPy and statsmodels say now."""

import importlib.util
import json
import pathlib

import pytest

SCRIPT = pathlib.Path(__file__).resolve().parents[1] / "StatisticsTests" / "reference.py"


def load_script():
    spec = importlib.util.spec_from_file_location("reference", SCRIPT)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def expect_same(stored, computed, path):
    """Another processor may round the last digits otherwise: numbers to 1e-12."""
    if isinstance(computed, dict):
        assert stored.keys() == computed.keys(), path
        for key in computed:
            expect_same(stored[key], computed[key], f"{path}.{key}")
    elif isinstance(computed, list):
        assert len(stored) == len(computed), path
        for index, (a, b) in enumerate(zip(stored, computed)):
            expect_same(a, b, f"{path}[{index}]")
    else:
        assert stored == pytest.approx(computed, rel=1e-12, abs=1e-18), path


def test_reference_is_current():
    reference = load_script()
    stored = json.loads(reference.FILE.read_text())
    expect_same(stored, reference.plain(reference.reference()), "reference")
