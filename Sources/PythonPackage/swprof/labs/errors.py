"""How a lab says what it cannot do."""
from __future__ import annotations


class LabError(RuntimeError):
    """Why a cell cannot go on: one message that says what, and what to do."""


class Unsolved(LabError):
    """A cell needs the answer of an exercise that has not been solved."""
