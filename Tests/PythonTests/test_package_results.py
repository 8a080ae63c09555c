"""What a profile says: figures, files, pickles, tables; all from one analysis."""
import json

import pytest

import packaged
import schema
from packaged import ran


@pytest.fixture(scope="module")
def pickled(tmp_path_factory):
    """A pickled profile of a block, written by another process that has ended."""
    folder = tmp_path_factory.mktemp("pickled")
    ran(folder, f"""
import pickle
with swprof.profile(seed=7) as p: work(0.3)
with open({str(folder / "p.pickle")!r}, "wb") as file: pickle.dump(p, file)
print("true")
""")
    return folder / "p.pickle"


def of(pickled, tmp_path, source, **options):
    return ran(tmp_path, f"import json, pickle\nwith open({str(pickled)!r}, 'rb') as file: p = pickle.load(file)\n" + source, **options)


def test_to_dict_is_the_json_of_run(pickled, tmp_path):
    document = schema.check_run(of(pickled, tmp_path, "print(json.dumps(p.to_dict()))"))
    assert document["schema"] == "swprof.run/1" and document["design"] == "signal" and document["exit"] is None
    assert document["program"][0].endswith("program.py")
    assert document["audit"]["interpreter"].startswith("/")


def test_figures_are_those_of_the_json(pickled, tmp_path):
    assert of(pickled, tmp_path, """
d = p.to_dict()
f, l = p.functions[0], p.lines[0]
assert [f.name for f in p.functions] == [f["name"] for f in d["functions"]]
assert (f.self.share, f.self.low, f.self.worst_high, f.total.seconds) == tuple(
    d["functions"][0][a][b] for a, b in [("self", "share"), ("self", "low"), ("self", "worstHigh"), ("total", "seconds")])
assert (l.file, l.line, l.function, l.hits) == tuple(d["lines"][0][k] for k in ("file", "line", "function", "hits"))
assert p.ledger.due == d["ledger"]["due"] and p.seconds == d["seconds"]
assert [c.code for c in p.caveats] == [c["code"] for c in d["caveats"]]
assert f"{100 * f.self.share:.1f} % [" in str(f)
assert repr(p).startswith("<swprof profile by signal, ") and "Hot lines" in str(p)
print("true")
""")


def test_a_tracers_compensated_times_come_along(tmp_path):
    assert ran(tmp_path, """
import json
with swprof.profile(design="evalframe") as p: work()
inner = p.function("inner")
print(json.dumps([inner.calls > 0, inner.self.compensated.seconds >= 0, p.ledger, p.lines]))
""") == [True, True, None, []]


def test_the_analysis_runs_once(tmp_path):
    assert ran(tmp_path, """
import json
from swprof import program
calls = []
call = program.call
program.call = lambda *words: (calls.append(words[0]), call(*words))[1]
with swprof.profile() as p: work()
before = len(calls)
p.functions, p.lines, p.to_dict(), p.seconds, p.write("a.pb.gz"), p.write("a.json"), repr(p)
print(json.dumps([before, calls]))
""", cwd=tmp_path) == [0, ["report"]]


def test_a_pickle_needs_no_log_and_no_program(pickled, tmp_path):
    """It is data: read where there is nothing to analyse with."""
    assert of(pickled, tmp_path, """
from swprof import program
del program.call
import copy
print(json.dumps(copy.deepcopy(p).function("work").name))
""") == "work"


def test_it_is_written_as_the_ending_says(pickled, swprof, tmp_path):
    of(pickled, tmp_path, """
for name in ("a.pb.gz", "a.json", "a.html", "a.collapsed"): p.write(name)
print("true")
""", cwd=tmp_path)
    assert schema.check_run(json.loads((tmp_path / "a.json").read_text()))
    assert "inner" in (tmp_path / "a.collapsed").read_text()
    assert (tmp_path / "a.html").read_text().startswith("<!DOCTYPE html>")
    report = swprof("report", tmp_path / "a.pb.gz", "--json")
    assert json.loads(report.stdout)["functions"] == json.loads((tmp_path / "a.json").read_text())["functions"]


