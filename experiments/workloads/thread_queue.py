"""Threads with a queue: `thread_queue.py [SIZE]`, 10 times 7,000 tasks for four threads unless told.

Threads that wait for work and for the GIL, and do a little work each time.
"""
import queue
import threading

import script

THREADS = 4
TASKS = 7_000


def work(number):
    total = 0
    for step in range(60):
        total += number * step % 7
    return total


def serve(tasks, answers):
    while (number := tasks.get()) is not None:
        answers.put(work(number))
    answers.put(None)


def pass_through(count):
    """The sum of what the threads answer to all tasks."""
    tasks, answers = queue.Queue(maxsize=64), queue.Queue()
    threads = [threading.Thread(target=serve, args=(tasks, answers)) for _ in range(THREADS)]
    for thread in threads:
        thread.start()
    for number in [*range(count), *[None] * THREADS]:
        tasks.put(number)
    total, ended = 0, 0
    while ended < THREADS:
        answer = answers.get()
        ended += answer is None
        total += answer or 0
    for thread in threads:
        thread.join()
    return total


def main():
    expected = sum(step * number % 7 for number in range(7) for step in range(60)) * (TASKS // 7) + sum(
        step * number % 7 for number in range(TASKS % 7) for step in range(60))
    for _ in range(script.size(10)):
        script.check(pass_through(TASKS), expected)
    print(expected)


if __name__ == "__main__":
    main()
