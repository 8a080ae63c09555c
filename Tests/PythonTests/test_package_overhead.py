"""`swprof.overhead`: the duet, on a clock of its own with planted slowdowns, and on real interpreters."""
import collections
import json

import pytest

import commandline
import packaged
import command_schema
from packaged import ran
from profiling import ONE_EACH

# A machine on which a pass takes as long as is planted, its first calls behind a switch longer, and a duet no time.
PLANTED = """
import json
from random import Random
from swprof import overheads, passes
class Machine:
    now, is_on, since = 0, False, 99
    def on(self): self.set(True)
    def off(self): self.set(False)
    def set(self, is_on):
        assert is_on != self.is_on
        self.is_on, self.since = is_on, 0
        self.now += 3_000_000
    def work(self):
        self.since += 1
        times = (SLOWDOWN if self.is_on else 1) * (WASHOUT if self.since <= CALLS else 1)
        self.now += round(1_000_000 * noise.uniform(0.99, 1.01) * times)
noise, machine = Random(7), Machine()
passes.perf_counter_ns = passes.process_time_ns = passes.thread_time_ns = lambda: machine.now
def measured(seconds, pairs, seed=5):
    duet = passes.Passes(machine.work, machine, Random(seed))
    duet.measure(seconds, pairs)
    assert not machine.is_on
    return passes.document(duet, {"design": "signal", "rate": 1000.0, "python": "3.11.2", "wantedPairs": pairs})
SLOWDOWN, WASHOUT, CALLS = 1, 1, 1
"""


def rows(document):
    return [dict(zip(document["columns"], row)) for row in document["passes"]]


def test_a_planted_slowdown_is_found_and_the_washout_is_left_out(tmp_path):
    found, document = ran(tmp_path, PLANTED + """
SLOWDOWN, WASHOUT, CALLS = 1.02, 2, 6
document = measured(6, 300)
found = overheads.Overhead(json.dumps(document).encode())
print(json.dumps([found.to_dict(), document]))
""")
    command_schema.check_overhead(found)
    design = found["designs"][0]
    assert design["running"]["low"] < 1.02 < design["running"]["high"] < 1.025
    assert design["running"]["low"] > 1.01
    assert design["cpu"] == design["running"] and design["own"]["cpuSecondsPerSecond"] == 0
    assert design["pairs"] >= 300 and document["calls"] == design["pass"]["calls"] == 6
    for state in ("on", "off"):
        assert design["carryOver"]["washout"][state]["low"] > 1.5
        assert abs(design["selfTest"][state]["ratio"] - 1) < 0.01
    assert not {"few-pairs", "carry-over"} & {caveat["code"] for caveat in design["caveats"]}


def test_pairs_are_of_neighbours_in_random_order_with_a_washout_behind_each_switch(tmp_path):
    document = ran(tmp_path, PLANTED + "print(json.dumps(measured(1, 60)))")
    pairs = collections.defaultdict(list)
    state, was = False, None
    for row in rows(document):
        if row["place"] == 0:
            assert was is None or row["on"] != state or row["arm"] != 0
        else:
            assert row["on"] == state and was["place"] == row["place"] - 1 or was is None
            pairs[row["pair"]].append(row)
        state, was = row["on"], row
    assert all(len(pair) == 2 and {row["numerator"] for row in pair} == {0, 1} for pair in pairs.values())
    duet = [pair for pair in pairs.values() if pair[0]["arm"] == 0]
    assert all(row["on"] == row["numerator"] for pair in duet for row in pair)
    assert 0 < sum(pair[0]["on"] for pair in duet) < len(duet)
    for arm, is_on in ((1, 1), (2, 0)):
        alike = [pair for pair in pairs.values() if pair[0]["arm"] == arm]
        assert 4 * len(alike) == len(duet) and all(row["on"] == is_on and row["place"] > 0 for pair in alike for row in pair)
        assert all(pair[1]["place"] == 1 for pair in alike)


def test_a_seed_gives_the_same_order(tmp_path):
    first, again, other = ran(tmp_path, PLANTED + "print(json.dumps([measured(1, 30, seed) for seed in (1, 1, 2)]))")
    def order(document):
        return [row["on"] for row in rows(document)]
    assert order(first) == order(again) != order(other)


def test_it_goes_on_for_missing_pairs_but_not_for_ever(tmp_path):
    """One call takes a millisecond, a pass of them 20 in the end."""
    counts = ran(tmp_path, PLANTED + """
def pairs(document): return len({row[1] for row in document["passes"] if row[0] == 0})
few = measured(0.1, 300)
long = measured(60, 300)
machine.work = lambda work=machine.work: [work() for _ in range(500)]
longest = measured(2, 300)
print(json.dumps([[pairs(each), each["calls"]] for each in (few, long, longest)]))
""")
    (few, short), (long, usual), (longest, one) = counts
    assert few < 60 and short in (5, 6) and usual in (20, 21, 22) and long > 300
    assert one == 1 and longest < 30


def test_of_few_pairs_there_is_no_interval(tmp_path):
    low, high, pairs, codes, text = ran(tmp_path, PLANTED + """
found = overheads.Overhead(json.dumps(measured(0.01, 5)).encode())
print(json.dumps([found.low, found.high, found.pairs, [c.code for c in found.caveats], repr(found)]))
""")
    assert (low, high) == (None, None) and pairs < 10 and codes == ["few-pairs"]
    assert "no interval" in text


