"""Large reads and writes: `large_io.py [SIZE]`, 40 rounds unless told.

A round writes a buffer of 32 MB to a file in memory, works, reads it back with one call, and asks the kernel to copy it
from file to file, a quarter at a time. So the program is in system calls that stay on the
processor for milliseconds, without a disk: what a signal asks for comes only when they return.
"""
import os

import script
from truth import Recorder, tell
from workers import SEGMENT, answer, worker

BYTES = 32 << 20
PARTS = 4
# Where a round's own mark stands in the buffer.
MARKS = 1 << 20

compute = worker("compute")


def write_file(file, buffer):
    return os.pwritev(file, [buffer], 0)


def read_file(file, buffer):
    return os.preadv(file, [buffer], 0)


def copy_file(source, target):
    """How many bytes were copied."""
    return sum(copied(source, target, part * (BYTES // PARTS)) for part in range(PARTS))


def copied(source, target, place):
    """Where a signal comes the kernel may copy less than was asked for, as it may always."""
    os.lseek(target, place, os.SEEK_SET)
    done = 0
    while done < BYTES // PARTS:
        done += os.sendfile(target, source, place + done, BYTES // PARTS - done)
    return done


def main(recorder, rounds, files):
    """How many answers were right."""
    source, target = files
    written, read = bytearray(BYTES), bytearray(BYTES)
    right = 0
    for number in range(rounds):
        written[::MARKS] = bytes([number % 251 + 1]) * (BYTES // MARKS)
        right += recorder.call(write_file, source, written) == BYTES
        right += recorder.call(compute, SEGMENT) == answer(1)
        right += recorder.call(read_file, source, read) == BYTES and read[::MARKS] == written[::MARKS]
        right += recorder.call(copy_file, source, target) == BYTES
    return right


def run(recorder, rounds):
    files = [os.memfd_create(name) for name in ("source", "target")]
    for file in files:
        os.truncate(file, BYTES)
    try:
        return recorder.call(main, recorder, rounds, files)
    except OSError as error:
        script.end(f"the file in memory failed: {error.strerror}")
    finally:
        for file in files:
            os.close(file)


if __name__ == "__main__":
    size = script.size(40)
    recorder = Recorder(4 * size)
    script.check(run(recorder, size), 4 * size)
    tell(recorder)
