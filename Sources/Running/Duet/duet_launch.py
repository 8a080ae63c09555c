"""Takes the package from the folder that is the first word, and leaves the path as the interpreter made it."""
import sys

sys.path.insert(0, sys.argv.pop(1))
import swprof

del sys.path[0], swprof
from swprof.passing_program import main

main()
