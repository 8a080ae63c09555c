"""Functions of every shape are slowed by work of their own, and do what they always do."""
import textwrap

import pytest

from profiling import PYTHON
from slowing_program import on_every_python, plain, program, slowed

# Every shape of function: what calls them prints what they give.
SHAPES = '''\
from __future__ import annotations
import functools


def twice(function):
    @functools.wraps(function)
    def wrapper(*args):
        return function(*args) + function(*args)
    return wrapper


@twice
@functools.lru_cache(maxsize=None)
def decorated(n: int) -> undefined:
    """Doubles."""
    return n


class Shape:
    def method(self):
        return 1

    def __private(self):
        return 2

    @property
    def private(self):
        return self.__private()

    @classmethod
    def of_class(cls):
        return 3

    @staticmethod
    def of_nobody():
        return 4

    async def coroutine(self):
        """Only this."""

    async def asynchronous(self):
        yield 5

    def generator(self, n):
        for i in range(n):
            yield i


def outer():
    x = 6

    def inner():
        nonlocal x
        x += 1
        return x
    return inner()


def documented():
    """Has nothing but this text."""


def arguments(a, /, b=2, *rest, c=3, **more): return sorted(locals())


def finally_twice():
    try:
        return 7
    finally:
        def cleaner():
            return 8
        cleaner()


def run(awaitable):
    try:
        awaitable.send(None)
    except StopIteration as stop:
        return stop.value


shape = Shape()
print(decorated(1), shape.method(), shape.private, Shape.of_class(), Shape.of_nobody(), run(shape.coroutine()),
      run(shape.asynchronous().__anext__()), list(shape.generator(3)), outer(), documented(), arguments(1), finally_twice())
print(decorated.__doc__, documented.__doc__, Shape.coroutine.__doc__, decorated.__annotations__)
'''
CALLS = {
    "wrapper": 1, "decorated": 1, "method": 1, "__private": 1, "private": 1, "of_class": 1, "of_nobody": 1, "coroutine": 1,
    "asynchronous": 1, "generator": 1, "outer": 1, "inner": 1, "documented": 1, "arguments": 1, "finally_twice": 1, "cleaner": 1,
    "run": 2, "twice": 1,
}


@on_every_python
def test_calls_of_every_shape_are_counted(program, tmp_path, python):
    path, targets = program(SHAPES)
    run = slowed(tmp_path, targets(*CALLS), [path], python)
    assert dict(zip(CALLS, run.targets)) == {name: f"calls {count}" for name, count in CALLS.items()}
    assert (run.outcome.out, run.outcome.err) == (plain([path], python).out, "")


@on_every_python
@pytest.mark.parametrize("work", [1, 700, 5000, 3_000_000])
def test_what_a_slowed_program_says_is_what_it_says_anyway(program, tmp_path, python, work):
    path, targets = program(SHAPES)
    run = slowed(tmp_path, targets(*CALLS), [path], python, work=work)
    assert set(run.targets) == {"calls 0"}, "all are slowed"
    assert run.outcome == plain([path], python)


TREE = '''\
import dis, sys
def codes(code):
    for each in code.co_consts:
        if hasattr(each, "co_code"):
            yield each
            yield from codes(each)
def told(code):
    return [(line, op.opname, "" if "JUMP" in op.opname or "FOR" in op.opname else op.argrepr.split(" at 0x")[0]) for line, op in lines(code)]
def lines(code):
    line = None
    starts = {offset: line for offset, line in dis.findlinestarts(code)}
    for op in dis.get_instructions(code):
        line = starts.get(op.offset, line)
        yield line, op
def f(a):
    """Text."""
    b = a + 1
    return [b for _ in range(2)]
print([told(code) for code in [f.__code__, *codes(f.__code__)]] if sys.argv[1:] else
      [f.__code__.co_firstlineno, f.__code__.co_varnames, f.__code__.co_qualname, f.__doc__, f.__code__.co_consts[0]])
'''


