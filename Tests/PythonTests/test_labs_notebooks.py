"""The labs as notebooks: how both versions are made of one source, what is said of those that are wrong, and that what a
reader can run into is one message."""
import os

import pytest

import packaged
from test_labs import exercises_of, make, module

nbformat = pytest.importorskip("nbformat")
pytest.importorskip("nbclient")
pytest.importorskip("matplotlib")
run = module("run")

SOURCE = """# A lab

Text.

```python
from swprof import labs
labs.begin(1, seconds=1)
```

```python tags=["exercise"]
def composites(n, count):
    return ...
```

```python tags=["solution"]
def composites(n, count):
    return n - 2 - count
```

```python
labs.check("1.1", composites)
```

```python
labs.require("1.1")
print("the answer was", composites(10, 4))
```

<!-- #region tags=["instructor"] -->
For instructors.
<!-- #endregion -->
"""


@pytest.fixture(autouse=True)
def environment(monkeypatch, tmp_path):
    """Kernels find the package that is tested."""
    monkeypatch.setenv("PYTHONPATH", str(packaged.FOLDER))
    monkeypatch.setattr(run, "KEPT", tmp_path / "kept")


@pytest.fixture
def lab(tmp_path):
    """Makes a source's notebook, writes it into the folder of its version, and gives its path."""
    def write(text, version):
        source = tmp_path / "lab1.md"
        source.write_text(text)
        (tmp_path / version).mkdir(exist_ok=True)
        path = tmp_path / version / "lab1.ipynb"
        nbformat.write(make.notebook(source, version), path)
        return path
    return write


def cells(path):
    return nbformat.read(path, as_version=4).cells


def text_of(path):
    return "\n".join(cell.source for cell in cells(path))


# How they are made

def test_the_student_has_the_dots_and_the_instructor_the_solution(lab):
    student, instructor = text_of(lab(SOURCE, "student")), text_of(lab(SOURCE, "instructor"))
    assert "return ..." in student and "n - 2" not in student and "For instructors" not in student
    assert "return ..." not in instructor and "n - 2 - count" in instructor and "For instructors" in instructor


def test_every_cell_of_code_can_say_what_it_lacks(lab):
    for version in make.LEFT_OUT:
        code = [cell for cell in cells(lab(SOURCE, version)) if cell.cell_type == "code"]
        assert len(code) == 4 and all(cell.source.startswith(make.FIRST) for cell in code)
        assert all(cell.source.count(make.FIRST) == 1 for cell in code)


def test_making_them_again_gives_the_same(tmp_path):
    first, again = ([path.read_bytes() for path in make.make(tmp_path / name)] for name in ("a", "b"))
    assert len(first) == 12 and first == again


@pytest.mark.parametrize("source", make.sources(), ids=lambda path: path.stem)
def test_no_solution_is_in_a_students_notebook(source):
    student = make.notebook(source, "student")
    assert student.cells[0].cell_type == "markdown" and "You need" in "".join(cell.source for cell in student.cells)
    assert not [cell for cell in student.cells if {"solution", "instructor"} & make.tags(cell)]
    text = "\n".join(cell.source for cell in student.cells)
    for number, exercise, solution, _ in exercises_of(source):
        telling = max((line for line in solution.splitlines() if line not in exercise), key=len)
        assert exercise in text and telling not in text, number


@pytest.mark.parametrize("old, new", [
    ('tags=["solution"]', ""), ('tags=["exercise"]', ""), ("```python tags=[\"solution\"]\ndef composites(n, count):\n    return n - 2 - count\n```\n", ""),
])
def test_an_exercise_without_solution_or_the_reverse_is_refused(lab, old, new):
    assert old in SOURCE
    with pytest.raises(ValueError, match="lab1.md: an exercise and its solution"):
        lab(SOURCE.replace(old, new), "student")


# What is said of them

@pytest.mark.parametrize("version", ["student", "instructor"])
def test_a_good_lab_is_fine_and_kept_with_what_it_showed(lab, version):
    path = lab(SOURCE, version)
    assert run.run(path) == []
    kept = str(nbformat.read(run.KEPT / version / "lab1.ipynb", as_version=4))
    assert ("the answer was 4" in kept) == (version == "instructor")
    assert ("needs your answer of exercise 1.1" in kept) == (version == "student")


