"""What every test of the command line starts from: the built swprof and an interpreter."""
import os
import re
import signal

import pytest

import commandline
import schema

# A background job ignores some signals, and so would all that it starts.
for number in (signal.SIGHUP, signal.SIGINT, signal.SIGQUIT):
    if signal.getsignal(number) == signal.SIG_IGN:
        signal.signal(number, signal.default_int_handler if number == signal.SIGINT else signal.SIG_DFL)

# Calibrations, and what could not be written, are kept with the build, not where the user keeps theirs.
os.environ["XDG_CACHE_HOME"] = str(commandline.REPOSITORY / ".build" / "cache")
os.environ["XDG_STATE_HOME"] = str(commandline.REPOSITORY / ".build" / "state")


@pytest.fixture(scope="session")
def python():
    """The path of the interpreter that programs are profiled with."""
    return commandline.python_path()


@pytest.fixture(scope="session")
def swprof():
    """Calls swprof with words; gives what it wrote and its exit status."""
    path = commandline.swprof_path()
    assert path.exists(), f"{path} is missing; build it with: make build"

    def call(*words, **options):
        return commandline.call([path, *words], **options)

    call.path = path
    return call


@pytest.fixture(scope="session")
def run(swprof, python):
    """Calls `swprof run` with the tests' interpreter."""
    def call(*words, **options):
        return swprof("run", "--python", python, *words, **options)
    return call


@pytest.fixture
def script(tmp_path):
    """Writes a program and gives its path."""
    def write(text, name="program.py"):
        path = tmp_path / name
        path.write_text(text)
        return path
    return write


@pytest.fixture(scope="session")
def busy_profile(run, swprof, tmp_path_factory):
    """A profile of a tenth of a second's work, by the default design, in which every tick saw a frame."""
    folder = tmp_path_factory.mktemp("busy")
    (folder / "busy.py").write_text(commandline.BUSY)
    path = folder / "busy.pb.gz"
    stacks = folder / "busy.collapsed"
    for _ in range(20):
        result = run("-o", path, folder / "busy.py")
        assert result.returncode == 0, result.stderr
        # A tick in the interpreter's first or last moment may find no frame, which other tools take for one.
        assert swprof("convert", path, stacks).returncode == 0
        if not any(line.startswith("<no frame> ") for line in stacks.read_text().splitlines()):
            break
    return path


@pytest.fixture
def read(swprof, tmp_path):
    """Writes a profile of any format, and gives what is reported of it."""
    def read(content, *words, name="x.unknown"):
        (tmp_path / name).write_bytes(content)
        result = swprof("report", "--json", tmp_path / name, *words)
        assert (result.returncode, result.stderr) == (0, ""), result.stderr
        return schema.check_run(schema.parse(result.stdout))
    return read


@pytest.fixture
def designs(tmp_path):
    """The examples of docs/designs.md as files: gives what to name each by."""
    page = (commandline.REPOSITORY / "docs" / "designs.md").read_text()
    for name in ("sampler.py", "tracer.py"):
        (tmp_path / name).write_text(re.search(rf"```python\n(# {name}\n.*?)```", page, re.DOTALL)[1])
    return {"sampler": f"{tmp_path}/sampler.py:TalkSampler", "tracer": f"{tmp_path}/tracer.py:ProfileTracer"}
