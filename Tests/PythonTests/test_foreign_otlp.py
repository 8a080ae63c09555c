"""OpenTelemetry's profiles of other tools have the figures that those meant, and damaged ones end in one line."""
import random

import pytest

from commandline import INSIDES, assert_one_line
from pprof_files import field, varint

FILE = "/home/x/work.py"
TEXTS = ["", "main", "leaf", FILE, "samples", "count", "cpu", "nanoseconds", "thread.id", "thread.name", "worker", "wall", "process.pid"]
MAIN, LEAF, BOTH = 1, 2, 3


def packed(number, *values):
    return field(number, b"".join(map(varint, values)))


def text(word):
    return TEXTS.index(word)


def fixed(number, *values):
    return field(number, b"".join(value.to_bytes(8, "little") for value in values))


def dictionary(stacks=True):
    out = field(1, b"") + field(2, b"") + field(3, b"")
    for number, (name, line) in enumerate((("main", 10), ("leaf", 1)), 1):
        out += field(3, field(1, text(name)) + field(3, text(FILE)) + field(4, line))
        out += field(2, field(3, field(1, number) + field(2, line + 1)))
    out += field(4, field(1, bytes(16)) + field(2, bytes(8))) + b"".join(field(5, word.encode()) for word in TEXTS)
    out += field(6, b"") + field(6, field(1, text("thread.id")) + field(2, field(3, 12))) + field(6, field(1, text("thread.name")) + field(2, field(1, b"worker")))
    # Leaf first: main alone, leaf in main.
    return out + (field(7, b"") + field(7, packed(1, 1)) + field(7, packed(1, 2, 1)) if stacks else b"")


def sample(stack, values=(), instants=(), attributes=(1, 2)):
    return field(1, stack) + packed(2, *attributes) + (packed(4, *values) if values else b"") + (fixed(5, *instants) if instants else b"")


def profile(type, unit, *samples, period=None):
    out = field(1, field(1, text(type)) + field(2, text(unit))) + b"".join(field(2, one) for one in samples)
    return out + (field(5, field(1, text(period[0])) + field(2, text("nanoseconds"))) + field(6, period[1]) if period else b"")


def data(*profiles, resource=b"", tables=None):
    return field(1, field(1, resource) + field(2, field(1, field(1, b"other")) + b"".join(field(2, one) for one in profiles))) + field(2, dictionary() if tables is None else tables)


def pid(number):
    return field(1, field(1, b"process.pid") + field(2, field(3, number)))


CPU = profile("cpu", "nanoseconds", sample(1, [1000]), sample(2, [3000]))
SOUND = {
    "a time": data(CPU),
    "a time of several observations": data(profile("cpu", "nanoseconds", sample(1, [400, 600], [5, 9]), sample(2, [3000]))),
    "times of observations alone": data(profile("samples", "count", sample(1, [], [7]), sample(2, [], [1, 2, 3]), period=("cpu", 1000))),
    "counts with a period": data(profile("samples", "count", sample(1, [1]), sample(2, [3]), period=("cpu", 1000))),
    "counts beside times": data(profile("samples", "count", sample(1, [5]), sample(2, [5])), CPU),
    "times beside counts of other samples": data(CPU, profile("samples", "count", sample(2, [5]))),
    "dictionary first": field(2, dictionary()) + data(CPU, tables=b"")[:-2],
    "a resource in it": data(CPU, resource=pid(7)),
    "fields that are not known": data(CPU + field(99, b"x")) ,
}


def shares(found, which="self"):
    return {function["name"]: function[which]["share"] for function in found["functions"]}


@pytest.mark.parametrize("kind", SOUND)
def test_shares_are_those_that_the_tool_meant(read, kind):
    found = read(SOUND[kind])
    assert shares(found) == pytest.approx({"main": 0.25, "leaf": 0.75})
    assert shares(found, "total") == pytest.approx({"main": 1, "leaf": 0.75})
    assert found["clock"] == "cpu"
    assert {line["line"] for line in found["lines"]} == {2, 11}
    assert [thread["name"] for thread in found["threads"]] == ["worker (process 7)" if "resource" in kind else "worker"]


def test_wall_is_taken_before_cpu_and_the_other_by_its_name(read):
    content = data(CPU, profile("wall", "nanoseconds", sample(1, [9000]), sample(2, [1000])))
    assert shares(read(content)) == pytest.approx({"main": 0.9, "leaf": 0.1})
    assert shares(read(content, "--type", "cpu")) == pytest.approx({"main": 0.25, "leaf": 0.75})


def test_processes_are_told_apart(read):
    one, other = (data(CPU, resource=pid(number), tables=b"")[:-2] for number in (7, 8))
    assert {thread["name"] for thread in read(one + other + field(2, dictionary()))["threads"]} == {"worker (process 7)", "worker (process 8)"}


LARGE = b"\xff" * 9 + b"\x01"
DAMAGED = {
    "a stack that is not there": data(profile("cpu", "nanoseconds", sample(9, [1]))), "an attribute that is not there": data(profile("cpu", "nanoseconds", sample(1, [1], attributes=[9]))),
    "a location that is not there": data(CPU, tables=dictionary(stacks=False) + field(7, b"") + field(7, packed(1, 9)) + field(7, packed(1, 1))),
    "a function that is not there": data(CPU, tables=dictionary() + field(2, field(3, field(1, 9)))), "a negative stack": data(profile("cpu", "nanoseconds", b"\x08" + LARGE + packed(4, 1))),
    "a negative time": data(profile("cpu", "nanoseconds", field(1, 1) + field(4, LARGE))), "bytes": data(profile("cpu", "count", sample(1, [1]))), "the alpha's older messages": data(CPU, tables=dictionary(stacks=False)),
    "a text that is not there": data(field(1, field(1, 99) + field(2, 99)) + field(2, sample(1, [1]))), "cut inside": data(CPU)[:-9], "no profile": data(), "half a timestamp": data(profile("cpu", "nanoseconds", field(1, 1) + field(5, b"abc"))),
    "times that add up to ages": data(profile("cpu", "nanoseconds", *[sample(1, [10**18])] * 3)), "texts that begin with one": data(CPU, tables=field(5, b"x") + dictionary()),
}


@pytest.mark.parametrize("kind", DAMAGED)
def test_a_damaged_file_is_one_line(swprof, tmp_path, kind):
    (tmp_path / "x.otlp").write_bytes(DAMAGED[kind])
    assert_one_line(swprof("report", tmp_path / "x.otlp"), 3, "x.otlp")
    assert_one_line(swprof("report", "--from", "otlp", tmp_path / "x.otlp"), 3, "x.otlp")


def test_flipped_bytes_are_read_or_refused_but_do_no_harm(swprof, tmp_path):
    for seed in range(60):
        random_bytes = random.Random(seed)
        content = bytearray(SOUND["counts beside times"])
        for _ in range(1 + seed // 10):
            content[random_bytes.randrange(len(content))] = random_bytes.randrange(256)
        (tmp_path / "x.otlp").write_bytes(content)
        result = swprof("report", "--json", tmp_path / "x.otlp")
        if result.returncode == 0:
            assert not INSIDES.search(result.stderr)
        else:
            assert_one_line(result, 3)
