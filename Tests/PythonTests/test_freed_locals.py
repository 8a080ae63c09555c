"""What a function's return frees is that function's own time, where the interpreter can tell."""
import pytest

from profiling import INTERPRETERS, profiled_within, version, written

# Each function frees at its return what took it about as long to make. The program brackets both itself.
FREEING = '''
import gc, time
gc.disable()
def listed(n):
    items = [[i] for i in range(n)]
    return len(items)
def keyed(n):
    items = {i: str(i) for i in range(n)}
    return len(items)
def main():
    taken = {listed: 0, keyed: 0}
    end = time.perf_counter() + 2
    before = begin = time.perf_counter()
    while before < end:
        for function in taken:
            function(20_000)
            now = time.perf_counter()
            taken[function] += now - before
            before = now
    print(*(part / (before - begin) for part in taken.values()))
main()
'''


# So often that what cannot be told apart on some builds, 3 %, is under the bound by more than four standard errors.
OFTEN = ["-r", "4000"]


@pytest.mark.parametrize("python", INTERPRETERS)
def test_what_a_return_frees_is_the_functions_own_time(tmp_path, python):
    findings = profiled_within("main", written(tmp_path, FREEING), python=python, flags=OFTEN)
    listed, keyed = map(float, findings.outcome.out.split())
    assert findings.function("main")["self"]["worstLow"] < 0.04
    for name, share in [("listed", listed), ("keyed", keyed)]:
        total = findings.function(name)["total"]
        # What one run's ticks could as well have been, and what was lost; beyond that, what is not told apart.
        low, high = min(total["low"], total["worstLow"]), max(total["high"], total["worstHigh"])
        assert low - 0.03 < share < high + 0.03, name


@pytest.mark.parametrize("python", [python for python in INTERPRETERS if version(python) >= (3, 12)])
def test_so_it_is_where_c_called_the_function(tmp_path, python):
    called_by_c = FREEING.replace("function(20_000)", "next(map(function, [20_000]))")
    findings = profiled_within("main", written(tmp_path, called_by_c), python=python, flags=OFTEN)
    assert findings.function("main")["self"]["worstLow"] < 0.04
