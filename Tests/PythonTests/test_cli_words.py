"""What stands on the command line means what it says, and the program's part of it is the program's."""
import json
import os
import re
import subprocess

import pytest

from commandline import REPOSITORY, assert_one_line, call, clean_environment

SUBCOMMANDS = {
    "run", "attach", "top", "dump", "compare", "gate", "overhead", "judge", "report", "convert", "merge", "record", "simulate",
    "plan", "calibrate", "experiment", "doctor",
}


@pytest.mark.parametrize("words", [["--help"], ["-h"], ["help"]])
def test_help_lists_what_exists_and_nothing_else(swprof, words):
    result = swprof(*words)
    listed = set(re.findall(r"^  ([a-z]+) {2,}", result.stdout.split("SUBCOMMANDS:")[1], re.MULTILINE))
    assert (listed, result.returncode, result.stderr) == (SUBCOMMANDS, 0, "")


@pytest.mark.parametrize("subcommand", sorted(SUBCOMMANDS))
def test_each_subcommand_has_help(swprof, subcommand):
    result = swprof(subcommand, "--help")
    assert f"swprof {subcommand}" in result.stdout
    assert (result.returncode, result.stderr) == (0, "")


@pytest.mark.parametrize("subcommand, option", [
    ("run", "--until"), ("run", "--peers"),
])
def test_what_is_not_built_is_neither_told_nor_taken(swprof, subcommand, option):
    assert option not in swprof(subcommand, "--help").stdout
    assert_one_line(swprof(subcommand, option, "5", "x.py"), 2, option)


@pytest.mark.parametrize("subcommand", ["watch", "nonsense", "RUN"])
def test_a_subcommand_that_is_not_there_is_refused(swprof, subcommand):
    assert_one_line(swprof(subcommand, "x"), 2, subcommand)


@pytest.mark.parametrize("misspelt, meant", [("comapre", "compare"), ("rnu", "run"), ("reports", "report"), ("tp", "top")])
def test_a_misspelt_subcommand_is_told_of_the_one_that_was_meant(swprof, misspelt, meant):
    assert_one_line(swprof(misspelt, "x.txt"), 2, f"did you mean {meant}?")


@pytest.mark.parametrize("words, told", [
    (["run", "--sort", "size"], "'size' is no value of --sort; give one of: self, total; see swprof run --help"),
    (["run", "--by", "size"], "'size' is no value of --by; give one of: tree, function, line,"),
    (["report", "--sort", "size"], "see swprof report --help"),
])
def test_a_wrong_value_is_told_with_what_it_can_be(swprof, words, told):
    assert_one_line(swprof(*words, "x.py"), 2, told)


@pytest.mark.parametrize("words, values", [
    (["record", "--design", "signal", "x.py"], {"setprofile", "evalframe", "monitoring", "lines"}),
    (["simulate", "--design", "lines", "x.swtl"], {"signal", "gil"}),
    (["convert", "--to", "scalene", "PROFILE", "x"], {"pprof", "collapsed", "speedscope", "pstats", "chrome", "gecko", "callgrind", "otlp", "jsonl"}),
])
def test_help_lists_the_values_that_are_taken(swprof, busy_profile, tmp_path, words, values):
    text = re.sub(r"\s+", " ", swprof(words[0], "--help").stdout.partition("OPTIONS:")[2])
    assert set(re.search(rf"{words[1]} <\S+>[^()]*\(values: ([^;)]*)", text)[1].split(", ")) == values
    result = swprof(*[busy_profile if word == "PROFILE" else word for word in words], cwd=tmp_path)
    assert words[2] in result.stderr and result.returncode in (2, 3)


TAKE_A_PROGRAM = ("run", "compare", "overhead", "gate", "record")


def test_an_option_that_takes_a_value_is_known_before_the_program_is_looked_for(swprof):
    """Or the value would be taken for the program."""
    commands = json.loads(swprof("--experimental-dump-help").stdout)["command"]["subcommands"]
    options = {
        "-" * (1 + (name["kind"] == "long")) + name["name"]
        for command in commands if command["commandName"] in TAKE_A_PROGRAM
        for option in command["arguments"] if option["kind"] == "option" for name in option["names"]}
    listed = re.search(r"takingValue.*?\[(.*?)\]", (REPOSITORY / "Sources/swprof/ProgramArguments.swift").read_text(), re.DOTALL)[1]
    assert options == set(re.findall(r'"(-[^"]+)"', listed))


@pytest.mark.parametrize("words", [["program.py", "1"], ["-m", "timeit"], ["-c", "pass"], ["./program"]])
def test_a_program_in_place_of_a_subcommand_is_told_of_run(swprof, tmp_path, words):
    (tmp_path / "program").write_text("")
    assert_one_line(swprof(*words, cwd=tmp_path), 2, f"swprof run {' '.join(words)}")


def install(folder, name, text):
    folder.mkdir(exist_ok=True)
    (folder / name).write_text(text)
    (folder / name).chmod(0o755)
    return clean_environment(PATH=f"{folder}:{os.environ['PATH']}")


SHOWS_ITSELF = "import sys; print(sys.argv, sys.path[0], sys.executable)"


def test_a_command_of_a_package_is_found_with_its_python(swprof, python, tmp_path):
    environment = install(tmp_path / "bin", "tool-of-mine", f"#!{python}\n{SHOWS_ITSELF}\n")
    plain = call(["tool-of-mine", "a b"], env=environment)
    result = swprof("run", "tool-of-mine", "a b", env=environment)
    assert (result.stdout, result.returncode) == (plain.stdout, 0), result.stderr
    # The Python that is asked for goes before the one that the command names.
    (tmp_path / "other").symlink_to(python)
    assert f"{tmp_path}/other" in swprof("run", "--python", tmp_path / "other", "tool-of-mine", env=environment).stdout


