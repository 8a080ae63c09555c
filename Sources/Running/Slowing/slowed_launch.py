"""Starts the program with some of its functions slowed, and tells how long it took.

swprof puts this file's folder first on the path, so that Python takes it for `sitecustomize`. It removes every
trace of itself before the program's first line and hands over to the `sitecustomize` that it stood in front of.
"""
import sys

KNOWN = set(sys.modules)

import atexit
import os
import time

FOLDER = os.path.dirname(__file__)
ITSELF = sys.modules[__name__]


def hide():
    """Makes `os.environ` and `sys.path` what they are without us; a subinterpreter has only the path to mend."""
    if os.environ.get("PYTHONPATH", "").startswith(FOLDER):
        before = os.environ.pop("SWPROF_SLOWED_PYTHONPATH", None)
        if before is None:
            del os.environ["PYTHONPATH"]
        else:
            os.environ["PYTHONPATH"] = before
    if FOLDER in sys.path:
        sys.path.remove(FOLDER)
    sys.path_importer_cache.pop(FOLDER, None)


def forget_itself():
    if sys.modules.get("sitecustomize") is ITSELF:
        del sys.modules["sitecustomize"]


def take_request():
    """What is asked for; `None` where it was taken before: subinterpreters import us again."""
    try:
        with open(FOLDER + "/request", "rb") as file:
            request = os.fsdecode(file.read()).split("\0")[:-1]
        os.unlink(FOLDER + "/request")
    except FileNotFoundError:
        return None
    return request


class Program:
    """Slows the program as it starts, times it, and tells what became of it as it ends."""

    def __init__(self, targets):
        self.slowing = slowing.Slowing(targets)
        self.process = os.getpid()
        counts = any(target.work < 0 for target in targets)
        self.per_element = slowing.seconds_per_element() if counts else 0
        self.starts_with_code = False
        self.actions = {
            "exec": self.run_code, "cpython.run_file": self.await_code, "cpython.run_command": self.await_code,
            "cpython.run_module": self.run_module,
        }
        self.wall, self.cpu = time.perf_counter(), time.process_time()

    def hear(self, event, arguments):
        act = self.actions.get(event)
        if act:
            act(arguments)

    def run_code(self, arguments):
        self.slowing.see(*arguments)
        if self.starts_with_code:
            self.start()

    def await_code(self, _):
        self.starts_with_code = True
        forget_itself()

    def run_module(self, _):
        # Python is about to import it, to run the module by; that is no part of the program.
        import runpy
        forget_itself()
        self.start()

    def start(self):
        self.starts_with_code = False
        self.actions = {"exec": self.run_code}
        self.wall, self.cpu = time.perf_counter(), time.process_time()

    def end(self):
        """A forked child that ends as the program does has nothing to tell."""
        wall, cpu = time.perf_counter() - self.wall, time.process_time() - self.cpu
        if os.getpid() != self.process:
            return
        lines = [f"{wall} {cpu} {self.per_element}"]
        for target in self.slowing.targets:
            lines.append(f"calls {target.calls[0]}" if target.is_slowed else f"reason {target.reason}")
        file = os.open(FOLDER + "/answer", os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        os.write(file, "\n".join(lines).encode("utf-8", "backslashreplace"))
        os.close(file)


def launch(tells, fields):
    targets = [slowing.Target(file, int(line), name, int(work)) for file, line, name, work in zip(*[iter(fields)] * 4)]
    program = Program(targets)
    # Under a design the program's end is the profiler's, and nothing of ours is to be in it.
    if tells:
        atexit.register(program.end)
    sys.addaudithook(program.hear)


def refuse(reason):
    with open(FOLDER + "/refusal", "w") as file:
        file.write(reason)
    os._exit(3)


request = take_request()
if request:
    try:
        import slowing
    except ImportError as error:
        refuse(f"{sys.executable} cannot slow functions: {error}; leave out --causal, or name another Python with --python")
hide()
if request:
    launch(request[0] == "tell", request[1:])
for name in set(sys.modules) - KNOWN:
    del sys.modules[name]
sys.modules.pop("sitecustomize", None)
try:
    import sitecustomize
except ModuleNotFoundError as error:
    if error.name != "sitecustomize":
        raise
    # Until the program starts: who imports us looks for something of that name.
    sys.modules["sitecustomize"] = ITSELF
