"""A function of many short lines: `many_lines.py ROUNDS`."""
import sys


def lines(rounds):
    total = 0
    for number in range(rounds):
        first = number
        second = first + 1
        third = second + first
        if third > number:
            total = total + 1
        else:
            total = total - 1
        total = total + second
        total = total - number
    return total


if __name__ == "__main__":
    rounds = int(sys.argv[1])
    if lines(rounds) != 2 * rounds:
        sys.exit("the sum is wrong")
