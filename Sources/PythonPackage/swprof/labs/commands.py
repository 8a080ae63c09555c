"""What labs ask of the command line."""
from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

from ..private_folder import PrivateFolder
from ..program import call

_folder: PrivateFolder | None = None


def program(name: str, text: str) -> str:
    """Writes a program into a folder of this notebook's own, removed at its end. Gives its path."""
    global _folder
    if _folder is None:
        _folder = PrivateFolder()
    path = Path(_folder.file(name))
    path.write_text(text.lstrip("\n"), encoding="utf-8")
    return str(path)


def compare(*words: str) -> dict[str, Any]:
    """The findings of `swprof compare WORDS…`. Raises SwprofError where it fails."""
    found: dict[str, Any] = json.loads(call("compare", "--json", "-o", "-", "--python", sys.executable, *words))
    return found