def test_a_file_goes_before_a_command_of_its_name(swprof, python, tmp_path):
    environment = install(tmp_path / "bin", "tool", f"#!{python}\nprint('command')\n")
    (tmp_path / "tool").write_text("print('file')")
    assert swprof("run", "--python", python, "tool", env=environment, cwd=tmp_path).stdout == "file\n"


def test_a_command_that_is_no_python_is_refused(swprof, tmp_path):
    environment = install(tmp_path / "bin", "tool", "#!/bin/sh\necho\n")
    assert_one_line(swprof("run", "tool", env=environment), 2, "is no Python script", "-m tool")


def test_a_module_is_named_where_no_script_is_there(swprof):
    assert_one_line(swprof("run", "no_such_tool"), 2, "cannot read the script", "-m no_such_tool")


def test_the_version_is_one_line(swprof):
    assert re.fullmatch(r"\d+\.\d+\.\d+\n", swprof("--version").stdout)


SHOW = "import os, sys; print([os.fsencode(word) for word in sys.argv[1:]])"


@pytest.mark.parametrize("words", [
    ["-h"], ["--help"], ["--version"], ["-o", "x"], ["--json"], ["--"], ["--", "-d", "gil"], ["-m", "x"], ["-c", "y"],
    ["", " ", "\t", "a\nb"], ["'", '"', "$HOME", "`id`", "*"], ["häß", "日本", "🐍"], ["x" * 100_000], [str(n) for n in range(2000)],
], ids=lambda words: repr(words)[:30])
def test_the_programs_words_are_its_own(run, script, tmp_path, words):
    result = run(script(SHOW), *words, cwd=tmp_path)
    assert result.stdout == f"{[os.fsencode(word) for word in words]}\n"


def test_bytes_that_are_no_text_pass_unchanged(run, script):
    result = run(script(SHOW), b"\xff\xfe", b"a\x80b", b"\xed\xa0\x80", "plain")
    assert result.stdout == f"{[bytes([255, 254]), b'a' + bytes([128]) + b'b', bytes([237, 160, 128]), b'plain']}\n"


@pytest.mark.parametrize("name", [
    b"sp ace.py", b"it's.py", b'quo"te.py', b"line\nend.py", b"tab\t.py", b"-dash.py", b"$(id).py", b"100%.py", b"se;mi.py",
    "日本🐍.py".encode(), b"\x1b[31mred.py", b"odd\xff.py", b"noending", b"a" * 200 + b".py", b"col:on.py", b"x.pb.gz",
], ids=ascii)
def test_a_script_of_any_name_runs_and_is_profiled(run, tmp_path, name):
    path = os.path.join(os.fsencode(tmp_path), name)
    with open(path, "w") as file:
        file.write("import os\nprint(os.fsencode(__file__))\nassert True\n")
    result = run(path)
    assert (result.stdout, result.returncode) == (f"{path}\n", 0), result.stderr
    assert "swprof run" in result.stderr
    assert "\x1b" not in result.stderr


def test_options_may_be_written_with_an_equals_sign_and_in_any_order(run):
    result = run("--design=gil", "--rate=500", "--clock", "wall", "-c", "pass", "--design=signal")
    assert (result.returncode, "gil · sampling · 500 Hz" in result.stderr) == (0, True)


def test_a_program_may_stand_behind_a_double_dash(run, script):
    assert run("-d", "gil", "--", script(SHOW), "-d", "--").stdout == "[b'-d', b'--']\n"


@pytest.mark.parametrize("words", [["run", "-d", "signal"], ["compare", "--designs", "setprofile,gil"]], ids=lambda words: words[0])
def test_lines_are_traced_by_lines_alone(swprof, words):
    assert_one_line(swprof(*words, "--trace", "work", "-c", "pass"), 2, "the design lines")


@pytest.mark.parametrize("seed", ["7"])
def test_the_same_seed_is_taken(run, seed):
    assert run("--seed", seed, "-c", "pass").returncode == 0


def test_the_python_on_the_path_is_taken_by_default(swprof, python, tmp_path):
    (tmp_path / "python3").symlink_to(python)
    environment = clean_environment(PATH=f"{tmp_path}:{os.environ['PATH']}")
    result = swprof("run", "-c", "import sys; print(sys.executable)", env=environment)
    assert result.stdout == f"{tmp_path}/python3\n"


def test_an_interpreter_may_be_named_as_a_command(swprof, python, tmp_path):
    (tmp_path / "mypython").symlink_to(python)
    environment = clean_environment(PATH=f"{tmp_path}:{os.environ['PATH']}")
    assert swprof("run", "--python", "mypython", "-c", "print(1)", env=environment).stdout == "1\n"


def test_a_virtual_environment_is_the_programs(swprof, python, tmp_path):
    subprocess.run([python, "-m", "venv", "--without-pip", tmp_path / "venv"], check=True, env=clean_environment())
    code = "import sys; print(sys.prefix)"
    assert swprof("run", "--python", tmp_path / "venv/bin/python", "-c", code).stdout == f"{tmp_path}/venv\n"


def test_swprof_works_through_a_link_and_from_any_folder(swprof, python, tmp_path):
    (tmp_path / "linked").symlink_to(swprof.path)
    result = subprocess.run([tmp_path / "linked", "run", "--python", python, "-c", "print(1)"], cwd="/", capture_output=True, text=True, timeout=30)
    assert (result.stdout, result.returncode) == ("1\n", 0)
