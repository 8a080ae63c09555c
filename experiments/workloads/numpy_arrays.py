"""Arrays, where NumPy is installed: `numpy_arrays.py [SIZE]`, 10 passes unless told.

Long C calls that release the GIL, and use it only between them.
"""
import script

try:
    import numpy
except ImportError:
    script.end("NumPy is not installed: install the package numpy")

SIDE = 300
TIMES = 4
# Whole numbers, small enough to be exact in floats.
EXPECTED = 3_177_183


def passed():
    rows, columns = numpy.mgrid[0:SIDE, 0:SIDE]
    left = ((rows * 7 + columns * 3) % 11).astype(float)
    right = ((rows * 5 + columns) % 13).astype(float)
    product = left @ right
    ordered = numpy.sort(product, axis=None)
    return int(product.trace() + ordered[len(ordered) // 2] + (product % 7 == 0).sum() + numpy.cumsum(left)[-1])


def main():
    for _ in range(script.size(10) * TIMES):
        answer = passed()
        script.check(answer, EXPECTED)
    print(answer)


if __name__ == "__main__":
    main()
