"""`timed.py N`: times the talk's sieve, as it stands among the workloads, from within."""
import json
import pathlib
import sys
import time

sys.path.insert(0, str(pathlib.Path(__file__).parents[1] / "workloads"))
import sieve

n = int(sys.argv[1])
start = time.perf_counter()
count, _ = sieve.eratosthenes(n)
print(json.dumps({"count": count, "seconds": time.perf_counter() - start}))
