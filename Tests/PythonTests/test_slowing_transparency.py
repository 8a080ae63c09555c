"""A program whose functions are slowed sees nothing of it, however it looks and however it ends."""
import textwrap

import pytest

from profiling import PYTHON
from slowing_program import on_every_python, plain, program, slowed

TRACES = '''\
import json, os, sys, threading
print(json.dumps([sys.path, sorted(sys.modules), sorted(os.environ), sys.argv, sys.orig_argv[1:], sorted(globals()), __file__,
                  str(__loader__).split(" at 0x")[0], str(__spec__), threading.active_count(), sys.gettrace() is None,
                  sys.getprofile() is None, sorted(map(str, sys.path_importer_cache)), os.environ.get("PYTHONPATH")]))
'''


@on_every_python
@pytest.mark.parametrize("before", [None, "", "somewhere", ":"])
def test_the_program_sees_no_trace(program, tmp_path, python, before):
    path, _ = program(TRACES)
    run = slowed(tmp_path, [(path, 1, "f")], [path, "x"], python, before=before)
    assert run.outcome == plain([path, "x"], python, before=before)


def test_a_sitecustomize_of_the_users_is_still_imported(tmp_path, program):
    path, _ = program("import sitecustomize; print(sitecustomize.__file__, sitecustomize.__spec__.origin, sitecustomize.mark)\n")
    (tmp_path / "site").mkdir()
    (tmp_path / "site/sitecustomize.py").write_text("mark = 1\nprint('here')\n")
    run = slowed(tmp_path, [], [path], PYTHON, before=str(tmp_path / "site"))
    assert run.outcome == plain([path], PYTHON, before=str(tmp_path / "site"))
    assert run.outcome.out.startswith("here\n")


@pytest.mark.parametrize("mistake", ["raise ValueError('mine')", "import missing", "1 +"])
def test_a_mistake_in_it_is_told_as_ever(tmp_path, program, mistake):
    path, _ = program("print(1)\n")
    (tmp_path / "site").mkdir()
    (tmp_path / "site/sitecustomize.py").write_text(mistake)
    run = slowed(tmp_path, [], [path], PYTHON, before=str(tmp_path / "site"))
    assert run.outcome == plain([path], PYTHON, before=str(tmp_path / "site"))


@pytest.mark.parametrize("ending, status", [("import os; os._exit(3)", 3), ("import os; os.kill(os.getpid(), 9)", -9)])
def test_a_program_that_ends_otherwise_tells_nothing(program, tmp_path, ending, status):
    path, _ = program(ending)
    run = slowed(tmp_path, [], [path], PYTHON)
    assert (run.outcome.status, run.seconds) == (status, None)


def test_a_forked_child_tells_nothing(program, tmp_path):
    path, targets = program("import os\ndef f(): pass\nif os.fork():\n    os.wait(); f(); f()\nelse:\n    f()\n")
    assert slowed(tmp_path, targets("f"), [path], PYTHON).targets == ["calls 2"]


def test_events_that_the_program_makes_up_do_no_harm(program, tmp_path):
    path, targets = program("import sys\ndef f(): pass\nsys.audit('exec')\nsys.audit('exec', 5)\nsys.audit('cpython.run_file', 1)\nf()\nexec('f()')\n")
    run = slowed(tmp_path, targets("f"), [path], PYTHON)
    assert (run.outcome.status, run.outcome.err, run.targets) == (0, "", ["calls 2"])


def test_ctypes_works_as_ever(program, tmp_path):
    path, targets = program("import ctypes\ndef f(): return ctypes.c_int(5).value\nprint(f(), ctypes.CDLL(None).getpid() > 0)\n")
    run = slowed(tmp_path, targets("f"), [path], PYTHON, work=2000)
    assert run.outcome == plain([path], PYTHON)


@on_every_python
def test_subinterpreters_are_left_alone(program, tmp_path, python):
    path, targets = program(textwrap.dedent('''\
        import os
        try:
            import _xxsubinterpreters as sub
        except ImportError:
            import _interpreters as sub
        def f(): pass
        sub.run_string(sub.create(), "import os, sys; print(sys.path, os.environ['PYTHONPATH'], flush=True)")
        f()
        print(os.environ["PYTHONPATH"])
        '''))
    run = slowed(tmp_path, targets("f"), [path], python, before="/somewhere")
    assert run.outcome == plain([path], python, before="/somewhere")
    assert run.outcome.status == 0
    assert run.targets == ["calls 1"]
