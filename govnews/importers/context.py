"""What a WARC of ours says of the runs and sites its pages belong to, brought into the archive once.

Runs keep their vantage and version, so that a page's provenance survives the journey; numbers of runs are private to a file.
May import: archive, model.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from typing import Any

from govnews.archive import Archive
from govnews.archive.travel import RUN, SITE
from govnews.model import Site


class Context:
    """One file's runs and sites. site_of: the registry's word on a site, which knows more than a file can say."""

    def __init__(self, archive: Archive, site_of: Callable[[str], Site | None]) -> None:
        self.connection = archive.connection
        self.site_of = site_of
        self._runs: dict[int, int] = {}
        self._sites: dict[str, Site | None] = {}

    def remember(self, stated: Mapping[str, Any]) -> None:
        """Takes in `{"runs": [rows], "sites": [rows]}`; what is here already is left as it is."""
        for row in stated.get("runs", ()):
            self._runs[int(row["id"])] = self._run([row.get(name) for name in RUN])
        marks = ", ".join("?" * len(SITE))
        for row in stated.get("sites", ()):
            self.connection.execute(
                f"INSERT OR IGNORE INTO sites ({', '.join(SITE)}) VALUES ({marks})", [row.get(name) for name in SITE]
            )

    def _run(self, values: list[Any]) -> int:
        same = self.connection.execute(
            "SELECT id FROM runs WHERE command = ? AND started_at = ? AND version = ? AND vantage IS ? AND settings = ?",
            (values[0], values[1], values[3], values[4], values[5]),
        ).fetchone()
        if same:
            return int(same[0])
        marks = ", ".join("?" * len(RUN))
        cursor = self.connection.execute(f"INSERT INTO runs ({', '.join(RUN)}) VALUES ({marks})", values)
        assert cursor.lastrowid is not None
        return cursor.lastrowid

    def run(self, number: int | None) -> int | None:
        """The run's number in this archive."""
        return None if number is None else self._runs.get(number)

    def site(self, id: str) -> Site | None:
        """The site of that id, by the registry, else by what the archive knows; null for pages of none."""
        if id not in self._sites:
            self._sites[id] = self._find(id) if id else None
        return self._sites[id]

    def _find(self, id: str) -> Site | None:
        if known := self.site_of(id):
            return known
        row = self.connection.execute("SELECT * FROM sites WHERE id = ?", (id,)).fetchone()
        if row is None:
            return None
        return Site(
            id,
            row["name"],
            row["home"] or "",
            tuple(json.loads(row["hosts"])),
            division_code=row["division_code"],
            province=row["province"],
            prefecture=row["prefecture"],
            origin="archive",
        )
