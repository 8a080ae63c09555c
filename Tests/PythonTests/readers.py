"""Which tools read in the tests what swprof writes."""
import collections

# By format, in the order of the tests.
TOOLS = collections.defaultdict(list)


def reads(tool, *formats):
    """Marks a test that holds a tool's own reader, or its schema, to what is written in these formats."""
    def mark(test):
        for format in formats:
            TOOLS[format].append(tool)
        return test
    return mark
