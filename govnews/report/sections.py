"""What a report asks of an archive: each section's rows and its sentence, from sections.toml.

May import: archive, model.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any, Literal

from govnews.archive import Archive

Language = Literal["en", "zh"]
Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Scope:
    """What a report is about: one site, one province (full name), or, with neither, the whole archive."""

    site: str | None = None
    province: str | None = None

    @property
    def condition(self) -> str:
        """A condition on a column `site`, with its values written out, so that the SQL shown is the SQL that ran."""
        if self.site is not None:
            return f"site = {_quoted(self.site)}"
        if self.province is not None:
            return f"site IN (SELECT id FROM sites WHERE province = {_quoted(self.province)})"
        return "1"


@dataclass(frozen=True, slots=True)
class Section:
    """One section, answered. rows: of chart and table; said: the sentence; drawn: whether a chart makes sense. asked: what
    sections.toml says of it."""

    name: str
    asked: dict[str, Any]
    title: str
    said: str
    drawn: bool
    sql: str
    reading_sql: str
    rows: list[Row]


def _quoted(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"


@cache
def toml(name: str) -> dict[str, dict[str, Any]]:
    """A data file of this room."""
    return tomllib.loads(files(__package__).joinpath(name).read_text("utf-8"))


def word(group: str, key: str, language: Language) -> str:
    """A word of words.toml; the key itself when there is none (a code of a newer version)."""
    known: str = toml("words.toml")[group].get(key, {}).get(language, key)
    return known


def rows(archive: Archive, sql: str) -> list[Row]:
    """The rows of a query, as dicts."""
    return [dict(row) for row in archive.connection.execute(sql)]


def names() -> list[str]:
    """The sections there are, in order."""
    return list(toml("sections.toml"))


def answer(archive: Archive, name: str, scope: Scope, language: Language) -> Section:
    """Asks one section's questions."""
    asked = toml("sections.toml")[name]
    sql, reading_sql = (asked[key].strip().replace("{scope}", scope.condition) for key in ("sql", "reading"))
    numbers = rows(archive, reading_sql)[0]
    known = None not in numbers.values()
    said = asked[f"reading_{language}"].format(**numbers) if known else asked[f"empty_{language}"]
    return Section(name, asked, asked[language], said, known, sql, reading_sql, rows(archive, sql))
