"""One article into the archive: new, changed or the same; the old values go to revisions, nothing is overwritten unseen.

May import: model, its neighbours in this room.
"""

from __future__ import annotations

import hashlib
import json
import sqlite3
from collections.abc import Callable
from functools import partial
from operator import attrgetter
from typing import Any

from govnews.archive.presence import judge
from govnews.archive.unit import Outcome, Unit
from govnews.model import Article

VERSIONED = ("title", "publish_time", "source", "body")
"""The fields whose change makes a version; everything else is furniture (DESIGN §5, Versions)."""

FIELDS = (
    "title publish_time publish_time_precision publish_date source view_count view_count_state body author editor section issuer "
    "document_number index_number keywords flags via title_raw publish_time_raw source_raw view_count_raw"
).split()
_FIELDS_OF = attrgetter(*FIELDS)
_IN_JSON = (FIELDS.index("flags"), FIELDS.index("via"))
_COLUMNS = (
    "uid version site url url_key presence presence_since first_seen last_seen fetched_at sha256 text_sha256 family extractor view_count_at"
).split()
_INSERT = (
    f"INSERT INTO articles ({', '.join(_COLUMNS + FIELDS)}) VALUES ({', '.join('?' * (len(_COLUMNS) + len(FIELDS)))})"
)
_KEPT = (
    "version, uid, cause, extractor, first_seen, last_seen, fetched_at, " + ", ".join(FIELDS) + ", sha256, text_sha256"
)
_RETIRE = (
    f"INSERT INTO revisions ({_KEPT}) SELECT version, uid, ?, extractor, first_seen, last_seen, fetched_at, {', '.join(FIELDS)}, "
    "sha256, text_sha256 FROM articles WHERE uid = ?"
)
_OF_THE_PAGE = [f for f in FIELDS if f != "view_count"]
"""What the newest capture rules. The view count goes by the newest observation, which may be a counter's."""
_RESTS_ON = (
    "UPDATE articles SET fetched_at = :at, sha256 = :sha256, text_sha256 = :text_sha256, family = :family, extractor = :extractor, "
    "presence = iif(presence_since > :at, presence, 'alive'), presence_since = iif(presence_since > :at, presence_since, NULL), "
    + ", ".join(f"{f} = :{f}" for f in _OF_THE_PAGE)
    + " WHERE uid = :uid"
)
_BEGINS = "UPDATE articles SET version = ?, site = ?, url = ?, first_seen = ?, last_seen = ? WHERE uid = ?"

_LINK = {
    table: f"INSERT INTO {table} (uid, position, url, text) VALUES (?, ?, ?, ?)" for table in ("images", "attachments")
}
_OBSERVE = (
    "INSERT OR IGNORE INTO view_observations SELECT ?1, ?2, ?3, ?4, ?5, ?6 WHERE NOT EXISTS (SELECT 1 FROM view_observations "
    "WHERE uid = ?1 AND observed_at = ?2 AND method = ?3 AND sha256 = ?6)"
)
_CARRY = (
    "UPDATE articles SET view_count = ?1, view_count_at = ?2 WHERE uid = ?3 "
    "AND (coalesce(view_count_at, ''), coalesce(view_count, -1)) <= (?2, ?1)"
)


def text_digest(article: Article) -> str:
    """SHA-256 of the body without any blank: equal texts under several addresses share it."""
    return hashlib.sha256("".join(article.body.split()).encode("utf-8", "surrogatepass")).hexdigest()


as_json = json.JSONEncoder(ensure_ascii=False).encode
"""JSON as it stands in columns."""


def values(article: Article) -> list[Any]:
    """The article's fields as columns, in the order of FIELDS."""
    row = list(_FIELDS_OF(article))
    for place in _IN_JSON:
        row[place] = as_json(row[place])
    return row


def next_version(connection: sqlite3.Connection) -> int:
    """A number never given before in this file, also after rows were removed. The caller's transaction ends with
    `sweep_versions`; until then the numbers it took stand in a table."""
    version = connection.execute("INSERT INTO version_sequence DEFAULT VALUES").lastrowid
    assert version is not None
    return version


