"""Imports without what they drag along. May import: the standard library."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def without(*names: str) -> Iterator[None]:
    """What is imported in the block finds none of these packages, as if they were not installed; those already imported stay.

    sqlite-utils imports pandas and numpy wherever they are, half a second of every command, to take values of theirs, which nobody
    hands it in a process of ours."""
    hidden = [name for name in names if name not in sys.modules]
    sys.modules.update(dict.fromkeys(hidden))  # type: ignore[arg-type]  # null: Python's word for "not to be had"
    try:
        yield
    finally:
        for name in hidden:
            del sys.modules[name]