def test_within_takes_shares_of_the_time_under_a_function(pickled, tmp_path):
    within, total, pickles = of(pickled, tmp_path, """
w = p.within("inner")
print(json.dumps([w.to_dict()["within"], w.function("inner").total.share, pickle.loads(pickle.dumps(w)).to_dict() == w.to_dict()]))
""")
    assert (within, total, pickles) == ("inner", 1, True)


def test_a_notebook_gets_a_table_with_the_intervals_drawn(pickled, tmp_path):
    html = of(pickled, tmp_path, "print(json.dumps(p._repr_html_()))")
    assert html.count("<tr>") == html.count("</tr>") >= 2 and "<svg" in html and "<path" in html and "inner" in html


def test_where_no_thread_ran_there_are_no_shares(tmp_path):
    is_number, texts = ran(tmp_path, """
import json
with swprof.profile(clock="cpu") as p: time.sleep(0.2)
print(json.dumps([p.functions[0].self.share >= 0, [repr(p), str(p), p._repr_html_(), str(p.functions[0])]]))
""")
    assert not is_number and "no time" in texts[-1] and all(texts)


def test_no_name_becomes_markup(tmp_path):
    html = ran(tmp_path, """
import json
hostile = {}
exec(compile("def f(n):\\n  for _ in range(n): pass", "<script>alert(1)</script>\\x1b[2J.py", "exec"), hostile)
f = hostile["f"]
f.__code__ = f.__code__.replace(co_name="<b>&\\x07", co_qualname="<b>&\\x07")
with swprof.profile(design="evalframe") as p: f(100000)
print(json.dumps(p._repr_html_()))
""")
    assert "<script" not in html and "<b>&" not in html and "&lt;b&gt;&amp;" in html
    assert "\x1b" not in html and "\x07" not in html


def test_a_table_for_pandas(pickled, tmp_path):
    pytest.importorskip("pandas")
    import sys
    if packaged.INSTALLED:
        pytest.skip("the environment has no pandas")
    columns, rows, functions = of(pickled, tmp_path, """
t = p.to_pandas()
print(json.dumps([list(t.columns), len(t), len(p.functions)]))
""", python=sys.executable)
    assert {"name", "file", "line", "self_share", "self_low", "total_high", "total_seconds"} <= set(columns) and rows == functions > 0


def test_without_pandas_one_line_says_what_to_do(pickled, tmp_path):
    assert "pip install pandas" in of(pickled, tmp_path, """
import sys
sys.modules["pandas"] = None
try: p.to_pandas()
except ImportError as error: print(json.dumps(str(error)))
""")


def test_a_damaged_log_yields_what_came_before_and_a_caveat(tmp_path):
    caveats, name = ran(tmp_path, """
import json
with swprof.profile() as p: work()
with open(p._capture.log, "r+b") as file:
    content = file.read().rstrip(b"\\0")
    file.seek(len(content) // 2)
    file.write(b"damage" * 10)
print(json.dumps([[c.code for c in p.caveats], p.functions[0].name]))
""")
    assert "damaged-log" in caveats and name in ("inner", "work", "<module>", "perf_counter")


def test_a_log_that_is_gone_is_one_line(tmp_path):
    assert "capture.swlog" in ran(tmp_path, """
import json, os
with swprof.profile() as p: work()
os.unlink(p._capture.log)
try: p.functions
except swprof.SwprofError as error: print(json.dumps(str(error)))
""")


def test_errors_name_arguments_of_python_and_no_flags(pickled, tmp_path):
    errors = of(pickled, tmp_path, """
said = []
for wrong in (
    lambda: p.report(by="nothing"), lambda: p.report(top=0), lambda: p.report(top="many"), lambda: p.within("nobody"),
    lambda: p.write("/tmp/x.nothing"), lambda: swprof.profile(trace=3),
):
    try: wrong()
    except (swprof.SwprofError, ValueError, TypeError) as error: said.append(f"{type(error).__name__}: {error}")
print(json.dumps(said))
""")
    assert len(errors) == 6 and not [error for error in errors if "--" in error or "\n" in error], errors
    for error, words in zip(errors, ["ValueError: there is no report by 'nothing'", "top", "top", "SwprofError: no function named 'nobody'",
                                     "SwprofError: the ending of '/tmp/x.nothing' tells no format", "TypeError: trace takes names"]):
        assert words in error
