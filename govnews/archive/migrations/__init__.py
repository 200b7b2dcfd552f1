"""Numbered migrations: one file a schema change, each a function `apply(db)`, run in order by sqlite-utils.

A released file is never edited. May import: sqlite_utils. A new change is a new file `mNNNN_what.py`.
"""

from __future__ import annotations

import importlib
import pkgutil
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sqlite_utils import Migrations

__all__ = ["known", "migrations"]


@cache
def known() -> tuple[str, ...]:
    """Names of all migrations, in order."""
    return tuple(sorted(info.name for info in pkgutil.iter_modules(__path__) if info.name.startswith("m")))


def migrations() -> Migrations:
    """The set for sqlite-utils; it keeps what was applied in table `_sqlite_migrations`."""
    from sqlite_utils import Migrations

    out = Migrations("govnews")
    for name in known():
        out(name=name)(importlib.import_module(f"{__name__}.{name}").apply)
    return out
