"""Another tool's profile that is damaged, or hostile, ends in one line, soon; nothing in it is executed."""
import json
import marshal
import pickle
import random
import time

import pytest

import foreign_dialects as dialects
import foreign_profiles as foreign
from commandline import INSIDES, assert_one_line


def deep(opening, closing, depth=200_000):
    return opening * depth + b"0" + closing * depth


def speedscope(**changes):
    return foreign.json_bytes({**json.loads(foreign.speedscope_sampled()), **changes})


def chrome(*events):
    return foreign.json_bytes({"traceEvents": [{"ph": "X", "name": "f", "ts": 0, "dur": 1, **event} for event in events]})


def figures(*values):
    return marshal.dumps({foreign.MAIN: values})


class Executed:
    def __reduce__(self):
        return open, ("executed", "w")


TUPLES = b"\x80\x04" + b"]" + b"\x94" + b"h\x00h\x00\x86\x94" * 50

HOSTILE = {
    "deep lists": deep(b"[", b"]"), "deep objects": deep(b'{"traceEvents":', b"}"), "a deep tree": b'{"duration": 1, "sample_count": 1, "root_frame": ' + deep(b'{"function": "f", "time": 1, "children": [', b"]}"),
    "no number": speedscope().replace(b"[1, 1, 2]", b"[NaN, 1, 2]"), "a number without end": speedscope().replace(b"[1, 1, 2]", b"[1e999, 1, 2]"),
    "a time of ages": speedscope().replace(b"[1, 1, 2]", b"[1e300, 1, 2]"), "a time before the beginning": speedscope().replace(b"[1, 1, 2]", b"[-5, 1, 2]"),
    "times that add up to ages": speedscope().replace(b"[1, 1, 2]", b"[9e8, 9e8, 2]"), "a frame that is not there": speedscope().replace(b"[[0, 1], [0]", b"[[0, 7], [0]"),
    "a frame before the first": speedscope().replace(b"[[0, 1], [0]", b"[[0, -1], [0]"), "fewer weights than samples": speedscope().replace(b"[1, 1, 2]", b"[1]"),
    "frames of another type": speedscope(shared={"frames": 7}), "profiles of another type": speedscope(profiles="x"), "no profile": speedscope(profiles=[]),
    "bytes for time": speedscope().replace(b'"seconds"', b'"bytes"'), "a frame closed that is not open": foreign.speedscope_evented().replace(b'"C", "at": 3.5, "frame": 1', b'"C", "at": 3.5, "frame": 0'),
    "time that runs back": foreign.speedscope_evented().replace(b'"at": 3.5', b'"at": 0.25'),
    "a session of another type": b'{"start_call_stack": [], "duration": 1, "frame_records": [7]}', "a session of ages": foreign.pyisession().replace(b"4.0", b"1e300"),
    "Scalene without files": b'{"alloc_samples": 0}', "Scalene of an endless run": foreign.scalene().replace(b"4.0", b"1e305"), "a percentage below 0": foreign.scalene().replace(b"37.5", b"-1e30").replace(b'"n_sys_percent": 0', b'"n_sys_percent": 1e40'),
    "no events": chrome(), "an event of ages": chrome({"dur": 1e300}), "events as text": b'{"traceEvents": "x"}', "an event as text": b'{"traceEvents": ["x"]}',
    "a pickle that calls": pickle.dumps(Executed()), "a pickle that calls, inside": pickle.dumps({"timings": Executed()}, 2), "tuples of tuples": TUPLES + b".",
    "a pickle of one number": pickle.dumps(7), "an empty pickle": b"\x80\x04.", "a pickle without end": b"\x80\x04" + b"(" * 1000, "a pickle that pops nothing": b"\x80\x04ae.",
    "a list in itself": b"\x80\x04]\x94h\x00a.", "a text longer than the file": b"\x80\x04X\xff\xff\xff\x7fx.", "a memo out of reach": b"\x80\x04j\xff\xff\xff\x7f.",
    "a pickle of deep tuples": b"\x80\x04)" + b"\x85" * 3_000_000 + b".", "a pickle of deep lists": b"\x80\x04" + b"]" * 1_000_000 + b"a" * 999_999 + b".",
    "a pickle of wide tuples": b"\x80\x04)\x94" + b"".join(b"(" + b"h" + bytes([n]) + (b"h" + bytes([n])) * 99 + b"t\x94" for n in range(15)) + b".",
    "timings of another type": foreign.lprof().replace(b"timings", b"timingz"),
    "pstats of deep tuples": b"{" + b")\x01" * 100_000, "a tuple larger than the file": b"{(\xff\xff\xff\x7fN", "a tuple in itself": b"\xfb\xa9\x01r\x01\x00\x00\x00N0",
    "pstats of no function": marshal.dumps({}), "pstats of code": b"{" + marshal.dumps((1, compile("1", "x", "eval"))) + b"N0", "a function as text": marshal.dumps({("a",) * 3: "x"}),
    "too few figures": figures(1, 1, 1.0), "a time that is no number": figures(1, 1, float("nan"), 1.0, {}), "a time without end": figures(1, 1, 1.0, float("inf"), {}),
    "calls below 0": figures(-2, -2, 1.0, 1.0, {}), "calls beyond all bounds": figures(2**200, 1, 1.0, 1.0, {}), "calls as text": figures("1", 1, 1.0, 1.0, {}),
    "callers that are none": figures(1, 1, 1.0, 1.0, {foreign.LEAF: "x"}), "something after the end": foreign.pstats() + b"N",
    "austin without stacks": b"# austin: 3.7.0\nno count\n", "counts beyond all bounds": b"a;b 99999999999999999999\n",
}


