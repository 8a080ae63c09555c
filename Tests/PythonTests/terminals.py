"""A terminal for swprof to draw on: what it shows, how it is set, and keys."""
import contextlib
import fcntl
import os
import pty
import re
import struct
import subprocess
import termios
import time

from commandline import clean_environment, swprof_path

ENTER, LEAVE = "\x1b[?1049h", "\x1b[?1049l"
STYLE = re.compile(r"\x1b\[[0-9;]*m")


class Terminal:
    """A process whose standard streams are a terminal of its own."""

    def __init__(self, *words, rows=24, columns=80, **options):
        self.master, self.slave = pty.openpty()
        self.resize(rows, columns)
        self.before = termios.tcgetattr(self.slave)
        self.text = ""
        options = {"stdin": self.slave, "stdout": self.slave, "stderr": self.slave} | options
        environment = clean_environment(TERM="xterm-256color") | options.pop("environment", {})
        environment.pop("COLUMNS", None)
        self.process = subprocess.Popen(
            [swprof_path(), *map(str, words)], start_new_session=True, env=environment,
            preexec_fn=lambda: fcntl.ioctl(self.slave, termios.TIOCSCTTY, 0), **options)
        os.set_blocking(self.master, False)

    def resize(self, rows, columns):
        fcntl.ioctl(self.slave, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))

    def press(self, keys):
        os.write(self.master, keys.encode())

    def read(self):
        with contextlib.suppress(BlockingIOError, OSError):
            while piece := os.read(self.master, 1 << 16):
                self.text += piece.decode()
        return self.text

    def wait_for(self, what, seconds=10):
        """Until something is true of what was written; returns what that gives."""
        end = time.monotonic() + seconds
        while not (found := what(self.read())):
            assert time.monotonic() < end, self.text[-3000:]
            time.sleep(0.02)
        return found

    def pictures(self):
        """What was drawn, as lists of lines without colours."""
        drawn = [part.split("\x1b[J")[0] for part in self.read().split("\x1b[H")[1:] if "\x1b[J" in part]
        return [[STYLE.sub("", line).replace("\r", "").removeprefix("\x1b[K") for line in picture.split("\n")] for picture in drawn]

    def picture_with(self, *texts, seconds=10):
        """The first picture from now on that has all these."""
        seen = len(self.pictures())

        def found(_):
            return next((picture for picture in self.pictures()[seen:] if all(text in "\n".join(picture) for text in texts)), None)

        return self.wait_for(found, seconds)

    def end(self, seconds=10):
        """Its exit status, once it has ended and all that it wrote is read."""
        limit = time.monotonic() + seconds
        while self.process.poll() is None:
            assert time.monotonic() < limit, self.read()[-3000:]
            self.read()
            time.sleep(0.02)
        self.read()
        return self.process.returncode

    def is_as_before(self):
        return termios.tcgetattr(self.slave) == self.before and self.text.count(ENTER) == self.text.count(LEAVE)

    def after(self):
        """What stands on the terminal once the view is closed."""
        return STYLE.sub("", self.text.rsplit(LEAVE, 1)[1])

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.process.kill()
        self.process.wait()
        os.close(self.master)
        os.close(self.slave)
