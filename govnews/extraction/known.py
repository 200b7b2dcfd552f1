"""What is known of a name, a style: pages say the same few again and again. May import: the standard library."""

from __future__ import annotations

from collections.abc import Callable

MOST = 4096
"""Names that are kept; then all are forgotten."""


class Known(dict[str, bool]):
    """A judgement of strings that is made once of each: `known[name]`. A hit costs half of what lru_cache asks."""

    def __init__(self, judge: Callable[[str], bool]) -> None:
        super().__init__()
        self._judge = judge

    def __missing__(self, said: str) -> bool:
        if len(self) >= MOST:
            self.clear()
        known = self[said] = self._judge(said)
        return known
