"""Short bursts: `rare_bursts.py [SIZE]`, 20 bursts of about 10 ms of work, with 100 ms of sleep between, unless told.

Nearly all of the processor's time is in `burst`, a twelfth of the wall's. A sampler that looks only while something else
wakes the program, or that needs a while to notice that it runs, loses most of it.
"""
import known
import script
from truth import Recorder, tell
from workers import SEGMENT, answer, sleeper, worker

burst = worker("burst")
rest = sleeper("rest")


def main(recorder, rounds):
    """The sum of the work, and how many sleeps were long enough."""
    total, slept = 0.0, 0
    for _ in range(rounds):
        total += recorder.call(burst, SEGMENT)
        slept += recorder.call(rest, 100)
    return total, slept


if __name__ == "__main__":
    size = script.size(20)
    recorder = Recorder(2 * size)
    script.check(recorder.call(main, recorder, size), (answer(size), size))
    tell(recorder)
