"""What a release leaves out of its values: numbers and names of private persons, words of the bodies, folders of the user's machine.

A release without bodies holds no run of RUN characters of any body anywhere: a headline that also stands in a text is cut before the
run is whole and ends in `…`; a value in JSON that has one is null. Runs of letters, digits and signs without a blank (addresses,
hashes) are no words and do not count. May import: text, the standard library.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import PurePath
from typing import Any

from govnews.release.tables import Table
from govnews.text import private

RUN = 20
"""Characters of a body that count as its words."""
_NO_WORDS = re.compile(r"[!-~]*")
_ADDRESSES = re.compile(
    r".*(?:url|_key|sha256|_at|_seen)$|^(?:uid|hosts|home|redirects|headers|extractor|version|ip_address|code|learned|family_points)$"
)
"""Columns in which a row of digits is no number of a person."""
_JSON = frozenset("flags via headers redirects settings counts sites hosts learned family_points".split())


def runs(text: str) -> Iterator[str]:
    """Every run of RUN characters that has words in it."""
    for start in range(len(text) - RUN + 1):
        run = text[start : start + RUN]
        if not _NO_WORDS.fullmatch(run):
            yield run


def words_of(bodies: Iterable[str], values: Iterable[str]) -> frozenset[str]:
    """Runs of the values that also stand in a body. Memory goes with the values, which are short, not with the bodies."""
    wanted = {hash(run) for value in values for run in runs(value)}
    if not wanted:
        return frozenset()
    return frozenset(run for body in bodies for run in runs(body) if hash(run) in wanted)


class Withholder:
    """Changes rows of a release. mask: cover private persons. words: runs no value may have. masked: (uid, version, kind) → places;
    shortened: table.column → values."""

    def __init__(self, *, mask: bool, words: frozenset[str] = frozenset()) -> None:
        self.mask, self.words = mask, words
        self.masked: Counter[tuple[str, int, str]] = Counter()
        self.shortened: Counter[str] = Counter()

    def row(self, table: Table, row: list[Any]) -> list[Any]:
        """The row as it is released; the list itself is changed."""
        names = table.names
        if table.name == "runs" and "settings" in names:
            at = names.index("settings")
            row[at] = without_folders(row[at])
        if self.mask:
            self._mask(table, names, row)
        if self.words:
            for n, value in enumerate(row):
                if isinstance(value, str) and (cut := self._cut(names[n], value)) != value:
                    row[n] = cut
                    self.shortened[f"{table.name}.{names[n]}"] += 1
        return row

    def _mask(self, table: Table, names: list[str], row: list[Any]) -> None:
        title = str(row[names.index("title")] or "") if "title" in names else ""
        for n, value in enumerate(row):
            if not isinstance(value, str) or _ADDRESSES.match(names[n]):
                continue
            found = private.counted(value, title or value)
            if found:
                row[n] = private.masked(value, title or value)
                self._note(table, names, row, found)

    def _note(self, table: Table, names: list[str], row: list[Any], found: Counter[str]) -> None:
        if table.name in ("articles", "revisions") and "version" in names:
            for kind, places in found.items():
                self.masked[(row[names.index("uid")], row[names.index("version")], kind)] += places

    def _cut(self, column: str, value: str) -> str | None:
        """The value before the first run that stands in a body is whole."""
        for start in range(len(value) - RUN + 1):
            if value[start : start + RUN] in self.words:
                return None if column in _JSON else value[: start + RUN - 2] + "…"
        return value


def without_folders(settings: str) -> str:
    """Settings of a run without the folders of the machine it ran on: file names stay."""
    try:
        held = json.loads(settings)
    except ValueError:
        return settings
    return json.dumps(_named(held), ensure_ascii=False, sort_keys=True)


def _named(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _named(each) for key, each in value.items()}
    if isinstance(value, list):
        return [_named(each) for each in value]
    is_path = (
        isinstance(value, str)
        and "://" not in value
        and (value.startswith(("/", "~", ".", "\\")) or "\\" in value or "/" in value)
    )
    return PurePath(value.replace("\\", "/")).name if is_path else value
