"""Search: which articles, in which order, how many, how they are spread. Every function takes an open archive and gives plain rows.

Nothing stored is missed: articles above the index's watermark are read themselves. Nothing superseded is found. May import: model,
its neighbours in this room.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any, Literal

from govnews.archive.database import Archive
from govnews.archive.search import candidates
from govnews.archive.search.candidates import Wanted
from govnews.archive.search.folding import Folding
from govnews.archive.search.form import is_small
from govnews.archive.search.index import folding_of
from govnews.archive.search.language import Node, Term, parse, shown
from govnews.archive.search.snippet import first_hit, marks, snippet

Order = Literal["date", "relevance"]
Facet = Literal["month", "county", "source"]


@dataclass(frozen=True, slots=True)
class Query:
    """What to look for. text: see `language`; "" = everything. site: a site id. province, prefecture: full names. source: part of
    the 来源. since, until: local days, both included. order: by day published, newest first, or the best first. exact: as typed,
    without folding of width, case and characters."""

    text: str = ""
    site: str | None = None
    province: str | None = None
    source: str | None = None
    since: str | None = None
    until: str | None = None
    limit: int = 20
    prefecture: str | None = None
    offset: int = 0
    order: Order = "date"
    exact: bool = False


_FACETS = {
    "month": ("substr(a.publish_date, 1, 7) AS month", "1", "1 DESC"),
    "county": ("s.province, s.prefecture, s.name AS county, a.site", "a.site", "articles DESC, a.site"),
    "source": ("a.source", "a.source", "articles DESC, a.source"),
}
_ROWS = (
    "SELECT a.uid, a.site, s.name AS county, s.province, s.prefecture, a.title, a.publish_date, a.publish_time, a.source, "
    "a.view_count, a.url, a.presence, a.body FROM json_each(?) j JOIN articles a ON a.version = j.value "
    "LEFT JOIN sites s ON s.id = a.site ORDER BY j.key"
)


def search(archive: Archive, query: Query) -> list[dict[str, Any]]:
    """Articles whose title or text holds what the query says, one page of them (limit, offset).

    A row: uid, site, county, province, prefecture, title, publish_date, publish_time, source, view_count, url, presence,
    `snippet` (the sentence of a hit on one line), `title_marks` and `snippet_marks` (lists of [start, end]: where the hits stand).
    Raises Failure `bad_query`.
    """
    folding = folding_of(archive)
    node = parse(query.text, folding)
    with candidates.one_moment(archive) as connection:
        versions = candidates.page(archive, _wanted(archive, query, node), query.order, query.limit, query.offset)
        rows = connection.execute(_ROWS, (json.dumps(versions),)).fetchall()
    terms = shown(node)
    return [_hit(dict(row), terms, folding, query.exact) for row in rows]


def count(archive: Archive, query: Query) -> int:
    """How many articles a query means, without its limit. Raises Failure `bad_query`."""
    return candidates.count(archive, _wanted(archive, query, parse(query.text, folding_of(archive))))


def uids(archive: Archive, query: Query) -> Iterator[str]:
    """The uids of all a query means, in no order, without its limit. Reads only as far as is asked for, in one transaction that
    ends with it. Raises Failure `bad_query`."""
    wanted = _wanted(archive, query, parse(query.text, folding_of(archive)))
    with candidates.one_moment(archive) as connection:
        tables, where, values = candidates.hits(archive, wanted)
        for row in connection.execute(f"SELECT a.uid FROM {tables} WHERE {where}", values):
            yield row[0]


def count_by(archive: Archive, query: Query, facet: Facet) -> list[dict[str, Any]]:
    """The same by month (newest first), county or source (most first): the facet's columns and `articles`. Articles without a
    day or a source are a row of their own, with null. Raises Failure `bad_query`."""
    columns, group, order = _FACETS[facet]
    wanted = _wanted(archive, query, parse(query.text, folding_of(archive)))
    with candidates.one_moment(archive):
        tables, where, values = candidates.hits(archive, wanted)
        rows = archive.connection.execute(
            f"SELECT {columns}, count(*) AS articles FROM {tables} WHERE {where} GROUP BY {group} ORDER BY {order}",
            values,
        )
        return [dict(row) for row in rows]


def spread(archive: Archive, query: Query) -> dict[str, list[dict[str, Any]]]:
    """What `count_by` gives for `county`, `source` and, instead of months, `year` (year, articles; newest first, null last): all three
    from going through the hits once. Raises Failure `bad_query`."""
    wanted = _wanted(archive, query, parse(query.text, folding_of(archive)))
    sites, years, sources = Counter[str](), Counter[str | None](), Counter[str | None]()
    with candidates.one_moment(archive):
        tables, where, values = candidates.hits(archive, wanted)
        for site, year, source in archive.connection.execute(
            f"SELECT a.site, substr(a.publish_date, 1, 4), a.source FROM {tables} WHERE {where}", values
        ):
            sites[site] += 1
            years[year] += 1
            sources[source] += 1
        places = {row[0]: row for row in archive.connection.execute("SELECT id, province, prefecture, name FROM sites")}
    nowhere = (None,) * 4
    return {
        "county": [
            {"province": p[1], "prefecture": p[2], "county": p[3], "site": site, "articles": n}
            for site, n in sorted(sites.items(), key=lambda pair: (-pair[1], pair[0]))
            for p in [places.get(site, nowhere)]
        ],
        "year": [{"year": y, "articles": years[y]} for y in sorted(years, key=lambda y: y or "", reverse=True)],
        "source": [
            {"source": s, "articles": n} for s, n in sorted(sources.items(), key=lambda pair: (-pair[1], pair[0] or ""))
        ],
    }


def _wanted(archive: Archive, query: Query, node: Node | None) -> Wanted:
    conditions: list[str] = []
    values: list[Any] = []
    for column, operator, value in (
        ("a.site", "=", query.site),
        ("s.province", "=", query.province),
        ("s.prefecture", "=", query.prefecture),
        ("a.publish_date", ">=", query.since),
        ("a.publish_date", "<=", query.until),
    ):
        if value is not None:
            conditions.append(f"{column} {operator} ?")
            values.append(value)
    if query.source:
        conditions.append("instr(a.source, ?)")
        values.append(query.source)
    return Wanted(
        node, query.exact, is_small(archive), query.site, query.since, query.until, tuple(conditions), tuple(values)
    )


def _hit(row: dict[str, Any], terms: Iterable[Term], folding: Folding, exact: bool) -> dict[str, Any]:
    """A row with its snippet in place of its body."""
    terms = list(terms)
    body = row.pop("body")
    text = snippet(body, first_hit(body, terms, folding, exact=exact))
    row["snippet"] = text
    row["title_marks"] = [list(m) for m in marks(row["title"] or "", terms, folding, exact=exact)]
    row["snippet_marks"] = [list(m) for m in marks(text, terms, folding, exact=exact)]
    return row
