"""Waits that C code begins, and would not begin again: no signal of ours cuts them short, and none comes to who waits for all."""
import pytest

from profiling import BUSY, INTERPRETERS, ONE_EACH, plainly, profiled, start, written

WAITS = {
    "poll": "libc.poll(None, 0, 3) == 0",
    "usleep": "libc.usleep(3000) == 0",
    "nanosleep": "libc.nanosleep(ctypes.byref(three), None) == 0",
    "select": "libc.select(0, None, None, None, ctypes.byref(timeval(0, 3000))) == 0",
    "epoll_wait": "libc.epoll_wait(epoll, events, 1, 3) == 0",
    "ppoll": "libc.ppoll(None, 0, ctypes.byref(three), None) == 0",
    "sigtimedwait": "libc.sigtimedwait(unused, None, ctypes.byref(three)) == -1 and ctypes.get_errno() == errno.EAGAIN",
}
BEFORE = "import ctypes, errno, os, select, time" + BUSY + """
libc = ctypes.CDLL(None, use_errno=True)
class timespec(ctypes.Structure): _fields_ = [("seconds", ctypes.c_long), ("nanoseconds", ctypes.c_long)]
class timeval(ctypes.Structure): _fields_ = [("seconds", ctypes.c_long), ("microseconds", ctypes.c_long)]
three = timespec(0, 3_000_000)
waiting = select.epoll(); epoll = waiting.fileno(); events = (ctypes.c_char * 64)()
unused = (ctypes.c_ulong * 16)(1 << 11)
short = 0
for i in range(50):
    busy(0.001 + i % 7 * 0.0003)
    begin = time.monotonic()
    whole = WAIT
    if not whole or time.monotonic() - begin < 0.0025: short += 1
print(short, "of 50 were cut short")
"""


@pytest.mark.parametrize("python", ONE_EACH)
@pytest.mark.parametrize("wait", WAITS)
def test_no_wait_is_cut_short_however_busy_the_thread_was(tmp_path, wait, python):
    script = written(tmp_path, BEFORE.replace("WAIT", WAITS[wait]))
    assert plainly(script, python=python).out == "0 of 50 were cut short\n"
    assert profiled(script, python=python, flags=["-r", "2000"]).outcome.out == "0 of 50 were cut short\n"


def test_a_signal_of_the_program_still_cuts_a_wait_short(tmp_path):
    findings = profiled(written(tmp_path, "import ctypes, signal, time" + BUSY + """
libc = ctypes.CDLL(None, use_errno=True)
signal.signal(signal.SIGALRM, lambda *_: None)
short = 0
for i in range(50):
    busy(0.002)
    signal.setitimer(signal.ITIMER_REAL, 0.005)
    begin = time.monotonic()
    libc.usleep(100_000)
    short += time.monotonic() - begin < 0.05
print(short)
"""), flags=["-r", "5000"])
    assert findings.outcome.out == "50\n"


@pytest.mark.parametrize("python", INTERPRETERS)
def test_who_waits_for_every_signal_sees_none_that_nobody_sent(tmp_path, python):
    findings = profiled(written(tmp_path, "import os, signal, threading, time" + BUSY + """
signal.pthread_sigmask(signal.SIG_BLOCK, [signal.SIGUSR1])
def worker():
    for i in range(20):
        busy(0.02)
        os.kill(os.getpid(), signal.SIGUSR1)
threading.Thread(target=worker).start()
seen = set()
for i in range(20):
    signal.pthread_sigmask(signal.SIG_UNBLOCK, signal.valid_signals() - {signal.SIGUSR1})
    busy(0.005)
    signal.pthread_sigmask(signal.SIG_BLOCK, signal.valid_signals())
    seen |= signal.sigpending() | {signal.sigwait(signal.valid_signals())}
print(seen == {signal.SIGUSR1}, seen)
"""), python=python, flags=["-r", "2000"], timeout=20)
    assert findings.outcome.out.startswith("True"), findings.outcome.out


def test_a_thread_that_blocks_every_signal_is_seen(tmp_path):
    findings = profiled(written(tmp_path, "import signal, time" + BUSY + """
signal.pthread_sigmask(signal.SIG_BLOCK, signal.valid_signals())
def first(): busy(0.6)
def second(): busy(0.2)
first(); second()
"""))
    assert findings.share("first", "total") == pytest.approx(0.75, abs=0.04) and findings.lost < 0.05


def test_a_program_that_becomes_another_lives(tmp_path):
    script = written(tmp_path, "import os, sys, time" + BUSY + """
left = int(sys.argv[1])
busy(0.01)
if left:
    try: os.execv("/missing", ["/missing"])
    except FileNotFoundError: pass
    os.execv(sys.executable, [sys.executable, __file__, str(left - 1)])
print("whole")
""")
    for _ in range(10):
        outcome = profiled(script, "1", flags=["-r", "20000"]).outcome
        assert (outcome.out, outcome.status) == ("whole\n", 0)


STACKS = """
#include <signal.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <ucontext.h>
static ucontext_t main_context, own;
static volatile double wanted;
static void work(void) {
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    double end = now.tv_sec + now.tv_nsec / 1e9 + wanted;
    do clock_gettime(CLOCK_MONOTONIC, &now); while (now.tv_sec + now.tv_nsec / 1e9 < end);
}
// Works on a stack of 2 KiB, below which is memory with a pattern; how many bytes of that were written to.
int run(double seconds) {
    static unsigned char memory[65536] __attribute__((aligned(16)));
    size_t below = sizeof memory - 2048;
    stack_t alternate = {.ss_sp = malloc(1 << 16), .ss_size = 1 << 16}, before;
    sigaltstack(&alternate, &before);
    memset(memory, 0x5a, sizeof memory);
    wanted = seconds;
    getcontext(&own);
    own.uc_stack.ss_sp = memory + below;
    own.uc_stack.ss_size = 2048;
    own.uc_link = &main_context;
    makecontext(&own, work, 0);
    swapcontext(&main_context, &own);
    sigaltstack(&before, 0);
    int written = 0;
    for (size_t at = 0; at < below; at++) written += memory[at] != 0x5a;
    return written;
}
"""


def test_a_stack_without_room_is_not_used(tmp_path):
    (tmp_path / "stacks.c").write_text(STACKS)
    assert start(["gcc", "-O1", "-shared", "-fPIC", "-o", tmp_path / "stacks.so", tmp_path / "stacks.c"]).status == 0
    script = written(tmp_path, f"import ctypes\nrun = ctypes.CDLL({str(tmp_path / 'stacks.so')!r}).run\nprint(run(ctypes.c_double(0.3)))\n")
    assert profiled(script, flags=["-r", "5000"]).outcome.out == "0\n"
