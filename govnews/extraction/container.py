"""The element that holds the article's text.

One known by name (family, site layout, common ids) wins when it holds the text; else the one where prose is densest between the headline
and the first cut mark. May import: its neighbours in this room.
"""

from __future__ import annotations

from govnews.extraction.document import Block, Document
from govnews.extraction.known import Known
from govnews.extraction.layout import BODY
from govnews.extraction.words import CONTAINER_CLASSES, CONTAINER_IDS, CONTAINER_TAGS

HOLDS = 0.8
"""Share of a block's prose that one child must hold for the search to go down into it."""
LITTLE = 30
"""Characters of prose below which even a container without any is believed: its article is pictures or files."""
_CHOSEN = BODY[1:]
TRUSTED = 0.5
"""Share of the densest element's prose from which a container known by name is believed."""


def container(document: Document, sums: list[float], hints: tuple[str, ...], start: int) -> tuple[int, str]:
    """The block that holds the body, and by what it was found. sums: prose before each line, in characters. hints: `#id` and `.class`
    names of family or site, best first. start: the line below the headline."""
    blocks = document.blocks
    held = [sums[block.last] - sums[block.first] for block in blocks]
    dense = _densest(blocks, held)
    for n, b in enumerate(blocks):
        if _CHOSEN in b.classes and _CHOSEN in b.classes.split():
            return n, "site"
    little = held[dense] < LITTLE
    asked = [n for n, prose_within in enumerate(held) if little or prose_within > 0]
    for hint in hints:
        named = [n for n in asked if _is_hint(blocks[n], hint)]
        best = _fullest(document, named, held, start)
        if best is not None and (little or held[best] >= TRUSTED * held[dense]):
            return best, f"family:{hint}"
    named = [n for n in asked if _is_known(blocks[n])]
    best = _fullest(document, named, held, start)
    if best is not None and (little or held[best] >= TRUSTED * held[dense]):
        block = blocks[best]
        return best, f"container:{block.tag if block.tag in CONTAINER_TAGS else block.id or block.classes}"
    return dense, "density"


def _densest(blocks: list[Block], held: list[float]) -> int:
    """From the root down, as long as one child holds nearly all the prose. held: of each block, how much prose."""
    children: dict[int, list[int]] = {}
    for n, prose_within in enumerate(held):
        if prose_within > 0:
            children.setdefault(blocks[n].parent, []).append(n)
    here = max(children.get(-1, [0]), key=held.__getitem__, default=0)
    while held[here] > 0:
        best = max(children.get(here, ()), key=held.__getitem__, default=None)
        if (
            best is None
            or held[best] < HOLDS * held[here]
            or (blocks[best].tag in ("p", "li", "td") and blocks[best].last - blocks[best].first < 2)
        ):
            break
        here = best
    return here


def _is_hint(block: Block, hint: str) -> bool:
    if hint.startswith("#"):
        ident, name = block.id.lower(), hint[1:].lower()
        return ident.startswith(name) if name.endswith("_") else ident == name
    if hint.startswith("."):
        return hint[1:].lower() in block.classes.lower().split()
    return block.tag == hint


_IS_CONTAINER_ID = Known(lambda name: name.lower() in CONTAINER_IDS or name.lower().startswith("vsb_content"))
_ARE_CONTAINER_CLASSES = Known(lambda names: not CONTAINER_CLASSES.isdisjoint(names.lower().split()))


def _is_known(block: Block) -> bool:
    return (
        block.tag in CONTAINER_TAGS
        or _IS_CONTAINER_ID[block.id]
        or _ARE_CONTAINER_CLASSES[block.classes]
        or "正文" in block.wz
    )


def _fullest(document: Document, named: list[int], held: list[float], start: int) -> int | None:
    """Of several known containers (nested, repeated, one in the foot) the innermost that has nearly all the prose; without any
    prose the first below the headline that shows pictures, frames or files."""
    if not named:
        return None
    most = max(held[n] for n in named)
    if most > 0:
        return max(n for n in named if held[n] >= 0.9 * most)
    media = [m.block for m in document.images] + [m.block for m in (*document.frames, *document.links)]
    for n in named:
        if document.blocks[n].first >= start and any(document.inside(block, n) for block in media):
            return n
    return None
