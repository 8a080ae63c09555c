"""Long C calls that release the GIL: `releases_gil.py [SIZE]`, 24 rounds unless told.

Each round makes one C call of at least 5 ms in each of `digest`, `compress` and `expand`, beside Python work
in `count`. A profiler that waits for the GIL gets it in these calls at once, and sees too much of them.
"""
import hashlib
import zlib

import script
from truth import Recorder, tell
from workers import SEGMENT, answer, worker

ZEROS = bytes(6 << 20)
DIGEST = (
    "733286f81727a34d9b6c4008101404d7f81f54af630588f0842dbf2e6732c348"
    "7cc9bcb8a1231940765b5d21b22598904088b52d0628046c9c15078c6761f5e1"
)
TEXT = b"".join(b"%d," % (number * number) for number in range(80_000))
LONG_TEXT = 6 * TEXT
COMPRESSED = zlib.compress(LONG_TEXT, 1)

count = worker("count")


def digest():
    return hashlib.sha512(ZEROS).hexdigest()


def compress():
    return zlib.compress(TEXT, 1)


def expand():
    return zlib.decompress(COMPRESSED)


def main(recorder, rounds):
    """How many answers were right, and what the last compression gave."""
    right, packed = 0, b""
    for _ in range(rounds):
        right += recorder.call(digest) == DIGEST
        right += recorder.call(count, SEGMENT) == answer(1)
        right += recorder.call(expand) == LONG_TEXT
        packed = recorder.call(compress)
        right += len(packed) < len(TEXT)
    return right, packed


if __name__ == "__main__":
    size = script.size(24)
    recorder = Recorder(4 * size)
    right, packed = recorder.call(main, recorder, size)
    script.check((right, zlib.decompress(packed) == TEXT), (4 * size, True))
    tell(recorder)
