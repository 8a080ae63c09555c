"""Where code is, as a notebook's reader names it."""
from __future__ import annotations

import os
import re
import sys

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any


def place(file: str, line: int) -> str:
    """`cell 3:12` for code of a cell, else the file's name and the line."""
    cell = _cell(file)
    return f"cell {cell}:{line}" if cell else f"{os.path.basename(file)}:{line}"


def running_cell() -> str | None:
    """Such as `cell 3`; None outside of IPython."""
    shell = _shell()
    return f"cell {shell.execution_count}" if shell else None


def _cell(file: str) -> str | None:
    """The number of the cell that IPython compiled under this name; None for other files."""
    shell = _shell()
    named = shell.compile.format_code_name(file) if shell else None
    found = re.fullmatch(r"In\s*\[(\d+)\]", named[1]) if named else None
    return found[1] if found else None


def _shell() -> Any:
    """IPython's, where this program runs in it."""
    interactive = sys.modules.get("IPython")
    return interactive.get_ipython() if interactive else None
