"""Captures what runs between a start and a stop in this process, in a log."""
from __future__ import annotations

import os
import sys

from .errors import SwprofError
from .extension import extension, library
from .installation import PACKAGE
from .notebook_cells import running_cell
from .options import Options
from .private_folder import PrivateFolder

TYPE_CHECKING = False
if TYPE_CHECKING:
    from types import FrameType

_SEPARATOR = "\x1f"


class Capture:
    """A capture that goes on from now until `stop`. Raises SwprofError where none can, or another goes on."""

    def __init__(self, options: Options, *, shows_caller: bool) -> None:
        _extension = extension()
        self.folder = PrivateFolder()
        self.log = self.folder.file("capture.swlog")
        self.is_lost = False
        settings = options.settings() | {
            "log": self.log, "package": PACKAGE, "program": _joined(_program()),
            "beneath": _joined(_frames_beneath(shows_caller)),
        }
        self._process = os.getpid()
        if options.children:
            settings["folder"] = self._launching_folder()
        if not options.all_threads:
            settings["others"] = _joined(_other_threads())
        try:
            _extension.start(settings)
        except RuntimeError as error:
            self.folder.close()
            raise SwprofError(str(error)) from None

    def stop(self) -> None:
        """Closes the log. In a forked child this is none, or the child's own: the capture goes on in its parent."""
        is_closed = extension().stop()
        self.is_lost = not is_closed or os.getpid() != self._process

    def _launching_folder(self) -> str:
        """The folder of the log, from which Python programs are launched that the block starts."""
        from importlib.machinery import EXTENSION_SUFFIXES

        # Children are numbered by the size of this file.
        self.folder.write("children", b"")
        os.symlink(library(), self.folder.file("sitecustomize" + EXTENSION_SUFFIXES[0]))
        return self.folder.path


def _program() -> list[str]:
    """What is profiled, as its user names it."""
    cell = running_cell()
    return [cell] if cell else getattr(sys, "argv", [])


def _frames_beneath(shows_caller: bool) -> list[str]:
    """The frames beneath the profiled block, outermost first, as the reader of the log names functions."""
    frame: FrameType | None = sys._getframe(1)
    while frame is not None and frame.f_code.co_filename.startswith(PACKAGE + os.sep):
        frame = frame.f_back
    if frame is not None and shows_caller:
        frame = frame.f_back
    names = []
    while frame is not None:
        code = frame.f_code
        names.append(f"{code.co_firstlineno}:{code.co_qualname}:{code.co_filename}")
        frame = frame.f_back
    return names[::-1]


def _other_threads() -> list[str]:
    """The kernel's numbers of this process's threads but for the calling one; 0, which is none's, where it is alone."""
    from _thread import get_native_id

    return [thread for thread in os.listdir("/proc/self/task") if int(thread) != get_native_id()] or ["0"]


def _joined(words: list[str]) -> str:
    # What is no text is written as the log writes it.
    return _SEPARATOR.join(words).encode("utf-8", "backslashreplace").decode("utf-8")