@pytest.mark.parametrize("command", [["report"], ["report", "--json"], ["convert"], ["compare"]], ids=" ".join)
@pytest.mark.parametrize("kind", HOSTILE)
def test_a_hostile_file(swprof, tmp_path, command, kind):
    path = tmp_path / "x.json"
    path.write_bytes(HOSTILE[kind])
    words = {"convert": [path, tmp_path / "out.pb.gz"], "compare": [path, path]}.get(command[0], [path])
    start = time.monotonic()
    result = swprof(*command, *words, cwd=tmp_path)
    assert time.monotonic() - start < 10
    assert_one_line(result, 3, "x.json")
    assert result.stdout == ""
    assert sorted(tmp_path.iterdir()) == [path], "something was executed or written"


@pytest.mark.parametrize("name", foreign.ALL)
def test_a_file_cut_short(swprof, tmp_path, name):
    """Of texts by lines, and of a list of events, what is there may be whole."""
    whole = foreign.ALL[name]()
    path = tmp_path / name
    for part in (1, len(whole) // 3, len(whole) // 2, len(whole) - 2):
        path.write_bytes(whole[:part])
        sound_or_one_line(swprof("report", "--json", path), must_fail=name.endswith(("json", "pstats", "lprof", "pyisession")) and name != "chrome.json" and part > 1)


EVERY_FORMAT = {**{name: make() for name, make in foreign.ALL.items()}, **dialects.NEW}


@pytest.mark.parametrize("name", EVERY_FORMAT)
def test_flipped_bytes_are_read_or_refused_but_do_no_harm(swprof, tmp_path, name):
    whole = EVERY_FORMAT[name]
    path = tmp_path / name
    for seed in range(25):
        random_bytes = random.Random(seed)
        content = bytearray(whole)
        for _ in range(1 + seed // 5):
            content[random_bytes.randrange(len(content))] = random_bytes.randrange(256)
        path.write_bytes(content)
        sound_or_one_line(swprof("report", "--json", path))


def sound_or_one_line(result, must_fail=False):
    if result.returncode == 0 and not must_fail:
        assert not INSIDES.search(result.stderr), result.stderr
    else:
        assert_one_line(result, 3)
