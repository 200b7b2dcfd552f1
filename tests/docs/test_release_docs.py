"""docs/release.md as a reader follows it: its commands typed, their output compared as far as it is shown."""

from __future__ import annotations

import re
import shlex
from collections.abc import Callable
from pathlib import Path
from subprocess import CompletedProcess

PAGE = Path(__file__).resolve().parents[2] / "docs" / "release.md"


def test_what_the_page_shows_is_what_happens(govnews: Callable[..., CompletedProcess[str]]) -> None:
    [console] = re.findall(r"```console\n(.*?)```", PAGE.read_text("utf-8"), re.DOTALL)
    for step in filter(None, re.split(r"^\$ ", console, flags=re.MULTILINE)):
        command, *shown = step.splitlines()
        done = govnews(*shlex.split(command)[1:])
        assert done.returncode == 0, done.stderr
        said = (done.stdout + done.stderr).splitlines()
        assert said[: len(shown)] == shown