@pytest.mark.parametrize("version, old, new, words", [
    ("instructor", "return n - 2 - count", "return n - count", "exercise 1.1: its solution does not pass (wrong)"),
    ("instructor", "return n - 2 - count", "return ...", "exercise 1.1: its solution does not pass (unanswered)"),
    ("student", "return ...", "return n - 2 - count", "exercise 1.1: it passes unanswered"),
    ("student", "print(", "1/0, print(", None), ("instructor", "print(", "1/0, print(", "ZeroDivisionError: division by zero"),
    ("student", "labs.begin(1", "1/0, labs.begin(1", "ZeroDivisionError"),
    ("student", 'labs.check("1.1", composites)', 'labs.check("1.1", composite)', "NameError"),
    ("instructor", 'labs.check("1.1", composites)', 'if False: pass\nlabs.check("1.77", composites)', "no exercise '1.77'"),
])
def test_what_is_wrong_is_found(lab, version, old, new, words):
    found = run.run(lab(SOURCE.replace(old, new), version))
    assert (words is None) == (found == []), found
    assert words is None or any(words in line and line.startswith(f"{version}/lab1.ipynb: ") for line in found), found


def test_what_is_no_notebook_is_a_line(tmp_path):
    (tmp_path / "broken.ipynb").write_text("no notebook")
    for name in ("broken.ipynb", "missing.ipynb"):
        assert len(run.run(tmp_path / name)) == 1


# What a reader can run into

@pytest.mark.parametrize("code, words", [
    ("print(counts)", "name 'counts' is not defined (line 2: print(counts)). If a cell further up makes it"),
    ("labs.require('2.1', '2.2')", "needs your answer of exercise 2.1 and 2.2"),
    ("labs.enough([1], 30, 'samples')", "Too little data: 1 samples where at least 30"),
    ("import no_such_module", "%pip install no_such_module"),
    ("raise PermissionError(13, 'Permission denied', '/dev/cpu')", "This machine forbids it: [Errno 13]"),
    ("import swprof\nswprof.profile().stop()", "this profile does not run"),
    ("labs.compare('--runs', '2', '/nowhere/program.py')", "/nowhere/program.py"),
    ("labs.check('7.1', 1)", "no exercise '7.1'"), ("labs.begin(7, 1)", "no lab 7"),
])
def test_it_is_one_message_and_no_trace(code, words):
    cell = nbformat.v4.new_code_cell(make.FIRST + code)
    run.executed(nbformat.v4.new_notebook(cells=[cell]))
    (error,) = [output for output in cell.outputs if output.output_type == "error"]
    shown = "\n".join(error.traceback)
    assert words in shown and "Traceback" not in shown and shown.count("\n") <= 1, shown


@pytest.mark.parametrize("code", ["1 / 0", "def f():\n    x += 1\nf()", "from statistics import no_such_name"])
def test_a_mistake_of_ones_own_keeps_its_trace(code):
    cell = nbformat.v4.new_code_cell(make.FIRST + code)
    run.executed(nbformat.v4.new_notebook(cells=[cell]))
    assert "Traceback" in "\n".join(cell.outputs[0].traceback)


def test_without_matplotlib_it_says_how_to_get_it(monkeypatch):
    import sys

    from swprof import labs
    monkeypatch.setitem(sys.modules, "matplotlib.pyplot", None)
    with pytest.raises(labs.LabError, match="pip install matplotlib"):
        labs.plots()


def messages(notebook):
    """What the cells' errors say, each of which has to be one message."""
    errors = [output for cell in notebook.cells for output in cell.get("outputs", []) if output.output_type == "error"]
    for error in errors:
        shown = "\n".join(error.traceback)
        assert "Traceback" not in shown and shown.count("\n") <= 1, shown
    return [error.evalue for error in errors]


def test_a_lab_run_backwards_says_what_is_missing():
    notebook = make.notebook(make.HERE / "lab1.md", "instructor")
    notebook.cells.reverse()
    said = messages(run.executed(notebook))
    assert any("is not defined" in line for line in said) and any("needs your answer" in line for line in said)


def test_a_lab_with_too_little_data_says_so():
    notebook = make.notebook(make.HERE / "lab1.md", "instructor")
    for cell in notebook.cells:
        for enough, too_little in (("SIZE, RUNS = 200_000, 30", "SIZE, RUNS = 50, 2"), ("LARGE = 2_000_000", "LARGE = 100"), ("ROUNDS = 15", "ROUNDS = 1")):
            cell.source = cell.source.replace(enough, too_little)
    said = messages(run.executed(notebook))
    assert len(said) == 4 and all(line.startswith("Too little data") for line in said)


# One for real, where there is no compiler

def test_lab_6_runs_without_compilers(monkeypatch, tmp_path):
    (tmp_path / "bin").mkdir()
    monkeypatch.setenv("PATH", str(tmp_path / "bin"))
    notebook = run.executed(make.notebook(make.HERE / "lab6.md", "instructor"))
    assert run.problems(notebook, "instructor") == []
    said = str(notebook)
    assert said.count("Stored results are shown, not this machine's") == 3
    assert not os.listdir(tmp_path / "bin")
