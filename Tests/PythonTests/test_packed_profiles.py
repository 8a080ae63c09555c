"""A profile may be packed by zstd, as newer tools do it, and what is wrong with the packing is one line."""
import shutil
import subprocess
import time

import pytest

import foreign_dialects as dialects
from commandline import assert_one_line

STACKS = b"main;leaf 3\nmain 1\n"
MAGIC = b"\x28\xb5\x2f\xfd"
# What a frame says of itself: a window of 1 MB and no length, so that only its last block ends it.
HEAD = MAGIC + b"\x00\x50"
LARGEST = 1 << 17


def block(content, is_last=True, times=None):
    """As it is, or one byte so many times (RFC 8878, 3.1.1.2)."""
    size = len(content) if times is None else times
    return (size << 3 | (0 if times is None else 1) << 1 | is_last).to_bytes(3, "little") + content


def zstd(content):
    return HEAD + block(content)


@pytest.fixture
def report(swprof, tmp_path):
    def report(content, name="x.unknown"):
        (tmp_path / name).write_bytes(content)
        return swprof("report", "--json", tmp_path / name)
    return report


@pytest.mark.parametrize("name", ["mojo: version 3", "gecko: Firefox itself", "callgrind: pyprof2calltree", "pstats: Python 2"])
def test_any_format_may_be_packed(report, name):
    plain = dialects.ALL[name]
    assert report(zstd(plain)).stdout == report(plain).stdout != ""


@pytest.mark.skipif(not shutil.which("zstd"), reason="zstd is not here")
@pytest.mark.parametrize("words", [["-1"], ["-19"], ["--no-check"], ["--ultra", "-22"]])
def test_what_zstd_packs_is_read(report, words):
    content = b"".join(b"main;leaf%d %d\n" % (number % 500, number) for number in range(1, 20_000))
    packed = subprocess.run(["zstd", "-c", *words], input=content, capture_output=True, check=True).stdout
    assert len(packed) < len(content) / 4
    assert report(packed).stdout == report(content).stdout != ""


def test_frames_follow_one_another(report):
    """One that readers leave out among them."""
    packed = zstd(STACKS[:12]) + b"\x53\x2a\x4d\x18" + (3).to_bytes(4, "little") + b"xyz" + zstd(STACKS[12:])
    assert report(packed).stdout == report(STACKS).stdout != ""
    assert report(packed[packed.index(b"\x53\x2a"):]).returncode == 0


DAMAGED = {
    "a magic number alone": MAGIC, "a head alone": HEAD, "a block cut short": zstd(STACKS)[:-3], "no last block": HEAD + block(STACKS, is_last=False), "no block": MAGIC + b"\0\0",
    "a block of no kind": HEAD + (len(STACKS) << 3 | 3 << 1 | 1).to_bytes(3, "little") + STACKS, "something after the end": zstd(STACKS) + b"main 1\n",
    "a window of terabytes": MAGIC + b"\x00\xff" + block(STACKS), "nothing in it": zstd(b""), "no end": zstd(STACKS) + HEAD,
}


@pytest.mark.parametrize("kind", DAMAGED)
@pytest.mark.parametrize("command", ["report", "compare"])
def test_a_damaged_file(swprof, tmp_path, kind, command):
    path = tmp_path / "x.txt"
    path.write_bytes(DAMAGED[kind])
    assert_one_line(swprof(command, *[path] * (2 if command == "compare" else 1)), 3, "x.txt")


def test_a_file_that_unpacks_to_more_than_any_profile_has(report):
    """Fifty kilobytes say that they are a gigabyte and a half; a bound on what is unpacked ends it."""
    start = time.monotonic()
    blocks = block(b"a", is_last=False, times=LARGEST) * (3 << 12)
    assert_one_line(report(HEAD + blocks), 3, "unpacks to more than")
    assert time.monotonic() - start < 20
