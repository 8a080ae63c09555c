"""Builds what of the package is Swift, and puts it into the wheel."""
import importlib
import os
import pathlib
import platform
import shutil
import subprocess
import sys
import types

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

HERE = pathlib.Path(__file__).resolve().parent
NAMES = ("swprof", "lib_swprof.so")


class BuildHook(BuildHookInterface):
    """Runs both builds; an editable install uses what they leave in the checkout."""

    def initialize(self, version, build_data):
        refuse(self)
        make(self, "build")
        if version == "editable":
            return
        make(self, "manual")
        staged = pathlib.Path(self.root, ".build", "wheel")
        shutil.rmtree(staged, ignore_errors=True)
        binaries = [stripped(pathlib.Path(self.root, ".build", "release", name), staged) for name in NAMES]
        build_data["pure_python"] = False
        build_data["tag"] = f"cp{''.join(map(str, module('facts').PYTHONS[0]))}-abi3-linux_{platform.machine()}"
        build_data["force_include"] |= {str(path): f"swprof/_bin/{path.name}" for path in binaries}
        build_data["force_include"][str(written_down(binaries, staged))] = "swprof/_built.py"
        build_data["force_include"] |= {str(path): f"swprof/licenses/{name}" for name, path in licenses(self.root)}
        build_data["shared_data"][str(pathlib.Path(self.root, ".build", "manual", "share"))] = "share"


def module(name):
    """A module of the package, without the package: that says at import where it cannot work."""
    package = sys.modules.setdefault("_swprof_sources", types.ModuleType("_swprof_sources"))
    package.__path__ = [str(HERE / "swprof")]
    return importlib.import_module(f"_swprof_sources.{name}")


def refuse(hook):
    """Ends the build in one line where its result could not work; nothing is compiled before."""
    support = module("support")
    if problem := support.interpreter_problem() or support.system_problem():
        hook.app.abort(f"swprof: {problem}")
    if not shutil.which("make"):
        hook.app.abort("swprof: there is no make to build with; install it: apt-get install make")


def make(hook, target):
    # What pip sets for its own Python is not for the build's.
    environment = {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")}
    status = subprocess.run(["make", target], cwd=hook.root, env=environment, stdout=sys.stderr).returncode
    if status != 0:
        hook.app.abort("swprof: could not be built; the lines above say why")


def stripped(built, folder):
    folder.mkdir(parents=True, exist_ok=True)
    subprocess.run(["strip", "-o", folder / built.name, built], check=True)
    (folder / built.name).chmod(0o755)
    return folder / built.name


def written_down(binaries, folder):
    """What the package is told of its build, to say where it does not fit."""
    path = folder / "_built.py"
    path.write_text(
        f'"""Written by the build."""\nMACHINE = {platform.machine()!r}\nGLIBC = {max(map(glibc, binaries))!r}\n')
    return path


def glibc(binary):
    """The oldest glibc that has all that a binary calls, such as (2, 34)."""
    from elftools.elf.elffile import ELFFile

    with binary.open("rb") as file:
        needs = ELFFile(file).get_section_by_name(".gnu.version_r")
        names = [version.name for _, versions in needs.iter_versions() for version in versions]
    return max(tuple(map(int, name.removeprefix("GLIBC_").split("."))) for name in names if name.startswith("GLIBC_2"))[:2]


def licenses(root):
    """Every notice: our own list of what is in the binaries, and the texts as they came with it."""
    yield "NOTICE.md", HERE / "NOTICE.md"
    for name in ("swift-argument-parser", "swift-mustache", "swift-protobuf", "swift-subprocess", "swift-system", "GRDB.swift", "TOMLKit"):
        yield f"{name}.txt", text(pathlib.Path(root, ".build", "checkouts", name).glob("LICENSE*"))
    swift = pathlib.Path(shutil.which("swift")).resolve().parents[1]
    yield "swift.txt", text([swift / "share" / "swift" / "LICENSE.txt"])
    yield "gsl.txt", text(pathlib.Path("/usr/share/doc").glob("libgsl*/copyright"))
    yield "zstd.txt", text([pathlib.Path("/usr/share/doc/libzstd-dev/copyright")])
    # Foundation brings ICU without its text; NOTICE.md says where it is.
    for path in sorted(pathlib.Path("/usr/share/doc").glob("libicu[0-9]*/copyright"))[:1]:
        yield "icu.txt", path


def text(paths):
    found = sorted(path for path in paths if path.exists())
    if not found:
        raise FileNotFoundError("a licence text is missing; the wheel has to bring it along")
    return found[0]
