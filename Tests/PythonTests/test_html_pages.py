"""The HTML reports in a real browser: search, zoom, folding, filters, keys, sorting, narrow and printed."""
import browser
import pytest

from browser import Browser

pytestmark = pytest.mark.skipif(browser.PATH is None, reason="needs Chromium")

OWN = "/home/ada/app"
LIBRARY = "/usr/lib/python3.11"

# Stacks of a program, as collapsed stacks have them, and how often each was seen.
STACKS = {
    f"<module> ({OWN}/app.py:1);main ({OWN}/app.py:4);parse ({OWN}/app.py:9);loads ({LIBRARY}/json/__init__.py:299);decode ({LIBRARY}/json/decoder.py:332)": 300,
    f"<module> ({OWN}/app.py:1);main ({OWN}/app.py:4);parse ({OWN}/app.py:9)": 100,
    f"<module> ({OWN}/app.py:1);main ({OWN}/app.py:4);walk ({OWN}/app.py:20);walk ({OWN}/app.py:20);leaf ({OWN}/app.py:30)": 400,
    f"<module> ({OWN}/app.py:1);main ({OWN}/app.py:4);walk ({OWN}/app.py:20)": 100,
    f"<module> ({OWN}/app.py:1);_find_and_load (<frozen importlib._bootstrap>:1165);_load_unlocked (<frozen importlib._bootstrap>:690)": 100,
}


@pytest.fixture(scope="module")
def chromium(tmp_path_factory):
    started = Browser(tmp_path_factory.mktemp("browser"))
    yield started
    started.close()


def page(swprof, folder, stacks, *words):
    (folder / "x.collapsed").write_text("".join(f"{stack} {count}\n" for stack, count in stacks.items()))
    result = swprof("report", "--html", folder / "x.html", *words, folder / "x.collapsed")
    assert result.returncode == 0, result.stderr
    return folder / "x.html"


@pytest.fixture(scope="module")
def report(swprof, tmp_path_factory):
    return page(swprof, tmp_path_factory.mktemp("page"), STACKS)


@pytest.fixture
def opened(chromium, report):
    yield chromium.open(report)
    assert chromium.complaints() == []


def frames(chromium):
    """Names by row, and the height of the graph in rows."""
    return chromium.value("""(() => {
        const all = [...document.querySelectorAll(".frame")].map(each => [parseInt(each.style.top) / 22, each.textContent || each.ariaLabel]);
        return [all, parseInt(document.querySelector(".graph").style.height) / 22];
    })()""")


def names(chromium):
    return {name for _, name in frames(chromium)[0]}


def click(chromium, name):
    chromium.value(f"[...document.querySelectorAll('.frame')].find(each => each.textContent === '{name}').click()")


def width(chromium, name):
    return chromium.value(f"[...document.querySelectorAll('.frame')].find(each => each.textContent === '{name}').getBoundingClientRect().width"
                          " / document.querySelector('.graph').clientWidth")


def test_the_page_begins_with_sentences_and_the_flame_graph(opened):
    assert opened.value("[...document.querySelectorAll('main > section')].map(each => each.id)")[:3] == ["summary", "flame", "functions"]
    assert "`" not in opened.value("document.querySelector('#summary').textContent")
    assert {"main", "parse", "walk", "imports"} <= names(opened) and "_load_unlocked" not in names(opened)
    assert width(opened, "parse") == pytest.approx(0.4, abs=0.01)


def test_search_says_the_share_of_what_matches_each_second_once(opened):
    opened.press("/")
    opened.type("walk")
    # Half of the time is beneath a walk; one of them is beneath another.
    assert opened.value("document.querySelector('.found').textContent") == "50.0 % of the time, in 2 frames"
    assert opened.value("[...document.querySelectorAll('.match')].map(each => each.textContent)") == ["walk", "walk"]
    opened.press("Escape")
    assert opened.value("document.querySelectorAll('.match, .other').length") == 0


def test_zoom_gives_back_the_empty_space(opened):
    before = frames(opened)[1]
    click(opened, "parse")
    shown, height = frames(opened)
    assert shown[0] == [0, "parse"] and height == 3 < before and width(opened, "parse") == pytest.approx(1, abs=0.001)
    assert opened.value("[...document.querySelectorAll('.path button')].map(each => each.textContent)") == ["all ›", "<module> ›", "main ›"]
    opened.press("Escape")
    assert frames(opened)[1] == before


