"""Short threads: `short_threads.py [SIZE]`, 100 threads one after another unless told, each of about 10 ms in `brief`."""
import threading

import known
import script
from elsewhere import tell, timed
from workers import SEGMENT, answer, worker

brief = worker("brief")


def start(spent, right):
    seconds, total = timed(brief, 2 * SEGMENT)
    spent.append(seconds)
    right.append(total)


def main(count):
    spent, right = [], []
    for _ in range(count):
        thread = threading.Thread(target=start, args=(spent, right))
        thread.start()
        thread.join()
    script.check(sum(right), answer(2 * count))
    return sum(spent)


if __name__ == "__main__":
    seconds, spent = timed(main, script.size(100))
    tell(main, seconds, brief=spent)
