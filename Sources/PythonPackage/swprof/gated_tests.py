"""Runs pytest for `swprof gate`, without what it prints: that tells times, which differ in every run.

Where a test fails, pytest's last line goes to the standard error.
"""
from __future__ import annotations

import contextlib
import io
import sys

import pytest


def main() -> int:
    with contextlib.redirect_stdout(io.StringIO()) as said:
        status = int(pytest.main(sys.argv[1:]))
    if status:
        print((said.getvalue().strip().splitlines() or ["no test ran"])[-1].strip("= "), file=sys.stderr)
    return status


if __name__ == "__main__":
    sys.exit(main())
