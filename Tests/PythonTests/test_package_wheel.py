"""The wheel, installed into an empty environment of every interpreter that is here, with no Swift on the path.

`make wheel` says by $SWPROF_WHEEL which one; without, there is nothing to test.
"""
import json
import os
import pathlib
import re
import subprocess
import sys
import zipfile

import pytest

import commandline
import schema
from profiling import INTERPRETERS, version

WHEEL = os.environ.get("SWPROF_WHEEL", "")
pytestmark = pytest.mark.skipif(not WHEEL, reason="make wheel tests the wheel")

SMOKE = """
import pickle, sys, swprof
from swprof.facts import DESIGNS
def work(n): return sum(i * i for i in range(n))
for design, facts in DESIGNS.items():
    if facts["oldest"] > sys.version_info[:2]: continue
    with swprof.profile(design=design) as p:
        for _ in range(20): work(20_000)
    # Where the program decides when it is looked at, it may be too seldom.
    assert not facts["instants_are_own"] or p.function("work").total.share > 0.5, (design, p.functions)
    assert pickle.loads(pickle.dumps(p)).to_dict() == p.to_dict()
for name in ("p.pb.gz", "p.html", "p.json", "p.collapsed"): p.write(name)
print(swprof.__file__)
"""


@pytest.fixture(scope="module", params=INTERPRETERS)
def installed(request, tmp_path_factory):
    """An empty environment with the wheel in it; calls what it has in its `bin`."""
    folder = tmp_path_factory.mktemp("environment")
    subprocess.run([request.param, "-m", "venv", "--without-pip", folder], check=True)
    subprocess.run(
        [sys.executable, "-m", "pip", "--python", folder / "bin" / "python", "--disable-pip-version-check", "install", "--quiet",
         "--no-index", WHEEL], check=True)
    environment = {"PATH": f"{folder}/bin:/usr/bin:/bin", "HOME": str(folder), "LANG": "C.UTF-8"}
    assert subprocess.run(["sh", "-c", "command -v swift"], env=environment).returncode != 0

    def call(name, *words, **options):
        return commandline.call([folder / "bin" / name, *words], env=environment, cwd=folder, **options)
    call.folder, call.interpreter = folder, request.param
    return call


def test_it_profiles_blocks_by_every_design(installed):
    (installed.folder / "smoke.py").write_text(SMOKE)
    result = installed("python", "smoke.py")
    assert result.returncode == 0, result.stderr
    assert result.stdout.startswith(str(installed.folder))


def test_the_script_and_the_module_profile_with_the_environments_python(installed):
    for words in (["swprof"], ["python", "-m", "swprof"]):
        result = installed(*words, "run", "--json", "-o", "run.json", "-c", "import sys; print(sys.prefix); sum(range(10**6))")
        assert result.stdout == f"{installed.folder}\n", result.stderr
        run = schema.check_run(json.loads((installed.folder / "run.json").read_text()))
        assert tuple(map(int, run["python"].split(".")[:2])) == version(installed.interpreter)


def test_the_program_needs_nothing_but_the_c_library(installed):
    binary = next(installed.folder.glob("lib/python3*/site-packages/swprof/_bin/swprof"))
    needs = subprocess.run(["ldd", binary], capture_output=True, text=True).stdout
    assert not re.search(r"gsl|swift|not found", needs), needs


@pytest.mark.parametrize("file, words", [
    ("man/man1/swprof.run.1", "swprof run"), ("bash-completion/completions/swprof", "complete"),
    ("zsh/site-functions/_swprof", "#compdef swprof"), ("fish/vendor_completions.d/swprof.fish", "complete"),
])
def test_it_brings_man_pages_and_completions(installed, file, words):
    assert words in (installed.folder / "share" / file).read_text()


def test_it_says_what_it_is():
    names = set(zipfile.ZipFile(WHEEL).namelist())
    assert re.fullmatch(r"swprof-[\d.]+-cp311-abi3-manylinux_2_\d+_x86_64(\.manylinux\w+)?\.whl", pathlib.Path(WHEEL).name)
    assert {"swprof/py.typed", "swprof/_built.py", "swprof/_bin/swprof", "swprof/_bin/lib_swprof.so", "swprof/licenses/NOTICE.md",
            "swprof/licenses/gsl.txt", "swprof/licenses/zstd.txt", "swprof/licenses/swift.txt"} <= names
    assert any(name.endswith("dist-info/licenses/LICENSE") for name in names)
    [metadata] = (name for name in names if name.endswith("dist-info/METADATA"))
    oldest, newest = commandline.FACTS["PYTHONS"][0], commandline.TOO_NEW
    assert "Requires-Python: <%d.%d,>=%d.%d" % (newest[:2] + oldest) in zipfile.ZipFile(WHEEL).read(metadata).decode()
