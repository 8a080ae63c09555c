"""Three threads that always want the GIL: `contention.py [SIZE]`, 30 rounds unless told.

`main` is what each thread runs, Python work alone and never a rest. So two of them
always wait for the GIL, and where other processes want the processors, too, the kernel puts the threads on and off them
as it likes. What each thread took of the CPU's time only its own clock knows: `by_cpu.py contention`. The program's first
thread only waits, outside `main`.
"""
import threading

import script
from truth import Recorder, tell
from workers import SEGMENT, answer, worker

left, right = worker("left"), worker("right")
seldom, often = worker("seldom"), worker("often")
brief = worker("brief")

# For each thread what it calls in turn, and how many segments long.
TASKS = [[(left, 1), (right, 1)], [(seldom, 1), (often, 2)], [(brief, 1)]]


def main(recorder, rounds, tasks):
    """How many answers were right."""
    correct = 0
    for _ in range(rounds):
        for function, segments in tasks:
            correct += recorder.call(function, SEGMENT * segments) == answer(segments)
    return correct


def start(recorder, rounds, tasks, gate, correct):
    gate.wait()
    correct.append(recorder.call(main, recorder, rounds, tasks))


def run(rounds):
    """Runs the threads; gives their recorders and how many answers were right."""
    recorders = [Recorder(rounds * len(tasks)) for tasks in TASKS]
    gate, correct = threading.Barrier(len(TASKS)), []
    threads = [threading.Thread(target=start, args=(recorder, rounds, tasks, gate, correct))
               for recorder, tasks in zip(recorders, TASKS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return recorders, sum(correct)


if __name__ == "__main__":
    size = script.size(30)
    recorders, correct = run(size)
    script.check(correct, size * sum(len(tasks) for tasks in TASKS))
    tell(*recorders)
