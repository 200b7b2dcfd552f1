"""What all tests share: the command as typed, pages to feed it, the demo's archive."""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

Govnews = Callable[..., "subprocess.CompletedProcess[str]"]


def clean_environment() -> dict[str, str]:
    """The environment without settings of ours: a test says what it wants."""
    return {k: v for k, v in os.environ.items() if not k.startswith("GOVNEWS_")}


@pytest.fixture
def govnews(tmp_path: Path) -> Govnews:
    """`govnews WORDS…` in a folder of its own; gives the finished process."""

    def call(*words: str | Path, timeout: float = 240, **more: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "-m", "govnews", *map(str, words)],
            cwd=tmp_path,
            env={**clean_environment(), **more},
            capture_output=True,
            encoding="utf-8",
            timeout=timeout,
            check=False,
        )

    return call


@pytest.fixture(scope="session")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The demo's archive after its second day: one edit, one article no longer found. To be read only."""
    folder = tmp_path_factory.mktemp("demo")
    for more in ([], ["--revisit"]):
        command = [sys.executable, "-m", "govnews", "demo", "--db", "demo.db", *more]
        subprocess.run(command, cwd=folder, env=clean_environment(), capture_output=True, check=True, timeout=120)
    return folder / "demo.db"


@pytest.fixture(scope="session")
def address(demo: Path) -> Iterator[str]:
    """The address of a desk over it."""
    with desk(demo) as at:
        yield at


@contextlib.contextmanager
def desk(db: Path) -> Iterator[str]:
    """`govnews serve` on a free port; gives its address, and ends it by Ctrl-C, which must be quiet and exit 0."""
    command = [sys.executable, "-m", "govnews", "serve", "--db", str(db), "--port", "0"]
    process = subprocess.Popen(command, env=clean_environment(), stderr=subprocess.PIPE, encoding="utf-8")
    try:
        assert process.stderr
        said = process.stderr.readline()
        assert said.startswith("the desk is open at http://127.0.0.1:"), said
        yield said.split()[5].rstrip(";/")
    finally:
        process.send_signal(signal.SIGINT)
        _, rest = process.communicate(timeout=20)
    assert process.returncode == 0 and rest.strip() == "the desk is closed", rest


def article_page(
    title: str,
    body: str,
    *,
    time: str = "2024-05-06 09:30",
    source: str = "松溪县融媒体中心",
    views: str = "31",
    foot: str = "",
) -> bytes:
    """A page of an invented county, as simple as they come."""
    return (
        f"<html><head><meta charset='utf-8'><title>{title}_松溪县人民政府</title></head><body><h1>{title}</h1>"
        f"<div class='info'>发布时间：{time} 来源：{source} 浏览次数：{views}</div>"
        f"<div class='text'><p>{body}</p><p>会议强调，各乡镇要把责任落实到人，确保各项措施落到实处。</p></div>"
        f"<div class='foot'>版权所有：松溪县人民政府 {foot}</div></body></html>"
    ).encode()


@pytest.fixture(scope="session")
def world(tmp_path_factory: pytest.TempPathFactory) -> Any:
    """The world of tests/study after both its crawls, its coverage worked out: the dear part of that folder. Tests add no articles
    to it."""
    from world import build  # beside those tests, and only they ask for it

    return build(tmp_path_factory.mktemp("study"))
