"""Temporary folders for nobody else to read."""
from __future__ import annotations

import os
import weakref

from .errors import SwprofError


class PrivateFolder:
    """A new folder of mode 0700. It goes with all its files when it is closed, or when the process that made it ends."""

    def __init__(self) -> None:
        base = os.environ.get("TMPDIR") or "/tmp"
        # Absolute, for the program may go elsewhere; no name that is there already is taken.
        self.path = os.path.join(os.path.realpath(base), "swprof-" + os.urandom(8).hex())
        try:
            os.mkdir(self.path, 0o700)
        except OSError as error:
            raise SwprofError(
                f"cannot make a temporary folder in {base}: {error.strerror}; set TMPDIR to a folder that can be written") from None
        self.close = weakref.finalize(self, _remove, self.path, os.getpid())

    def file(self, name: str) -> str:
        return os.path.join(self.path, name)

    def write(self, name: str, content: bytes) -> str:
        """Writes a file of mode 0600, and gives its path."""
        with open(self.file(name), "wb", opener=lambda path, flags: os.open(path, flags, 0o600)) as file:
            file.write(content)
        return self.file(name)

    def __enter__(self) -> PrivateFolder:
        return self

    def __exit__(self, *exception: object) -> None:
        self.close()


def _remove(path: str, process: int) -> None:
    # A forked child has its parent's folders, and no say in them.
    if os.getpid() != process:
        return
    try:
        for name in os.listdir(path):
            os.unlink(os.path.join(path, name))
        os.rmdir(path)
    except OSError:
        pass
