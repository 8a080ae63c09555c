"""Slows chosen functions of the program: each gets work of a known length as its first statement.

Python tells of each module's code just before it runs it (the audit event `exec`), whether it is a script, `-c`,
`-m` or imported. There the chosen functions' code objects are exchanged for ones that are compiled from the
file's syntax tree with the statement in it, and only where what is about to run equals what the file says. So
all other code is the very same, and no compiled file is written of what was slowed, nor read for it.
"""
import _ast
import _ctypes
import itertools
import sys
import time

CODE = type((lambda: None).__code__)
ONLY_TREE = 0x400
# Elements that are compared before the interpreter may look up: some microseconds' work.
CHUNK = 1000


class Word(_ctypes._SimpleCData):
    """A word of memory."""
    _type_ = "P"


class Target:
    """A function that is chosen, the work that it is given, and whether it has it."""

    def __init__(self, file, line, name, work):
        self.file, self.line, self.name = file, line, name
        # Elements to compare at each call; 0 for none, and below 0 where its calls are counted instead.
        self.work = work
        self.calls = [0]
        self.is_slowed = False
        self.reason = "the program ran no code of its file"

    def describes(self, line, name):
        return (self.line, self.name) == (line, name)

    def statement(self):
        return spin(self.work) if self.work > 0 else self.counting()

    @property
    def mark(self):
        """What stands for `calls` until it is compiled."""
        return b"swprof %d" % id(self.calls)

    def counting(self):
        place = _ast.Subscript(_ast.Constant(self.mark), _ast.Constant(0), _ast.Store())
        return _ast.AugAssign(place, _ast.Add(), _ast.Constant(1))


