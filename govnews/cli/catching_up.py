"""The search index before a command reads: filled when it is far behind. May import: archive, model, its neighbours in this room."""

from __future__ import annotations

import contextlib
from pathlib import Path

from govnews.archive import held_archive, open_archive
from govnews.archive.search.index import lag, update_index
from govnews.cli import show
from govnews.model import Failure

MANY = 500
"""Articles above the watermark for which the index is filled first: reading them would take longer than a tenth of a second."""


def catch_up(db: Path) -> None:
    """Fills the index when many articles are not in it yet, the archive can be written and nobody else is at it; else those
    articles are read one by one, which only takes longer."""
    with contextlib.suppress(Failure):
        with open_archive(db, read_only=True) as archive:
            behind = lag(archive) if archive.has("search_state") else MANY
        if behind >= MANY:
            with held_archive(db) as archive:
                show.say(f"indexing {lag(archive)} articles …")
                update_index(archive)
