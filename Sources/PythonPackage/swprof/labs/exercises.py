"""Exercises that check themselves."""
from __future__ import annotations

import html
import sys
from collections.abc import Callable
from importlib import import_module
from typing import Any

from .errors import LabError, Unsolved

LABS = range(1, 7)
# What a program that runs a lab reads of each check.
MIME = "application/vnd.swprof.check+json"
_SIGNS = {"passed": "✓", "wrong": "✗", "unanswered": "○"}

_checks: dict[str, Callable[..., str]] = {}
_solved: set[str] = set()


class Wrong(Exception):
    """Why an answer is not right, and where to look."""


class Unanswered(Exception):
    """There is no answer yet."""


def exercise(number: str) -> Callable[[Callable[..., str]], Callable[..., str]]:
    """Registers the check of an exercise: it gets the answer, raises Wrong, or gives what to say of a right one."""
    def register(function: Callable[..., str]) -> Callable[..., str]:
        _checks[number] = function
        return function
    return register


def check(number: str, *answer: Any, **given: Any) -> None:
    """Says whether the answer of an exercise is right, and if not, what to look at.

    `given` is what a check needs of the notebook's own data. Raises LabError where there is no such exercise.
    """
    outcome, text = judged(number, answer, given)
    (_solved.add if outcome == "passed" else _solved.discard)(number)
    _tell(number, outcome, text)


def require(*numbers: str) -> None:
    """Stops a cell that needs the answers of these exercises. Raises Unsolved."""
    missing = [number for number in numbers if number not in _solved]
    if missing:
        raise Unsolved(f"This cell needs your answer of exercise {' and '.join(missing)}: solve and check it first, then run this again.")


def judged(number: str, answer: tuple[Any, ...], given: dict[str, Any]) -> tuple[str, str]:
    """`passed`, `wrong` or `unanswered`, and a sentence."""
    try:
        check = _check_of(number)
        if not answer or any(part is None or part is ... for part in answer):
            raise Unanswered
        return "passed", check(*answer, **given)
    except Unanswered:
        return "unanswered", "no answer yet: put one in place of the three dots."
    except Wrong as wrong:
        return "wrong", str(wrong)
    except (TypeError, ValueError, AttributeError, LookupError) as error:
        # What a check does with a right kind of answer it cannot do with this.
        return "wrong", f"the answer is not of the kind that is asked for ({error})."


def called(function: Any, *arguments: Any) -> Any:
    """What the reader's function gives. Raises Wrong where it is none or raises, Unanswered where it gives nothing yet."""
    if not callable(function):
        raise Wrong(f"a function is asked for, and this is {function!r}.")
    try:
        value = function(*arguments)
    except Exception as error:
        shown = ", ".join(map(repr, arguments))
        raise Wrong(f"{_name(function)}({shown[:80]}) raised {type(error).__name__}: {error}") from None
    if value is None or value is ...:
        raise Unanswered
    return value


def _name(function: Any) -> str:
    return getattr(function, "__name__", repr(function))


def _check_of(number: str) -> Callable[..., str]:
    lab = str(number).partition(".")[0]
    if lab in map(str, LABS):
        import_module(f".checks.lab{lab}", __package__)
    if number not in _checks:
        raise LabError(f"There is no exercise {number!r}; they are numbered as in the text, such as '1.2'.")
    return _checks[number]


def _tell(number: str, outcome: str, text: str) -> None:
    line = f"{_SIGNS[outcome]} Exercise {number}: {text}"
    ipython = sys.modules.get("IPython")
    if ipython is None or ipython.get_ipython() is None:
        print(line)
        return
    from IPython.display import display
    page = f"<p><strong>{_SIGNS[outcome]} Exercise {number}:</strong> {html.escape(text)}</p>"
    display({"text/plain": line, "text/html": page, MIME: {"exercise": number, "outcome": outcome}}, raw=True)
