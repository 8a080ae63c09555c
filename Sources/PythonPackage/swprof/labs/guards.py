"""What a cell asks before it goes on."""
from __future__ import annotations

import shutil
from collections.abc import Sized

from .errors import LabError


def enough(data: Sized | int, least: int, what: str) -> None:
    """Stops a cell that has too little data. Raises LabError."""
    count = data if isinstance(data, int) else len(data)
    if count < least:
        raise LabError(f"Too little data: {count} {what} where at least {least} are needed. Measure longer or more often, and run this again.")


def needs(*programs: str) -> list[str]:
    """Which of these programs this machine does not have."""
    return [program for program in programs if not shutil.which(program)]
