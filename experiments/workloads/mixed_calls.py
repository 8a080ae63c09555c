"""Calls of every kind: `mixed_calls.py [PASSES]`, 10 passes of about 0.1 s unless told.

A pass calls methods, C functions, a generator, and a sort with a key function in Python, over
bookings in a ledger of accounts. It uses no hash order and no randomness: its checksum is known.
"""
import sys

EXPECTED = 768_524_159
ACCOUNTS = 97
BOOKINGS = 160_000
MODULUS = 1_000_000_007


class Account:
    """A balance that is changed only through methods."""

    def __init__(self, number):
        self.number = number
        self.balance = 0
        self.history = []

    def book(self, amount):
        self.balance += amount
        self.history.append(self.rounded(amount))

    def rounded(self, amount):
        return amount - amount % 5

    def spread(self):
        return max(self.history) - min(self.history)


def amounts(count):
    """Yields the amounts of a fixed linear congruential sequence (modulus 2³¹, full period)."""
    state = 42
    for _ in range(count):
        state = (1_103_515_245 * state + 12_345) % 2_147_483_648
        yield (state >> 8) % 10_007


def sort_key(account):
    return (account.balance % 1_009, -account.number)


def digits(number):
    return sum(map(int, str(number)))


def run_pass():
    accounts = [Account(number) for number in range(ACCOUNTS)]
    for position, amount in enumerate(amounts(BOOKINGS)):
        accounts[(position + amount) % ACCOUNTS].book(amount)
    checksum = 0
    for _ in range(160):
        for account in sorted(accounts, key=sort_key):
            checksum = (checksum * 31 + account.balance + digits(account.number)) % MODULUS
    for account in accounts:
        checksum = (checksum * 31 + account.spread() + len(account.history)) % MODULUS
    return checksum


def passes_from(arguments):
    try:
        return int(arguments[1]) if len(arguments) > 1 else 10
    except ValueError:
        sys.exit(f"mixed_calls.py: PASSES must be a whole number, not {arguments[1]!r}")


def main():
    for _ in range(passes_from(sys.argv)):
        checksum = run_pass()
        if checksum != EXPECTED:
            sys.exit(f"mixed_calls.py: wrong answer: the checksum is {EXPECTED}, not {checksum}")
    print(EXPECTED)


if __name__ == "__main__":
    main()