def test_keys_move_and_enlarge(opened):
    opened.value("document.querySelector('.frame').focus()")
    for key in ("ArrowDown", "ArrowDown", "ArrowDown", "ArrowRight"):
        opened.press(key)
    focused = "document.activeElement.textContent"
    assert opened.value(focused) == "parse"
    assert "40.0 %" in opened.value("document.querySelector('.told').textContent")
    opened.press("ArrowLeft")
    assert opened.value(focused) == "walk"
    opened.press("Enter")
    assert frames(opened)[0][0] == [0, "walk"] and opened.value(focused) == "walk"
    opened.press("ArrowUp")
    assert frames(opened)[0][0] == [0, "main"] and opened.value(focused) == "main"


def test_libraries_and_imports_are_folded_and_unfolded(opened):
    box = "document.querySelector('[name={}]').click()"
    assert {"loads", "decode"} <= names(opened)
    opened.value(box.format("libraries"))
    assert "loads" in names(opened) and "decode" not in names(opened)
    # What is folded is found all the same.
    opened.press("/")
    opened.type("decode")
    assert opened.value("document.querySelector('.found').textContent").startswith("30.0 %")
    assert opened.value("document.querySelector('.match').textContent") == "loads"
    opened.value(box.format("imports"))
    assert "imports" not in names(opened) and "_find_and_load" in names(opened)


def test_colours_say_whose_code_it_is(opened):
    kind = "[...document.querySelectorAll('.frame')].find(each => each.textContent === '{}').className"
    assert [opened.value(kind.format(name)) for name in ("parse", "loads", "imports")] == ["frame k0", "frame k2", "frame k4"]


def test_columns_sort_both_ways(opened):
    press = "document.querySelector('th [data-column={}]').click()"
    first = "document.querySelector('.functions tbody tr').dataset.name"
    assert opened.value(first) == "leaf"
    opened.value(press.format("name"))
    assert opened.value(first) == "<module>"
    opened.value(press.format("name"))
    assert opened.value(first) == "walk"
    opened.value(press.format("own"))
    assert opened.value(first) == "leaf"


def test_callers_and_callees_are_links(opened):
    opened.value("[...document.querySelectorAll('.functions td.name > a')].find(each => each.textContent === 'walk').click()")
    text = opened.value("[...document.querySelectorAll('.detail li')].map(each => each.textContent.trim())")
    # Of its half of the time: a caller, the walks beneath it, and itself.
    assert text == ["100.0 % main", "80.0 % walk", "20.0 % itself"]
    opened.value("document.querySelector('.detail a').click()")
    opened.value("new Promise(done => setTimeout(done, 50))")
    assert opened.value("document.querySelector('.detail:not(:has(~ .detail))').previousElementSibling.dataset.name") in ("main", "walk")


@pytest.mark.parametrize("path", ["report", "odd"])
def test_a_narrow_window_needs_no_scrolling_sideways(chromium, swprof, report, tmp_path, path):
    odd = {f"{'a' * 200}.{'b' * 100} ({OWN}/{'c' * 150}.py:1);" + ";".join(f"f{at} ({OWN}/x.py:{at + 1})" for at in range(80)): 5}
    chromium.open(report if path == "report" else page(swprof, tmp_path, odd), width=400)
    assert chromium.value("document.documentElement.scrollWidth") <= 400
    assert chromium.complaints() == []


