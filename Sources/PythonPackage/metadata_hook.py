"""Says of the package which Pythons it is for: those that swprof supports."""
import pathlib
import runpy

from hatchling.metadata.plugin.interface import MetadataHookInterface

FACTS = pathlib.Path(__file__).resolve().parent / "swprof" / "facts.py"


class MetadataHook(MetadataHookInterface):
    """Adds what follows from the versions to the classifiers that `pyproject.toml` gives."""

    def update(self, metadata):
        pythons = runpy.run_path(str(FACTS))["PYTHONS"]
        (major, oldest), (_, newest) = pythons[0], pythons[-1]
        metadata["requires-python"] = f">={major}.{oldest},<{major}.{newest + 1}"
        versions = [f"Programming Language :: Python :: {major}.{minor}" for major, minor in pythons]
        metadata["classifiers"] = sorted([*self.config["classifiers"], *versions])
