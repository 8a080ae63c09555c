"""A sampler's shares within `main` mean what the known-answer workloads call the truth."""
import json

import pytest

from known_answers import WORKLOADS

# How far sampling itself may be off, in shares: far more than it is, and far less than what a stack
# without its root, its thread or its generator would do.
SLACK = 0.05


def bounds(function):
    """From the least to the most that the report holds possible, lost ticks included."""
    total = function["total"]
    low = [total[key] for key in ["low", "worstLow"] if total[key] is not None]
    high = [total[key] for key in ["high", "worstHigh"] if total[key] is not None]
    return min(low) - SLACK, max(high) + SLACK


@pytest.mark.parametrize("name, size", [
    ("deep_recursion", "12"), ("generators", "15"), ("two_threads", "8"), ("sleep_io", "10"), ("holds_gil", "8"),
    ("deep_stacks", "30"), ("exceptions", "10"), ("tasks", "3"), ("many_threads", "8"),
])
def test_the_signal_design_sees_the_truth(run, swprof, tmp_path, name, size):
    profile = tmp_path / "profile.pb.gz"
    result = run("-o", profile, WORKLOADS / f"{name}.py", size)
    assert result.returncode == 0, result.stderr
    truth = json.loads(result.stdout)["truth"]
    report = json.loads(swprof("report", profile, "--json", "--within", "main", "--top", "1000").stdout)
    functions = {function["name"]: function for function in report["functions"]}
    for function, share in truth.items():
        low, high = bounds(functions[function])
        assert low <= share <= high, function
