"""The true shares of the sieve's lines, to judge the talk's picture by.

    talk_picture.py stamped N     runs the sieve once and prints how long each of its two phases took
    talk_picture.py empties N     prints which parts of the second phase are empty updates and bare loop

The sieve has two phases. While i*i < n an `update` adds numbers; these few hundred updates hold most
of the run. From i = √n on every `update` is empty, and hundreds of thousands of them take some 200 ns each.

What is true of a run is best told by that very run: a share differs between runs by more than a
sampler errs. So `stamped` runs the text of sieve.py itself, under its own file name and line numbers,
with one word changed: the loop's `range` notes the clock once, between the phases. That costs no
iteration anything that differs between the two kinds of iteration, and it brackets all the updates
with i*i < n at once. The other 2·10³ iterations of the first phase take less than a ten-thousandth of
the run; the reader of these figures takes them off the lower end.

The empty updates are too short to bracket without changing what is measured, so they are not timed
in the judged run. `empties` fills the set and then passes through the second phase again and again (an
empty update leaves the set as it is), in short chunks, each run in one of six ways taken at random: so
that each way meets the same mixture of memory, heat and neighbours. One way is plain. In four, every
update is bracketed by two clock reads, with 0, 1, 2 and 4 reads more inside the bracket. A bracket
holds the end of its first read and the beginning of its second, one read in all: with k reads more it
measures the update and k + 1 reads. A straight line through the four, extrapolated to no read at all,
is the update alone. It is given as a fraction of the plain phase, so that a machine that has meanwhile
become slower cancels. The sixth way is the same loop with an empty body. The least and the largest
fraction over several repetitions and processes bound line 10's share in the judged run; the empty
loop bounds line 7's from below.
"""
import itertools
import json
import math
import pathlib
import random
import sys
from collections import Counter
from time import perf_counter as clock

SIEVE = pathlib.Path(__file__).resolve().parents[1] / "workloads" / "sieve.py"
READS = (0, 1, 2, 4)
REPETITIONS = 5
PASSES = 4  # through the second phase, in each repetition
CHUNK = 8_192  # iterations that are run in one way

BRACKETED = """
def bracketed(non_primes, start, stop, n):
    count = 0
    inside = 0.0
    for i in range(start, stop):
        if i not in non_primes:
            count += 1
            before = clock()
            {reads}non_primes.update(range(i*i, n, i))
            inside += clock() - before
    return inside, count
"""


def bracketed(reads):
    """The second phase with that many clock reads more inside each bracket: seconds inside, and updates."""
    names = {"clock": clock}
    exec(BRACKETED.format(reads="clock(); " * reads), names)
    return names["bracketed"]


def plain(non_primes, start, stop, n):
    """The second phase as it is: seconds, and updates."""
    begin = clock()
    count = 0
    for i in range(start, stop):
        if i not in non_primes:
            count += 1
            non_primes.update(range(i*i, n, i))
    return clock() - begin, count


def bare(non_primes, start, stop, n):
    """The second phase's loop with an empty body: seconds."""
    begin = clock()
    for i in range(start, stop):
        pass
    return clock() - begin, 0


def first_empty(n):
    """The least i with i*i >= n: where the second phase begins."""
    return math.isqrt(n - 1) + 1


def stamped_sieve(instants):
    """The functions of sieve.py, whose loop notes in `instants` when the second phase begins."""
    def stamp():
        instants.append(clock())
        yield from ()

    def stamped(start, n):
        return itertools.chain(range(start, first_empty(n)), stamp(), range(first_empty(n), n))

    source = SIEVE.read_text()
    if source.count("in range(2, n):\n        if i not in") != 1:
        sys.exit(f"talk_picture.py: the sieve's loop does not stand in {SIEVE}")
    source = source.replace("in range(2, n):\n        if i not in", "in stamped(2, n):\n        if i not in")
    names = {"stamped": stamped, "__name__": "sieve"}
    exec(compile(source, SIEVE, "exec"), names)
    return names


def run_stamped(n):
    instants = []
    sieve = stamped_sieve(instants)
    begin = clock()
    count, non_primes = sieve["eratosthenes"](n)
    end = clock()
    error = sieve["error_in"](n, count, non_primes)
    if error:
        sys.exit(error)
    return {
        "first": instants[0] - begin, "second": end - instants[0],
        "firstIterations": first_empty(n) - 2, "secondIterations": n - first_empty(n),
    }


def intercept(points):
    """Where the least-squares line through the points meets x = 0."""
    xs, ys = zip(*points)
    mean_x, mean_y = sum(xs) / len(xs), sum(ys) / len(ys)
    slope = sum((x - mean_x) * (y - mean_y) for x, y in points) / sum((x - mean_x) ** 2 for x in xs)
    return mean_y - slope * mean_x


def repetition(non_primes, n, ways):
    """Several passes in chunks: the parts of the plain second phase that are updates and bare loop."""
    seconds, updates, iterations = Counter(), Counter(), Counter()
    for start in list(range(first_empty(n), n, CHUNK)) * PASSES:
        way = random.choice(list(ways))
        stop = min(start + CHUNK, n)
        took, count = ways[way](non_primes, start, stop, n)
        seconds[way] += took
        updates[way] += count
        iterations[way] += stop - start
    iteration = seconds["plain"] / iterations["plain"]
    update = intercept([(reads + 1, seconds[reads] / updates[reads]) for reads in READS])
    return {
        "updates": update * (updates["plain"] / iterations["plain"]) / iteration,
        "loop": seconds["bare"] / iterations["bare"] / iteration,
    }


def run_empties(n):
    _, non_primes = stamped_sieve([])["eratosthenes"](n)
    ways = {reads: bracketed(reads) for reads in READS} | {"plain": plain, "bare": bare}
    repetition(non_primes, n, ways)  # the first one warms the interpreter up
    found = [repetition(non_primes, n, ways) for _ in range(REPETITIONS)]
    return {part: [one[part] for one in found] for part in ("updates", "loop")}


def main():
    if len(sys.argv) != 3 or sys.argv[1] not in ("stamped", "empties") or not sys.argv[2].isdigit():
        sys.exit("usage: talk_picture.py stamped|empties N")
    n = int(sys.argv[2])
    if n < 1_000_000:
        sys.exit("talk_picture.py: N must be at least 1,000,000: a smaller second phase is not worth timing")
    print(json.dumps(run_stamped(n) if sys.argv[1] == "stamped" else run_empties(n)))


if __name__ == "__main__":
    main()
