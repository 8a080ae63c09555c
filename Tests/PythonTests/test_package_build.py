"""What the build says where its result could not work: one line, before anything is compiled."""
import runpy
import sys
import types

import pytest

from commandline import REPOSITORY, TOO_NEW


class Ended(Exception):
    pass


@pytest.fixture
def hook(tmp_path, monkeypatch):
    """The build hook without hatchling, on a root where `make build` leaves a mark."""
    for name in ("hatchling", "hatchling.builders", "hatchling.builders.hooks", "hatchling.builders.hooks.plugin"):
        monkeypatch.setitem(sys.modules, name, types.ModuleType(name))
    interface = types.ModuleType("interface")
    interface.BuildHookInterface = object
    monkeypatch.setitem(sys.modules, "hatchling.builders.hooks.plugin.interface", interface)
    (tmp_path / "Makefile").write_text("build:\n\t@touch built\n\t@test ! -e fails\n")
    hook = runpy.run_path(str(REPOSITORY / "Sources" / "PythonPackage" / "build_hook.py"))["BuildHook"]()
    hook.root = str(tmp_path)
    hook.said = []

    def abort(line):
        hook.said.append(line)
        raise Ended
    hook.app = types.SimpleNamespace(abort=abort)
    return hook


@pytest.mark.parametrize("module, name, value, words", [
    (sys.implementation, "name", "pypy", "CPython only"),
    (sys, "version_info", (3, 10, 1), "too old"),
    (sys, "version_info", TOO_NEW, "too new"),
    (sys, "abiflags", "t", "free-threaded"),
    (sys, "platform", "win32", "Linux only"),
    ("os", "confstr", lambda name: None, "needs glibc"),
])
def test_where_the_wheel_could_not_work_nothing_is_built(hook, tmp_path, monkeypatch, module, name, value, words):
    monkeypatch.setattr(sys.modules[module] if isinstance(module, str) else module, name, value)
    with pytest.raises(Ended):
        hook.initialize("standard", {})
    [line] = hook.said
    assert line.startswith("swprof: ") and words in line and "\n" not in line
    assert not (tmp_path / "built").exists()


def test_without_make_one_line_says_so(hook, tmp_path, monkeypatch):
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(Ended):
        hook.initialize("standard", {})
    assert "install it" in hook.said[0]


def test_a_build_that_fails_ends_the_install(hook, tmp_path):
    (tmp_path / "fails").touch()
    with pytest.raises(Ended):
        hook.initialize("standard", {})
    assert "could not be built" in hook.said[0]


def test_an_editable_install_builds_and_copies_nothing(hook, tmp_path):
    data = {}
    hook.initialize("editable", data)
    assert (tmp_path / "built").exists() and data == {} and hook.said == []
