"""`run.py NOTEBOOK…`: runs labs headless, keeps them with what they showed, and says what is wrong with them.

A notebook of a folder `instructor` has to pass all of its exercises; one of a folder `student` none, and its cells that
need an answer say so. Any other error is one. Ends with status 1 where something was wrong.
"""
import os
import pathlib
import re
import sys
import tempfile
import time

import nbclient
import nbformat

from swprof.labs.exercises import MIME

KEPT = pathlib.Path(__file__).resolve().parents[1] / ".build" / "notebooks"
CHECK = re.compile(r'^labs\.check\("([\d.]+)"', re.MULTILINE)


def executed(notebook, seconds=600):
    """Runs a notebook in place, in a folder of its own."""
    with tempfile.TemporaryDirectory() as folder:
        client = nbclient.NotebookClient(
            notebook, timeout=seconds, allow_errors=True, kernel_name="python3", extra_arguments=["--log-level=ERROR"],
            resources={"metadata": {"path": folder}})
        client.create_kernel_manager()
        client.km.kernel_spec.argv[0] = sys.executable
        client.execute(env={**os.environ, "IPYTHONDIR": folder, "JUPYTER_RUNTIME_DIR": folder, "MPLCONFIGDIR": folder})
    return notebook


def problems(notebook, version):
    """What is wrong with a notebook that was run, a line each."""
    found = []
    for cell in notebook.cells:
        if cell.cell_type == "code":
            found += [*errors(cell, version), *outcomes(cell, version)]
    return found


def errors(cell, version):
    """Errors that the cell ended with; a student's cell may ask for an answer first."""
    for output in cell.outputs:
        if output.output_type == "error" and not (version == "student" and output.ename == "Unsolved"):
            yield f"{output.ename}: {output.evalue}, in the cell that begins: {' / '.join(cell.source.splitlines()[:2])}"


def outcomes(cell, version):
    """Checks that did not end as they must, or were not reached."""
    told = [output.data[MIME] for output in cell.outputs if MIME in output.get("data", {})]
    for number in CHECK.findall(cell.source):
        outcome = next((check["outcome"] for check in told if check["exercise"] == number), "not reached")
        if version == "instructor" and outcome != "passed":
            yield f"exercise {number}: its solution does not pass ({outcome})"
        if version == "student" and outcome == "passed":
            yield f"exercise {number}: it passes unanswered"
        if version == "student" and outcome == "not reached" and not any(output.output_type == "error" for output in cell.outputs):
            yield f"exercise {number}: its check says nothing"


def run(path):
    """Runs one, keeps it, and prints a line. Gives what is wrong with it."""
    version = path.resolve().parent.name
    begin = time.monotonic()
    try:
        notebook = executed(nbformat.read(path, as_version=4))
    except (OSError, ValueError, nbclient.exceptions.DeadKernelError) as error:
        print(f"{version}/{path.name}: could not be run", flush=True)
        return [f"{path}: {error}"]
    (KEPT / version).mkdir(parents=True, exist_ok=True)
    nbformat.write(notebook, KEPT / version / path.name)
    found = problems(notebook, version)
    print(f"{version}/{path.name}: {time.monotonic() - begin:.0f} s, {len(found) or 'no'} problem{'s' * (len(found) != 1)}", flush=True)
    return [f"{version}/{path.name}: {problem}" for problem in found]


if __name__ == "__main__":
    if len(sys.argv) < 2:
        sys.exit("usage: run.py NOTEBOOK…")
    wrong = [problem for name in sys.argv[1:] for problem in run(pathlib.Path(name))]
    for problem in wrong:
        print(problem, file=sys.stderr)
    sys.exit(1 if wrong else 0)
