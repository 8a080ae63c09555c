"""Not a program: lets the judge's programs use what the workloads share (`truth.py`, `script.py`, `workers.py`)."""
import pathlib
import sys

sys.path.append(str(pathlib.Path(__file__).resolve().parents[2] / "workloads"))
