"""Where an element stands on a page, in a form that the next page of the same template has too: the elements from the root down.

An element is told by its tag, id and classes, and by its number among those beside it that are called the same. Figures in an id are left
out: many are the article's own. May import: its neighbours in this room.
"""

from __future__ import annotations

import re
from collections import Counter
from typing import NamedTuple

from govnews.extraction.document import Block, Document

_FIGURES = re.compile(r"\d+")

Path = tuple[str, ...]

DEEP = 64
"""Elements from the root down to the deepest place."""


def step(block: Block) -> str:
    """The name of one element: `div#zoom`, `td`, `div.main.wide`."""
    ident = f"#{_FIGURES.sub('0', block.id)}" if block.id else ""
    classes = "".join(f".{name}" for name in block.classes.split())
    return f"{block.tag}{ident}{classes}"


class Spot(NamedTuple):
    """What a page has at learned places: the block for its text, and those for what stands beside."""

    block: int
    beside: tuple[int, ...] = ()


class Places:
    """The places of a page's blocks. Cost: one look at each block."""

    def __init__(self, document: Document) -> None:
        self._blocks = document.blocks
        self._steps: list[str] = []
        self._depths: list[int] = []
        self._at: dict[tuple[int, str], int] = {}
        seen: Counter[tuple[int, str]] = Counter()
        for n, block in enumerate(document.blocks):
            key = block.parent, step(block)
            seen[key] += 1
            name = key[1] if seen[key] == 1 else f"{key[1]}[{seen[key]}]"
            self._steps.append(name)
            self._depths.append(self._depths[block.parent] + 1 if block.parent >= 0 else 1)
            self._at[block.parent, name] = n

    def path(self, block: int) -> Path:
        """The place of a block; () for one that is nested too deep."""
        if self._depths[block] > DEEP:
            return ()
        out = []
        while block >= 0:
            out.append(self._steps[block])
            block = self._blocks[block].parent
        return tuple(reversed(out))

    def find(self, path: Path) -> int | None:
        """The block at a place; null when nothing stands there, and for no path at all."""
        here = -1
        for name in path:
            found = self._at.get((here, name))
            if found is None:
                return None
            here = found
        return here if path else None
