"""Code made by `exec`: `made_by_exec.py [SIZE]`, 50 functions unless told, each made anew and dropped after its call.

`made` has its code from a text, under a file name that is no file; `plain` is of this file. A tool that names code when all
is over finds the code gone.
"""
import known
import script
from truth import Recorder, tell
from workers import SEGMENT, answer, worker

TEXT = """
def made(times):
    total = 0.0
    for _ in repeat(None, times):
        total += 0.25
    return total
"""

plain = worker("plain")


def make(number):
    """The same function each time, of another file by name."""
    names = {}
    exec(compile("from itertools import repeat\n" + TEXT, f"<made {number}>", "exec"), names)
    return names["made"]


def main(recorder, rounds):
    total = 0.0
    for number in range(rounds):
        total += recorder.call(make(number), 2 * SEGMENT)
        total += recorder.call(plain, SEGMENT)
    return total


if __name__ == "__main__":
    size = script.size(50)
    recorder = Recorder(2 * size)
    script.check(recorder.call(main, recorder, size), answer(3 * size))
    tell(recorder)
