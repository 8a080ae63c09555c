"""The same work shared among THREADS threads: `threads.py THREADS`, up to 1,000."""
import sys
import threading

PIECES = 3_200
EXPECTED = sum(step * 3 % 7 for step in range(600)) * PIECES


def piece():
    total = 0
    for step in range(600):
        total += step * 3 % 7
    return total


def share(pieces, totals, place):
    for _ in range(pieces):
        totals[place] += piece()


def main(count):
    totals = [0] * count
    threads = [
        threading.Thread(target=share, args=(PIECES * (place + 1) // count - PIECES * place // count, totals, place))
        for place in range(count)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if sum(totals) != EXPECTED:
        sys.exit(f"threads.py: wrong answer: {EXPECTED}, not {sum(totals)}")
    print(EXPECTED)


if __name__ == "__main__":
    main(int(sys.argv[1]))
