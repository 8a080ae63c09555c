"""`crossing.py WAY N`: what it costs to call the Swift sieve from Python, beyond what the sieve takes by itself.

WAY is `ctypes`, or a function of the module: `count`, `primes` (a list) or `eratosthenes` (a tuple with a set).
"""
import ctypes
import json
import pathlib
import sys
import time

FOLDER = pathlib.Path(".build/languages").resolve()
sys.path.insert(0, str(FOLDER))
import swift_sieve

library = ctypes.CDLL(str(FOLDER / "swift_sieve.so"))
library.swift_sieve_count.argtypes, library.swift_sieve_count.restype = [ctypes.c_long], ctypes.c_long
library.swift_sieve_seconds.argtypes, library.swift_sieve_seconds.restype = [ctypes.c_long] * 2, ctypes.c_double

way, n = sys.argv[1], int(sys.argv[2])
call = library.swift_sieve_count if way == "ctypes" else getattr(swift_sieve, way)
# Call and sieve take turns, so that a slow moment of the machine is both's.
TURNS = 10
passes = max(1, 200_000 // (n + 20))
call(n)
seconds = 0
for _ in range(TURNS):
    start = time.perf_counter()
    for _ in range(passes):
        call(n)
    seconds += (time.perf_counter() - start) / passes - library.swift_sieve_seconds(n, passes)
answer = call(n)
count = {"primes": lambda: len(answer), "eratosthenes": lambda: answer[0]}.get(way, lambda: answer)()
print(json.dumps({"count": count, "seconds": seconds / TURNS}))
