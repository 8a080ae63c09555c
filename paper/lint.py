"""What the paper's text must hold to before it is set: known results only, no typed figures where results are told, sound TeX."""
import re
import subprocess

# Sections that tell results. What is not generated there is quoted from others, in \quoted{}.
RESULT_SECTIONS = ("abstract", "coverage", "experiments", "talk", "peers")
NAMES = re.compile(r"\\(?:result|quoted|code|label|multicolumn|ref|eqref|cite|input|includegraphics|begin|end|Description)(?:\[[^]]*\])?\{[^{}]*\}")


def complaints(folder, known):
    """One line for each thing that is wrong, of the TeX files in a folder.

    - Parameter known: the keys of all results.
    """
    files = [folder / "paper.tex", *sorted((folder / "sections").glob("*.tex"))]
    found = [line for file in files for line in unknown_results(file, known)]
    found += [line for name in RESULT_SECTIONS for line in typed_figures(folder / "sections" / f"{name}.tex")]
    return found + chktex(folder, files)


def lines(file):
    """Numbered, without comments."""
    return [(number, re.sub(r"(?<!\\)%.*", "", line)) for number, line in enumerate(file.read_text().splitlines(), 1)]


def unknown_results(file, known):
    for number, line in lines(file):
        for key in re.findall(r"\\result\{([^{}#]*)\}", line):
            if key not in known:
                yield f"{file}:{number}: no result named '{key}'"


def typed_figures(file):
    """Digits outside of names, formulas' letters and quotations."""
    for number, line in lines(file):
        left = NAMES.sub("", line)
        typed = re.search(r"\S*\d\S*", left)
        if typed:
            yield f"{file}:{number}: the figure '{typed.group()}' is typed by hand; make it a \\result, or \\quoted if it is another's"


def chktex(folder, files):
    result = subprocess.run(
        ["chktex", "-q", "-I0", "-l", folder / ".chktexrc", "-f", "%f:%l: %m\n", *files], capture_output=True, text=True, cwd=folder)
    return result.stdout.splitlines()
