"""What type checkers say of programs that use the package."""
import subprocess
import sys

from commandline import REPOSITORY, clean_environment

USING = """
import swprof

@swprof.profile(design="evalframe")
def work(n: int) -> str:
    return str(n)

class Worker:
    @swprof.profile()
    def run(self, n: int) -> int:
        return n

@swprof.profile()
async def answer(n: int) -> float:
    return 1.0

async def main() -> float:
    return await answer(1)

text: str = work(3)
number: int = Worker().run(3)
last: swprof.profile | None = work.profile
with swprof.profile() as p:
    work(1)
share: float = p.functions[0].self.share
"""

WRONG = """work("x")
last.functions
swprof.profile(design="nonsense")
"""


def test_right_uses_have_no_errors_and_wrong_ones_have(tmp_path):
    path = tmp_path / "program.py"
    path.write_text(USING + WRONG)
    words = [sys.executable, "-m", "mypy", "--strict", "--python-version", "3.11", "--cache-dir", tmp_path / "cache", path]
    environment = clean_environment(MYPYPATH=REPOSITORY / "Sources" / "PythonPackage")
    result = subprocess.run(words, env=environment, cwd=tmp_path, capture_output=True, text=True, timeout=600)
    first = USING.count("\n") + 1
    lines = [line.split(":")[1] for line in result.stdout.splitlines() if ": error: " in line]
    assert lines == [str(first), str(first + 1), str(first + 2)], result.stdout
