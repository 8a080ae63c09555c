"""Reads pprof files by themselves: their samples' stacks and labels, without any reader of swprof's."""
import collections
import gzip


def fields(data):
    """The fields of a message of protocol buffers: number and value."""
    at = 0

    def varint():
        nonlocal at
        value = shift = 0
        while True:
            byte = data[at]
            at += 1
            value |= (byte & 127) << shift
            shift += 7
            if byte < 128:
                return value

    while at < len(data):
        key = varint()
        if key & 7 == 2:
            size = varint()
            at += size
            yield key >> 3, data[at - size:at]
        else:
            yield key >> 3, varint()


def numbers(data):
    """Of a packed field."""
    values, value, shift = [], 0, 0
    for byte in data:
        value |= (byte & 127) << shift
        shift += 7
        if byte < 128:
            values.append(value)
            value = shift = 0
    return values


def samples(path):
    """Of every sample the bare names on its stack, leaf first, and its labels that are texts."""
    messages = collections.defaultdict(list)
    for number, value in fields(gzip.decompress(path.read_bytes())):
        messages[number].append(value)
    texts = [text.decode() for text in messages[6]]
    functions, locations = {}, {}
    for message in messages[5]:
        function = dict(fields(message))
        functions[function[1]] = texts[function.get(3, function.get(2, 0))]
    for message in messages[4]:
        location = dict(fields(message))
        locations[location[1]] = functions[dict(fields(location[4]))[1]] if 4 in location else ""
    for message in messages[2]:
        stack, labels = [], {}
        for number, value in fields(message):
            if number == 1:
                stack += [locations[each] for each in (numbers(value) if isinstance(value, bytes) else [value])]
            elif number == 3:
                label = dict(fields(value))
                if 2 in label:
                    labels[texts[label[1]]] = texts[label[2]]
        yield stack, labels
