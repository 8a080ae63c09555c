"""Page faults: `page_faults.py [SIZE]`, 36 rounds unless told.

A round maps fresh memory and writes one byte of each page, first from Python (`touch`), then within one C call
(`fill`, which gives it back, too), and works between them. Most of the time is the kernel's, which makes a page at
each first touch.
"""
import mmap

import script
from truth import Recorder, tell
from workers import SEGMENT, answer, worker

PAGE = mmap.PAGESIZE
TOUCHED = 24 << 20
FILLED = 48 << 20

compute = worker("compute")


def touch():
    """How many pages could be written and read back."""
    with mmap.mmap(-1, TOUCHED) as memory:
        memory.madvise(mmap.MADV_NOHUGEPAGE)
        for place in range(0, TOUCHED, PAGE):
            memory[place] = 1
        return memory[::PAGE].count(1)


def fill():
    """How many bytes of fresh memory were filled. It is given back here, not on the way out."""
    memory = bytearray(b"x") * FILLED
    filled = len(memory) if memory[-1] == ord("x") else 0
    del memory
    return filled


def main(recorder, rounds):
    """How many answers were right."""
    right = 0
    for _ in range(rounds):
        right += recorder.call(touch) == TOUCHED // PAGE
        right += recorder.call(compute, SEGMENT) == answer(1)
        right += recorder.call(fill) == FILLED
    return right


if __name__ == "__main__":
    size = script.size(36)
    recorder = Recorder(3 * size)
    script.check(recorder.call(main, recorder, size), 3 * size)
    tell(recorder)
