"""A page of docs as a reader follows it: its commands are run in a folder, its SQL and pandas on an archive there, and what they say
is put into the blocks that show it.

Blocks: `sh` is run and must succeed; `console` shows a command and its output; `sql` and `python` are run, and a `text` block after
one shows what it said. Crawls are processes of their own; other commands run in this one. May import: govnews, the standard library.
"""

from __future__ import annotations

import contextlib
import io
import re
import shlex
import sqlite3
import subprocess
import sys
from pathlib import Path
from typing import Any

from click.testing import CliRunner

from govnews.cli.app import cli

_BLOCK = re.compile(r"```(\w+)\n(.*?)```", re.DOTALL)


class Reader:
    """Follows a page. The working folder is that of the process. db: the archive that SQL blocks ask."""

    def __init__(self, db: Path) -> None:
        self.db = db
        self.space: dict[str, Any] = {}
        self.said = ""
        self.kinds: list[str] = []

    def follow(self, text: str) -> str:
        """The page with what its blocks say now."""
        return _BLOCK.sub(self._block, text)

    def _block(self, found: re.Match[str]) -> str:
        kind, inside = found[1], found[2]
        self.kinds.append(kind)
        if kind == "sh":
            for line in inside.strip().splitlines():
                run(line)
            self.said = ""
        elif kind == "console":
            line = inside.splitlines()[0]
            return f"```console\n{line}\n{run(line.removeprefix('$ '))}```"
        elif kind == "sql":
            self.said = ask(self.db, inside)
        elif kind == "python":
            with contextlib.redirect_stdout(io.StringIO()) as said:
                exec(inside, self.space)  # our own page
            self.said = said.getvalue()
        elif kind == "text" and self.said:
            said, self.said = self.said, ""
            return f"```text\n{said}```"
        return found[0]


def run(line: str) -> str:
    """What a command line says; it must succeed. `> FILE` writes it there instead."""
    line, _, goal = line.partition(" > ")
    words = shlex.split(line)
    if words[0] == "govnews" and words[1] != "crawl":
        done = CliRunner().invoke(cli, words[1:])
        assert done.exit_code == 0, (line, done.output, done.exception)
        said = done.stdout
    else:
        words = [sys.executable, "-m", *words] if words[0] == "govnews" else words
        process = subprocess.run(words, capture_output=True, encoding="utf-8", check=False)
        assert process.returncode == 0, (line, process.stdout, process.stderr)
        said = process.stdout
    if goal:
        Path(goal.strip()).write_text(said, "utf-8")
        return ""
    return said.replace("\r\n", "\n")


def ask(db: Path, sql: str) -> str:
    """What `sqlite3 -header` prints."""
    with contextlib.closing(sqlite3.connect(db)) as connection:
        cursor = connection.execute(sql)
        lines = [[name for name, *_ in cursor.description], *cursor.fetchall()]
    return "".join("|".join("" if value is None else str(value) for value in line) + "\n" for line in lines)
