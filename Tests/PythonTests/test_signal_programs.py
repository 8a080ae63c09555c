"""The design `signal` beside programs that use signals themselves."""
import re

import pytest

from profiling import BUSY, plainly, profiled, written


# A thread of C that waits, and is cancelled: from then on glibc's own signal is glibc's.
CANCEL = """
import ctypes
libc = ctypes.CDLL(None)
def cancel():
    thread = ctypes.c_ulong()
    libc.pthread_create(ctypes.byref(thread), None, ctypes.cast(libc.pause, ctypes.c_void_p), None)
    time.sleep(0.05)
    print(libc.pthread_cancel(thread), libc.pthread_join(thread, None))
"""


def test_a_program_that_uses_signals_has_them_for_itself(tmp_path):
    script = written(tmp_path, "import os, signal, time" + BUSY + """
busy(0.2)
seen = []
for number in signal.SIGURG, signal.SIGWINCH: signal.signal(number, lambda number, frame: seen.append(number))
for i in range(5):
    os.kill(os.getpid(), signal.SIGURG)
    busy(0.1)
print(len(seen), seen[0] == signal.SIGURG)
""")
    findings = profiled(script)
    assert findings.outcome == plainly(script)
    assert not {"signal-changed", "no-signal"} & findings.caveats()
    assert findings.share("busy", "total") > 0.95


def test_a_program_that_cancels_a_thread(tmp_path):
    script = written(tmp_path, "import time" + BUSY + CANCEL + """
busy(0.5)
cancel()
def after(): busy(0.5)
after()
""")
    findings = profiled(script)
    assert findings.outcome == plainly(script)
    assert "signal-changed" in findings.caveats()
    assert findings.share("after", "total") == pytest.approx(0.5, abs=0.08)


def test_a_program_that_uses_every_signal_of_ours(tmp_path):
    script = written(tmp_path, "import signal, time" + BUSY + CANCEL + """
seen = []
busy(0.3)
for number in signal.SIGURG, signal.SIGWINCH: signal.signal(number, lambda number, frame: seen.append(number))
cancel()
busy(0.3)
print(seen)
""")
    findings = profiled(script)
    assert findings.outcome == plainly(script)
    assert "no-signal" in findings.caveats()
    assert findings["ledger"]["missed"] > 0


def test_an_unhandled_signal_from_outside_stays_ignored(tmp_path):
    script = written(tmp_path, "import os, signal, time" + BUSY + """
for i in range(50):
    os.kill(os.getpid(), signal.SIGURG); signal.raise_signal(signal.SIGURG); busy(0.005)
print(signal.getsignal(signal.SIGURG))
""")
    assert profiled(script).outcome == plainly(script)


def test_a_main_thread_that_blocks_all_signals(tmp_path):
    script = written(tmp_path, "import signal, time" + BUSY + """
signal.pthread_sigmask(signal.SIG_SETMASK, range(1, 65))
busy(1)
print("over")
""")
    findings = profiled(script)
    assert findings.outcome == plainly(script)
    assert findings.share("busy", "total") > 0.95 and findings.lost < 0.05


