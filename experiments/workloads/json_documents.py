"""JSON written and read: `json_documents.py [SIZE]`, 10 passes unless told.

Long C calls that make many small objects, between short stretches of Python.
"""
import hashlib
import json

import script

RECORDS = 4_000
TIMES = 3
EXPECTED = "0be14e3c9d1eb9cd"


def documents():
    """Orders whose every value follows from their number."""
    return [
        {
            "id": number,
            "name": f"customer {number * 7919 % 1000}",
            "paid": number % 3 == 0,
            "amount": number * 37 % 1001 / 4,
            "lines": [{"item": item, "count": (number + item) % 5, "note": None if item % 2 else "naïve"} for item in range(4)],
        }
        for number in range(RECORDS)
    ]


def round_trip(orders):
    text = json.dumps(orders, sort_keys=True)
    return text, json.loads(text)


def main():
    orders = documents()
    for _ in range(script.size(10) * TIMES):
        text, read = round_trip(orders)
        script.check(read == orders, True)
    answer = hashlib.sha256(text.encode()).hexdigest()[:16]
    script.check(answer, EXPECTED)
    print(answer)


if __name__ == "__main__":
    main()
