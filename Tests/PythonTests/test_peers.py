"""Other profilers run beside the designs: each a row of its own, or a row that says why not."""
import os
import pathlib
import subprocess

import pytest

import schema
from commandline import USERS_CACHE, assert_one_line, clean_environment, python_path

# Where `make peers` puts them; other tests keep their caches elsewhere.
INSTALLED = pathlib.Path(os.environ.get("SWPROF_PEERS") or USERS_CACHE / "swprof" / "peers")
VERSION = subprocess.run([python_path(), "-c", "import sys; print('%d.%d' % sys.version_info[:2])"], capture_output=True, text=True).stdout.strip()
PEERS = ["cProfile", "yappi", "pyinstrument", "py-spy", "austin", "scalene", "line_profiler", "viztracer"]
TACHYON_PYTHON = next((USERS_CACHE / "swprof" / "pythons").glob("*/usr/bin/python3.15"), None)

PROGRAM = """
import sys

def hot(n):
    total = 0
    for i in range(n):
        total += i % 7
    return total

def main():
    total = 0
    for _ in range(30):
        total += hot(20_000)
    print(total, sys.argv[1:])

if __name__ == "__main__":
    with open(sys.argv[1], "a") as file:
        print(sys.argv[1:], __name__, file=file)
    main()
"""


def is_installed(peer):
    return peer == "cProfile" or (INSTALLED / f"python{VERSION}" / peer).is_dir()


@pytest.fixture
def compare(swprof):
    def compare(peers, *words, python=None, root=INSTALLED, runs=1):
        environment = clean_environment(SWPROF_PEERS=str(root))
        result = swprof(
            "compare", "--json", "-o", "-", "--runs", str(runs), "--designs", "signal", "--peers", ",".join(peers),
            "--python", python or python_path(), *words, env=environment)
        assert result.returncode == 0, result.stderr
        found = schema.check_compare(schema.parse(result.stdout))
        assert [design["name"] for design in found["designs"]] == ["signal", *peers] or set(peers) == {d["name"] for d in found["designs"][1:]}
        return found
    return compare


def row(found, name):
    return next(design for design in found["designs"] if design["name"] == name)


def codes(design):
    return {caveat["code"]: caveat["text"] for caveat in design["caveats"]}


@pytest.mark.parametrize("peer", PEERS)
def test_a_peer_has_a_row_with_its_version_its_cost_and_its_shares(compare, script, tmp_path, peer):
    if not is_installed(peer):
        pytest.skip(f"{peer} is not here; make peers installs it")
    # Who looks from outside has to find the program first.
    program = script(PROGRAM.replace("range(30)", "range(300)") if peer in ("py-spy", "austin") else PROGRAM)
    for _ in range(3):
        found = compare([peer], program, tmp_path / "seen", "--flag", "word")
        design = row(found, peer)
        # Then some fail now and then where the machine is busy.
        if "peer-failed" not in codes(design):
            break
    assert design["version"] and design["version"][0].isdigit()
    assert design["slowdown"]["ratio"] > 0
    assert "whole-command" in codes(design) and "foreign-profile" not in codes(design)
    hot = next(function for function in design["functions"] if function["name"] == "hot")
    assert (hot["file"], hot["line"]) == (str(program), 4)
    pairs = [agreement for agreement in found["agreement"] if {agreement["a"], agreement["b"]} == {"signal", peer}]
    if peer == "line_profiler":
        assert hot["self"]["share"] is None and hot["total"]["share"] > 0.5 and not pairs
    else:
        assert hot["self"]["share"] > 0.2 and pairs
    # The program was what it always is.
    assert len(set((tmp_path / "seen").read_text().splitlines())) == 1, (tmp_path / "seen").read_text()


def test_intervals_are_over_runs(compare, script, tmp_path):
    design = row(compare(["cProfile"], script(PROGRAM), tmp_path / "seen", runs=3), "cProfile")
    assert design["estimand"] == "expected-run"
    assert design["slowdown"]["low"] < design["slowdown"]["ratio"] < design["slowdown"]["high"]
    hot = next(function for function in design["functions"] if function["name"] == "hot")
    assert hot["calls"] == 30 and hot["self"]["low"] < hot["self"]["high"]


@pytest.mark.skipif(not TACHYON_PYTHON, reason="CPython 3.15 is not here")
def test_cpythons_own_sampler(compare, script, tmp_path):
    program = script(PROGRAM)
    design = row(compare(["tachyon"], program, tmp_path / "seen", python=str(TACHYON_PYTHON)), "tachyon")
    assert design["version"].startswith("3.15")
    assert [(f["file"], f["line"]) for f in design["functions"] if f["name"] == "hot"] == [(str(program), 4)]


