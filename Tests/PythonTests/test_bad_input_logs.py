"""Capture logs that are damaged, cut off or made up: whole records count, and nothing crashes."""
import random
import struct

import pytest

import commandline
import packaged
import schema

HEADER = 16
MASK = (1 << 64) - 1
EXTREMES = [0, 1, 1 << 31, (1 << 32) - 1, 1 << 53, (1 << 62) + 1, (1 << 63) - 1, 1 << 63, MASK]


# Of a record that is written again and again (`CountsPlace`) the sum is of its first words, and each copy in it has its own.
COUNTS_PLACE = 13


def checksum(kind, payload):
    """As `LogLayout` has it: FNV-1a over words, folded."""
    prime = 0x100000001b3
    if kind == COUNTS_PLACE:
        payload = payload[:24]
    value = (0xcbf29ce484222325 ^ (kind << 32 | len(payload))) * prime & MASK
    for at in range(0, len(payload), 8):
        value = (value ^ int.from_bytes(payload[at:at + 8], "little")) * prime & MASK
        value ^= value >> 29
    return value


def records(log):
    """Each record's place, kind and payload."""
    at = HEADER
    while at + 16 <= len(log):
        kind, size = struct.unpack_from("<II", log, at)
        if not kind:
            return
        yield at, kind, log[at + 16:at + 16 + size]
        at += 16 + (size + 7) // 8 * 8


@pytest.fixture(scope="module", params=["signal", "evalframe", "lines"])
def log(request, tmp_path_factory):
    folder = tmp_path_factory.mktemp("log")
    packaged.ran(folder, f"""
import shutil
with swprof.profile(design={request.param!r}) as p: work(0.02)
shutil.copy(p._capture.log, {str(folder / "capture.swlog")!r})
print("true")
""")
    return (folder / "capture.swlog").read_bytes().rstrip(b"\0") + bytes(16)


def reported(swprof, folder, content):
    """The findings, or None where one line says that there are none."""
    path = folder / "capture.swlog"
    path.write_bytes(content)
    result = swprof("report", path, "--json")
    if result.returncode:
        commandline.assert_one_line(result, 3, "swprof: ")
        return None
    return schema.parse(result.stdout)


def test_a_log_is_a_profile(swprof, log, tmp_path):
    assert schema.check_run(reported(swprof, tmp_path, log))["functions"]
    assert all(checksum(kind, payload) == struct.unpack_from("<Q", log, at + 8)[0] for at, kind, payload in records(log))


def test_whatever_a_record_says_nothing_crashes(swprof, log, tmp_path):
    """One word of one record is another, and its checksum right."""
    choose = random.Random(7)
    kinds = {}
    for record in records(log):
        kinds.setdefault(record[1], []).append(record)
    for _ in range(100):
        at, kind, payload = choose.choice(kinds[choose.choice(list(kinds))])
        changed = bytearray(payload)
        place = choose.randrange(len(payload))
        place -= place % choose.choice([1, 4, 8])
        part = choose.choice(EXTREMES).to_bytes(8, "little")[:choose.choice([1, 4, 8])]
        changed[place:place + len(part)] = part[:len(payload) - place]
        content = bytearray(log)
        content[at + 16:at + 16 + len(payload)] = changed
        struct.pack_into("<Q", content, at + 8, checksum(kind, bytes(changed)))
        reported(swprof, tmp_path, content)


def test_a_log_that_is_cut_off_yields_what_came_before(swprof, log, tmp_path):
    places = [at for at, _, _ in records(log)]
    for at in (0, 7, HEADER, places[len(places) // 2], places[-1] + 5):
        run = reported(swprof, tmp_path, log[:at])
        assert run is None or {"ended-abruptly", "damaged-log"} & {caveat["code"] for caveat in run["caveats"]}


def test_a_log_converts_but_nothing_converts_to_one(swprof, log, tmp_path):
    (tmp_path / "a.swlog").write_bytes(log)
    assert swprof("convert", tmp_path / "a.swlog", tmp_path / "a.pb.gz").returncode == 0
    assert swprof("report", tmp_path / "a.pb.gz", "--json").returncode == 0
    result = swprof("convert", tmp_path / "a.pb.gz", tmp_path / "b", "--to", "log")
    commandline.assert_one_line(result, 3, "read, but not written")


def test_an_interpreter_that_is_not_there_is_one_line(swprof, log, tmp_path):
    (tmp_path / "a.swlog").write_bytes(log)
    commandline.assert_one_line(swprof("report", tmp_path / "a.swlog", "--python", "/nowhere/python"), 2, "/nowhere/python", "--python")


def test_what_a_log_names_is_not_run(swprof, log, tmp_path):
    """Only --python says which interpreter tells what tracing costs."""
    fake = tmp_path / "python"
    fake.write_text(f"#!/bin/sh\ntouch {tmp_path}/was-run\n")
    fake.chmod(0o755)
    (tmp_path / "a.swlog").write_bytes(log)
    for words in ([], ["--python", "/nowhere"]):
        swprof("report", tmp_path / "a.swlog", "--json", *words, env=commandline.clean_environment(PATH=str(tmp_path)))
    assert not (tmp_path / "was-run").exists()
