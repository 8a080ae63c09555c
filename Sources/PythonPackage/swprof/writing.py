"""Writes a profile to a file, in the format that the ending stands for."""
from __future__ import annotations

import json
import os

from . import program
from .errors import SwprofError
from .private_folder import PrivateFolder

TYPE_CHECKING = False
if TYPE_CHECKING:
    from .results import Results

# A profile as it is; `swprof convert` writes what is not here.
_PPROF = (".pb.gz", ".pb", ".pprof", ".prof")


def write(results: Results, path: str | os.PathLike[str]) -> None:
    path = os.fspath(path)
    ending = path.lower()
    if ending.endswith(_PPROF):
        _put(path, results._analyse()[1])
    elif ending.endswith(".json"):
        _put(path, (json.dumps(results.to_dict(), indent=1, ensure_ascii=False, allow_nan=False) + "\n").encode("utf-8"))
    else:
        with PrivateFolder() as folder:
            profile = folder.write("profile.pb.gz", results._analyse()[1])
            if ending.endswith((".html", ".htm")):
                program.call("report", profile, "--html", path)
            else:
                _convert(profile, path)


def _convert(profile: str, path: str) -> None:
    try:
        program.call("convert", profile, path)
    except SwprofError as error:
        # There is no --to here: the ending alone tells the format.
        raise SwprofError(str(error).replace("name one with --to: ", "give the path another, of ")) from None


def _put(path: str, content: bytes) -> None:
    try:
        with open(path, "wb") as file:
            file.write(content)
    except OSError as error:
        raise SwprofError(f"cannot write {path!r}: {error.strerror}; name a file in a folder that can be written") from None
