"""What lab 6 needs of other languages: sources, compilers, and stored results where these are missing."""
from __future__ import annotations

import json
import os
import platform
import subprocess
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from .. import private_folder
from ..installation import PACKAGE
from .errors import LabError
from .guards import needs

# In a wheel beside this file; in a checkout where they are measured.
_PLACES = (Path(__file__).parent / "sources", Path(PACKAGE).resolve().parents[2] / "experiments" / "languages")
_STORED = Path(__file__).parent / "stored" / "lab6.json"
# Names a file to store what is measured in, for machines without compilers.
STORE = "SWPROF_LABS_STORE"


def source(name: str) -> str:
    """The text of one of the sieves. Raises LabError where there is none of that name."""
    for place in _PLACES:
        if (place / name).is_file():
            return (place / name).read_text(encoding="utf-8")
    raise LabError(f"There is no source {name!r} among the lab's; if you did not change the name, install swprof again.")


class Workshop:
    """A folder in which sources are compiled; it goes with the notebook's kernel."""

    def __init__(self) -> None:
        self._folder = private_folder.PrivateFolder()

    def write(self, name: str, text: str) -> str:
        """Writes a source file, and gives its path."""
        Path(self.path(name)).write_text(text, encoding="utf-8")
        return self.path(name)

    def path(self, name: str) -> str:
        return self._folder.file(name)

    def call(self, *words: str, seconds: float = 120, **environment: str) -> subprocess.CompletedProcess[str]:
        """Runs a program here, and gives its status and what it wrote. Raises OSError or TimeoutExpired."""
        return subprocess.run(
            words, capture_output=True, text=True, errors="replace", timeout=seconds, cwd=self._folder.path, env={**os.environ, **environment})

    def compile(self, *words: str) -> None:
        """The same of a compiler, which has to succeed. Raises LabError with its first error."""
        done = self.call(*words)
        if done.returncode != 0:
            lines = [line for line in done.stderr.splitlines() if "error" in line] or done.stderr.splitlines() or ["it says nothing"]
            raise LabError(f"{words[0]} failed: {lines[0]}")


def live_or_stored(name: str, measure: Callable[[], Any], *programs: str) -> Any:
    """What `measure` gives; where one of these programs is missing or fails, what is stored of another machine, and says so."""
    missing = needs(*programs)
    if missing:
        return _stored(name, f"this machine has no {' and no '.join(missing)}")
    try:
        value = measure()
    except (LabError, OSError, subprocess.SubprocessError) as error:
        return _stored(name, str(error))
    if path := os.environ.get(STORE):
        _store(Path(path), name, value)
    return value


def _stored(name: str, why: str) -> Any:
    try:
        kept = json.loads(_STORED.read_text(encoding="utf-8"))
        print(f"Stored results are shown, not this machine's: {why}.\nThey are of {kept['date']}, {kept['machine']}.")
        return kept["results"][name]
    except (OSError, ValueError, KeyError):
        raise LabError(f"This cell cannot measure: {why}. And there are no stored results to show; install swprof again.") from None


def _store(path: Path, name: str, value: Any) -> None:
    kept = json.loads(path.read_text(encoding="utf-8")) if path.exists() else {"results": {}}
    kept["date"] = time.strftime("%Y-%m-%d")
    kept["machine"] = f"{platform.machine()}, {os.cpu_count()} processors, Python {platform.python_version()}"
    kept["results"][name] = value
    path.write_text(json.dumps(kept, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
