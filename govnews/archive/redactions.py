"""What was taken out of an archive stays out: a unit that would bring it back is stored without it.

The answer stays as a capture (that the page was there is no secret); its bytes, its text and its headline do not come in. The tables
are small and read once; a redaction holds the archive's lock, so they cannot change under a crawl. May import: model, its neighbours.
"""

from __future__ import annotations

import sqlite3
from dataclasses import replace

from govnews.archive.articles import text_digest
from govnews.archive.unit import Unit
from govnews.extraction import uid, url_key

LEAST = 20
"""Characters of a body from which on its hash stands for this text and no other: many articles of pictures have none at all."""


class Redacted:
    """The redactions of an archive, in memory."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self.connection = connection
        self.uids = {row[0] for row in connection.execute("SELECT uid FROM redactions")}
        self.hashes = {(row[0], row[1]): row[2] for row in connection.execute("SELECT * FROM redacted_hashes")}
        self._new: list[tuple[str, str, str]] = []

    def withhold(self, sha256: str, unit: Unit) -> bool:
        """Takes out of a unit what must not come back; whether its bytes must not be stored. `remember` follows, in the transaction
        of the batch."""
        if not self.uids:
            return False
        of = self._of(sha256, unit)
        unit.sightings = tuple(replace(s, list_title=None) if s.uid in self.uids else s for s in unit.sightings)
        unit.tasks = tuple(t for t in unit.tasks if not self._is_of(t.kind, t.uid, t.url))
        if of is None:
            return False
        unit.issues = ()
        if unit.article is not None and (unit.uid in self.uids or self._text(unit)):
            unit.article, unit.outcome, unit.observations = None, "none", ()
            unit.tasks = tuple(t for t in unit.tasks if t.kind != "counter")
        if sha256 and (sha256, "bytes") not in self.hashes:
            self.hashes[(sha256, "bytes")] = of
            self._new.append((sha256, "bytes", of))
        return True

    def remember(self) -> None:
        """Notes the hashes of what was withheld."""
        self.connection.executemany("INSERT OR IGNORE INTO redacted_hashes VALUES (?, ?, ?)", self._new)
        self._new.clear()

    def _of(self, sha256: str, unit: Unit) -> str | None:
        """The redaction a unit belongs to: by its address, its bytes, its text, or a row of a list that names one."""
        if unit.uid in self.uids:
            return unit.uid
        named = next((s.uid for s in unit.sightings if s.uid in self.uids and s.list_title), None)
        return self.hashes.get((sha256, "bytes")) or self._text(unit) or named

    def _text(self, unit: Unit) -> str | None:
        if unit.article is None or len(unit.article.body) < LEAST:
            return None
        return self.hashes.get((text_digest(unit.article), "text"))

    def _is_of(self, kind: str, of: str | None, url: str) -> bool:
        return of in self.uids or (kind == "article" and uid(url_key(url)) in self.uids)
