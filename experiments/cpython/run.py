"""Runs CPython's own tests plain and under designs, and says which tests end otherwise.

    experiments/cpython/run.py [--designs signal,gil,…] [--python PATH] [MODULE…]

A test that ends otherwise under a design fails this check, unless `exceptions.txt` beside this file names it with a reason.
Plain runs are made twice: a test that does not end alike without us says nothing.
"""
from __future__ import annotations

import argparse
import fnmatch
import os
import pathlib
import subprocess
import sys
import tempfile
import xml.etree.ElementTree as xml

HERE = pathlib.Path(__file__).resolve().parent
SWPROF = pathlib.Path(os.environ.get("SWPROF") or HERE.parents[1] / ".build" / "release" / "swprof")
DESIGNS = ["signal", "gil", "setprofile", "evalframe", "lines"]
# What a profiler touches: signals, hooks, threads, forks, frames, ends, descriptors, memory and generated code.
MODULES = """
    test_atexit test_audit test_bdb test_builtin test_cprofile test_code test_contextlib test_coroutines test_doctest test_dynamic
    test_eintr test_exceptions test_faulthandler test_fork1 test_frame test_gc test_generators test_os
    test_poll test_posix test_profile test_pyclbr test_select test_selectors test_signal test_subprocess test_super test_sys
    test_sys_setprofile test_sys_settrace test_thread test_threadsignals test_threading test_threading_local test_trace
    test_traceback test_tracemalloc test_weakref test_with
""".split()
LIMIT = 600
# How a module ends whose tests failed.
FAILURES = "status 2"


def outcomes(words: list[str], module: str) -> dict[str, str]:
    """How each test of a module ended; the module itself is one, by its exit status."""
    with tempfile.TemporaryDirectory() as folder:
        result = pathlib.Path(folder) / "result.xml"
        environment = {name: value for name, value in os.environ.items() if not name.startswith(("PYTHON", "SWPROF"))}
        command = [*words, "-m", "test", "--junit-xml", str(result), module]
        try:
            status = subprocess.run(
                command, cwd=folder, env=environment, stdin=subprocess.DEVNULL, capture_output=True, timeout=LIMIT).returncode
        except subprocess.TimeoutExpired:
            return {module: "hangs"}
        ended = {module: f"status {status}"}
        if result.exists():
            for case in xml.parse(result).iter("testcase"):
                ended[f"{module}: {case.get('name')}"] = next((child.tag for child in case if child.tag in ("failure", "error", "skipped")), "passed")
        return ended


def exceptions() -> list[tuple[str, str, str]]:
    """Design, test, reason; both may hold stars."""
    lines = (HERE / "exceptions.txt").read_text().splitlines()
    parts = [line.split(" | ") for line in lines if line and not line.startswith("#")]
    return [(design, test, reason) for design, test, reason in parts]


def is_there(python: str, module: str) -> bool:
    return subprocess.run([python, "-c", f"import importlib.util as u; raise SystemExit(not u.find_spec('test.{module}'))"]).returncode == 0


def failures_are_known(design: str, ours: dict[str, str], plain: dict[str, str]) -> bool:
    """Whether all that failed of a module is named, and something did."""
    failed = [test for test, outcome in ours.items() if outcome in ("failure", "error") and plain.get(test) == "passed"]
    named = [test for test in failed if any(fnmatch.fnmatchcase(design, who) and fnmatch.fnmatchcase(test, what) for who, what, _ in exceptions())]
    return bool(failed) and failed == named


def compared(python: str, design: str, module: str, plain: dict[str, str]) -> list[str]:
    """Lines that say what ended otherwise."""
    ours = outcomes([str(SWPROF), "run", "-d", design, "--python", python, "-o", "/dev/null"], module)
    known = exceptions()
    lines = []
    for test, outcome in plain.items():
        if ours.get(test, "is missing") == outcome:
            continue
        reason = next((why for who, what, why in known if fnmatch.fnmatchcase(design, who) and fnmatch.fnmatchcase(test, what)), None)
        if test == module and ours.get(test) == FAILURES and failures_are_known(design, ours, plain):
            reason = "its tests, below"
        lines.append(f"{'known ' if reason else 'FAILED'} {design}: {test}: {outcome} plain, {ours.get(test, 'is missing')}" + (f" ({reason})" if reason else ""))
    return lines


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--designs", default=",".join(DESIGNS))
    parser.add_argument("--python", default="/usr/bin/python3.11")
    parser.add_argument("modules", nargs="*")
    options = parser.parse_args()
    tests = failures = 0
    for module in options.modules or MODULES:
        if not is_there(options.python, module):
            continue
        first, second = (outcomes([options.python], module) for _ in range(2))
        plain = {test: outcome for test, outcome in first.items() if second.get(test) == outcome}
        for design in options.designs.split(","):
            lines = compared(options.python, design, module, plain)
            tests += len(plain)
            failures += sum(line.startswith("FAILED") for line in lines)
            print(f"{design} {module}: {len(plain)} tests", *lines, sep="\n  ", flush=True)
    print(f"{tests - failures} of {tests} as plain ({100 * (tests - failures) / max(1, tests):.2f} %)")
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