UNDISTURBED = {
    "sleep": "start = time.monotonic(); time.sleep(0.5); passed = time.monotonic() - start; print(0.5 <= passed < 0.6)",
    "select": "start = time.monotonic(); print(select.select([reading], [], [], 0.5)); print(0.49 <= time.monotonic() - start < 0.6)",
    "poll": "poll = select.poll(); poll.register(reading); start = time.monotonic(); print(poll.poll(500)); print(0.49 <= time.monotonic() - start < 0.6)",
    "epoll": "poll = select.epoll(); poll.register(reading); start = time.monotonic(); print(poll.poll(0.5)); print(0.49 <= time.monotonic() - start < 0.6)",
    "lock": "start = time.monotonic(); print(int(held.acquire(timeout=0.5))); print(0.49 <= time.monotonic() - start < 0.6)",
    "pipe": "later(lambda: os.write(writing, b'text')); print(os.read(reading, 10))",
    "accept": "server = socket.create_server(('127.0.0.1', 0)); later(lambda: socket.create_connection(server.getsockname()).send(b'hello')); peer = server.accept()[0]; print(peer.recv(10))",
    "timeout": "server = socket.create_server(('127.0.0.1', 0)); server.settimeout(0.4)\ntry: server.accept()\nexcept TimeoutError as error: print(error)",
    "alarm": "signal.signal(signal.SIGALRM, lambda *_: print('alarm')); signal.alarm(1); busy(0.3); time.sleep(1)",
    "setitimer": "begin = time.perf_counter(); seen = []; signal.signal(signal.SIGALRM, lambda *_: seen.append(1)); signal.setitimer(signal.ITIMER_REAL, 0.05, 0.05)\nwhile len(seen) < 9: busy(0.01)\nsignal.setitimer(signal.ITIMER_REAL, 0); print(time.perf_counter() - begin > 0.44)",
    "profiling timer": "seen = []; signal.signal(signal.SIGPROF, lambda *_: seen.append(1)); signal.setitimer(signal.ITIMER_PROF, 0.05, 0.05)\nwhile len(seen) < 4: busy(0.01)\nsignal.setitimer(signal.ITIMER_PROF, 0); print(time.process_time() > 0.2)",
    "pause": "signal.signal(signal.SIGALRM, lambda *_: print('alarm')); busy(0.1); signal.setitimer(signal.ITIMER_REAL, 0.5); signal.pause(); print('woken')",
    "sigwait": "signal.pthread_sigmask(signal.SIG_BLOCK, [signal.SIGUSR1]); later(lambda: os.kill(os.getpid(), signal.SIGUSR1)); print(signal.sigwait([signal.SIGUSR1]))",
    "sigtimedwait": "start = time.monotonic(); print(signal.sigtimedwait([signal.SIGUSR2], 0.4)); print(0.39 <= time.monotonic() - start < 0.5)",
    "wakeup": "first, second = socket.socketpair(); first.setblocking(False); second.setblocking(False); signal.set_wakeup_fd(first.fileno()); signal.signal(signal.SIGUSR1, lambda *_: None); busy(0.2); os.kill(os.getpid(), signal.SIGUSR1); busy(0.05); print(second.recv(100))",
    "asyncio": "import asyncio\nasync def main():\n    loop = asyncio.get_running_loop(); done = asyncio.Event(); loop.add_signal_handler(signal.SIGUSR1, done.set); loop.call_later(0.3, os.kill, os.getpid(), signal.SIGUSR1); busy(0.2); await asyncio.wait_for(done.wait(), 5); print('signalled')\nasyncio.run(main())",
    "input": "print(input().upper()); print(sys.stdin.read())",
    "faulthandler": "import faulthandler; faulthandler.enable(); faulthandler.dump_traceback_later(0.2, file=sys.stdout); busy(0.5)",
    "interrupt": "later(lambda: os.kill(os.getpid(), signal.SIGINT))\ntry: time.sleep(5)\nexcept KeyboardInterrupt: print('interrupted')",
    "wait": "print(subprocess.run(['sh', '-c', 'sleep 0.4; exit 3']).returncode); print(subprocess.run(['cat'], input=b'text', capture_output=True).stdout)",
}
BEFORE = "import os, select, signal, socket, subprocess, sys, threading, time" + BUSY + """
reading, writing = os.pipe()
held = threading.Lock(); held.acquire()
def later(work): threading.Timer(0.4, work).start()
busy(0.05)
"""


def without_addresses(text):
    return re.sub("0x[0-9a-f]{8,}", "0x…", text)


@pytest.mark.parametrize("what", UNDISTURBED)
def test_waiting_and_signals_go_on_as_without_us(tmp_path, what):
    script = written(tmp_path, BEFORE + UNDISTURBED[what] + "\n")
    plain = plainly(script, input="first\nsecond\nthird\n")
    findings = profiled(script, input="first\nsecond\nthird\n", flags=["-r", "2000"])
    findings.outcome.out, plain.out = without_addresses(findings.outcome.out), without_addresses(plain.out)
    assert findings.outcome == plain
    assert plain.status == 0 and "False" not in plain.out


def test_each_wait_is_begun_right_behind_work(tmp_path):
    # A thread that has just worked is interrupted, and may be waiting by then.
    script = written(tmp_path, "import time" + BUSY + """
late = 0
for i in range(60):
    busy(0.002)
    start = time.monotonic()
    time.sleep(0.01)
    if not 0.01 <= time.monotonic() - start < 0.05: late += 1
print(late <= 2)
""")
    assert profiled(script, flags=["-r", "5000"]).outcome == plainly(script)
