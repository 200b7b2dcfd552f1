"""Which versions a query means, and in which order: the plans behind `search` and `count`.

What makes a plan fast: never sort all hits of a common word by day. Few hits are sorted; a string that stands in every second or
every fiftieth article is met among the newest articles, which are read; what is between is asked for month by month, from the newest,
through the index's month words. May import: its neighbours in this room.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import chain, islice
from typing import Any

from govnews.archive.database import Archive
from govnews.archive.search.characters import distinct, holding
from govnews.archive.search.index import folding_of, month_token
from govnews.archive.search.language import Node, Term, match_string, reader, sure, widened
from govnews.model import Failure

FEW = 300
"""Hits that are sorted by day at once: some 1.5 ms; of more, the newest are sought month by month."""
NEWEST = 2000
"""Newest articles that are read at most."""
READ, READ_OF_ONE = 200, 50
"""Hits in the index that take as long as reading one article (20 µs); of a single character, whose hits are dear."""
SURE = 2
"""How many times as many articles may be read as should do."""
_PLACE = "LEFT JOIN sites s ON s.id = a.site"
_BY_DAY = "ORDER BY a.publish_date DESC, a.version DESC"
_STALE = "SELECT version FROM search_stale"
_SINCE = (
    "FROM articles a CROSS JOIN revisions r USING (uid) "
    "WHERE a.version > (SELECT watermark FROM search_state) AND r.version <= (SELECT watermark FROM search_state)"
)
_REPLACED_SINCE = f"SELECT r.version {_SINCE}"
"""Versions in the index that are no longer an article's current one: known when it was filled, and replaced since."""
_INDEXED = "SELECT rowid FROM search_index WHERE search_index MATCH ? UNION ALL SELECT value FROM json_each(?)"
"""Hits of the index and, after them, those above the watermark."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """A query, read. node: its tree, null for everything. small: the index has the small form. conditions: on articles `a` and
    sites `s`, with their values."""

    node: Node | None
    exact: bool
    small: bool
    site: str | None
    since: str | None
    until: str | None
    conditions: tuple[str, ...]
    values: tuple[Any, ...]

    @property
    def where(self) -> str:
        return " AND ".join(self.conditions) or "1"

    @property
    def match(self) -> str:
        """For FTS5: what finds at least the hits."""
        assert self.node is not None
        return match_string(widened(self.node) if self.checked else self.node, small=self.small)

    @property
    def checked(self) -> bool:
        """Whether what the index finds is only a hit when its text says so."""
        return self.exact or (self.small and self.node is not None and not sure(self.node))

    @property
    def dates_only(self) -> bool:
        """Whether there are no conditions but days."""
        return len(self.conditions) == (self.since is not None) + (self.until is not None)

    @property
    def single(self) -> bool:
        """One character: a question to the whole vocabulary of the index."""
        return isinstance(self.node, Term) and len(self.node.folded) == 1


@contextmanager
def one_moment(archive: Archive) -> Iterator[sqlite3.Connection]:
    """All reads inside see the same state, whatever is written meanwhile: the watermark must fit the rows above it."""
    connection = archive.connection
    if connection.in_transaction:
        yield connection
        return
    connection.execute("BEGIN")
    try:
        yield connection
    finally:
        connection.execute("COMMIT")  # nothing of the archive was written; a caller's temporary table stays


def page(archive: Archive, wanted: Wanted, order: str, limit: int, offset: int) -> list[int]:
    """Versions in order, one page of them."""
    with one_moment(archive) as connection:
        if wanted.node is None:
            rows = connection.execute(
                f"SELECT a.version FROM articles a {_PLACE} WHERE {wanted.where} {_BY_DAY} LIMIT ? OFFSET ?",
                (*wanted.values, limit, offset),
            )
            return [row[0] for row in rows]
        ordered = _by_rank(archive, wanted) if order == "relevance" else _by_day(archive, wanted, limit + offset)
        if wanted.checked:
            ordered = _checked(archive, wanted, ordered)
        return list(islice(ordered, offset, offset + limit))


def count(archive: Archive, wanted: Wanted) -> int:
    """How many; without conditions from the index alone."""
    with one_moment(archive) as connection:
        if wanted.node is None or wanted.conditions or wanted.checked:
            tables, where, values = hits(archive, wanted)
            return int(connection.execute(f"SELECT count(*) FROM {tables} WHERE {where}", values).fetchone()[0])
        if wanted.single:
            return _of_one_character(archive, wanted)
        sql = "SELECT count(*) FROM search_index WHERE search_index MATCH ?"
        if connection.execute(f"SELECT 1 FROM ({_REPLACED_SINCE}) LIMIT 1").fetchone():
            sql += f" AND rowid NOT IN ({_STALE} UNION ALL {_REPLACED_SINCE})"
        else:  # the table alone is looked into as it is, not copied first: half the time
            sql += f" AND rowid NOT IN ({_STALE})"
        return int(connection.execute(sql, (wanted.match,)).fetchone()[0]) + len(_fresh(archive, wanted))


def _of_one_character(archive: Archive, wanted: Wanted) -> int:
    """As it was counted when the index was filled, without what was replaced since, with what came since."""
    assert isinstance(wanted.node, Term)
    connection, folding, char = archive.connection, folding_of(archive), wanted.node.folded
    replaced = connection.execute(
        f"SELECT r.title, r.body {_SINCE} AND r.version NOT IN ({_STALE}) "
        "AND EXISTS (SELECT 1 FROM search_index f WHERE f.rowid = r.version)"
    )
    gone = sum(char in distinct(folding, title, body) for title, body in replaced)
    return holding(connection, char) - gone + len(_fresh(archive, wanted))


def hits(archive: Archive, wanted: Wanted) -> tuple[str, str, tuple[Any, ...]]:
    """Tables, condition and values of a statement over all hits: articles `a`, their sites `s`. To be run in `one_moment`."""
    if wanted.node is None:
        return f"articles a {_PLACE}", wanted.where, wanted.values
    if wanted.checked:
        found = list(_checked(archive, wanted, _all(archive, wanted)))
        return _joined("SELECT value FROM json_each(?)", (json.dumps(found),), wanted)
    return _joined(_INDEXED, (wanted.match, json.dumps(list(_fresh(archive, wanted)))), wanted)


def _joined(versions: str, values: tuple[Any, ...], wanted: Wanted) -> tuple[str, str, tuple[Any, ...]]:
    """The join with articles leaves out what is superseded. A site has few articles: they are gone through, not the hits."""
    if wanted.site is not None:
        return f"articles a {_PLACE}", f"{wanted.where} AND +a.version IN ({versions})", (*wanted.values, *values)
    tables = (
        f"(SELECT 0 AS version WHERE 0 UNION ALL {versions}) h CROSS JOIN articles a ON a.version = h.version {_PLACE}"
    )
    return tables, wanted.where, (*values, *wanted.values)


def _fresh(archive: Archive, wanted: Wanted) -> dict[int, str | None]:
    """Hits above the watermark: version → day published."""
    rows = archive.connection.execute(
        f"SELECT a.version, a.title, a.body, a.publish_date FROM articles a {_PLACE} "
        f"WHERE a.version > (SELECT watermark FROM search_state) AND {wanted.where}",
        wanted.values,
    )
    assert wanted.node is not None
    held = reader(wanted.node, folding_of(archive), exact=wanted.exact)
    return {version: day for version, title, body, day in rows if held(title or "", body)}


def _checked(archive: Archive, wanted: Wanted, versions: Iterator[int]) -> Iterator[int]:
    """Those whose text holds what the query says: as it was typed, or what an index of the small form cannot know."""
    assert wanted.node is not None
    held = reader(wanted.node, folding_of(archive), exact=wanted.exact)
    for version in versions:
        title, body = archive.connection.execute(
            "SELECT title, body FROM articles WHERE version = ?", (version,)
        ).fetchone()
        if held(title or "", body):
            yield version


def _all(archive: Archive, wanted: Wanted) -> Iterator[int]:
    """All hits by day."""
    return _in_order(archive, wanted, wanted.match, list(_fresh(archive, wanted)))


def _in_order(archive: Archive, wanted: Wanted, match: str, fresh: list[int]) -> Iterator[int]:
    tables, where, values = _joined(_INDEXED, (match, json.dumps(fresh)), wanted)
    rows = archive.connection.execute(f"SELECT a.version FROM {tables} WHERE {where} {_BY_DAY}", values)
    return (row[0] for row in rows)


def _by_rank(archive: Archive, wanted: Wanted) -> Iterator[int]:
    """The best first, by bm25, a word in the title counting ten times; what the index has not got yet comes last. Raises Failure
    `no_rank`."""
    if wanted.small:
        why = "the search index has the small form, which cannot rank"
        raise Failure("no_rank", why, hint="order by date, or make it full: govnews index --form full", exit_code=2)
    rows = archive.connection.execute(
        f"SELECT a.version FROM search_index f CROSS JOIN articles a ON a.version = f.rowid {_PLACE} "
        f"WHERE f.search_index MATCH ? AND {wanted.where} ORDER BY f.rank, a.version DESC",
        (wanted.match, *wanted.values),
    )
    return chain((row[0] for row in rows), sorted(_fresh(archive, wanted), reverse=True))


def _by_day(archive: Archive, wanted: Wanted, need: int) -> Iterator[int]:
    """Newest first; need: how many will be asked for, as far as is known."""
    if wanted.site is not None:
        return _all(archive, wanted)
    sql, execute = "SELECT rowid FROM search_index WHERE search_index MATCH ?", archive.connection.execute
    indexed = int(execute("SELECT max(watermark, 1) FROM search_state").fetchone()[0])  # about: versions have gaps
    if wanted.single:
        assert isinstance(wanted.node, Term)
        hits, dear = float(holding(archive.connection, wanted.node.folded)), READ_OF_ONE
    else:
        few = [row[0] for row in execute(f"{sql} LIMIT {FEW + 1}", (wanted.match,))]
        if len(few) <= FEW:
            return _sorted(archive, wanted, set(few))
        hits, dear = indexed * len(few) / few[-1], READ  # the lowest versions come first: as common as it is among them
    if hits and (reading := need * indexed / hits) <= NEWEST and reading * dear <= hits:
        newest = _among_newest(archive, wanted, need, int(reading * SURE))
        if len(newest) >= need:
            return iter(newest)
    if wanted.single:  # the costly part is done once, however many hits are taken
        found = {row[0] for row in execute(sql, (wanted.match,))}
        return _walk(archive, wanted, found) if len(found) > FEW else _sorted(archive, wanted, found)
    return _by_month(archive, wanted)


def _among_newest(archive: Archive, wanted: Wanted, need: int, most: int) -> list[int]:
    """The first hits among so many of the newest articles: these are read, which costs the same however many hits there are."""
    assert wanted.node is not None
    held = reader(wanted.node, folding_of(archive), exact=wanted.exact)
    rows = archive.connection.execute(
        f"SELECT a.version, {wanted.where}, a.title, a.body FROM articles a {_PLACE} WHERE a.publish_date <= ? AND a.publish_date >= ? "
        f"{_BY_DAY} LIMIT ?",
        (*wanted.values, wanted.until or "9999", wanted.since or "", most),
    )
    hits = (version for version, fits, title, body in rows if fits and held(title or "", body))
    return list(islice(hits, need))


def _sorted(archive: Archive, wanted: Wanted, found: set[int]) -> Iterator[int]:
    """Few hits, and those above the watermark, sorted."""
    versions = json.dumps([*found, *_fresh(archive, wanted)])
    tables, where, values = _joined("SELECT value FROM json_each(?)", (versions,), wanted)
    return (
        row[0] for row in archive.connection.execute(f"SELECT a.version FROM {tables} WHERE {where} {_BY_DAY}", values)
    )


def _walk(archive: Archive, wanted: Wanted, found: set[int]) -> Iterator[int]:
    """Many hits, all known: the articles from the newest, as far as is asked for."""
    found |= _fresh(archive, wanted).keys()
    rows = archive.connection.execute(
        f"SELECT a.version FROM articles a {_PLACE} WHERE {wanted.where} {_BY_DAY}", wanted.values
    )
    return (row[0] for row in rows if row[0] in found)


def _by_month(archive: Archive, wanted: Wanted) -> Iterator[int]:
    """Many hits: month by month from the newest, in ever larger steps, so that rare months cost no more than all at once."""
    fresh = _fresh(archive, wanted)
    months = _months(archive, wanted)
    size = 1
    while step := list(islice(months, size)):
        words = {month_token(month) for month in step}
        among = " AND (" + " OR ".join(f'"{word}"' for word in sorted(words)) + ")"
        these = [version for version, day in fresh.items() if month_token(day) in words]
        if wanted.dates_only:
            yield from _in_months(archive, wanted, wanted.match + among, these, step)
        else:
            yield from _in_order(archive, wanted, wanted.match + among, these)
        size *= 2


def _in_months(archive: Archive, wanted: Wanted, match: str, fresh: list[int], step: list[str | None]) -> list[int]:
    """The hits of some months, one after another, in order: the articles of these months are gone through in the index of days, which
    costs less than looking each hit up. step: a day of each month, newest first, null last."""
    execute = archive.connection.execute
    found = {row[0] for row in execute("SELECT rowid FROM search_index WHERE search_index MATCH ?", (match,))}
    found.update(fresh)
    dated = [day for day in step if day is not None]
    rows = chain(
        execute(
            f"SELECT a.version FROM articles a WHERE a.publish_date >= ? AND a.publish_date < ? AND {wanted.where} {_BY_DAY}",
            (dated[-1][:7], dated[0][:7] + "~", *wanted.values),
        )
        if dated
        else (),
        execute("SELECT version FROM articles WHERE publish_date IS NULL ORDER BY version DESC")
        if None in step
        else (),
    )
    hits = [version for (version,) in rows if version in found]
    if astray := found.difference(hits):  # superseded; or of a day that changed since, which no version should
        lost = execute(
            f"SELECT a.version FROM articles a WHERE a.version IN (SELECT value FROM json_each(?)) AND {wanted.where}",
            (json.dumps(list(astray)), *wanted.values),
        )
        hits += [row[0] for row in lost]
    return hits


def _months(archive: Archive, wanted: Wanted) -> Iterator[str | None]:
    """The months in which something was published, newest first; null, for articles without a day, last."""
    before, since = (wanted.until or "9999") + "~", wanted.since or ""
    while True:
        sql = "SELECT max(publish_date) FROM articles WHERE publish_date < ? AND publish_date >= ?"
        day = archive.connection.execute(sql, (before, since)).fetchone()[0]
        if day is None:
            break
        before = day[:7]
        yield day
    if wanted.since is None and wanted.until is None:
        yield None
