"""Regular expressions over a log: `regular_expressions.py [SIZE]`, 10 passes unless told.

C calls of every length, and a Python function that a substitution calls back.
"""
import re

import script

LINES = 6_000
EXPECTED = (6_000, 1_200, 20_580, 96_000)

LINE = re.compile(r"^(?P<host>\d+\.\d+\.\d+\.\d+) \[(?P<time>[^\]]+)\] \"(?P<verb>GET|PUT) (?P<path>/\S*)\" (?P<status>\d{3})$")
ERROR = re.compile(r" (?:4|5)\d\d$", re.MULTILINE)
NUMBER = re.compile(r"\b\d+\b")


def log():
    return "\n".join(
        f"10.0.{number % 7}.{number % 251} [{number % 24:02}:{number % 60:02}] \"{'PUT' if number % 4 == 0 else 'GET'} "
        f"/item/{number * 17 % 400}/{'x' * (number % 9)}\" {404 if number % 5 == 0 else 200}"
        for number in range(LINES))


def bracketed(match):
    return f"<{match[0]}>"


def search(text):
    """Lines that match, errors, the length of all paths of PUT, and characters that a substitution adds."""
    matches = [match for line in text.split("\n") if (match := LINE.match(line))]
    length = sum(len(match["path"]) for match in matches if match["verb"] == "PUT")
    added = len(NUMBER.sub(bracketed, text)) - len(text)
    return len(matches), len(ERROR.findall(text)), length, added


def main():
    text = log()
    for _ in range(script.size(10) * 3):
        found = search(text)
        script.check(found, EXPECTED)
    print(*found)


if __name__ == "__main__":
    main()
