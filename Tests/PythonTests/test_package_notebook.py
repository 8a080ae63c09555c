"""The magics in a real notebook, run by nbclient; and the same in a shell."""
import re
import sys

import pytest

import packaged

nbclient = pytest.importorskip("nbclient")
nbformat = pytest.importorskip("nbformat")

CELLS = {
    "load": "%load_ext swprof",
    "work": packaged.WORK,
    "line": "p = %swprof -d evalframe work(0.05)",
    "kept": "print(p.function('work').calls, type(p).__name__)",
    "cell": "%%swprof --seed 7\nfor _ in range(2):\n    work(0.05)\nkept_after = 'a variable of the notebook'",
    "shared": "print(kept_after)",
    "lines": "%%swprof -d lines --trace inner --within inner\nwork(0.01)",
    "printed": "with swprof.profile() as named: work(0.05)\nprint(named)",
    "written": "%swprof -o notebook.pb.gz work(0.05)\nimport os; print(os.path.exists('notebook.pb.gz'))",
    "raises": "%%swprof\nwork(0.05)\nraise KeyError('of the cell')",
    "no design": "%swprof -d sundial work()",
    "no option": "%swprof --sundial work()",
    "nothing": "%swprof",
    "misplaced": "%%swprof work()\npass",
    "awaits": "%%swprof\nimport asyncio\nawait asyncio.sleep(0)",
    "broken": "%%swprof\nwork(0.01)\n1 +",
    "nobody": "%%swprof --within nobody\nwork(0.02)",
    "with": "with swprof.profile() as block: work(0.05)\nblock",
    "again": "%swprof work(0.02)",
}


@pytest.fixture(scope="module")
def cells(tmp_path_factory):
    """The cells of a notebook that was run, by name."""
    folder = tmp_path_factory.mktemp("notebook")
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(source) for source in CELLS.values()])
    environment = packaged.environment(PYTHONPATH=str(packaged.FOLDER), IPYTHONDIR=str(folder), JUPYTER_RUNTIME_DIR=str(folder))
    client = nbclient.NotebookClient(
        notebook, timeout=60, allow_errors=True, kernel_name="python3", resources={"metadata": {"path": str(folder)}})
    client.create_kernel_manager()
    client.km.kernel_spec.argv[0] = sys.executable
    client.execute(env=environment)
    return dict(zip(CELLS, notebook.cells))


def shown(cell):
    """The HTML of what a cell shows."""
    return "".join(output["data"]["text/html"] for output in cell["outputs"] if "text/html" in output.get("data", {}))


def printed(cell):
    return "".join(output["text"] for output in cell["outputs"] if output["output_type"] == "stream" and output["name"] == "stdout")


def said(cell):
    """What the cell wrote to standard error, and the error that it ended with."""
    streams = "".join(output["text"] for output in cell["outputs"] if output.get("name") == "stderr")
    return streams + "".join(f"{output['ename']}: {output['evalue']}" for output in cell["outputs"] if output["output_type"] == "error")


def test_a_line_gives_the_profile(cells):
    assert printed(cells["kept"]) == "1 profile\n", said(cells["line"])
    assert cells["line"]["outputs"] == []


def test_a_cell_shows_the_profile_and_keeps_its_variables(cells):
    assert "work" in shown(cells["cell"]) and "<svg" in shown(cells["cell"])
    assert printed(cells["shared"]) == "a variable of the notebook\n"


def test_where_there_is_no_page_the_table_is_text(cells):
    [text] = [output["data"]["text/plain"] for output in cells["cell"]["outputs"] if "text/plain" in output.get("data", {})]
    assert "work" in text and "% [" in text


def test_nothing_of_the_notebook_itself_is_shown(cells):
    for name in ("cell", "again"):
        for word in ("parentpoller", "run_cell_magic", "magics", "asyncio", "_run"):
            assert word not in shown(cells[name])


def test_options_are_those_of_the_command_line(cells):
    assert "lines" in shown(cells["lines"]) and "under inner" in shown(cells["lines"])
    assert printed(cells["written"]) == "True\n"


def test_places_are_cells_and_times_are_seconds(cells):
    assert "cell 2:" in shown(cells["cell"]) and "ipykernel" not in re.sub("title='[^']*'", "", shown(cells["cell"]))
    assert "<th>s</th>" in shown(cells["cell"])


def test_a_printed_profile_names_its_cell(cells):
    [heading] = [line for line in printed(cells["printed"]).splitlines() if line.startswith("swprof run")]
    assert re.fullmatch(r"swprof run  cell \d+", heading)


def test_lines_are_shown_with_hits_and_source(cells):
    text = re.sub("<[^>]*>", " ", shown(cells["lines"]))
    assert "hits" in text and "cell 2:" in text and "for _ in range(200)" in text
    assert "hits" not in shown(cells["cell"])


def test_a_cell_that_raises_shows_its_profile_and_its_exception(cells):
    assert "work" in shown(cells["raises"])
    assert "KeyError: 'of the cell'" in said(cells["raises"])


@pytest.mark.parametrize("name, words", [
    ("no design", "there is no design 'sundial'"), ("no option", "sundial"), ("nothing", "nothing to profile"),
    ("misplaced", "the code goes below %%swprof"), ("nobody", "nobody"),
    ("awaits", "put it into an async function"), ("broken", "line 2: "),
])
def test_wrong_use_is_one_line(cells, name, words):
    assert words in said(cells[name]) and said(cells[name]).startswith("UsageError: ")
    assert said(cells[name]).strip().count("\n") == 0 and "Traceback" not in said(cells[name])


def test_a_block_in_a_cell_shows_itself(cells):
    assert "inner" in shown(cells["with"])


def test_the_next_one_works_after_errors(cells):
    assert "inner" in shown(cells["again"])
