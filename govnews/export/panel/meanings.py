"""The columns of a panel: their names, types and meanings, from columns.txt and measures.txt.

May import: selection.py, the standard library.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path

from govnews.export.selection import Column, Kind

_KINDS: dict[str, Kind] = {"text": "text", "integer": "integer", "count": "integer", "view": "integer", "share": "real"}


@dataclass(frozen=True, slots=True)
class Measure:
    """One number of a cell. kind: `count` (of articles), `share` (of two counts) or `view` (of readings of view counts). sql: the
    aggregate, or the quotient."""

    column: Column
    kind: str
    sql: str


def _lines(name: str) -> list[str]:
    return Path(__file__).with_name(name).read_text("utf-8").splitlines()


@cache
def places(period: str) -> dict[str, Column]:
    """Columns that say where and when, and how much was observed. period: of the coverage behind it, week or month."""
    said = [line.replace("{period}", period).split("|") for line in _lines("columns.txt")]
    return {name: Column(name, _KINDS[kind], en, zh) for name, kind, en, zh in said}


@cache
def measures(low: int, high: int) -> tuple[Measure, ...]:
    """All measures, in order. low, high: ages in days at which views count."""
    terms: dict[str, str] = {}
    out = []
    for line in _lines("measures.txt"):
        if line.startswith("@"):
            name, sql = line[1:].split("|")
            terms[name] = sql.format(**terms)
            continue
        name, kind, sql, en, zh = line.split("|")
        type: Kind = "real" if sql.startswith("avg") else _KINDS[kind]
        meaning = [text.format(low=low, high=high) for text in (en, zh)]
        out.append(Measure(Column(name, type, *meaning), kind, sql.format(**terms)))
    return tuple(out)


def hits(queries: tuple[str, ...]) -> tuple[Measure, ...]:
    """Measures that count what queries find: hits, hits_2 …"""
    out = []
    for n, query in enumerate(queries, 1):
        name = "hits" if n == 1 else f"hits_{n}"
        column = Column(name, "integer", f"articles that the query finds: {query}", f"检索命中篇数：{query}")
        out.append(Measure(column, "count", f"sum(a.uid IN (SELECT uid FROM temp.panel_hit WHERE query = {n}))"))
    return tuple(out)
