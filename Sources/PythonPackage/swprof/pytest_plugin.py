"""`pytest --swprof` profiles every test; `@pytest.mark.swprof(max_share={"parse": 0.3})` holds one to its shares.

`pytest --swprof-gate REF` says whether the tests, or functions in them, became slower than they are at a commit.
"""
from __future__ import annotations

import hashlib
import os
import re
import sys
from typing import Any

import pytest

from . import program
from .block import profile
from .errors import SwprofError
from .figures import Estimate
from .results import Results

_PROPERTY = "swprof"
_NOT_HELD = "swprof-not-held"
_MARKER = """swprof(max_share={FUNCTION: SHARE}): profile the test, with --swprof or without. It fails where a function's \
total share of its time, 0 to 1, is larger by more than the profile's own error."""


def pytest_addoption(parser: pytest.Parser) -> None:
    group = parser.getgroup("swprof", "profiles with intervals")
    group.addoption("--swprof", action="store_true", help="profile every test, and show what was hottest in each")
    group.addoption("--swprof-design", metavar="DESIGN", default="signal", help="the design (signal)")
    group.addoption("--swprof-rate", metavar="HZ", type=float, default=1000.0, help="ticks a second, for samplers (1000)")
    group.addoption("--swprof-clock", metavar="CLOCK", default="wall", help="what the time is: wall or cpu (wall)")
    group.addoption("--swprof-folder", metavar="DIR", help="write the profile of every test into this folder, as pprof")
    group.addoption("--swprof-gate", metavar="REF", default="", help="compare how long the tests take with this commit, as swprof gate does")
    group.addoption("--swprof-budget", metavar="S", type=float, default=180.0, help="seconds that the gate may take (180)")


def pytest_cmdline_main(config: pytest.Config) -> int | None:
    """Has `swprof gate` run the same command at the commit and here; its exit status is the gate's."""
    reference = config.getoption("--swprof-gate")
    if not reference:
        return None
    if config.getoption("--swprof"):
        raise pytest.UsageError("swprof: a gate profiles by itself; leave out --swprof or --swprof-gate")
    # The last option counts, and so there is no gate within the gate.
    words = [*map(str, config.invocation_params.args), "--swprof-gate="]
    limits = ["--baseline", reference, "--budget", str(config.getoption("--swprof-budget"))]
    try:
        return program.status("gate", *limits, "--", sys.executable, "-m", "swprof.gated_tests", *words)
    except SwprofError as error:
        raise pytest.UsageError(f"swprof: {error}") from None


def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line("markers", _MARKER)
    try:
        _profile(config)
    except (TypeError, ValueError) as error:
        raise pytest.UsageError(f"swprof: {error}") from None
    if folder := config.getoption("--swprof-folder"):
        try:
            os.makedirs(folder, exist_ok=True)
        except OSError as error:
            raise pytest.UsageError(f"swprof: cannot make the folder {folder}: {error.strerror}; name another with --swprof-folder") from None


def _profile(config: pytest.Config) -> profile:
    return profile(
        config.getoption("--swprof-design"), config.getoption("--swprof-rate"), clock=config.getoption("--swprof-clock"))


def _file_name(test: str) -> str:
    """A name that a reader knows the test by, of a length that any file system takes, and no other test's."""
    function, _, parameters = re.sub(r"[^\w.\[-]+", "_", test, flags=re.ASCII).partition("[")
    return f"{function[-140:]}{parameters and '-'}{parameters[:60]}-{hashlib.sha256(test.encode()).hexdigest()[:8]}.pb.gz"


@pytest.hookimpl(wrapper=True)
def pytest_runtest_call(item: pytest.Item) -> Any:
    marker = item.get_closest_marker("swprof")
    if marker is None and not item.config.getoption("--swprof"):
        return (yield)
    limits = _limits(marker) if marker else {}
    block = _profile(item.config)
    if not _starts(block):
        item.user_properties.append((_NOT_HELD, bool(limits)))
        return (yield)
    try:
        result = yield
    except BaseException:
        _keep_of_failed(item, block)
        raise
    block.stop()
    with _said_in_one_line():
        _keep(item, block)
    _hold(block, limits)
    return result


