"""Builds the paper from the stored results: macros, figures, lint, TeX.

    build.py [--out DIR] [--experiments DIR] [--swprof FILE] [--coverage FILE] [--quick]

Ends with 1 and one line a fault where a result is missing or stale, the text does not hold, or TeX finds something undefined.
"""
import argparse
import os
import pathlib
import re
import subprocess
import sys

import lint
import macros
import results

PAPER = pathlib.Path(__file__).resolve().parent
UNDEFINED = re.compile(r"(?:Reference|Citation) `([^']*)'.*undefined|Label `([^']*)' multiply defined")


def main(words):
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--out", type=pathlib.Path, default=PAPER.parent / ".build/paper")
    macros.add_options(parser)
    options = parser.parse_args(words)
    try:
        macros.write(options.out, options)
    except results.ResultsError as error:
        return complain([str(error)])
    known = set(re.findall(r"^\\defineresult\{([^}]*)\}", (options.out / "numbers.tex").read_text(), re.MULTILINE))
    found = lint.complaints(PAPER, known) or figures(options.out) or typeset(options.out)
    if found:
        return complain(found)
    print(f"{options.out / 'paper.pdf'}: {pages(options.out)}")
    return 0


def complain(found):
    for line in found:
        print(f"paper: {line}", file=sys.stderr)
    return 1


def figures(out):
    """Runs every figure's script, each a process of its own."""
    found = []
    environment = {**os.environ, "PYTHONPATH": str(PAPER), "PYTHONDONTWRITEBYTECODE": "1"}
    for script in sorted((PAPER / "figures").glob("*.py")):
        words = [sys.executable, script, out / "results.json", out / f"{script.stem}.pdf"]
        result = subprocess.run(words, capture_output=True, text=True, env=environment)
        if result.returncode:
            found.append(f"{script}: {(result.stderr.strip().splitlines() or ['failed'])[-1]}")
    return found


def typeset(out):
    """TeX as often as it takes; what it says is undefined is a fault."""
    environment = {**os.environ, "TEXINPUTS": f".:{out.resolve()}:", "BIBINPUTS": ".:"}
    words = ["latexmk", "-g", "-pdf", "-halt-on-error", "-interaction=nonstopmode", f"-outdir={out.resolve()}", "paper.tex"]
    result = subprocess.run(words, capture_output=True, text=True, errors="replace", cwd=PAPER, env=environment)
    log = out / "paper.log"
    text = log.read_text(errors="replace") if log.exists() else result.stdout
    if result.returncode:
        return [f"TeX: {tex_error(text)} (see {log})"]
    # TeX breaks the lines of its log where it likes.
    names = sorted({next(filter(None, match.groups())) for match in UNDEFINED.finditer(text.replace("\n", ""))})
    return [f"TeX: '{name}' is undefined, or defined twice" for name in names]


def tex_error(log):
    """What TeX stopped at: its complaint and the line of the text."""
    lines = log.splitlines()
    at = next((number for number, line in enumerate(lines) if line.startswith("!")), None)
    if at is None:
        return "failed"
    where = next((line for line in lines[at:] if re.match(r"l\.\d", line)), "")
    return f"{lines[at].lstrip('! ')} {where}".strip()


def pages(out):
    found = re.search(r"Output written on .*?\((\d+) pages?", (out / "paper.log").read_text(errors="replace").replace("\n", ""))
    return f"{found.group(1)} pages" if found else "no page"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
