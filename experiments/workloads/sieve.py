"""The talk's sieve: `sieve.py [N]` counts the primes below N. Tests and bench rely on lines 7 to 10."""
import sys

def eratosthenes(n):
    count = 0
    non_primes = set()
    for i in range(2, n):
        if i not in non_primes:
            count += 1
            non_primes.update(range(i*i, n, i))
    return count, non_primes


# The number of primes below n, from the published tables of π(n).
KNOWN_COUNTS = {
    10: 4,
    100: 25,
    1_000: 168,
    10_000: 1_229,
    100_000: 9_592,
    1_000_000: 78_498,
    2_000_000: 148_933,
    5_000_000: 348_513,
    10_000_000: 664_579,
}


def count_by_flags(n):
    """Counts the primes below n in another way: by an array of flags."""
    if n < 3:
        return 0
    flags = bytearray([1]) * n
    flags[0:2] = b"\0\0"
    for i in range(2, int(n**0.5) + 1):
        if flags[i]:
            flags[i*i::i] = bytes(len(range(i*i, n, i)))
    return sum(flags)


def error_in(n, count, non_primes):
    """Says in one line what is wrong with an answer, or None where it is right."""
    expected = KNOWN_COUNTS.get(n)
    if expected is None:
        expected = count_by_flags(n)
    if count != expected:
        return f"sieve.py: wrong answer: {count} primes below {n}, but there are {expected}"
    composites = max(n - 2, 0) - count
    if len(non_primes) != composites:
        return f"sieve.py: wrong answer: {len(non_primes)} non-primes below {n}, but there are {composites}"
    return None


def size_from(arguments):
    try:
        return int(arguments[1]) if len(arguments) > 1 else 1_000_000
    except ValueError:
        sys.exit(f"sieve.py: N must be a whole number, not {arguments[1]!r}")


def main():
    n = size_from(sys.argv)
    count, non_primes = eratosthenes(n)
    error = error_in(n, count, non_primes)
    if error:
        sys.exit(error)
    print(count)


if __name__ == "__main__":
    main()
