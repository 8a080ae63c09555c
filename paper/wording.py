"""How numbers are written in the paper."""

NO_INTERVAL = "no interval"


def decimals(value, places):
    """With a true minus sign; a value that rounds to zero has none."""
    text = f"{value:.{places}f}"
    if float(text) == 0:
        text = text.lstrip("-")
    return text.replace("-", r"\textminus{}")


def ratio(value):
    """A slowdown: finer near one, where it matters."""
    return decimals(value, 3 if value < 1.1 else 2 if value < 20 else 1)


def percent(value):
    return decimals(100 * value, 1) + r"\,\%"


def points(value):
    """A difference of shares, in percentage points."""
    return decimals(100 * value, 1)


def seconds(value):
    return decimals(value, 3) + r"\,s"


def nanoseconds(value):
    return decimals(1e9 * value, 1) + r"\,ns"


def count(number):
    return f"{number:,}".replace(",", "{,}")


def interval(value, low, high, style):
    """`1.012 [1.009, 1.015]`; where there is none, says so."""
    if low is None or high is None:
        return f"{style(value)} ({NO_INTERVAL})"
    ends = [style(end).removesuffix(r"\,\%").removesuffix(r"\,ns").removesuffix(r"\,s") for end in (low, high)]
    return f"{style(value)} [{ends[0]}, {ends[1]}]"


def listed(words):
    """`a, b and c`; `none` of nothing."""
    words = list(words)
    if not words:
        return "none"
    return words[0] if len(words) == 1 else ", ".join(words[:-1]) + " and " + words[-1]


def counted(things, one):
    """`1 run`, `3 runs`."""
    return f"{len(things)} {one}" if len(things) == 1 else f"{len(things)} {one}s"


def escaped(text):
    """Text as it is, to TeX."""
    table = {"\\": r"\textbackslash{}", "_": r"\_", "%": r"\%", "&": r"\&", "#": r"\#", "$": r"\$", "{": r"\{", "}": r"\}", "~": r"\textasciitilde{}", "^": r"\textasciicircum{}"}
    return "".join(table.get(character, character) for character in text)


def code(name):
    """A name as code, which may be broken where its words end."""
    broken = escaped(name)
    for end in ("/", r"\_"):
        broken = broken.replace(end, end + r"\allowbreak{}")
    return r"\code{" + broken + "}"
