"""A page as its readers see it: lines from top to bottom, the elements that hold them, images, links, metas.

lines.py makes one of a tree; everything else in this room works on it. A plain-text page gives the same without blocks, so both
kinds are read by the same rules. May import: text, the standard library.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from govnews.text.folding import bare


@dataclass(slots=True)
class Line:
    """One visible line. text: blanks of the source collapsed, no-break spaces as spaces; cells of a row by tabs.

    block: index of the innermost block. heading: 1–6, or 0. hint: an element named like a title holds it.
    linked: characters inside links. listed: stands in a list item. bold: any of it is printed bold.
    """

    text: str
    block: int
    heading: int = 0
    hint: bool = False
    linked: int = 0
    listed: bool = False
    _key: str | None = None

    @property
    def key(self) -> str:
        """The text for comparing: folded, without blanks. Made once: a page's lines are judged by several rooms."""
        if self._key is None:
            self._key = bare(self.text)
        return self._key

    @property
    def size(self) -> int:
        """Characters outside links."""
        return len(self.text) - self.linked


@dataclass(slots=True)
class Block:
    """One element that can hold lines: lines[first:last]. Blocks are numbered in document order; those inside it are
    index+1 … end. name: `tag#id.class…` for matching."""

    tag: str
    id: str
    classes: str
    parent: int
    wz: str = ""
    first: int = 0
    last: int = 0
    end: int = 0


@dataclass(slots=True)
class Image:
    """An image: its address as printed, its alternative text, the block it stands in and the line it stands before."""

    src: str
    alt: str
    block: int
    line: int


@dataclass(slots=True)
class Link:
    """A link: its address as printed, the pieces of its text, the block it stands in and the line it stands on."""

    href: str
    pieces: list[str]
    block: int
    line: int
    title: str = ""

    @property
    def text(self) -> str:
        """Its text, squeezed; few links of a page are ever asked for it."""
        return " ".join("".join(self.pieces).split())


@dataclass(slots=True)
class Document:
    """A page as its readers see it. metas: lower-case name → contents in page order. hidden: lines of hidden elements.
    scripts: the inline scripts and the addresses of the others, in page order. seen: line number → what stands behind the icon of an
    eye on that line."""

    lines: list[Line] = field(default_factory=list)
    blocks: list[Block] = field(default_factory=list)
    images: list[Image] = field(default_factory=list)
    links: list[Link] = field(default_factory=list)
    frames: list[Link] = field(default_factory=list)
    metas: dict[str, list[str]] = field(default_factory=dict)
    titles: list[str] = field(default_factory=list)
    hidden: list[Line] = field(default_factory=list)
    scripts: list[str] = field(default_factory=list)
    seen: dict[int, str] = field(default_factory=dict)
    plain: bool = False
    too_deep: bool = False

    def inside(self, block: int, container: int) -> bool:
        """Whether a block is the container or within it."""
        return container <= block <= self.blocks[container].end


def from_plain(text: str) -> Document:
    """A plain-text rendering of a page: one line each, one block around all."""
    document = Document(plain=True)
    for raw in text.splitlines():
        line = raw.strip(" \t\r\u3000\u00a0")
        if line:
            document.lines.append(Line(line.replace("\u00a0", " "), 0))
    document.blocks.append(Block("body", "", "", -1, first=0, last=len(document.lines), end=0))
    return document
