"""Stores that no spec of a standing experiment describes: what the judge measured, and the real runs that replays are held against.

Each is told by the program that measured it; here nothing is computed.
"""
import json
import pathlib
import shutil
import sys
import tempfile

from results import ResultsError, output, store_of

REPLAY = pathlib.Path(__file__).resolve().parents[1] / "experiments" / "replay" / "run.py"


def judged(folder, tools):
    """The judge's cards; swprof opens a store to go on with it, so it is given a copy."""
    store = there(folder, "judge", "swprof judge --quick --store FILE")
    with tempfile.TemporaryDirectory() as temporary:
        copy = shutil.copy(store, temporary)
        return json.loads(output("judge", [tools.swprof, "judge", "--quick", "--store", copy, "--json"]))


def replayed(folder):
    """What real runs say of their predictions."""
    store = there(folder, "replay", REPLAY)
    return json.loads(output("replay", [sys.executable, "-B", REPLAY, "--report", "--json", "--results", store]))


def there(folder, name, command):
    store = store_of(folder, name)
    if not store.exists():
        raise ResultsError(f"{name}: {store} is missing; measure it with: {command}")
    return store
