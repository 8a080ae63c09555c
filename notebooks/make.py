"""`make.py [FOLDER]`: makes of each lab's one source the notebook for students and the one for instructors.

A source is Markdown, as jupytext reads it. A code cell tagged `exercise` is the student's, with three dots to fill in; the
one tagged `solution` stands in its place for the instructor, and text tagged `instructor` is for them alone.
"""
import pathlib
import sys

import jupytext
import nbformat

HERE = pathlib.Path(__file__).resolve().parent
LEFT_OUT = {"student": {"solution", "instructor"}, "instructor": {"exercise"}}
# So that a cell that is run alone, too early, says that in a line.
FIRST = "from swprof import labs\n"


def sources():
    return sorted(HERE.glob("lab*.md"))


def notebook(source, version):
    """A lab's notebook for `student` or `instructor`. Raises ValueError where exercises and solutions do not pair."""
    read = jupytext.read(source, fmt="md")
    refuse_unpaired(source, read.cells)
    cells = [cell for cell in read.cells if not tags(cell) & LEFT_OUT[version]]
    made = nbformat.v4.new_notebook(metadata={
        "kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"}, "language_info": {"name": "python"}})
    made.cells = [new_cell(f"{source.stem}-{number}", cell) for number, cell in enumerate(cells)]
    return made


def tags(cell):
    return set(cell.metadata.get("tags", []))


def refuse_unpaired(source, cells):
    """An exercise is followed by its solution, and that by the check; nothing else is either."""
    waiting = False
    for cell in cells:
        if waiting != ("solution" in tags(cell)) and cell.cell_type == "code":
            raise ValueError(f"{source.name}: an exercise and its solution have to follow one another: {cell.source[:60]!r}")
        waiting = "exercise" in tags(cell)
    if waiting:
        raise ValueError(f"{source.name}: the last exercise has no solution")


def new_cell(name, cell):
    if cell.cell_type == "markdown":
        return nbformat.v4.new_markdown_cell(cell.source, id=name)
    text = cell.source if cell.source.startswith(FIRST) else FIRST + cell.source
    return nbformat.v4.new_code_cell(text, id=name, metadata={"tags": sorted(tags(cell))})


def make(folder=HERE):
    """Writes all notebooks, into a folder for each version. Gives their paths."""
    made = []
    for version in LEFT_OUT:
        (folder / version).mkdir(parents=True, exist_ok=True)
        for source in sources():
            path = folder / version / f"{source.stem}.ipynb"
            nbformat.write(notebook(source, version), path)
            made.append(path)
    return made


if __name__ == "__main__":
    try:
        for path in make(*map(pathlib.Path, sys.argv[1:2])):
            print(path)
    except ValueError as error:
        sys.exit(f"make.py: {error}")
