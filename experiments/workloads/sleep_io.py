"""Sleep and input/output beside work: `sleep_io.py [SIZE]`, 20 rounds unless told.

A round computes, sleeps, writes a file and reads it back in small pieces, and waits for a pipe that another
thread feeds. That thread runs outside `main`. On the wall clock waiting counts like work; on the CPU clock
`doze` and `wait_for_pipe` vanish, and this truth does not hold.
"""
import os
import tempfile
import threading
import time

import script
from truth import Recorder, tell
from workers import SEGMENT, answer, sleeper, worker

PIECE = bytes(range(256)) * 4
PIECES = 8_000

compute = worker("compute")
doze = sleeper("doze")


def write_file(file):
    """How many bytes were written."""
    return sum(os.pwrite(file, PIECE, number * len(PIECE)) for number in range(PIECES))


def read_file(file):
    """How many pieces were read as they were written."""
    return sum(os.pread(file, len(PIECE), number * len(PIECE)) == PIECE for number in range(PIECES))


def wait_for_pipe(asking, answering):
    """Asks for a byte and waits until it comes."""
    os.write(asking, b"?")
    return os.read(answering, 1)


def feed(asked, answer_to):
    """Answers each question after 8 ms, until nobody can ask any more."""
    while os.read(asked, 1):
        time.sleep(0.008)
        os.write(answer_to, b"!")


def main(recorder, rounds, file, asking, answering):
    """How many answers were right."""
    right = 0
    for _ in range(rounds):
        right += recorder.call(compute, SEGMENT) == answer(1)
        right += recorder.call(doze, 10)
        right += recorder.call(write_file, file) == PIECES * len(PIECE)
        right += recorder.call(read_file, file) == PIECES
        right += recorder.call(wait_for_pipe, asking, answering) == b"!"
    return right


def run(recorder, rounds):
    """How many answers were right, with the file and the feeding thread around them."""
    asked, asking = os.pipe()
    answering, answer_to = os.pipe()
    feeder = threading.Thread(target=feed, args=(asked, answer_to))
    feeder.start()
    try:
        with tempfile.TemporaryFile() as file:
            return recorder.call(main, recorder, rounds, file.fileno(), asking, answering)
    except OSError as error:
        script.end(f"the temporary file failed: {error.strerror}")
    finally:
        os.close(asking)
        feeder.join()


if __name__ == "__main__":
    size = script.size(20)
    recorder = Recorder(5 * size)
    script.check(run(recorder, size), 5 * size)
    tell(recorder)
