"""What whoever starts swprof hands down reaches the program."""
import ctypes
import os
import signal
import subprocess

import pytest

from commandline import call, clean_environment

SIGNALS = "import signal\n" \
    "print([number for number in signal.valid_signals() if number not in (9, 19) and signal.getsignal(number) == signal.SIG_IGN])\n" \
    "print(sorted(signal.pthread_sigmask(signal.SIG_BLOCK, [])))\n"


def same(run, python, code, **options):
    """What the program writes under swprof, which is what it writes plain."""
    plain = call([python, "-c", code], **options)
    result = run("-c", code, **options)
    assert (result.stdout, result.returncode) == (plain.stdout, plain.returncode), result.stderr
    return result.stdout


@pytest.mark.parametrize("number", [signal.SIGALRM, signal.SIGTSTP, signal.SIGWINCH, signal.SIGURG, signal.SIGUSR1, signal.SIGCHLD, signal.SIGINT])
def test_ignored_signals_stay_ignored(run, python, number):
    assert str(int(number)) in same(run, python, SIGNALS, preexec_fn=lambda: signal.signal(number, signal.SIG_IGN))


def set_own_signal_of_libc(handler):
    """Of signal 32, which glibc lets nobody set: by the system call, with the kernel's structure of handler, flags, restorer, mask."""
    number = {"x86_64": 13, "aarch64": 134}[os.uname().machine]
    ctypes.CDLL(None).syscall(number, 32, (ctypes.c_long * 4)(handler), None, 8)


# Where the caller ignores signal 32, `signal` does not yet keep it so: glibc catches it there.
@pytest.mark.parametrize("design, handler", [("signal", 0), ("gil", 0), ("gil", 1), ("evalframe", 0), ("evalframe", 1)])
def test_the_c_librarys_own_signals_are_ignored_where_the_caller_ignores_them(run, python, design, handler):
    """Whoever spawns a process by glibc has it ignore them, and what it starts."""
    def before():
        set_own_signal_of_libc(handler)
    ignored = "print([line for line in open('/proc/self/status') if line.startswith('SigIgn')])"
    code = f"import subprocess, sys\n{ignored}\nprint(subprocess.check_output([sys.executable, '-c', {ignored!r}]))"
    result, plain = run("-d", design, "-c", code, preexec_fn=before), call([python, "-c", code], preexec_fn=before)
    assert result.stdout == plain.stdout
    assert int(plain.stdout.split("\\t")[1][:16], 16) >> 31 & 1 == handler


def test_blocked_signals_stay_blocked(run, python):
    blocked = {signal.SIGUSR2, signal.SIGVTALRM, signal.SIGRTMIN + 3}
    assert "SIGUSR2" in same(run, python, SIGNALS, preexec_fn=lambda: signal.pthread_sigmask(signal.SIG_BLOCK, blocked))


def test_the_status_is_known_where_the_caller_ignores_the_end_of_children(run):
    assert run("-c", "raise SystemExit(7)", preexec_fn=lambda: signal.signal(signal.SIGCHLD, signal.SIG_IGN)).returncode == 7


def test_open_descriptors_are_the_programs_too(run, python):
    reading, writing = os.pipe()
    os.write(writing, b"x" * 100)
    code = f"import os; print(os.read({reading}, 3), sorted(map(int, os.listdir('/proc/self/fd')))[:-1])"
    try:
        assert "b'xxx'" in same(run, python, code, pass_fds=[reading])
    finally:
        os.close(reading)
        os.close(writing)


@pytest.mark.parametrize("closed", ["<&-", ">&-", "2>&-", ">&- 2>&-", "<&- >&- 2>&-"])
def test_closed_standard_streams_stay_closed(swprof, python, tmp_path, closed):
    code = "import os, sys; print('hello'); open(sys.argv[1], 'w').write(repr([os.path.exists(f'/proc/self/fd/{n}') for n in range(3)]))"
    said = []
    for words in [[python], [swprof.path, "run", "--python", python, "-o", tmp_path / "x.pb.gz"]]:
        said.append(tmp_path / f"said{len(said)}")
        line = " ".join(f"'{word}'" for word in [*words, "-c"]) + f' "$CODE" {said[-1]} {closed}'
        assert subprocess.run(["bash", "-c", line], env=clean_environment(CODE=code), capture_output=True, timeout=60).returncode == 0
    assert said[0].read_text() == said[1].read_text() and (tmp_path / "x.pb.gz").exists()


@pytest.mark.parametrize("words, program", [
    (["-"], "-"), (["/dev/stdin"], "/dev/stdin"),
], ids=["dash", "device"])
def test_a_program_may_come_by_the_standard_input(swprof, python, words, program):
    source = "import sys; print(sys.argv, __name__)"
    plain = call([python, *words, "one"], input=source)
    result = swprof("run", "--python", python, *words, "one", input=source)
    assert (result.stdout, result.returncode) == (plain.stdout, 0) and program in plain.stdout, result.stderr


def test_a_program_may_come_by_a_substitution(swprof, python):
    line = """{} <(echo 'import sys; print(len(sys.argv))') one"""
    for words in [python, f"{swprof.path} run --python {python}"]:
        result = subprocess.run(["bash", "-c", line.format(words)], capture_output=True, text=True, timeout=60)
        assert (result.stdout, result.returncode) == ("2\n", 0), result.stderr


@pytest.mark.parametrize("name", [b"a:b", b"not text \xff", b"a blank", b"line\nend"])
def test_a_folder_for_temporary_files_of_any_name(swprof, python, tmp_path, name):
    folder = os.fsencode(tmp_path) + b"/" + name
    os.mkdir(folder)
    environment = {os.fsencode(key): os.fsencode(value) for key, value in clean_environment().items()} | {b"TMPDIR": folder}
    code = "import os; print([key for key in os.environ if 'SWPROF' in key], os.environb[b'TMPDIR'])"
    result = call([swprof.path, "run", "--python", python, "-c", code], env=environment)
    assert (result.stdout, result.returncode) == (f"[] {folder!r}\n", 0), result.stderr
    assert os.listdir(folder) == []


def test_an_empty_name_for_temporary_files_is_none(run):
    assert run("-c", "pass", env=clean_environment(TMPDIR="")).returncode == 0


@pytest.mark.parametrize("flag", ["-I", "-E", "-S"])
def test_an_interpreter_that_ignores_its_environment_is_one_clear_line(swprof, python, tmp_path, flag):
    wrapper = tmp_path / "wrapper"
    wrapper.write_text(f'#!/bin/sh\nexec {python} {flag} "$@"\n')
    wrapper.chmod(0o755)
    result = swprof("run", "--python", wrapper, "-c", "print('once')")
    assert (result.stdout, result.returncode) == ("once\n", 3)
    assert len(result.stderr.splitlines()) == 1 and flag in result.stderr
