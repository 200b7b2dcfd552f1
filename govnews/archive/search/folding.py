"""Folding: what the search takes for the same character, and which signs it takes for a break.

One table says it all, `folding(char, folded)` of the archive: one character to one, signs to a blank. Texts and queries are folded
with the same rows, in Python here and in SQL by `search.sql`. Pure but for `packaged_rows`, which reads the table that came with
govnews. May import: the standard library.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from importlib.resources import files
from operator import add

_BREAKS = re.compile(" +")


class _Table(dict[int, str]):
    """For str.translate, which is six times slower for characters that a table lacks: they are added when met."""

    def __missing__(self, code: int) -> str:
        self[code] = char = chr(code)
        return char


class Folding:
    """The table of one archive. rows: (character, what it is folded to); a character without a row stays as it is."""

    def __init__(self, rows: Iterable[tuple[str, str]]) -> None:
        self._table = _Table((ord(char), folded) for char, folded in rows)
        self._table[0x20] = " "
        self._variants: dict[str, list[str]] = {}
        for code, folded in self._table.items():
            self._variants.setdefault(folded, []).append(chr(code))

    def fold(self, text: str) -> str:
        """The folded text: as long as the text, character by character, every sign a blank."""
        return text.translate(self._table)

    def variants(self, char: str) -> list[str]:
        """All characters that are folded to this folded one, itself first."""
        return list(dict.fromkeys((char, *self._variants.get(char, ()))))

    def spelt(self, run: str) -> str:
        """A pattern that finds a folded run in a text that is not folded."""
        return "".join(f"[{''.join(map(re.escape, self.variants(char)))}]" for char in run)

    def runs(self, text: str) -> tuple[str, ...]:
        """The stretches of letters, marks and digits between signs, folded."""
        return tuple(run for run in self.fold(text).split(" ") if run)

    def oracle(self, text: str) -> str:
        """The text as a search sees it: folded, every stretch of signs one blank, none at the ends. What a query finds is what
        is a substring here."""
        return _BREAKS.sub(" ", self.fold(text)).strip(" ")

    def tokens(self, text: str) -> str:
        """The text as the index gets it: overlapping pairs of each run, its last character also alone, blanks between."""
        return " ".join([" ".join([*map(add, run, run[1:]), run[-1]]) for run in self.runs(text)])


def phrase(runs: tuple[str, ...]) -> str:
    """The FTS5 string that finds these runs one after another. The lone last character of a run marks its end, so a break is
    matched by the index itself, and neighbours in it are neighbours in the text."""
    return '"' + " ".join(_words(runs)) + '"' + ("*" if len(runs[-1]) == 1 else "")


def together(runs: tuple[str, ...]) -> str:
    """The FTS5 query that finds what holds all words of these runs, anywhere: at least what `phrase` finds."""
    return " AND ".join(f'"{word}"' for word in _words(runs)) + ("*" if len(runs[-1]) == 1 else "")


def _words(runs: tuple[str, ...]) -> list[str]:
    """The words of the index in runs of a query; the end of the last run need not be an end in the text."""
    *before, last = runs
    words = [word for run in before for word in (*map(add, run, run[1:]), run[-1])]
    return [*words, *(map(add, last, last[1:]) if len(last) > 1 else [last])]


def packaged_rows() -> list[tuple[str, str]]:
    """The table that came with this version of govnews, for new archives."""
    text = (files("govnews.archive.search") / "folding.tsv").read_text("utf-8")
    rows = (line.split("\t") for line in text.splitlines() if not line.startswith("#"))
    return [(chr(int(code, 16)), chr(int(folded, 16))) for code, folded, _ in rows]
