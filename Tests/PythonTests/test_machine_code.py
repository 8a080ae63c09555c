"""What the signal handler's machine code calls: nothing that may allocate, lock, or wait for the Swift runtime.

The disassembly is followed from a symbol through every direct call and jump.
"""
import collections
import functools
import re
import subprocess

import pytest

from profiling import LIBRARY

HANDLER = "swprof_on_tick"

# Safe in a signal handler (signal-safety(7)), or known not to lock: PyGILState_GetThisThreadState is
# one pthread_getspecific, and clock_gettime and sched_getcpu are answered by what the kernel lets every thread read. Who has
# the GIL is a variable of the thread's, which a thread of Python has used before, or in 3.11 of the interpreter's.
ALLOWED = {
    "syscall", "clock_gettime", "__errno_location", "getpid", "gettid", "pthread_self", "memcpy", "memset", "memmove",
    "PyGILState_GetThisThreadState", "sched_getcpu", "pthread_getspecific", "__stack_chk_fail", "PyThreadState_GetUnchecked",
    "_PyThreadState_UncheckedGet",
}

FUNCTION = re.compile(r"^([0-9a-f]+) <(.+)>:$")
INSTRUCTION = re.compile(r"^\s*([0-9a-f]+):\s+(\S*)")
BRANCH = re.compile(r"^\s*[0-9a-f]+:\s+(?:bnd |notrack )?(call\w*|j\w+|b|bl|b\.\w+|cbn?z|tbn?z)\s+(?:.*[\s,])?([0-9a-f]+) <([^>]+)>\s*$")
INDIRECT = re.compile(r"^\s*[0-9a-f]+:\s+(?:bnd |notrack )?((?:callq?|jmpq?)\s+\*|blr|br\b)(.*)$")
SLOT = re.compile(r"#\s*([0-9a-f]+)\b")


def tool(*words):
    return subprocess.run([*words, LIBRARY], capture_output=True, text=True, check=True).stdout


@functools.cache
def sizes():
    """How long the function at an address is, as its symbol says."""
    words = (line.split() for line in tool("nm", "-S", "--defined-only").splitlines())
    return {int(line[0], 16): int(line[1], 16) for line in words if len(line) == 4 and line[2] in "tTwW"}


@functools.cache
def code():
    """The instructions of each function, by its name; of one without a symbol, which begins where another ends, by its address."""
    functions = collections.defaultdict(list)
    name, end = None, 0
    for line in tool("objdump", "-d", "--no-show-raw-insn").splitlines():
        if match := FUNCTION.match(line):
            name, end = match[2], int(match[1], 16) + sizes().get(int(match[1], 16), 0)
        elif match := INSTRUCTION.match(line):
            if int(match[1], 16) >= end > 0:
                name, end = None, 0
            if name is None and not match[2].startswith(("int3", "nop")):
                name = match[1]
            if name:
                functions[name].append(line)
        elif not line:
            name, end = None, 0
    return functions


@functools.cache
def places():
    """By the address of each instruction, its function."""
    return {int(INSTRUCTION.match(line)[1], 16): name for name, lines in code().items() for line in lines}


@functools.cache
def imported():
    """The names of what the loader fills in, by the address of its slot."""
    slots = {}
    for line in tool("objdump", "-R").splitlines():
        if match := re.match(r"^([0-9a-f]{8,}) \S+\s+([A-Za-z_]\w*)", line):
            slots[int(match[1], 16)] = match[2]
    return slots


def steps(name):
    """What one function branches to: (other local functions, imported functions, unresolved instructions)."""
    local, foreign, unresolved = set(), set(), []
    for line in code()[name]:
        if match := BRANCH.match(line):
            target = match[3].split("+0x")[0]
            if target.endswith("@plt"):
                foreign.add(target.removesuffix("@plt").split("@")[0])
            elif (target := places().get(int(match[2], 16), target)) != name:
                local.add(target)
        elif match := INDIRECT.match(line):
            slot = SLOT.search(match[2])
            known = imported().get(int(slot[1], 16)) if slot else None
            foreign.add(known) if known else unresolved.append((name, line.strip()))
    return local, foreign, unresolved


def followed(start):
    """All that can be reached from `start`: (local functions, imported functions, unresolved instructions)."""
    assert start in code(), f"{LIBRARY} has no symbol {start}: it was stripped; build it with its symbols"
    seen, foreign, unresolved, waiting = set(), set(), [], [start]
    while waiting:
        name = waiting.pop()
        if name in seen:
            continue
        seen.add(name)
        local, called, unknown = steps(name)
        waiting += local
        foreign |= called
        unresolved += unknown
    return seen, foreign, unresolved


def of_the_runtime(names):
    """Functions of Swift's runtime, which is linked in: they allocate, lock, and check exclusive access."""
    return sorted(name for name in names if name.startswith(("swift_", "_swift_", "__swift_", "_ZN5swift")))


def test_the_handler_calls_only_what_is_allowed():
    local, foreign, _ = followed(HANDLER)
    assert of_the_runtime(local | foreign) == []
    assert sorted(foreign - ALLOWED) == []
    assert {"syscall", "PyGILState_GetThisThreadState"} <= foreign, "the walker lost the handler's own work"


def test_the_handlers_local_functions_are_swprofs_own():
    local, _, _ = followed(HANDLER)
    strangers = [name for name in local if not re.search(r"^swprof_|^machine_|PythonRuntime|7Capture|^OUTLINED_FUNCTION", name)]
    assert strangers == []


def test_the_handler_calls_through_pointers_only_to_pass_a_signal_on():
    _, _, unresolved = followed(HANDLER)
    assert len(unresolved) <= 2, unresolved
    assert all("6onTick" in name for name, _ in unresolved), unresolved


def test_every_function_that_is_followed_has_code():
    local, _, _ = followed(HANDLER)
    assert [name for name in local if not code()[name]] == []


@pytest.mark.parametrize("start, function", [("PyInit__swprof", "swift_allocObject|swift_once|swift_slowAlloc|malloc|PyModule_Create2")])
def test_the_walker_finds_what_is_forbidden_where_it_is(start, function):
    local, foreign, _ = followed(start)
    assert of_the_runtime(local | foreign)
    assert any(re.fullmatch(function, name) for name in local | foreign)
    assert foreign - ALLOWED
