"""Twenty threads: `many_threads.py [SIZE]`, 28 rounds unless told.

`main` is what each thread runs. Four of them work, each in a function of its own, and rest; eight doze; eight wait
for an answer that comes when its time is over. The four compete for the GIL, so that one works at a time. The
program's first thread only waits, outside `main`. As in `two_threads`, the truth is about thread-time: waiting for
the GIL counts on the wall clock for the function that waits.
"""
import threading

import script
from truth import Recorder, tell
from workers import SEGMENT, answer, sleeper, worker

WORKING = 4
IDLE = 8
REST = 6
# About as long as a round takes where four threads work, in milliseconds.
NAP = 40

working = [worker(f"work_{number}") for number in range(1, WORKING + 1)]
rest = sleeper("rest")
doze = sleeper("doze")


def await_answer(milliseconds):
    """Waits for what nobody says, until the time is over; gives whether that is so."""
    return not threading.Event().wait(milliseconds / 1_000)


# For each thread what it calls in turn, with what, and what it must get.
TASKS = [[(function, SEGMENT, answer(1)), (rest, REST, True)] for function in working]
TASKS += [[(doze, NAP, True)]] * IDLE + [[(await_answer, NAP, True)]] * IDLE


def main(recorder, rounds, tasks):
    """How many answers were right."""
    right = 0
    for _ in range(rounds):
        for function, argument, expected in tasks:
            right += recorder.call(function, argument) == expected
    return right


def start(recorder, rounds, tasks, gate, right):
    gate.wait()
    right.append(recorder.call(main, recorder, rounds, tasks))


def run(rounds):
    """Runs the threads; gives their recorders and how many answers were right."""
    recorders = [Recorder(rounds * len(tasks)) for tasks in TASKS]
    gate, right = threading.Barrier(len(TASKS)), []
    threads = [threading.Thread(target=start, args=(recorder, rounds, tasks, gate, right))
               for recorder, tasks in zip(recorders, TASKS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return recorders, sum(right)


if __name__ == "__main__":
    size = script.size(28)
    recorders, right = run(size)
    script.check(right, size * sum(len(tasks) for tasks in TASKS))
    tell(*recorders)
