"""Bridges: an article that is no longer found at its address, and the same article at the address it was moved to.

A redesign gives every article a new address, which is a new article of its own (identity is the address). Nothing is folded: the bridge
stands beside both. It is built only for articles that were missed, or whose address now leads to the other one, and only when exactly
one article that was met later fits; what is open stays open. May import: database.py, transaction.py, the standard library.
"""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from collections.abc import Sequence

from govnews.archive.database import Archive
from govnews.archive.transaction import transaction

ALIKE = 0.6
"""Share of pairs of signs that two texts must have in common when they are not equal."""
LONG_ENOUGH = 20
"""Characters of a text (without blanks) from which equal texts say something: many a page is one picture and no word."""

_LOST = (
    "SELECT uid, title, publish_date, text_sha256, body, last_seen, url_key FROM articles a WHERE site = ?1 AND presence <> 'alive' "
    "AND NOT EXISTS (SELECT 1 FROM bridges b WHERE b.uid = a.uid) UNION "
    "SELECT a.uid, a.title, a.publish_date, a.text_sha256, a.body, a.last_seen, a.url_key FROM sightings s "
    "JOIN articles a ON a.url_key = s.target_key AND a.uid <> s.uid WHERE s.site = ?1 AND s.list_title IS NULL "
    "AND NOT EXISTS (SELECT 1 FROM bridges b WHERE b.uid = a.uid)"
)
"""What is missing and has no bridge yet; also an address that is asked for and answered by another article."""
_FITTING = (
    "SELECT uid, title, publish_date, text_sha256, body, EXISTS (SELECT 1 FROM sightings s WHERE s.target_key = ?5 AND s.uid = n.uid) "
    "AS led FROM articles n WHERE uid IN (SELECT uid FROM articles WHERE site = ?1 AND publish_date = ?4 UNION "
    "SELECT uid FROM articles WHERE text_sha256 = ?6 UNION SELECT uid FROM sightings WHERE target_key = ?5) AND +site = ?1 AND uid <> ?2 "
    "AND presence = 'alive' AND first_seen > ?3 AND NOT EXISTS (SELECT 1 FROM revisions r WHERE r.uid = n.uid AND r.first_seen <= ?3) "
    "ORDER BY uid"
)
"""Articles that were met only after the lost one was last seen and share its day or its text, or to which its address leads."""


def build_bridges(archive: Archive, sites: Sequence[str], *, now: str) -> dict[str, int]:
    """Site → bridges built from its lost articles, in one transaction. Cost: the lost ones without a bridge, each with the articles
    of its day. Raises sqlite3.Error."""
    built = defaultdict[str, int](int)
    with transaction(archive.connection):
        for site in sites:
            for uid, new_uid, evidence in _of_site(archive.connection, site):
                archive.connection.execute(
                    "INSERT OR IGNORE INTO bridges VALUES (?, ?, ?, ?)", (uid, new_uid, now, evidence)
                )
                built[site] += 1
    return dict(built)


def _of_site(connection: sqlite3.Connection, site: str) -> list[tuple[str, str, str]]:
    """(old, new, evidence). Of two old ones that lead to the same new one, neither is taken unless its address leads there."""
    found: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for lost in connection.execute(_LOST, (site,)).fetchall():
        text = lost["text_sha256"] if _says_something(lost["body"]) else None  # the empty one is that of many thousands
        values = (site, lost["uid"], lost["last_seen"], lost["publish_date"], lost["url_key"], text)
        fitting = [(row["uid"], said) for row in connection.execute(_FITTING, values) if (said := same(lost, row))]
        led = [one for one in fitting if "redirect" in one[1]]
        if len(led or fitting) == 1:
            new, evidence = (led or fitting)[0]
            found[new].append((lost["uid"], evidence))
    return [
        (old, new, evidence)
        for new, olds in found.items()
        for old, evidence in olds
        if len(olds) == 1 or "redirect" in evidence
    ]


def same(lost: sqlite3.Row, other: sqlite3.Row) -> str:
    """What two articles have in common, in words, if it is enough to be the same one; else "". Enough is two of title, day and equal
    text, the text being long enough; or title and day with a text that is much alike; or the redirect with title or text."""
    title = lost["title"] is not None and _plain(lost["title"]) == _plain(other["title"])
    day = lost["publish_date"] is not None and lost["publish_date"] == other["publish_date"]
    equal = lost["text_sha256"] == other["text_sha256"] and _says_something(lost["body"])
    led = bool(other["led"])
    like = not equal and (led or (title and day)) and alike(lost["body"], other["body"]) >= ALIKE
    enough = (equal and (title or day)) or (title and day and like) or (led and (title or equal or like))
    words = {"redirect": led, "title": title, "date": day, "text": equal, "text_like": like}
    return " ".join(word for word, holds in words.items() if holds) if enough else ""


def _says_something(text: str) -> bool:
    return len(_plain(text)) >= LONG_ENOUGH


def alike(one: str, other: str) -> float:
    """How much two texts share: pairs of signs of both over those of either, 0 to 1; two empty texts share nothing."""
    first, second = (_pairs(_plain(text)) for text in (one, other))
    return len(first & second) / len(first | second) if first and second else 0.0


def _pairs(text: str) -> set[str]:
    return {text[n : n + 2] for n in range(len(text) - 1)}


def _plain(text: str | None) -> str:
    return "".join((text or "").split())