def spin(work):
    """A statement that compares so many elements.

    There is no call in it and no name, so that a tracer of calls has nothing to see, and a jump only every
    thousand elements, so that a tracer of lines has next to nothing.
    """
    if work <= CHUNK:
        zeros = _ast.Constant((0,) * max(1, round(work)))
        return _ast.Expr(_ast.Compare(_ast.Constant(1), [_ast.In()], [zeros]))
    rounds = min(CHUNK, int(-(-work // CHUNK)))
    return _ast.For(_ast.Tuple([], _ast.Store()), _ast.Constant(((),) * rounds), [spin(work / rounds)], [])


def seconds_per_element():
    """How long one element takes here, where nothing else does."""
    function = _ast.FunctionDef("f", _ast.arguments([], [], None, [], [], None, []), [spin(CHUNK)], [])
    tree = _ast.Module([function], [])
    put_on_line(function, 1)
    names = {}
    exec(compile(tree, "<spin>", "exec"), names)
    return min(timed(names["f"]) for _ in range(200)) / CHUNK


def timed(function):
    start = time.perf_counter()
    function()
    return time.perf_counter() - start


def nodes(tree):
    """All nodes of a syntax tree."""
    waiting = [tree]
    while waiting:
        node = waiting.pop()
        yield node
        for field in node._fields:
            value = getattr(node, field, None)
            waiting += [each for each in (value if isinstance(value, list) else [value]) if isinstance(each, _ast.AST)]


def put_on_line(statement, line):
    for node in nodes(statement):
        node.lineno = node.end_lineno = line
        node.col_offset = node.end_col_offset = 0


def first_line(function):
    """As in its code object."""
    return min(each.lineno for each in [function, *function.decorator_list])


def insert(statement, function):
    """Puts a statement first, but behind the text that documents the function."""
    first = function.body[0]
    documents = isinstance(first, _ast.Expr) and isinstance(first.value, _ast.Constant) and isinstance(first.value.value, str)
    function.body.insert(int(documents), statement)


def codes(code):
    """The code objects in a module's code, each before those in it."""
    for constant in code.co_consts:
        if isinstance(constant, CODE):
            yield constant
            yield from codes(constant)


def with_counters(code, targets):
    """The same code with each target's `calls` where its mark stands."""
    counters = {target.mark: target.calls for target in targets}

    def exchanged(constant):
        if isinstance(constant, CODE):
            return with_counters(constant, targets)
        return counters.get(constant, constant) if isinstance(constant, bytes) else constant
    return code.replace(co_consts=tuple(map(exchanged, code.co_consts)))


def put(constants, index, code):
    """Exchanges a constant in place: nobody has seen it yet. The old one is kept for good."""
    place = Word.from_address(id(constants) + tuple.__basicsize__ + index * _ctypes.sizeof(Word))
    if place.value != id(constants[index]):
        raise RuntimeError("this Python lays its tuples out in a way that is not known")
    _ctypes.Py_INCREF(code)
    place.value = id(code)


class SlowedFile:
    """A file of the program, its functions as they are and as they are to be."""

    def __init__(self, file, targets):
        self.targets = targets
        source = source_of(file)
        plain = compile(source, file, "exec", dont_inherit=True)
        tree = compile(source, file, "exec", ONLY_TREE, dont_inherit=True)
        # The line after the file's last, so that every other statement keeps its own.
        self.slow(tree, len(source.splitlines()) + 1)
        slowed = with_counters(compile(tree, file, "exec", dont_inherit=True), targets)
        self.pairs = [(old, new, target) for old, new in zip(codes(plain), codes(slowed)) for target in targets
                      if target.describes(old.co_firstlineno, old.co_name)]

    def slow(self, tree, line):
        functions = [node for node in nodes(tree) if isinstance(node, (_ast.FunctionDef, _ast.AsyncFunctionDef))]
        for function, target in itertools.product(functions, self.targets):
            if target.work and target.describes(first_line(function), function.name):
                statement = target.statement()
                put_on_line(statement, line)
                insert(statement, function)

    def exchange(self, code):
        """Exchanges the code of functions in a module's code, or in a function's."""
        for index, constant in enumerate(code.co_consts):
            if not isinstance(constant, CODE):
                continue
            new = next((new for old, new, target in self.pairs if target.work and old == constant), None)
            if new is None:
                self.exchange(constant)
            else:
                put(code.co_consts, index, new)
            self.tick_off([constant] if new is None else [constant, *codes(constant)])

    def tick_off(self, exchanged):
        for old, _, target in self.pairs:
            if old in exchanged:
                target.is_slowed = True

    def give_reasons(self):
        for target in self.targets:
            is_there = any(target is known for _, _, known in self.pairs)
            target.reason = ("what runs is not what its file says, which may have changed" if is_there
                             else "its file has no such function on that line")


def source_of(file):
    if file.startswith("<") and sys.orig_argv[1:2] == ["-c"]:
        return sys.orig_argv[2].encode("utf-8", "surrogateescape")
    with open(file, "rb") as opened:
        return opened.read()


class Slowing:
    """Slows the targets in each module that is about to run."""

    def __init__(self, targets):
        self.targets = targets
        self.files = {}

    def see(self, code=None, *_):
        """Never harms the program: what cannot be slowed stays as it is, and has its reason told."""
        if not isinstance(code, CODE) or code.co_name != "<module>":
            return
        targets = [target for target in self.targets if target.file == code.co_filename]
        if not targets:
            return
        try:
            with_silence(lambda: self.slow(code, targets))
        except OSError:
            tell(targets, "its file cannot be read")
        except (SyntaxError, ValueError):
            tell(targets, "its file cannot be parsed")
        except Exception as error:
            tell(targets, str(error) or type(error).__name__)

    def slow(self, code, targets):
        file = self.files.get(code.co_filename)
        if file is None:
            file = self.files[code.co_filename] = SlowedFile(code.co_filename, targets)
        file.give_reasons()
        file.exchange(code)


def tell(targets, reason):
    for target in targets:
        target.reason = reason


def with_silence(action):
    """Without a second warning of what Python's compiler warned of when it compiled the file itself."""
    filters = getattr(sys.modules.get("warnings"), "filters", None)
    if not isinstance(filters, list):
        import _warnings
        filters = _warnings.filters
    filters.insert(0, ("ignore", None, Warning, None, 0))
    try:
        action()
    finally:
        del filters[0]
