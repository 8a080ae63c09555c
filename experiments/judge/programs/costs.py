"""What a profiler costs: `costs.py [SIZE]`, 60 rounds unless told, of calls, C calls, a generator and arithmetic.

Tells the most memory that its process had, too.
"""
import json
from time import monotonic as clock

import known
import script

CALLS = 12_000


class Account:
    def __init__(self):
        self.balance = 0

    def book(self, amount):
        self.balance += self.rounded(amount)

    def rounded(self, amount):
        return amount - amount % 5


def amounts(count):
    state = 42
    for _ in range(count):
        state = (state * 1_103_515_245 + 12_345) & 0x7FFFFFFF
        yield state & 1_023


def booked(account):
    for amount in amounts(CALLS):
        account.book(amount)
    return account.balance


def counted():
    total = 0.0
    for k in range(8 * CALLS):
        total += k * 0.5
    return total


def arranged():
    return sorted(amounts(CALLS), key=lambda amount: -amount)[0]


def main(rounds):
    return {(booked(Account()), counted(), arranged()) for _ in range(rounds)}


def most_memory():
    """Bytes. The kernel's resource usage would tell what the process was before it became Python, too."""
    with open("/proc/self/status") as file:
        return next(int(line.split()[1]) * 1024 for line in file if line.startswith("VmHWM"))


if __name__ == "__main__":
    size = script.size(60)
    begin = clock()
    answers = main(size)
    seconds = clock() - begin
    script.check(len(answers), 1)
    print(json.dumps({"truth": {"main": 1.0}, "within": "main", "seconds": seconds, "memory": most_memory()}))
