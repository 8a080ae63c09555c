"""Where samples land, by the interpreter's instruction, and that it survives the file."""
import schema
from commandline import BUSY, call

# Where CPython hands over its lock, in every version that is supported.
HANDOVER = {"CALL", "PRECALL", "CALL_KW", "JUMP_BACKWARD", "JUMP_BACKWARD_NO_INTERRUPT", "RESUME", "CALL_FUNCTION_EX"} | {
    f"POP_JUMP_BACKWARD_IF_{what}" for what in ("TRUE", "FALSE", "NONE", "NOT_NONE")}

LOOP = """
import time
def work(n):
    a = b = c = 1
    while n:
        a, b, c = b, c, a
        a, b, c = b, c, a
        a, b, c = b, c, a
        a, b, c = b, c, a
        n -= 1
end = time.perf_counter() + 0.4
while time.perf_counter() < end:
    work(1000)
"""


def landed(run, script, tmp_path, design):
    result = run("-d", design, "--json", "-o", tmp_path / f"{design}.json", script(LOOP))
    assert result.returncode == 0, result.stderr
    found = schema.check_run(schema.parse((tmp_path / f"{design}.json").read_text()))["opcodes"]
    return {each["opcode"]: each["self"]["share"] for each in found}


def test_a_sampler_that_is_let_look_lands_where_it_is_let(run, python, script, tmp_path):
    let, free = (landed(run, script, tmp_path, design) for design in ("gil", "signal"))
    assert sum(share for name, share in let.items() if name in HANDOVER) > 0.9, let
    assert sum(share for name, share in free.items() if name in HANDOVER) < 0.6, free
    known = call([python, "-c", "import opcode; print(*opcode.opmap)"]).stdout.split()
    assert set(let) | set(free) <= set(known)


def test_it_survives_the_file(swprof, run, script, tmp_path):
    path = tmp_path / "x.pb.gz"
    run("-o", path, script(BUSY))
    found = schema.parse(swprof("report", "--json", path).stdout)["opcodes"]
    assert found and sum(each["self"]["share"] for each in found) > 0.9
    assert found[0]["opcode"] in swprof("report", "--by", "opcode", path).stdout


def test_a_tracer_lands_nowhere(swprof, run, script, tmp_path):
    path = tmp_path / "x.pb.gz"
    run("-d", "setprofile", "-o", path, script(BUSY))
    assert "reports no instructions" in swprof("report", "--by", "opcode", path).stdout
