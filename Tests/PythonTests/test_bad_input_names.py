"""Names that the program chose reach neither terminal nor browser as orders."""
import html.parser

import pytest

import schema
from commandline import BUSY

HOSTILE = "<script>alert(1)</script>\x1b]0;owned\x07\x1b[31m\"'&\u202e{{name}}\r"
PROGRAM = f"""
source = {BUSY!r}.replace("def work", "def hostile").replace("work(", "hostile(")
name = {HOSTILE!r}
code = compile(source, name + ".py", "exec")
def renamed(code):
    return code.replace(co_name=name, co_qualname=name) if code.co_name == "hostile" else code.replace(
        co_consts=tuple(renamed(each) if hasattr(each, "co_code") else each for each in code.co_consts))
exec(renamed(code), {{}})
"""


class Scripts(html.parser.HTMLParser):
    def __init__(self):
        super().__init__()
        self.found = []

    def handle_starttag(self, tag, attributes):
        self.found.append((tag, [name for name, _ in attributes if name.startswith("on")]))


def assert_legible(text):
    bad = {character for character in text if not (character.isprintable() or character == "\n")}
    assert not bad, bad


@pytest.fixture(scope="module")
def made(run, tmp_path_factory):
    folder = tmp_path_factory.mktemp("hostile")
    (folder / "program.py").write_text(PROGRAM)
    result = run("-o", folder / "x.pb.gz", "--html", folder / "x.html", folder / "program.py")
    assert result.returncode == 0, result.stderr
    return folder, result


def test_the_terminal_gets_them_spelled_out(made):
    _, result = made
    assert "alert(1)" in result.stderr
    assert_legible(result.stderr)


@pytest.mark.parametrize("by", ["function", "line", "stack", "thread"])
def test_so_it_does_from_every_side(made, swprof, by):
    folder, _ = made
    result = swprof("report", "--by", by, folder / "x.pb.gz")
    assert result.returncode == 0
    assert_legible(result.stdout)


def test_the_page_holds_no_element_of_theirs(made, run, script, tmp_path):
    folder, _ = made
    run("--html", tmp_path / "plain.html", script(BUSY))
    hostile, plain = Scripts(), Scripts()
    hostile.feed((folder / "x.html").read_text())
    plain.feed((tmp_path / "plain.html").read_text())
    assert "alert(1)" in (folder / "x.html").read_text()
    assert sum(tag == "script" for tag, _ in hostile.found) == sum(tag == "script" for tag, _ in plain.found)
    assert not any(handlers for _, handlers in hostile.found)


def test_the_page_asks_nothing_of_the_network(made):
    text = (made[0] / "x.html").read_text()
    assert "src=\"http" not in text and "href=\"http" not in text and "url(http" not in text


def test_the_json_keeps_them(made, swprof):
    findings = schema.check_run(schema.parse(swprof("report", "--json", made[0] / "x.pb.gz").stdout))
    assert HOSTILE in {function["name"] for function in findings["functions"]}


def test_they_survive_collapsed_stacks(made, swprof, tmp_path):
    assert swprof("convert", made[0] / "x.pb.gz", tmp_path / "x.txt").returncode == 0
    assert_legible((tmp_path / "x.txt").read_text().replace("\u202e", ""))
    findings = schema.parse(swprof("report", "--json", tmp_path / "x.txt").stdout)
    assert any("alert(1)" in function["name"] for function in findings["functions"])


def test_names_in_arguments_and_output_paths_too(run, script, tmp_path):
    name = "\x1b[31m<b>.pb.gz"
    result = run("-o", tmp_path / name, script(BUSY), "\x1b]0;owned\x07")
    assert result.returncode == 0
    assert_legible(result.stderr)


def test_surrogates_in_names_do_no_harm(run, script, tmp_path):
    text = PROGRAM.replace(repr(HOSTILE), repr("odd\udc80\ud800name"))
    result = run("--json", "-o", tmp_path / "x.json", script(text))
    assert result.returncode == 0, result.stderr
    findings = schema.check_run(schema.parse((tmp_path / "x.json").read_text()))
    assert any("odd" in function["name"] for function in findings["functions"])


def test_very_long_names_do_no_harm(run, script):
    text = PROGRAM.replace(repr(HOSTILE), "'n' * 1_000_000")
    result = run(script(text))
    assert result.returncode == 0
    assert len(result.stderr) < 100_000
