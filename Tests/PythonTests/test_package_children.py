"""`swprof.profile(children=True)`: what a block starts is profiled with it, and in a child the block is the child's own."""
import pytest

from packaged import ran

START = {
    "fork": """
child = os.fork()
if not child: work(0.3); os._exit(0)
os.waitpid(child, 0)
""",
    "multiprocessing": """
child = multiprocessing.get_context("fork").Process(target=work, args=(0.3,)); child.start(); child.join()
""",
    "a subprocess": """
subprocess.run([sys.executable, "-c", "import time\\ndef work():\\n  end = time.perf_counter() + 0.3\\n  while time.perf_counter() < end: pass\\nwork()"], check=True)
""",
}


def in_block(start, children=True):
    indented = "".join(f"    {line}\n" for line in start.strip().splitlines())
    return f"import json, multiprocessing, os, subprocess, sys\nwith swprof.profile(children={children}) as p:\n    work(0.1)\n{indented}"


@pytest.mark.parametrize("way", START)
def test_what_a_block_starts_is_profiled_with_it(tmp_path, way):
    names, work, unaccounted, trace = ran(tmp_path, in_block(START[way]) + """
d = p.to_dict()
work = [f["total"]["seconds"] for f in d["functions"] if f["name"] == "work"]
trace = [name for name in os.environ if "SWPROF_LAUNCH" in name]
print(json.dumps([[process["name"] for process in d["processes"]], sum(work), d["unaccounted"]["childCpuSeconds"], trace]))
""")
    assert len(names) == 2 and trace == []
    assert 0.25 < work < 0.8 and unaccounted < 0.1


def test_without_it_children_are_left_alone(tmp_path):
    processes, child = ran(tmp_path, in_block(START["fork"], children=False) + """
print(json.dumps([p.to_dict().get("processes"), p.to_dict()["unaccounted"]["childCpuSeconds"]]))
""")
    assert processes is None and child > 0


def test_a_child_leaves_the_block_too(tmp_path):
    """It has no results there: these are its parent's."""
    assert ran(tmp_path, """
import json, os
reading, writing = os.pipe()
with swprof.profile(children=True) as p:
    child = os.fork()
    work(0.1)
if not child:
    try: p.functions
    except swprof.SwprofError as error: os.write(writing, str(error).encode())
    os._exit(0)
os.waitpid(child, 0)
print(json.dumps(["forked from" in os.read(reading, 999).decode(), len(p.to_dict()["processes"])]))
""") == [True, 2]


def test_a_block_behind_it_follows_nothing(tmp_path):
    assert ran(tmp_path, """
import json, os
with swprof.profile(children=True) as first: work(0.05)
with swprof.profile() as second:
    child = os.fork()
    if not child: work(0.2); os._exit(0)
    os.waitpid(child, 0)
print(json.dumps([len(first.to_dict()["processes"]), second.to_dict().get("processes")]))
""") == [1, None]
