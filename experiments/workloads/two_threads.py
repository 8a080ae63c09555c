"""Two threads with different functions: `two_threads.py [SIZE]`, 24 rounds unless told.

`main` is what each thread runs: one calls `add` (Python) and `arrange` (one C call with the GIL), the other
`subtract` (Python) and `doze` (sleep). The program's first thread only waits, outside `main`. Only one thread
works at a time, for the GIL: so there is a processor left for a profiler's own thread, even where there are two.

The truth is about thread-time on the wall clock: a function's share is its time from call to return, on its
thread's own brackets, as a part of the two threads' times under `main` added up. Waiting for the GIL counts for
the function that waits, as it does for a sampler of the wall clock, which sees both stacks at each tick.
"""
import threading

import script
from truth import Recorder, tell
from workers import SEGMENT, answer, sleeper, worker

LENGTH = 150_000
SCATTERED = [number * 7_919 % LENGTH for number in range(LENGTH)]
SORTED = list(range(LENGTH))

add = worker("add")
subtract = worker("subtract")
doze = sleeper("doze")


def arrange(numbers):
    return sorted(numbers)


# For each thread what it calls in turn, with what, and what it must get.
TASKS = [
    [(add, SEGMENT, answer(1)), (arrange, SCATTERED, SORTED), (add, 2 * SEGMENT, answer(2))],
    [(subtract, SEGMENT, answer(1)), (doze, 12, True)],
]


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
    """Runs both threads; gives their recorders and how many answers were right."""
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
    size = script.size(24)
    recorders, right = run(size)
    script.check(right, size * sum(len(tasks) for tasks in TASKS))
    tell(*recorders)