@on_every_python
def test_all_other_lines_keep_their_numbers_and_code(program, tmp_path, python):
    """The work stands on the line after the file's last, and has no call, no name and no jump while it is short."""
    path, targets = program(TREE)
    last = len(TREE.splitlines())
    before = eval(plain([path, "code"], python).out)
    after = eval(slowed(tmp_path, targets("f"), [path, "code"], python, work=900).outcome.out)
    own = [name for line, name, _ in after[0] if line == last + 1]
    assert "CONTAINS_OP" in own and set(own) <= {"LOAD_CONST", "LOAD_SMALL_INT", "CONTAINS_OP", "POP_TOP"}
    assert [op for op in after[0] if op[0] != last + 1] == before[0]
    assert after[1:] == before[1:]


@on_every_python
def test_the_function_tells_the_same_of_itself(program, tmp_path, python):
    path, targets = program(TREE)
    assert slowed(tmp_path, targets("f"), [path], python, work=900).outcome == plain([path], python)


INSPECT = '''\
import inspect, traceback
def f():
    """Text."""
    # A remark.
    raise ValueError("f")
def g():
    f()
print(inspect.getsource(f), inspect.signature(f), inspect.getsourcelines(g))
try:
    g()
except ValueError:
    traceback.print_exc()
print([(frame.lineno, frame.function, frame.code_context) for frame in inspect.stack()])
g()
'''


@on_every_python
def test_tracebacks_and_source_are_the_same(program, tmp_path, python):
    path, targets = program(INSPECT)
    run = slowed(tmp_path, targets("f", "g"), [path], python, work=2500)
    assert set(run.targets) == {"calls 0"}
    assert run.outcome == plain([path], python)
    assert run.outcome.status == 1


@on_every_python
def test_the_work_takes_time_where_it_is_put_and_only_there(program, tmp_path, python):
    """A hundred million elements take a tenth of a second on any machine: here they are not in `g`, but in `f`."""
    path, targets = program(textwrap.dedent('''\
        import time
        def f(): pass
        def g(): pass
        def timed(function):
            start = time.process_time()
            function()
            return time.process_time() - start
        print(timed(f) > 0.05, timed(g) < 0.05)
        '''))
    run = slowed(tmp_path, targets("f"), [path], python, work=100_000_000)
    assert run.outcome.out == "True True\n"
    assert run.seconds[0] > 0.05 and run.seconds[1] > 0.05


def test_a_long_work_jumps_once_in_a_thousand_elements(program, tmp_path):
    path, targets = program(textwrap.dedent('''\
        import sys
        def f(): pass
        events = []
        sys.settrace(lambda frame, event, _: (lambda *event: events.append(event)) if frame.f_code.co_name == "f" else None)
        f()
        sys.settrace(None)
        print(len(events))
        '''))
    run = slowed(tmp_path, targets("f"), [path], PYTHON, work=1_000_000)
    assert 1000 < int(run.outcome.out) < 1100


PROGRAMS = {
    "script": lambda path: [path],
    "-m": lambda path: ["-m", path.stem],
    "-c": lambda path: ["-c", path.read_text()],
    "imported": lambda path: ["-c", f"import {path.stem}"],
    "of a package": lambda path: ["-m", "package"],
}


@on_every_python
@pytest.mark.parametrize("way", PROGRAMS)
def test_a_program_may_be_started_in_any_way(program, tmp_path, python, way):
    path, targets = program("def f():\n    return 1\nprint(f() + f(), __name__)\n")
    if way == "of a package":
        (tmp_path / "package").mkdir()
        (tmp_path / "package/__init__.py").write_text("from package import parts\n")
        (tmp_path / "package/parts.py").write_text("def f():\n    return 1\n")
        (tmp_path / "package/__main__.py").write_text("from package.parts import f\nprint(f() + f(), __name__)\n")
        wanted = [(tmp_path / "package/parts.py", 1, "f")]
    else:
        wanted = [("<string>", 1, "f")] if way == "-c" else targets("f")
    run = slowed(tmp_path, wanted, PROGRAMS[way](path), python, cwd=tmp_path)
    assert run.targets == ["calls 2"]
    assert run.outcome == plain(PROGRAMS[way](path), python, cwd=tmp_path)


