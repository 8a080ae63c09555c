"""A damaged profile ends in one line, soon, in every command that reads one."""
import gzip
import random
import time

import pytest

from commandline import INSIDES, assert_one_line

COMMANDS = {
    "report": lambda path: ["report", path],
    "report --json": lambda path: ["report", "--json", path],
    "convert": lambda path: ["convert", path, f"{path}.out.txt"],
    "compare": lambda path: ["compare", path, path],
}


def repeated_field(value, times):
    """Sample messages (field 2) of so many bytes: small when packed, large in memory."""
    return (b"\x12" + bytes([len(value)]) + value) * times


DAMAGED = {
    "empty": b"", "garbage": bytes(random.Random(1).randbytes(4000)), "zeros": bytes(4000), "half a gzip header": b"\x1f\x8b", "gzip of nothing": gzip.compress(b""),
    "gzip of garbage": gzip.compress(random.Random(2).randbytes(4000)), "gzip of gzip": gzip.compress(gzip.compress(b"x")),
    "a bomb": gzip.compress(bytes(30_000_000)), "a length beyond the end": gzip.compress(b"\x12\xff\xff\xff\xff\x0f"),
    "a varint without end": gzip.compress(b"\xff" * 50), "many empty samples": gzip.compress(repeated_field(b"", 300_000)),
    "an index beyond the table": gzip.compress(b"\x12\x04\x0a\x02\xff\x7f"),
    "text": b"this is\nno profile\n", "a number alone": b"5\n", "JSON": b'{"schema": "swprof.run/1"}',
}


@pytest.mark.parametrize("command", COMMANDS)
@pytest.mark.parametrize("kind", DAMAGED)
def test_a_damaged_profile(swprof, tmp_path, command, kind):
    path = tmp_path / "x.pb.gz"
    path.write_bytes(DAMAGED[kind])
    start = time.monotonic()
    result = swprof(*COMMANDS[command](path))
    assert time.monotonic() - start < 10
    assert_one_line(result, 3, "x.pb.gz")
    assert result.stdout == ""


@pytest.mark.parametrize("part", [0.05, 0.5, 0.95, 0.999])
def test_a_profile_that_is_cut_short(swprof, busy_profile, tmp_path, part):
    whole = busy_profile.read_bytes()
    path = tmp_path / "cut.pb.gz"
    path.write_bytes(whole[:int(len(whole) * part)])
    assert_one_line(swprof("report", path), 3, "cut.pb.gz")


def sound_or_one_line(result):
    if result.returncode == 0:
        assert not INSIDES.search(result.stderr), result.stderr
    else:
        assert_one_line(result, 3)


@pytest.mark.parametrize("seed", range(30))
def test_flipped_bytes_are_read_or_refused_but_do_no_harm(swprof, busy_profile, tmp_path, seed):
    random_bytes = random.Random(seed)
    content = bytearray(gzip.decompress(busy_profile.read_bytes()))
    for _ in range(1 + seed):
        content[random_bytes.randrange(len(content))] = random_bytes.randrange(256)
    path = tmp_path / "flipped.pb.gz"
    path.write_bytes(gzip.compress(bytes(content)))
    sound_or_one_line(swprof("report", "--json", path))


@pytest.mark.parametrize("path", ["/missing/x.pb.gz", ".", "/dev/null", "", "/proc/self/mem", "mis\x1b[31msing.pb.gz", "a\nb.pb.gz"])
def test_a_profile_that_cannot_be_read(swprof, tmp_path, path):
    assert_one_line(swprof("report", path, cwd=tmp_path), 3)


def test_a_profile_of_endless_zeros_is_refused(swprof):
    assert_one_line(swprof("report", "/dev/zero"), 3, "/dev/zero")


def test_the_message_reads_as_it_was_written(swprof):
    """What separates its parts is no escape."""
    assert "; give the path of a profile" in swprof("report", "missing.pb.gz").stderr


def test_the_same_for_a_name_with_a_semicolon(swprof):
    assert "a;b%.pb.gz" in swprof("report", "a;b%.pb.gz").stderr


def test_a_function_that_is_not_there_is_no_scope(swprof, busy_profile):
    assert_one_line(swprof("report", "--within", "no_such_function", busy_profile), 3, "no_such_function")


def test_a_profile_may_come_by_a_pipe(swprof, busy_profile):
    with open(busy_profile, "rb") as file:
        result = swprof("report", "/dev/stdin", stdin=file)
    assert result.returncode == 0, result.stderr
    assert "work" in result.stdout