def _starts(block: profile) -> bool:
    """Not where all of pytest is profiled, as by `swprof run -m pytest`: the tests are part of that, and have no profiles of their own."""
    with _said_in_one_line():
        try:
            block._start(shows_caller=False)
        except SwprofError as error:
            if "already going on" not in str(error):
                raise
            return False
    return True


def _keep_of_failed(item: pytest.Item, block: profile) -> None:
    """What swprof has to say of it stands beside the test's own failure, not in its place."""
    try:
        block.stop()
        _keep(item, block)
    except SwprofError as error:
        item.add_report_section("call", "swprof", str(error))


class _said_in_one_line:
    """Has the test fail with what swprof says, without a traceback."""

    def __enter__(self) -> None:
        pass

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, traceback: object) -> None:
        if isinstance(error, SwprofError):
            pytest.fail(f"swprof: {error}", pytrace=False)


def _limits(marker: pytest.Mark) -> dict[str, float]:
    limits: dict[str, float] = marker.kwargs.get("max_share", {})
    if marker.args or set(marker.kwargs) - {"max_share"} or not isinstance(limits, dict):
        pytest.fail('swprof: the marker takes max_share alone, as in swprof(max_share={"parse": 0.3})', pytrace=False)
    for name, share in limits.items():
        if isinstance(share, bool) or not isinstance(share, (int, float)) or not 0 <= share <= 1:
            pytest.fail(f"swprof: the share of {name!r} has to be from 0 to 1, not {share!r}", pytrace=False)
    return limits


def _hold(results: Results, limits: dict[str, float]) -> None:
    """Fails where an interval excludes what is allowed. Where there is no interval nobody can tell, and nothing fails."""
    for name, limit in limits.items():
        try:
            function = results.function(name)
        except LookupError:
            _check_that_it_exists(name, results)
            continue
        if _least(function.total, results) > limit:
            pytest.fail(f"{name} takes {function.total} of the test's time, and {100 * limit:.4g} % is allowed", pytrace=False)


def _check_that_it_exists(name: str, results: Results) -> None:
    """Fails where a limit names no function, for it would hold nothing to anything."""
    from difflib import get_close_matches

    from .loaded_names import loaded_names

    names = loaded_names()
    if name not in names:
        near = get_close_matches(name, [function.qualname for function in results.functions], 1) or get_close_matches(name, names, 1)
        remedy = f"did you mean {near[0]!r}?" if near else "name one as the profile does"
        pytest.fail(f"swprof: max_share names {name!r}, and no function of that name is loaded; {remedy}", pytrace=False)


def _least(estimate: Estimate, results: Results) -> float:
    if results.to_dict()["kind"] == "tracing":
        # What was measured has no sampling error, and no interval for it.
        return estimate.share if estimate.seconds else 0.0
    return 0.0 if estimate.low is None else estimate.low


# What is shown in the end

def _keep(item: pytest.Item, results: Results) -> None:
    """With the test's report, which comes from another process where tests run in several."""
    hottest = [[function.qualname, str(function.self)] for function in results.functions[:3] if function.self.seconds]
    item.user_properties.append((_PROPERTY, {"seconds": results.seconds, "hottest": hottest}))
    if folder := item.config.getoption("--swprof-folder"):
        results.write(os.path.join(folder, _file_name(item.nodeid)))


def pytest_terminal_summary(terminalreporter: Any, config: pytest.Config) -> None:
    if not_held := sum(limited for _, limited in _told(terminalreporter, _NOT_HELD)):
        tests = f"{not_held} marked {'test was' if not_held == 1 else 'tests were'}"
        terminalreporter.write_line(f"swprof: {tests} not held to max_share, for profiling was going on already")
    reports = _told(terminalreporter, _PROPERTY) if config.getoption("--swprof") else []
    if not reports:
        return
    terminalreporter.section("swprof: what was hottest, by own time, with 95 % intervals")
    for test, content in sorted(reports, key=lambda report: -report[1]["seconds"]):
        terminalreporter.write_line(f"{content['seconds']:8.3f} s  {test}")
        for function, share in content["hottest"]:
            terminalreporter.write_line(f"            {share:>24}  {function}")


def _told(terminalreporter: Any, key: str) -> list[tuple[str, Any]]:
    """By test, what it told under a key."""
    return [
        (report.nodeid, content) for outcome in ("passed", "failed") for report in terminalreporter.stats.get(outcome, [])
        for name, content in getattr(report, "user_properties", []) if name == key and report.when == "call"]
