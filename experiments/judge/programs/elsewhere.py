"""Not a program: how programs tell the seconds of functions that run beside `main`, on other threads or in other processes.

Their shares are parts of the seconds that `main` took on its own thread, and what runs at the same time adds up to more than 1 with it.
"""
import json
import sys
from time import monotonic as clock

import known
import script


def timed(function, *arguments):
    """What a call took in seconds, and what it gave."""
    begin = clock()
    answer = function(*arguments)
    return clock() - begin, answer


def tell(main, seconds, **spent):
    """Prints the truth: the seconds of functions, by name, beside those of `main`."""
    shares = {name: part / seconds for name, part in spent.items()}
    if max(shares.values()) > 1:
        script.end(f"a function took longer than {main.__name__} did")
    print(json.dumps({"truth": shares, "within": main.__name__, "seconds": seconds}))
    sys.stdout.flush()
