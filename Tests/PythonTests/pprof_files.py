"""Writes messages of protocol buffers, and pprof files of them as other tools do."""
import gzip


def varint(value):
    out = b""
    while value > 0x7F:
        out += bytes([value & 0x7F | 0x80])
        value >>= 7
    return out + bytes([value])


def field(number, value):
    if isinstance(value, int):
        return varint(number << 3) + varint(value)
    return varint(number << 3 | 2) + varint(len(value)) + value


class Pprof:
    """A file of another tool: `main` calls `work` and `wait`."""

    def __init__(self):
        self.texts = [""]

    def text(self, text):
        if text not in self.texts:
            self.texts.append(text)
        return self.texts.index(text)

    def file(self, types, work, wait, default="", drop="", labels=({}, {})):
        out = b"".join(field(1, field(1, self.text(name)) + field(2, self.text(unit))) for name, unit in types)
        for values, location, own in ((work, 2, labels[0]), (wait, 3, labels[1])):
            packed = b"".join(map(varint, values))
            out += field(2, field(1, varint(location) + varint(1)) + field(2, packed) + b"".join(self.label(*item) for item in own.items()))
        for number, name in enumerate(("main", "work", "wait"), 1):
            out += field(4, field(1, number) + field(4, field(1, number) + field(2, number)))
            out += field(5, field(1, number) + field(2, self.text(name)) + field(4, self.text("a.py")) + field(5, number))
        out += field(14, self.text(default)) + field(7, self.text(drop))
        return gzip.compress(out + b"".join(field(6, text.encode()) for text in self.texts))

    def label(self, key, value):
        return field(3, field(1, self.text(key)) + (field(3, value) if isinstance(value, int) else field(2, self.text(value))))
