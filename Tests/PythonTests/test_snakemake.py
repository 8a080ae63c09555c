"""`experiments/Snakefile`, with Snakemake itself: two workers in turn, each with its own stores, and what they have joined."""
import json
import os
import subprocess

import pytest

from commandline import REPOSITORY, clean_environment, python_path, swprof_path

SNAKEMAKE = REPOSITORY / ".build" / "snakemake" / "bin" / "snakemake"

SPEC = """
title = "Two workers"
runs = 2
workloads = ["a.py", "b.py", "c.py"]
interpreters = ["{python}"]
designs = ["setprofile", "signal"]
"""


def work(folder, number):
    """One worker, which takes every second block."""
    name = f"worker{number}"
    settings = ["spec=spec.toml", f"swprof={swprof_path()}", f"work={name}", f"store={name}.sqlite", f"share={number}/2"]
    environment = clean_environment(PATH=f"{SNAKEMAKE.parent}:{os.environ['PATH']}")
    return subprocess.run(
        [SNAKEMAKE, "-s", REPOSITORY / "experiments" / "Snakefile", "--directory", folder, "--config", *settings],
        env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, timeout=120)


@pytest.mark.skipif(not SNAKEMAKE.exists(), reason="make test-snakemake installs it")
def test_two_workers_measure_all_and_are_joined(tmp_path, swprof):
    (tmp_path / "spec.toml").write_text(SPEC.format(python=python_path()))
    for name in "abc":
        (tmp_path / f"{name}.py").write_text(f"sum(range(100000))  # {name}\n")
    for number in range(2):
        result = work(tmp_path, number)
        assert result.returncode == 0, result.stdout
        assert "Provided cores: 1" in result.stdout
    stores = [tmp_path / f"worker{number}.sqlite" for number in range(2)]
    assert swprof("experiment", "merge", tmp_path / "spec.toml", *stores).returncode == 0
    status = json.loads(swprof("experiment", "status", "--json", tmp_path / "spec.toml").stdout)
    assert status["isFinished"]
    assert {cell["runs"] for block in status["blocks"] for cell in block["cells"]} == {2}
    # What is done is not done again.
    again = work(tmp_path, 0)
    assert again.returncode == 0 and "Nothing to be done" in again.stdout
