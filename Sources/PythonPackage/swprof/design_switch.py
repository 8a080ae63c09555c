"""Switches a design on and off in this process, as `swprof.profile` does."""
from __future__ import annotations

import sys

from .errors import SwprofError
from .extension import extension
from .installation import PACKAGE
from .options import Options


class DesignSwitch:
    """A design that is off until it is switched on. Each time it works on a new log, in place of the one before.

    What it takes is prepared beforehand, so that a switch is one call of the extension.
    """

    def __init__(self, options: Options, log: str) -> None:
        self._extension = extension()
        self._settings = options.settings() | {
            "log": log, "package": PACKAGE, "program": "\x1f".join(getattr(sys, "argv", [])).encode("utf-8", "replace").decode(),
        }
        self.is_on = False

    def on(self) -> None:
        """Raises SwprofError where the design cannot work here, or profiling goes on already."""
        try:
            self._extension.start(self._settings)
        except RuntimeError as error:
            raise SwprofError(str(error)) from None
        self.is_on = True

    def off(self) -> None:
        self.is_on = False
        if not self._extension.stop():
            raise SwprofError("the function ended the profiling of its own passes; name one that leaves swprof alone")
