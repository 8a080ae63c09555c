"""Not a workload: the same as `truth`, with the thread's CPU clock read in each bracket, too.

`by_cpu.py` puts it in the place of `truth`. The line then has `cpuTruth`, the shares of the CPU time that the threads
used under `main`, and `cpuSeconds`, that time. Reading this clock is a system call, which takes several times as long as
reading the monotonic one; so it is not done unless it is asked for.
"""
from array import array
from time import thread_time_ns as cpu_clock

import truth

clock = truth.clock


class Recorder(truth.Recorder):
    """Reads the CPU clock inside of the monotonic clock's readings."""

    __slots__ = ("cpu_begins", "cpu_ends")

    def __init__(self, capacity):
        self.cpu_begins, self.cpu_ends = (array("q", bytes(8 * max(capacity + 1, truth.BATCH))) for _ in range(2))
        super().__init__(capacity)

    def call(self, function, *arguments):
        begin = clock()
        cpu_begin = cpu_clock()
        answer = function(*arguments)
        cpu_end = cpu_clock()
        end = clock()
        position = self.count
        self.functions[position] = function
        self.begins[position] = begin
        self.ends[position] = end
        self.cpu_begins[position] = cpu_begin
        self.cpu_ends[position] = cpu_end
        self.count = position + 1
        return answer

    def cpu_timeline(self):
        """The run's timeline by the thread's CPU clock. The last bracket to end is that of `main`."""
        rows = zip(self.functions[:self.count], self.cpu_begins, self.cpu_ends)
        *segments, (_, begin, end) = [(truth.name_of(function), begin, end) for function, begin, end in rows]
        return truth.Timeline((begin, end), segments)


def tell(*recorders):
    """Prints the run's truth by both clocks as one JSON line: one recorder for each thread that ran `main`."""
    timelines = [recorder.timeline() for recorder in recorders]
    by_cpu = [recorder.cpu_timeline() for recorder in recorders]
    cost = sum(recorder.cost * recorder.count for recorder in recorders)
    truth.tell_timelines(
        timelines, cost / sum(timeline.length for timeline in timelines), cpuTruth=truth.shares(by_cpu),
        cpuSeconds=sum(timeline.length for timeline in by_cpu) / 1e9)
