"""Shows what a lab can run into as one message in the notebook, not as a trace."""
from __future__ import annotations

import sys
import traceback
from typing import Any

from ..errors import SwprofError
from .errors import LabError

# Anything else is a mistake in the reader's own code, and its trace helps to find it.
SHOWN = (LabError, SwprofError, NameError, ModuleNotFoundError, PermissionError)


def show_messages() -> None:
    """Has IPython, where there is one, show these by `message`."""
    ipython = sys.modules.get("IPython")
    shell = ipython.get_ipython() if ipython else None
    if shell is not None:
        shell.set_custom_exc(SHOWN, _show)


def _show(shell: Any, kind: type[BaseException], error: BaseException, trace: Any, tb_offset: int | None = None) -> None:
    if isinstance(error, UnboundLocalError):
        shell.showtraceback((kind, error, trace), tb_offset=tb_offset)
    else:
        shell._showtraceback(kind, error, [message(error)])


def message(error: BaseException) -> str:
    """What went wrong and what to do, in a line or two."""
    if isinstance(error, NameError):
        return f"{error}{_place(error)}. If a cell further up makes it, run that first: Run ▸ Run All Above Selected Cell."
    if isinstance(error, ModuleNotFoundError):
        return f"{error}. Install it, then restart the kernel: %pip install {(error.name or '').partition('.')[0]}"
    if isinstance(error, PermissionError):
        return f"This machine forbids it: {error}. Allow it, or run the lab on a machine that does."
    return str(error)


def _place(error: BaseException) -> str:
    frames = traceback.extract_tb(error.__traceback__)
    return f" (line {frames[-1].lineno}: {frames[-1].line})" if frames and frames[-1].line else ""
