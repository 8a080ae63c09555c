"""Tasks of one event loop: `tasks.py [SIZE]`, 7 rounds unless told.

Each of nine tasks takes turns with the others: three fetch, three parse twice as long, and three render, all by
computing in a function beneath a coroutine that another one awaits. Between two turns a task waits for the loop, or
for a time; where all wait for a time, the loop sleeps, which is `main`'s own time.
"""
import asyncio

import script
from truth import Recorder, tell
from workers import SEGMENT, answer, worker

TURNS = 2
# Of kinds of task, and of a kind.
KINDS, TASKS = 3, 3

fetch = worker("fetch")
parse = worker("parse")
render = worker("render")


async def turn(recorder, function, segments):
    """Computes, then hands over to the other tasks."""
    total = recorder.call(function, segments * SEGMENT)
    await asyncio.sleep(0)
    return total


async def task(recorder, function, segments, pause):
    total = 0.0
    for _ in range(TURNS):
        total += await turn(recorder, function, segments)
        await asyncio.sleep(pause)
    return total


async def serve(recorder, rounds):
    """The sum of all the work."""
    total = 0.0
    for _ in range(rounds):
        answers = await asyncio.gather(*(
            task(recorder, function, segments, pause)
            for function, segments, pause in [(fetch, 1, 0), (parse, 2, 0.002), (render, 1, 0.02)]
            for _ in range(TASKS)))
        total += sum(answers)
    return total


def main(recorder, rounds):
    return asyncio.run(serve(recorder, rounds))


if __name__ == "__main__":
    size = script.size(7)
    recorder = Recorder(KINDS * TASKS * TURNS * size)
    script.check(recorder.call(main, recorder, size), answer(4 * TASKS * TURNS * size))
    tell(recorder)