def test_it_prints_without_its_controls(opened):
    opened.call("Emulation.setEmulatedMedia", media="print")
    try:
        shown = opened.value("[...document.querySelectorAll('.controls, .told')].map(each => getComputedStyle(each).display)")
        assert set(shown) == {"none"}
        assert opened.value("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"
        assert opened.call("Page.printToPDF")["data"].startswith("JVBERi")
    finally:
        opened.call("Emulation.setEmulatedMedia", media="")


def test_fifty_thousand_stacks_are_one_megabyte(chromium, swprof, tmp_path):
    """As many functions as stacks, and no more frames drawn than can be seen."""
    def frames(number):
        callers = [f"caller_{level}_{number // 5 ** (6 - level) % 7} ({OWN}/package/module_{level}.py:{level + 1})" for level in range(7)]
        return [*callers, f"function_number_{number} ({OWN}/package/module_{number % 97}.py:{number + 1})"]
    path = page(swprof, tmp_path, {";".join(frames(number)): 1 for number in range(50_000)})
    assert path.stat().st_size < 1_000_000
    chromium.open(path)
    assert 100 < chromium.value("document.querySelectorAll('.frame').length") <= 3001
    assert chromium.complaints() == []


THREADED = """
import asyncio, threading, time
def spin(seconds):
    end = time.perf_counter() + seconds
    while time.perf_counter() < end:
        sum(range(500))
async def one(): spin(0.1)
async def both(): await asyncio.gather(*(asyncio.create_task(one(), name=name) for name in ("left", "right")))
thread = threading.Thread(target=spin, args=(0.2,), name="helper")
thread.start()
asyncio.run(both())
thread.join()
"""


def test_threads_and_tasks_are_filters(chromium, run, script, tmp_path):
    assert run("--html", tmp_path / "x.html", script(THREADED)).returncode == 0
    chromium.open(tmp_path / "x.html")
    assert chromium.value("[...document.querySelectorAll('.filter')].map(each => each.name)") == ["thread", "task"]
    choose = """(() => {
        const select = document.querySelector("[name=%s]");
        select.value = [...select.options].find(each => each.textContent.startsWith("%s")).value;
        select.dispatchEvent(new Event("change", {bubbles: true}));
    })()"""
    assert "both" in names(chromium) or "one" in names(chromium)
    chromium.value(choose % ("thread", "thread "))
    assert "spin" in names(chromium) and not {"one", "both"} & names(chromium)
    chromium.value(choose % ("thread", "all threads"))
    chromium.value(choose % ("task", "left"))
    assert "one" in names(chromium)
    assert chromium.value("document.querySelector('#ledger .gaps rect') !== null")
    assert chromium.complaints() == []

VERSION = """
import time
def spin(seconds):
    end = time.perf_counter() + seconds
    while time.perf_counter() < end:
        pass
def parse(): spin({})
def write(): spin(0.03)
def usual(): spin(0.03)
parse(); write(); usual()
"""


def test_a_change_is_a_graph_in_three_colours(chromium, swprof, python, tmp_path):
    for name, seconds in (("old", 0.02), ("new", 0.06)):
        (tmp_path / name).mkdir()
        (tmp_path / name / "program.py").write_text(VERSION.format(seconds))
    result = swprof(
        "compare", "--python", python, "--html", tmp_path / "x.html", "--designs", "evalframe", "--runs", "5",
        "--before", f"python3 {tmp_path}/old/program.py", "--", "python", tmp_path / "new" / "program.py")
    assert result.returncode == 0, result.stderr
    assert (tmp_path / "x.html").stat().st_size < 1_000_000
    chromium.open(tmp_path / "x.html")
    assert chromium.value("document.querySelector('main p').textContent").startswith("The new version takes ")
    classes = dict(chromium.value("""[...document.querySelectorAll("#flame .frame")].map(each =>
        [each.textContent.replace(/[▲▼] /, ""), each.className.split(" ")[1]])"""))
    # Of what did not change, chance may colour one frame in a page of twenty.
    assert classes["parse"] == "more" and "same" in (classes["write"], classes["usual"])
    assert chromium.value("[...document.querySelectorAll('.frame.more')].every(each => !each.textContent || each.textContent.startsWith('▲'))")
    chromium.value("[...document.querySelectorAll('#flame .frame')].find(each => each.textContent === '▲ parse').focus()")
    assert "more" in chromium.value("document.querySelector('#flame .told').textContent")
    assert chromium.complaints() == []


def test_designs_that_differ_are_told_in_one_sentence_and_a_graph(chromium, swprof, python, script, tmp_path):
    program = script("""
def small(n): return n + 1
def many():
    total = 0
    for i in range(120_000): total = small(total)
    return total
def long():
    total = 0
    for i in range(2_400_000): total += i
    return total
many(); long()
""")
    result = swprof("compare", "--python", python, "--designs", "setprofile,signal", "--runs", "8", "--html", tmp_path / "x.html", program)
    assert result.returncode == 0, result.stderr
    chromium.open(tmp_path / "x.html")
    assert "setprofile and signal disagree by more than chance" in chromium.value("document.querySelector('#summary').textContent")
    assert chromium.value("document.querySelector('#flame h3').textContent") == "setprofile → signal"
    tones = dict(chromium.value("""[...document.querySelectorAll("#flame .frame")].map(each =>
        [each.textContent.replace(/[▲▼] /, ""), each.className.split(" ")[1]])"""))
    assert (tones["many"], tones["long"]) == ("less", "more")
    # A function that is listed is not listed again by its lines.
    listed = chromium.value("[...document.querySelectorAll('.verdict .note')].map(each => each.querySelector('code').textContent)")
    assert len(listed) == len(set(listed)) and "long" in listed
    # Sentences with names in them, too: what a part of one does not have is not taken from around it.
    assert "Optional(" not in (tmp_path / "x.html").read_text()
    assert chromium.complaints() == []
