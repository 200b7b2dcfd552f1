"""What an archive has learned of sites, for those who resolve a name. May import: archive, model."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from govnews.archive import learned, open_archive
from govnews.model import Failure


def known_to(db: Path) -> dict[str, dict[str, Any]]:
    """Site id → what the archive at `db` has learned (family …); nothing when there is no archive yet."""
    try:
        with open_archive(db, read_only=True) as archive:
            return learned(archive)
    except Failure as failure:
        if failure.code == "no_archive":
            return {}
        raise
