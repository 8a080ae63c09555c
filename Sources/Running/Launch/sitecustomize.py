"""Python imports this as it starts, where `swprof run` put this folder first on its path.

It arms the profiler, takes every trace of itself out of the program's sight and hands over to the
`sitecustomize` that would have been imported without it. It must be readable to any Python, down to
2.7, so that one that is too old can say so in one line.
"""
import os
import sys


def _refuse(line):
    """Leave the reason where `swprof` looks for it: the terminal is the program's."""
    with open(_refusal, "w") as file:
        file.write(line)
    os._exit(3)


def _check_interpreter(lowest, highest):
    version = ".".join(str(part) for part in sys.version_info[:3])
    name = sys.implementation.name if hasattr(sys, "implementation") else "cpython"
    if name != "cpython":
        _refuse("%s is %s, not CPython; name a CPython with --python" % (sys.executable, name))
    supported = "3.%d" % lowest if lowest == highest else "3.%d to 3.%d" % (lowest, highest)
    if sys.version_info[:2] < (3, lowest):
        _refuse("%s is Python %s, which is too old; name one of version %s with --python" % (sys.executable, version, supported))
    if sys.version_info[:2] > (3, highest):
        _refuse("%s is Python %s, which is too new; name one of version %s with --python" % (sys.executable, version, supported))
    if hasattr(sys, "_is_gil_enabled") or "t" in getattr(sys, "abiflags", ""):
        import sysconfig
        if sysconfig.get_config_var("Py_GIL_DISABLED"):
            _refuse("%s is a free-threaded build, which is not supported; name another with --python" % sys.executable)


def _hide(folder):
    """Make the environment and the path what they are without us."""
    before = os.environ.pop("SWPROF_PYTHONPATH", None)
    if before is None:
        os.environ.pop("PYTHONPATH", None)
    else:
        os.environ["PYTHONPATH"] = before
    while folder in sys.path:
        sys.path.remove(folder)


def _load(path):
    from importlib.machinery import ExtensionFileLoader
    from importlib.util import module_from_spec, spec_from_file_location
    loader = ExtensionFileLoader("_swprof", path)
    spec = spec_from_file_location("_swprof", path, loader=loader)
    module = module_from_spec(spec)
    loader.exec_module(module)
    return module


def _launch(settings):
    extension = settings.pop("extension")
    _check_interpreter(11, 11)
    import atexit
    try:
        swprof = _load(extension)
        swprof.arm(dict(settings, refusal=_refusal))
    except Exception as error:
        _refuse(" ".join(str(error).split()))
    atexit.register(swprof.stop)


def _hand_over():
    """Import the `sitecustomize` that this one stands in front of."""
    module = sys.modules.pop("sitecustomize", None)
    try:
        import sitecustomize
    except ImportError as error:
        if getattr(error, "name", "sitecustomize") != "sitecustomize":
            raise
    sys.modules.setdefault("sitecustomize", module)


_refusal = os.path.join(os.path.dirname(os.path.abspath(__file__)), "refusal")
_settings = os.environ.pop("SWPROF_LAUNCH", None)
_hide(os.path.dirname(os.path.abspath(__file__)))
if _settings is not None:
    _launch(dict(pair.split("=", 1) for pair in _settings.split("\x1f")))
_hand_over()
