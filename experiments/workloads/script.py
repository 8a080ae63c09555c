"""Not a workload: reads a workload's arguments and checks its answer. What is wrong ends in one line."""
import os
import sys


def size(default):
    """The first argument: how many times as long as the shortest run this one is to be."""
    return argument(1, "SIZE", int, default, 1, 100_000)


def argument(position, name, kind, default, least, most):
    """A number among the arguments, from `least` to `most`; `kind` is int or float."""
    if len(sys.argv) <= position:
        return default
    try:
        value = kind(sys.argv[position])
    except ValueError:
        value = None
    if value is None or not least <= value <= most:
        wanted = "a whole number" if kind is int else "a number"
        end(f"{name} must be {wanted} from {least} to {most}, not {sys.argv[position]!r}")
    return value


def choice(position, name, choices):
    """A word among the arguments: one of the choices, the first unless told."""
    word = sys.argv[position] if len(sys.argv) > position else choices[0]
    if word not in choices:
        end(f"{name} must be {' or '.join(choices)}, not {word!r}")
    return word


def check(answer, expected):
    if answer != expected:
        end(f"wrong answer: {expected}, not {answer}")


def end(text):
    sys.exit(f"{os.path.basename(sys.argv[0])}: {text}")