@pytest.mark.parametrize("source", [
    "# -*- coding: latin-1 -*-\ndef f():\n    return '\xe9'\nprint(ascii(f()))\n".encode("latin-1"),
    "\ufeffdef f():\n    return '\xe9'\nprint(ascii(f()))\n".encode(),
    b"def f():\r\n    return 1\r\nprint(f())\r\n",
    b"def f():\r    return 1\rprint(f())",
    b"def f():\n\treturn '\\d'\nprint(f())",
])
def test_a_file_may_be_encoded_and_broken_into_lines_in_any_way(tmp_path, source):
    path = tmp_path / "program.py"
    path.write_bytes(source)
    line = 2 if source.startswith(b"#") else 1
    for work, told in [(-1, "calls 1"), (1500, "calls 0")]:
        run = slowed(tmp_path, [(path, line, "f")], [path], PYTHON, work=work)
        assert run.targets == [told]
        assert run.outcome == plain([path], PYTHON)


def test_warnings_of_the_compiler_are_given_once(program, tmp_path):
    path, targets = program("def f():\n    return 1 is 1\nf()\n")
    run = slowed(tmp_path, targets("f"), [path], PYTHON)
    assert run.outcome.err.count("SyntaxWarning") == 1
    assert run.targets == ["calls 1"]


def test_compiled_files_are_those_of_the_program_as_it_is(tmp_path):
    (tmp_path / "part.py").write_text("def f():\n    return 1\n")
    words = ["-c", "import part; part.f()"]
    cached = tmp_path / "__pycache__"
    plain(words, PYTHON, cwd=tmp_path)
    kept = {path.name: path.read_bytes() for path in cached.iterdir()}
    for before in [kept, {}]:
        if not before:
            [path.unlink() for path in cached.iterdir()]
        run = slowed(tmp_path, [(tmp_path / "part.py", 1, "f")], words, PYTHON, work=2000, cwd=tmp_path)
        assert run.targets == ["calls 0"]
        assert {path.name: path.read_bytes() for path in cached.iterdir()} == kept


@pytest.mark.parametrize("lies, told", [
    ("def f():\n    return 2\n", "what runs is not what its file says, which may have changed"),
    ("\ndef f():\n    return 1\n", "its file has no such function on that line"),
    ("def f(:\n", "its file cannot be parsed"),
    ("# coding: nonsense\n", "its file cannot be parsed"),
    ("def f():\n    return 1\0\n", "its file cannot be parsed"),
    (None, "its file cannot be read"),
])
def test_a_file_that_is_not_what_runs_is_left_alone_with_a_reason(tmp_path, lies, told):
    """The compiled file still says what it said before; Python takes it by its time and size."""
    script = textwrap.dedent(f'''\
        import pathlib
        path = pathlib.Path("part.py")
        path.write_text("def f():\\n    return 1\\n")
        code = compile(path.read_text(), str(path.resolve()), "exec")
        path.unlink() if {lies!r} is None else path.write_text({lies!r})
        names = {{}}
        exec(code, names)
        print(names["f"]())
        ''')
    run = slowed(tmp_path, [(tmp_path / "part.py", 1, "f")], ["-c", script], PYTHON, work=5000, cwd=tmp_path)
    assert run.outcome.out == "1\n"
    assert run.targets == [f"reason {told}"]


def test_code_that_is_dropped_takes_nothing_with_it(program, tmp_path):
    """What is put into a module's code is given back with it, and must have been taken as often."""
    path, targets = program(textwrap.dedent('''\
        def f():
            return 1
        if __name__ == "__main__":
            for _ in range(1000):
                exec(compile(open(__file__).read(), __file__, "exec"), {})
            print(f())
        '''))
    run = slowed(tmp_path, targets("f"), [path], PYTHON, work=2000)
    assert run.outcome == plain([path], PYTHON)


def test_what_is_never_run_is_said_so(program, tmp_path):
    path, targets = program("print(1)\n")
    run = slowed(tmp_path, [(tmp_path / "other.py", 1, "f"), (path, 1, "<module>"), (path, 1, "nothing")], [path], PYTHON)
    assert run.targets == ["reason the program ran no code of its file"] + ["reason its file has no such function on that line"] * 2