# On real interpreters

LEFT = """
import json, os, sys, threading
def state():
    tools = [sys.monitoring.get_tool(tool) for tool in range(6)] if hasattr(sys, "monitoring") else None
    return [sys.getprofile(), sys.gettrace(), tools, len(os.listdir("/proc/self/task")), len(os.listdir("/proc/self/fd")),
            os.listdir(os.environ["TMPDIR"]), threading.active_count()]
def calls(n): return n and calls(n - 1)
def one_pass(): calls(50)
"""


@pytest.mark.parametrize("python", [python for python in ONE_EACH[::2] if not packaged.INSTALLED], ids=str)
def test_every_design_is_measured_and_leaves_nothing(tmp_path, python):
    designs = commandline.designs(python)
    folder = tmp_path / "tmp"
    folder.mkdir()
    measured = ran(tmp_path, LEFT + f"""
swprof.profile().start().stop()
before, found = state(), []
for design in {designs!r}:
    found.append(swprof.overhead(one_pass, design, seconds=0.1, pairs=12).passes)
    assert state() == before, (design, before, state())
with swprof.profile(design="evalframe") as p: calls(17)
print(json.dumps(found))
""", python=python, changes={"TMPDIR": str(folder)})
    assert [document["design"] for document in measured] == designs
    for document in measured:
        duet = [row for row in rows(document) if row["arm"] == 0 and row["place"]]
        assert {row["on"] for row in duet} == {0, 1} and all(row["wall"] > 0 for row in duet)


def test_a_pass_that_takes_the_hook_away_is_not_called_cheap(tmp_path):
    told, untold = ran(tmp_path, """
import json, sys
def calls(n): return n and calls(n - 1)
def rude():
    sys.setprofile(None)
    calls(50)
def polite(): calls(50)
found = [swprof.overhead(function, "setprofile", seconds=0.1, pairs=12).caveats for function in (rude, polite)]
print(json.dumps([[c.text for c in caveats if c.code == "calls-lost"] for caveats in found]))
""")
    assert len(told) == 1 and "set its own profile function" in told[0]
    assert not untold


def test_the_results_are_plain_data_that_can_be_pickled(tmp_path):
    found, same, cpu = ran(tmp_path, """
import json, pickle
found = swprof.overhead(lambda: inner(), seconds=0.2, pairs=12)
again = pickle.loads(pickle.dumps(found))
print(json.dumps([found.to_dict(), again.to_dict() == found.to_dict(), str(found.cpu)]))
""")
    design = command_schema.check_overhead(found)["designs"][0]
    assert (design["name"], design["kind"], design["rate"], found["program"], same) == ("signal", "sampling", 1000, [], True)
    assert design["pairs"] >= 12 and design["start"]["rounds"] == 20
    assert design["start"]["low"] <= design["start"]["seconds"] <= design["start"]["high"]
    assert cpu.startswith(f"{design['cpu']['ratio']:.4f} [")


@pytest.mark.parametrize("words, error, said", [
    ("1", "TypeError", "a pass is a function without arguments"),
    ("lambda n: n", "TypeError", "cannot be called without arguments"),
    ("parts", "TypeError", "parts is a coroutine or a generator"),
    ("work, 'nonsense'", "ValueError", "no design 'nonsense'"),
    ("work, rate=0", "ValueError", "rate of 0 Hz"),
    ("work, seconds=0", "ValueError", "0 seconds cannot be measured"),
    ("work, seconds='6'", "TypeError", "seconds are a number"),
    ("work, pairs=0", "ValueError", "0 pairs cannot be measured"),
    ("work, pairs=1.5", "TypeError", "pairs are a whole number"),
    ("work, seed=-1", "ValueError", "seed"),
])
def test_what_cannot_be_measured_is_one_clear_line(tmp_path, words, error, said):
    kind, text = ran(tmp_path, f"""
import json
async def parts(): pass
try: swprof.overhead({words})
except Exception as error: print(json.dumps([type(error).__name__, str(error)]))
""")
    assert kind == error and said in text and "\n" not in text


def test_a_function_that_raises_ends_it_and_the_design_is_off(tmp_path):
    said, going_on, again = ran(tmp_path, """
import json
count = 0
def fails():
    global count
    count += 1
    time.sleep(0.001)
    if count == 100: raise KeyError("mine")
said = []
try: swprof.overhead(fails, "evalframe", seconds=1)
except KeyError as error: said.append(str(error))
try:
    with swprof.profile(): swprof.overhead(work)
except swprof.SwprofError as error: said.append(str(error))
with swprof.profile() as p: work()
print(json.dumps(said + [p.function("work").name]))
""")
    assert said == "'mine'" and "already going on" in going_on and again == "work"


def test_what_the_function_prints_and_its_own_random_numbers_are_its_own(tmp_path):
    result = packaged.call("-c", packaged.WORK + """
import random
random.seed(3)
first = random.random()
random.seed(3)
swprof.overhead(lambda: inner(), seconds=0.05, pairs=3)
print(random.random() == first)
""")
    assert (result.stdout, result.stderr) == ("True\n", "")


def test_importing_what_measures_loads_nothing_of_the_analysis(tmp_path):
    assert json.loads(packaged.call("-c", """
import json, sys, swprof
swprof.overhead
print(json.dumps(["subprocess" in sys.modules, "random" in sys.modules]))
""").stdout) == [False, False]
