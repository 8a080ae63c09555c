"""Sorting with key functions: `sort_by_key.py [SIZE]`, 10 passes unless told.

One long C call that calls Python, over and over: what tracers see as a caller's time and samplers as the sort's.
"""
import functools

import script

PEOPLE = 12_000
EXPECTED = 12_464_482


class Person:
    def __init__(self, number):
        self.name = f"name{number * 7_919 % 10_007:05}"
        self.age = number * 31 % 97
        self.number = number

    def key(self):
        return self.age, self.name


def by_age_falling(person):
    return -person.age


def compared(one, other):
    return (one.number % 1_000 > other.number % 1_000) - (one.number % 1_000 < other.number % 1_000)


def sort_all(people):
    """A checksum of where people stand in three orders."""
    orders = [
        sorted(people, key=Person.key), sorted(people, key=by_age_falling),
        sorted(people[:3_000], key=functools.cmp_to_key(compared)),
    ]
    return sum(place % 1_000 * person.number for order in orders for place, person in enumerate(order[:50])) + sum(
        order[len(order) // 2].number for order in orders)


def main():
    people = [Person(number) for number in range(PEOPLE)]
    for _ in range(script.size(10) * 5):
        checksum = sort_all(people)
        script.check(checksum, EXPECTED)
    print(checksum)


if __name__ == "__main__":
    main()
