"""Threads of native code: `native_threads.py [SIZE]`, 8 threads one after another unless told, that `pthread_create` starts.

The `threading` module knows nothing of them, and each works in `native` for about 0.1 s.
"""
import ctypes

import known
import script
from elsewhere import tell, timed
from workers import SEGMENT, answer, worker

native = worker("native")
ENTRY = ctypes.CFUNCTYPE(ctypes.c_void_p, ctypes.c_void_p)


def main(count):
    library = ctypes.CDLL(None)
    spent, right = [], []

    def enter(_):
        seconds, total = timed(native, 20 * SEGMENT)
        spent.append(seconds)
        right.append(total)

    entry = ENTRY(enter)
    for _ in range(count):
        thread = ctypes.c_ulong()
        if library.pthread_create(ctypes.byref(thread), None, entry, None) != 0:
            script.end("no thread could be made")
        library.pthread_join(thread, None)
    script.check(sum(right), answer(20 * count))
    return sum(spent)


if __name__ == "__main__":
    seconds, spent = timed(main, script.size(8))
    tell(main, seconds, native=spent)
