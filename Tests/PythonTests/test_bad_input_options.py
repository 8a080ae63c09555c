"""Wrong options and paths that cannot be written end in one line, before the program has run."""
import os
import subprocess

import pytest

from commandline import BUSY, assert_one_line, assert_says, clean_environment

RAN = "open('ran', 'w')"


@pytest.fixture
def refused(run, tmp_path):
    """Runs a program that leaves a mark, which it must not get to."""
    def call(*words):
        result = run(*words, "-c", RAN, cwd=tmp_path)
        assert not (tmp_path / "ran").exists(), "the program ran"
        return result
    return call


@pytest.mark.parametrize("rate", ["0", "-1", "1e9", "1000000000", "nan", "inf", "-inf", "1e-300", "abc", "", "1,000", "1" * 400])
@pytest.mark.parametrize("option", ["-r", "--rate"])
def test_a_rate_that_cannot_be_kept(refused, option, rate):
    assert_one_line(refused(option, rate), 2)


@pytest.mark.parametrize("words, wanted", [
    (["-d", "nonsense"], "'nonsense'"), (["-d", "Signal"], "signal"), (["-d", ""], "setprofile"),
    (["--schedule", "sometimes"], "jittered"), (["--clock", "sun"], "wall"), (["--seed", "-1"], "seed"), (["--seed", "x"], "'x'"),
    (["--nonsense"], "--nonsense"), (["-z"], "-z"), (["--json=yes"], "--json"),
])
def test_an_option_that_is_not_there_or_has_a_wrong_value(refused, words, wanted):
    assert_one_line(refused(*words), 2, wanted)


@pytest.mark.parametrize("words", [
    ["run"], ["run", "-m"], ["run", "-c"], ["run", "-d"], ["run", "-o"], ["run", "--"], ["compare"], ["report"], ["convert"], ["convert", "x"],
    ["report", "a", "b"], ["doctor", "x"], ["report", "x.pb.gz", "--top", "0"], ["report", "x.pb.gz", "--top", "-5"],
    ["report", "x.pb.gz", "--by", "colour"], ["convert", "a.pb.gz", "b.unknown"], ["convert", "a.pb.gz", "b.txt", "--to", "png"],
])
def test_words_that_are_missing_or_too_many(swprof, words):
    assert_one_line(swprof(*words), 2)


@pytest.mark.parametrize("option", [["-o"], ["--html"], ["--json", "-o"]])
@pytest.mark.parametrize("path", ["/missing/folder/x.pb.gz", ".", "file/x.pb.gz", "", "x" * 300], ids=lambda path: path[:20] or "empty")
def test_a_path_that_cannot_be_written_is_refused_before_the_program_runs(refused, tmp_path, option, path):
    (tmp_path / "file").write_text("")
    assert_one_line(refused(*option, path), 2, path)


def test_what_was_captured_is_still_told_where_the_file_cannot_be_written_after_all(run, script, tmp_path):
    """Only the writing itself shows that a device is full, or that a folder takes no files."""
    for path in ["/dev/full", "/proc/x.pb.gz"]:
        result = run("-o", path, script(BUSY))
        assert_says(result, 3, path)
        assert "work" in result.stderr


def test_a_folder_that_goes_away_while_the_program_runs_loses_no_report(run, tmp_path):
    (tmp_path / "gone").mkdir()
    result = run("-o", tmp_path / "gone/x.pb.gz", "-c", BUSY + f"import os; os.rmdir({str(tmp_path / 'gone')!r})")
    assert_says(result, 3, "gone/x.pb.gz")
    assert "work" in result.stderr


def test_a_file_that_exists_is_replaced_whole(run, swprof, script, tmp_path):
    out = tmp_path / "x.pb.gz"
    out.write_bytes(b"old" * 100_000)
    assert run("-o", out, script(BUSY)).returncode == 0
    assert swprof("report", out).returncode == 0
    assert [path.name for path in tmp_path.iterdir() if path.suffix != ".py"] == ["x.pb.gz"]


def test_a_report_whose_reader_is_gone_ends_quietly(swprof, busy_profile):
    process = subprocess.Popen([swprof.path, "report", busy_profile], stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=clean_environment())
    process.stdout.close()
    assert process.stderr.read() == b""
    process.stderr.close()
    assert process.wait(timeout=20) in (0, -13, 141)


@pytest.mark.parametrize("closed", [0, 1, 2])
def test_closed_standard_streams_do_no_harm(swprof, python, script, tmp_path, closed):
    out = tmp_path / "x.pb.gz"
    command = [swprof.path, "run", "--python", python, "-o", out, script(BUSY)]
    process = subprocess.Popen(command, env=clean_environment(), preexec_fn=lambda: os.close(closed))
    assert process.wait(timeout=20) == 0
    assert swprof("report", out).returncode == 0


@pytest.mark.parametrize("option", ["-o", "--html"])
def test_a_result_never_takes_the_place_of_what_is_read(run, swprof, busy_profile, script, tmp_path, option):
    """By whatever path the file is named."""
    program = script(RAN)
    text = program.read_text()
    (tmp_path / "link").symlink_to(program)
    for path in [program, tmp_path / "link"]:
        assert_one_line(run(option, path, program, cwd=tmp_path), 2, str(path), "which is read")
    assert_one_line(run(option, program, "-c", "pass", program), 2, "which is read")
    assert program.read_text() == text and not (tmp_path / "ran").exists()
    copy = tmp_path / "copy.pb.gz"
    copy.write_bytes(busy_profile.read_bytes())
    assert_one_line(swprof("report", copy, option, copy), 2, "copy.pb.gz", "which is read")
    assert copy.read_bytes() == busy_profile.read_bytes()


@pytest.mark.parametrize("name, value", [("PYTHONHASHSEED", "abc"), ("PYTHONHOME", "/nowhere")])
def test_a_python_that_its_environment_keeps_from_starting_ends_as_it_does_alone(swprof, python, name, value):
    environment = clean_environment(**{name: value})
    alone = subprocess.run([python, "-c", RAN], capture_output=True, text=True, env=environment)
    result = swprof("run", "--python", python, "-c", RAN, env=environment)
    assert result.returncode == alone.returncode and result.stdout == ""
    assert result.stderr.count("Fatal Python error") == alone.stderr.count("Fatal Python error")
    assert result.stderr.splitlines()[-1] == "swprof: nothing was profiled: the program ended before its first line ran"


# Another user than root, for whom alone there are such limits, that may read what root may.
OTHER_USER = [
    "setpriv", "--reuid", "65534", "--clear-groups", "--inh-caps=+dac_override,+dac_read_search",
    "--ambient-caps=+dac_override,+dac_read_search"]


@pytest.mark.parametrize("limit, said", [
    *((["prlimit", f"--nofile={number}"], "ulimit -n") for number in (4, 6, 10)),
    *(([*OTHER_USER, "prlimit", f"--nproc={number}"], "ulimit -u") for number in (1, 2, 3)),
    *((["prlimit", f"--fsize={number}"], "ulimit -f") for number in (0, 8192, 40960)),
], ids=lambda words: "-".join(words[-1:]) if isinstance(words, list) else "")
def test_no_room_to_start_in_is_one_line(swprof, limit, said):
    if limit[0] == "setpriv" and os.getuid() != 0:
        pytest.skip("only root becomes another user")
    result = subprocess.run([*limit, swprof.path, "run", "-c", RAN], capture_output=True, text=True, timeout=60, env=clean_environment())
    assert_one_line(result, 3, said)
