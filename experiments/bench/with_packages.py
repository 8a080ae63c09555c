"""A program with the packages of the tests' environment, whose Python is another: `with_packages.py SCRIPT [ARGUMENTS]`."""
import glob
import runpy
import sys

sys.argv = sys.argv[1:]
sys.path[0] = sys.argv[0].rpartition("/")[0]
sys.path += glob.glob(".venv/lib/python3*/site-packages")
runpy.run_path(sys.argv[0], run_name="__main__")
