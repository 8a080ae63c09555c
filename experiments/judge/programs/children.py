"""A child process that works: `children.py [SIZE]`, so many rounds of about 10 ms in the child, 60 unless told.

`main` waits for the child, which is started with the same interpreter and works in `in_child`.
"""
import os
import subprocess
import sys

import known
import script
from elsewhere import tell, timed
from workers import SEGMENT, answer, worker

in_child = worker("in_child")


def main(count):
    command = [sys.executable, os.path.abspath(__file__), str(count), "child"]
    return float(subprocess.run(command, check=True, capture_output=True, text=True).stdout.split()[-1])


if __name__ == "__main__":
    size = script.size(60)
    if sys.argv[2:] == ["child"]:
        seconds, total = timed(in_child, 2 * size * SEGMENT)
        script.check(total, answer(2 * size))
        print(seconds)
    else:
        seconds, spent = timed(main, size)
        tell(main, seconds, in_child=spent)
