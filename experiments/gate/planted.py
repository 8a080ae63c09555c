"""A program of fifty functions, one of which may be slower: `planted.py SLOWDOWN [SECONDS]`.

The slowdown is a part of the whole program: 0.01 makes `function_7` take one hundredth of the program's time longer, which is half
as long again. All functions do the same work, in steps, so that the planted part is exact.
"""
import sys

FUNCTIONS = 50
PLANTED = 7
# Steps of a function's turn; a turn of all functions is a few milliseconds.
STEPS = 1000
TURNS_PER_SECOND = 380


def make(number):
    """A function of its own code, as a program's are: copies of one would be one function to a profiler."""
    space = {}
    source = f"def function_{number}(steps):\n    total = 0\n    for step in range(steps):\n        total += step * step % 7\n    return total\n"
    exec(compile("\n" * (10 * number) + source, __file__, "exec"), space)
    return space[f"function_{number}"]


def main():
    slowdown, seconds = float(sys.argv[1]), float(sys.argv[2]) if len(sys.argv) > 2 else 2.0
    functions = [make(number) for number in range(FUNCTIONS)]
    steps = [STEPS] * FUNCTIONS
    steps[PLANTED] += round(STEPS * FUNCTIONS * slowdown)
    total = 0
    for _ in range(round(TURNS_PER_SECOND * seconds)):
        for function, count in zip(functions, steps):
            total += function(count)
    print("done", total > 0)


if __name__ == "__main__":
    main()
