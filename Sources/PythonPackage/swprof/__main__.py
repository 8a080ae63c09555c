"""`python -m swprof`, and the script `swprof`: the command line."""
import sys

from .errors import SwprofError
from .program import become


def main() -> int:
    """Does not return where the program could be started; the status of a failure else."""
    try:
        become(sys.argv[1:], sys.executable)
    except SwprofError as error:
        print(f"swprof: {error}", file=sys.stderr)
    return 3


if __name__ == "__main__":
    sys.exit(main())
