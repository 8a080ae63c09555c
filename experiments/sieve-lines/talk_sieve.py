"""The true shares of the sieve's lines, by direct timing: `talk_sieve.py N`.

How is told in ../bench/talk_picture.py: the sieve's two phases are timed as they run, and which part of the second is
empty updates and bare loop is timed apart. Line 8 has what lines 10 and 7 leave, and line 9's little with it.
"""
import json
import pathlib
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "bench"))

import talk_picture


def main(n):
    phases = talk_picture.run_stamped(n)
    parts = talk_picture.run_empties(n)
    whole = phases["first"] + phases["second"]
    updates, loop = (sum(parts[part]) / len(parts[part]) for part in ("updates", "loop"))
    line_10 = (phases["first"] + updates * phases["second"]) / whole
    line_7 = loop * phases["second"] / whole
    truth = {"line 10": line_10, "line 7": line_7, "lines 8 and 9": 1 - line_10 - line_7}
    print(json.dumps({"truth": truth, "within": "eratosthenes", "seconds": whole}))


if __name__ == "__main__":
    main(int(sys.argv[1]))
