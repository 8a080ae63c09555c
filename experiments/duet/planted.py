"""One duet with a planted slowdown: `planted.py SLOWDOWN SECONDS FILE` writes its passes to the file.

While the planted design is on, a call does so many more equal steps: 0.001 are 20 more of 20,000.
"""
import json
import platform
import sys
from random import SystemRandom

from swprof.passes import Passes, document

STEPS = 20_000
PAIRS = 300


class Planted:
    """In the place of a design: costs exactly what is planted."""

    is_on = False

    def __init__(self, slowdown):
        self.on_steps = round(STEPS * (1 + slowdown))
        self.steps = STEPS

    def on(self):
        self.is_on, self.steps = True, self.on_steps

    def off(self):
        self.is_on, self.steps = False, STEPS

    def work(self):
        total = 0
        for number in range(self.steps):
            total += number * number % 7
        return total


def main():
    slowdown, seconds, path = float(sys.argv[1]), float(sys.argv[2]), sys.argv[3]
    planted = Planted(slowdown)
    passes = Passes(planted.work, planted, SystemRandom())
    passes.measure(seconds, PAIRS)
    facts = {"design": "signal", "rate": 1000.0, "python": platform.python_version(), "wantedPairs": PAIRS}
    with open(path, "w") as file:
        json.dump(document(passes, facts), file)


if __name__ == "__main__":
    main()
