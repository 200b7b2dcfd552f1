"""The element that holds the article's text.

One known by name (family, site layout, common ids) wins when it holds the text; else the one in which the site was learned to put it
(learning.py); else the one where prose is densest between the headline and the first cut mark. May import: its neighbours in this room.
"""

from __future__ import annotations

from govnews.extraction.document import Block, Document
from govnews.extraction.known import Known
from govnews.extraction.layout import BODY
from govnews.extraction.places import Spot, step
from govnews.extraction.words import CONTAINER_CLASSES, CONTAINER_IDS, CONTAINER_TAGS, EDITOR_CLASSES

HOLDS = 0.8
"""Share of a block's prose that one child must hold for the search to go down into it."""
LITTLE = 30
"""Characters of prose below which even a container without any is believed: its article is pictures or files."""
LEARNED = "layout:"
"""How the way begins in which a body at the learned place was found. It is looked through for furniture as the densest element is."""
MOSTLY = 0.6
"""Share of the prose of the container around it from which an editor's own block is the text: the rest is of the template."""
_CHOSEN = BODY[1:]
TRUSTED = 0.5
"""Share of the densest element's prose from which a container known by name is believed."""


def container(
    document: Document, sums: list[float], hints: tuple[str, ...], start: int, learned: Spot | None = None
) -> tuple[int, str]:
    """The block that holds the body, and by what it was found. sums: prose before each line, in characters. hints: `#id` and `.class`
    names of family or site, best first. start: the line below the headline. learned: what stands at the learned places, or null."""
    blocks = document.blocks
    held = [sums[block.last] - sums[block.first] for block in blocks]
    dense = densest(document, held)
    for n, b in enumerate(blocks):
        if _CHOSEN in b.classes and _CHOSEN in b.classes.split():
            return n, "site"
    place = learned.block if learned and _accounts(learned, held, sums[-1]) else None
    little = held[dense] < LITTLE
    asked = [n for n, prose_within in enumerate(held) if little or prose_within > 0]
    for hint in hints:
        named = [n for n in asked if _is_hint(blocks[n], hint)]
        best = _fullest(document, named, held, start)
        if best is not None and (little or held[best] >= TRUSTED * held[dense]):
            return best, f"family:{hint}"
    named = [n for n in asked if _is_known(blocks[n])]
    best = _fullest(document, named, held, start)
    if (
        best is not None
        and (little or held[best] >= TRUSTED * held[dense])
        and not _is_wrapper(blocks, best, start, place)
    ):
        block = blocks[best]
        return best, f"container:{block.tag if block.tag in CONTAINER_TAGS else block.id or block.classes}"
    if place is not None and not document.inside(dense, place):
        return place, f"{LEARNED}{step(blocks[place])}"
    return dense, "density"


def _accounts(learned: Spot, held: list[float], total: float) -> bool:
    """Whether the learned places account for what a page says: more text at a place that nobody knows is another kind of page."""
    text = held[learned.block]
    return total - text - sum(held[n] for n in learned.beside) <= max(LITTLE, text)


def _is_wrapper(blocks: list[Block], named: int, start: int, learned: int | None) -> bool:
    """Whether a container of a common name holds the headline too, and inside it there is the place where the site puts its texts."""
    if learned is None or not named < learned <= blocks[named].end:
        return False
    return blocks[named].first < start <= blocks[named].last and blocks[learned].first >= start


def densest(document: Document, held: list[float]) -> int:
    """From the root down, as long as one child holds nearly all the prose and is more than a piece of the text: a table of data, or
    one long paragraph among its likes. held: of each block, how much prose."""
    blocks = document.blocks
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
            or _is_piece(document, best, children[here])
        ):
            break
        here = best
    return here


def _is_piece(document: Document, n: int, among: list[int]) -> bool:
    """Whether a block is a table of data beside other text, or a single line among single lines in blocks of the same kind."""
    blocks = document.blocks
    block = blocks[n]
    size = block.last - block.first
    if len(among) < 2:
        return False
    if block.tag == "table":
        rows = sum("\t" in line.text and not line.linked for line in document.lines[block.first : block.last])
        return size >= 2 and rows >= HOLDS * size
    likes = [blocks[m] for m in among if m != n and (blocks[m].tag, blocks[m].classes) == (block.tag, block.classes)]
    return size < 2 and bool(likes) and all(like.last - like.first < 2 for like in likes)


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


def _is_editor(block: Block) -> bool:
    return bool(block.classes) and not EDITOR_CLASSES.isdisjoint(block.classes.lower().split())


def _fullest(document: Document, named: list[int], held: list[float], start: int) -> int | None:
    """Of several known containers (nested, repeated, one in the foot) the innermost that has nearly all the prose; without any
    prose the first below the headline that shows pictures, frames or files."""
    if not named:
        return None
    most = max(held[n] for n in named)
    if most > 0:
        best = max(n for n in named if held[n] >= 0.9 * most)
        within = [n for n in named if best < n <= document.blocks[best].end and held[n] >= MOSTLY * held[best]]
        return max((n for n in within if _is_editor(document.blocks[n])), default=best)
    media = [m.block for m in document.images] + [m.block for m in (*document.frames, *document.links)]
    for n in named:
        if document.blocks[n].first >= start and any(document.inside(block, n) for block in media):
            return n
    return None