# MARK: Those that are missing, or fail

def test_one_that_is_missing_is_a_row_that_says_so(compare, script, tmp_path):
    found = compare(["yappi", "cProfile"], script(PROGRAM), tmp_path / "seen", root=tmp_path / "nowhere")
    missing = row(found, "yappi")
    assert (missing["version"], missing["slowdown"], missing["functions"]) == (None, None, [])
    assert "make peers" in codes(missing)["peer-missing"]
    assert row(found, "cProfile")["slowdown"]["ratio"] > 0


@pytest.mark.skipif(VERSION == "3.15", reason="this Python has it")
def test_tachyon_without_its_python(compare, script, tmp_path):
    assert "3.15" in codes(row(compare(["tachyon"], script(PROGRAM), tmp_path / "seen"), "tachyon"))["peer-missing"]


def fake_yappi(root, code):
    folder = root / f"python{VERSION}" / "yappi"
    (folder / "yappi-9.9.dist-info").mkdir(parents=True)
    (folder / "yappi-9.9.dist-info" / "METADATA").write_text("Metadata-Version: 2.1\nName: yappi\nVersion: 9.9\n")
    (folder / "yappi.py").write_text(code)
    return root


OUT = "import sys; out = open(sys.argv[sys.argv.index('-o') + 1], 'wb'); "


@pytest.mark.parametrize("code, wanted", [
    ("raise ValueError('no good')", ["status 1", "ValueError: no good"]),
    ("pass", ["status 0", "no profile"]),
    (OUT + "out.write(b'no pstats')", ["damaged"]),
    (OUT + "import marshal; marshal.dump({}, out)", ["no function"]),
    (OUT + "import os; os.kill(os.getpid(), 9)", ["killed by signal 9"]),
    ("print('\\x1b[31m' * 100 + 'x' * 10_000, file=__import__('sys').stderr)", ["no profile"]),
])
def test_one_that_fails_is_a_row_that_says_so(compare, script, tmp_path, code, wanted):
    found = compare(["yappi"], script(PROGRAM), tmp_path / "seen", root=fake_yappi(tmp_path / "peers", code))
    failed = row(found, "yappi")
    assert (failed["version"], failed["slowdown"], failed["functions"]) == ("9.9", None, [])
    for words in wanted:
        assert words in codes(failed)["peer-failed"]
    assert len(codes(failed)["peer-failed"]) < 600


def test_one_that_fails_at_times_keeps_its_other_runs(compare, script, tmp_path):
    code = OUT + f"""import marshal, pathlib; count = pathlib.Path({str(tmp_path / "count")!r}); count.open("a").write("x")
if len(count.read_text()) != 2: marshal.dump({{("f.py", 1, "f"): (1, 1, 1.0, 1.0, {{}})}}, out)
"""
    design = row(compare(["yappi"], script(PROGRAM), tmp_path / "seen", root=fake_yappi(tmp_path / "peers", code), runs=3), "yappi")
    assert "in 1 of 3 runs" in codes(design)["peer-failed"]
    assert [function["name"] for function in design["functions"]] == ["f"]


@pytest.mark.parametrize("peer", ["yappi", "scalene", "line_profiler", "viztracer"])
def test_programs_that_a_peer_cannot_run(compare, peer):
    if not is_installed(peer):
        pytest.skip(f"{peer} is not here; make peers installs it")
    assert "scripts alone" in codes(row(compare([peer], "-c", "sum(range(10**6))"), peer))["peer-failed"]


def test_the_terminal_shows_them_too(swprof, script, tmp_path):
    environment = clean_environment(SWPROF_PEERS=str(tmp_path / "nowhere"))
    result = swprof("compare", "--runs", "1", "--designs", "signal", "--peers", "yappi", "--html", tmp_path / "x.html", script(PROGRAM), tmp_path / "seen", env=environment)
    assert result.returncode == 0
    assert "peer-missing" in result.stderr and "no self shares from: yappi" in result.stderr
    assert "yappi" in (tmp_path / "x.html").read_text()


@pytest.mark.parametrize("words, wanted", [
    (["--peers", "perf", "x.py"], "no peer 'perf'"), (["--peers", "yappi,yappi", "x.py"], "each peer once"),
    (["--peers", "yappi", "--causal", "x.py"], "--causal"), (["--peers", "yappi", "a.pstats", "b.pstats"], "--peers"),
])
def test_wrong_words(swprof, tmp_path, words, wanted):
    (tmp_path / "x.py").write_text("pass\n")
    assert_one_line(swprof("compare", *words, cwd=tmp_path), 2, wanted)
