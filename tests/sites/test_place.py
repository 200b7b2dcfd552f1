"""The data are found in a checkout and in a wheel, from whatever folder; the wheel carries all it needs."""

import os
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel of a copy of this checkout (a build writes nothing here), unpacked."""
    copy, out = tmp_path_factory.mktemp("checkout"), tmp_path_factory.mktemp("wheel")
    for name in ("pyproject.toml", "README.md", "LICENSE", ".gitignore"):
        shutil.copy(ROOT / name, copy)
    for name in ("govnews", "data/directory", "data/sites"):
        shutil.copytree(ROOT / name, copy / name, ignore=shutil.ignore_patterns("__pycache__", "*.db"))
    build = [
        sys.executable,
        "-m",
        "pip",
        "wheel",
        "-q",
        "--no-deps",
        "--no-build-isolation",
        "--no-index",
        "-w",
        str(out),
        ".",
    ]
    subprocess.run(build, cwd=copy, check=True, capture_output=True)
    with zipfile.ZipFile(next(out.glob("*.whl"))) as archive:
        archive.extractall(out / "site")
    (out / "site" / "built-from").write_text(str(copy), "utf-8")
    return out / "site"


def run(code: str, *, path: Path | None, cwd: Path) -> str:
    environment = {k: v for k, v in os.environ.items() if not k.startswith(("GOVNEWS_", "PYTHONPATH"))}
    if path:
        environment["PYTHONPATH"] = str(path)
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=cwd, env=environment, capture_output=True, text=True, check=True
    )
    return done.stdout.strip()


SHOW = (
    "import govnews.sites as s; print(s.data_dir(), s.resolve('维西').family, sum(1 for x in s.all_sites()), sep='\\n')"
)


def test_in_a_checkout_from_a_foreign_folder(tmp_path: Path) -> None:
    assert run(SHOW, path=None, cwd=tmp_path).splitlines() == [str(ROOT / "data"), "diqing", "2840"]


def test_in_a_wheel_from_a_foreign_folder(wheel: Path, tmp_path: Path) -> None:
    assert run(SHOW, path=wheel, cwd=tmp_path).splitlines() == [str(wheel / "govnews" / "_data"), "diqing", "2840"]


def test_the_wheel_carries_everything_the_package_reads(wheel: Path) -> None:
    """Every file of the package, README of the data included, and nothing that a crawl wrote."""
    copy = Path((wheel / "built-from").read_text("utf-8"))
    for folder, place in (("govnews", "govnews"), ("data", "govnews/_data")):
        for path in (p for p in (copy / folder).rglob("*") if p.is_file()):
            assert (wheel / place / path.relative_to(copy / folder)).read_bytes() == path.read_bytes(), path
    assert not list(wheel.rglob("*.db*"))


def test_the_wheel_serves_commands(wheel: Path, tmp_path: Path) -> None:
    code = "from govnews.cli import main; main(['site', 'show', '维西', '--json'])"
    assert '"id": "533423"' in run(code, path=wheel, cwd=tmp_path)


def test_an_installation_without_data_says_so(wheel: Path, tmp_path: Path) -> None:
    bare = tmp_path / "bare"
    shutil.copytree(wheel / "govnews", bare / "govnews", ignore=shutil.ignore_patterns("_data"))
    code = "from govnews.cli import main; main(['site', 'show', '维西'])"
    with pytest.raises(subprocess.CalledProcessError) as caught:
        run(code, path=bare, cwd=tmp_path)
    assert caught.value.returncode == 1
    assert caught.value.stderr.startswith("govnews: the directory of counties is missing from this installation")
    assert "Traceback" not in caught.value.stderr