class Versions:
    """Numbers for the many new states of one transaction: the first is taken from the table, the rest follow it; `close`, before
    the commit, makes SQLite remember the last. Nobody else may take numbers in that transaction."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self._last: int | None = None

    def next(self) -> int:
        """A number never given before in this file."""
        self._last = next_version(self._connection) if self._last is None else self._last + 1
        return self._last

    def close(self) -> None:
        """To be called at the end of the transaction."""
        if self._last is not None:
            self._connection.execute("INSERT OR IGNORE INTO version_sequence VALUES (?)", (self._last,))
            sweep_versions(self._connection)


def sweep_versions(connection: sqlite3.Connection) -> None:
    """Empties the table of numbers; SQLite remembers the highest."""
    connection.execute("DELETE FROM version_sequence")


def seen_unchanged(connection: sqlite3.Connection, uid: str, at: str) -> bool:
    """The server says that the article is as it was (304): seen at that moment, and alive. Whether there is such an article."""
    cursor = connection.execute(
        "UPDATE articles SET last_seen = max(last_seen, :at), presence = iif(presence_since > :at, presence, 'alive'), "
        "presence_since = iif(presence_since > :at, presence_since, NULL) WHERE uid = :uid",
        {"uid": uid, "at": at},
    )
    return cursor.rowcount > 0


def store_article(
    connection: sqlite3.Connection, unit: Unit, sha256: str, number: Callable[[], int], *, known: bool = False
) -> Outcome:
    """Writes the unit's article. number: gives the version of a new state. known: this very capture was stored before and changes
    nothing, also if another extractor reads it differently now (`reextract` has its own cause). A capture older than the one the
    article rests on never replaces it: it becomes a revision, or only widens the time in which the present version was seen."""
    article, at = unit.article, unit.page.fetched_at
    assert article is not None
    row = connection.execute(
        "SELECT version, title, publish_time, source, body, first_seen, last_seen, fetched_at, sha256 FROM articles WHERE uid = ?",
        (unit.uid,),
    ).fetchone()
    if row is None:
        _insert(connection, unit, sha256, number())
        return "new"
    if known:
        return "same"
    same = all(row[name] == getattr(article, name) for name in VERSIONED)
    if same:
        outcome: Outcome = "same"
        connection.execute(
            "UPDATE articles SET last_seen = max(last_seen, ?1), first_seen = min(first_seen, ?1) WHERE uid = ?2",
            (at, unit.uid),
        )
        if at > row["fetched_at"]:
            _rest_on(connection, unit, sha256)
    elif at < row["fetched_at"]:
        outcome = _older(connection, unit, sha256, number)
    else:
        outcome = "changed"
        connection.execute(_RETIRE, ("site", unit.uid))
        connection.execute(_BEGINS, (number(), unit.page.site, unit.page.url, at, at, unit.uid))
        _rest_on(connection, unit, sha256)
    _inline_count(connection, unit, sha256)
    return outcome


def reread(connection: sqlite3.Connection, unit: Unit, sha256: str) -> None:
    """The article as another extractor reads the bytes it rests on. What is versioned and differs makes a revision of cause
    `extractor`; times of sight, presence and counts are the site's and stay. A page that had no article gets one, of all its
    captures."""
    article = unit.article
    assert article is not None
    row = connection.execute(
        "SELECT title, publish_time, source, body, fetched_at, sha256 FROM articles WHERE uid = ?", (unit.uid,)
    ).fetchone()
    if row is None or (row["fetched_at"], row["sha256"]) != (unit.page.fetched_at, sha256):
        store_article(connection, unit, sha256, partial(next_version, connection))
        connection.execute(
            "UPDATE captures SET kind = ? WHERE url_key = ? AND fetched_at = ? AND sha256 = ?",
            (unit.kind, unit.key, unit.page.fetched_at, sha256),
        )
        judge(connection, unit.uid)
        return
    if any(row[name] != getattr(article, name) for name in VERSIONED):
        connection.execute(_RETIRE, ("extractor", unit.uid))
        connection.execute("UPDATE articles SET version = ? WHERE uid = ?", (next_version(connection), unit.uid))
    _rest_on(connection, unit, sha256)


def _insert(connection: sqlite3.Connection, unit: Unit, sha256: str, version: int) -> None:
    """A new article with what hangs on it; its row holds the count of the page from the start."""
    article, page = unit.article, unit.page
    assert article is not None
    own = [
        unit.uid,
        version,
        page.site,
        page.url,
        unit.key,
        "alive",
        None,
        page.fetched_at,
        page.fetched_at,
        page.fetched_at,
        sha256,
        text_digest(article),
        unit.family,
        unit.extractor,
        None if article.view_count is None else page.fetched_at,
    ]
    connection.execute(_INSERT, own + values(article))
    _link(connection, unit.uid, article)
    if article.view_count is not None:
        connection.execute(_OBSERVE, _inline(unit, article, sha256))


def _rest_on(connection: sqlite3.Connection, unit: Unit, sha256: str) -> None:
    """The article as a newer capture has it: furniture too, so that the row is what the bytes it names say. A page that was
    missed after that capture stays missed."""
    article = unit.article
    assert article is not None
    own = {
        "uid": unit.uid,
        "at": unit.page.fetched_at,
        "sha256": sha256,
        "text_sha256": text_digest(article),
        "family": unit.family,
        "extractor": unit.extractor,
    }
    connection.execute(_RESTS_ON, {**own, **dict(zip(FIELDS, values(article), strict=True))})
    _links(connection, unit.uid, article)


def _older(connection: sqlite3.Connection, unit: Unit, sha256: str, number: Callable[[], int]) -> Outcome:
    """An older state that differs: kept once as a revision of its own."""
    article, at = unit.article, unit.page.fetched_at
    assert article is not None
    known = connection.execute(
        "SELECT version, title, publish_time, source, body FROM revisions WHERE uid = ?", (unit.uid,)
    ).fetchall()
    for row in known:
        if all(row[name] == getattr(article, name) for name in VERSIONED):
            connection.execute(
                "UPDATE revisions SET first_seen = min(first_seen, ?), last_seen = max(last_seen, ?) WHERE version = ?",
                (at, at, row["version"]),
            )
            return "same"
    marks = ", ".join("?" * (len(FIELDS) + 9))
    own = [number(), unit.uid, "site", unit.extractor, at, at, at]
    connection.execute(
        f"INSERT INTO revisions ({_KEPT}) VALUES ({marks})", [*own, *values(article), sha256, text_digest(article)]
    )
    return "changed"


def _links(connection: sqlite3.Connection, uid: str, article: Article) -> None:
    """Pictures and files as the newest capture has them."""
    for table in _LINK:
        connection.execute(f"DELETE FROM {table} WHERE uid = ?", (uid,))
    _link(connection, uid, article)


def _link(connection: sqlite3.Connection, uid: str, article: Article) -> None:
    for table, insert in _LINK.items():
        if links := getattr(article, table):
            connection.executemany(insert, [(uid, n, link["url"], link["text"]) for n, link in enumerate(links)])


def _inline(unit: Unit, article: Article, sha256: str) -> tuple[Any, ...]:
    return (unit.uid, unit.page.fetched_at, "inline", article.view_count, "approximate" in article.flags, sha256)


def _inline_count(connection: sqlite3.Connection, unit: Unit, sha256: str) -> None:
    """A number printed on the page is an observation like any other."""
    article = unit.article
    assert article is not None
    if article.view_count is not None:
        observe(connection, *_inline(unit, article, sha256))


def observe(
    connection: sqlite3.Connection, uid: str, at: str, method: str, value: int, approximate: bool, sha256: str
) -> None:
    """A count at a moment; the article carries the newest one, of two in one second the greater. The same bytes of one second are
    one observation, also when another version reads another number from them."""
    connection.execute(_OBSERVE, (uid, at, method, value, approximate, sha256))
    connection.execute(_CARRY, (value, at, uid))
