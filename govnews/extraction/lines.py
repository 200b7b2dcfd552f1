"""A tree to lines: what a reader sees, top to bottom, with just enough of the markup to judge it.

One pass over the tree makes a Document: metas, lines, blocks (elements that hold lines), images and links. Everything else works
on that.

May import: model, text, lxml, its neighbours in this room, the standard library.
"""

from __future__ import annotations

import re
from functools import lru_cache

from lxml import etree
from lxml.etree import _Element

from govnews.extraction.document import Block, Document, Image, Line, Link
from govnews.extraction.markup import DEEPEST
from govnews.extraction.written import written

_SKIP = frozenset("head xml script style noscript template select option textarea svg math canvas button".split())
_MEDIA = frozenset("iframe embed object video audio source".split())
_BREAK = frozenset(
    "address article aside blockquote body br center dd details div dl dt fieldset figcaption figure footer form h1 h2 h3 h4 h5 h6 "
    "header hr html legend li main nav ol p pre section summary table tbody tfoot thead tr ul caption iframe".split()
)
_BLOCK = (_BREAK - {"br", "hr", "iframe"}) | {"td", "th", "ucapcontent", "founder-content"}
_HEADINGS = {f"h{n}": n for n in range(1, 7)}
_TITLE_HINT = re.compile(
    r"title|biaoti|headline|(?:^|[-_\s])(?:\w*tit|\w*_bt|bt|wzbt|xlbt)(?:$|[-_\s\d])", re.IGNORECASE
)
_NO_HINT = re.compile(
    r"sub[-_]?tit|(?:^|[-_\s])fu?[-_]?(?:tit|bt)|second[-_]?tit|yinti|pre[-_]?tit|vice", re.IGNORECASE
)
"""Names of the lines above and below a headline."""
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_BLANKS = re.compile("[ \t\r\n\f\v]+")
_PLAYERS = frozenset(("video", "audio", "object"))
"""What stands inside them is for browsers that cannot play (您的浏览器不支持…)."""
_SPECIAL = frozenset({"a", "br", "img", "hr", "meta", "title"}) | (_MEDIA - _PLAYERS)
_BLOCK_MARK, _LINK_MARK, _HINT_MARK, _HIDDEN_MARK = 1, 2, 4, 8
"""What an element opened, to be closed at its end."""
_SPECIAL_MARK, _SKIPPED, _WITHIN = 16, 32, 64
"""An element of `_SPECIAL`; the marks of one that shows nothing, and of those inside it."""
_KINDS: dict[object, int] = {
    **dict.fromkeys(_SPECIAL, _SPECIAL_MARK),
    **dict.fromkeys(_BLOCK, _BLOCK_MARK),
    **dict.fromkeys([*_SKIP, *_PLAYERS, etree.Comment], _SKIPPED),
}
"""Tag → what it is; an inline element is not here."""
_CELL = "\x01"
"""Stands for the border of two table cells while a line is collected; control characters never come from a parsed page."""
_IMAGE_SOURCES = ("orisrc", "data-original", "data-src", "oldsrc", "_src", "src")
_LARGEST_CELL = 6
"""Paragraphs in one cell from which a table is page layout and not data."""
_LARGEST_TITLE = 3
"""Lines an element named like a title may hold; a larger one is a whole article box of that name."""


def from_tree(root: _Element, *, hidden: bool = False) -> Document:
    """The lines of a tree. `hidden`: read hidden elements as if they were shown (pages whose text a script reveals)."""
    return _Reader(root, hidden).document


@lru_cache(maxsize=4096)
def _is_hint(name: str) -> bool:
    return _TITLE_HINT.search(name) is not None and _NO_HINT.search(name) is None


@lru_cache(maxsize=4096)
def _is_hiding(style: str) -> bool:
    return _HIDDEN.search(style) is not None


class _Reader:
    """The one pass. A class only for the state of the line being collected."""

    def __init__(self, root: _Element, show_hidden: bool) -> None:
        self.document = Document()
        self.blocks, self.lines = self.document.blocks, self.document.lines
        self.show_hidden = show_hidden
        self.buffer: list[str] = []
        self.linked = 0
        self.heading = 0
        self.hint = 0
        self.hinted = False
        self.listed = 0
        self.hidden = 0
        self.cells: list[bool] = []
        """Of each table around: whether it holds data. in_cell: the innermost does."""
        self.in_cell = False
        self.stack: list[int] = []
        self.link: list[str] | None = None
        self._walk(root)

    def _walk(self, root: _Element) -> None:
        """Each element leaves a mark of what it opened for its end; text is collected in between.

        `iter` costs a sixth of iterwalk and tells no ends: whatever is open and not the parent of the next element has ended.
        """
        opened: list[_Element] = []
        marks = [0]
        deepest = 0
        for element in root.iter():
            parent = element.getparent()
            while opened and opened[-1] is not parent:
                self._end(opened.pop(), marks.pop())
            tag = element.tag
            kind = _KINDS.get(tag, 0)
            if marks[-1] >= _SKIPPED:
                mark = _WITHIN
            elif kind >= _SKIPPED:
                mark = kind
                self._skip(element)
            else:
                mark = self._open(element, tag, kind)
                if len(marks) > deepest:
                    deepest = len(marks)
                if (text := element.text) and (self.buffer or not text.isspace()):
                    if not kind and self.buffer and text[0].isdigit() and self._is_field(element):
                        self.buffer.append(" ")
                    self._text(text)
            opened.append(element)
            marks.append(mark)
        while opened:
            self._end(opened.pop(), marks.pop())
        if self.buffer:
            self._flush()
        self.document.too_deep = deepest >= DEEPEST

    def _is_field(self, element: _Element) -> bool:
        """Whether a figure begins a field of its own behind another figure: its element or the one before has a name or floats.
        Editors cut numbers and dates into elements too, but leave those without names."""
        if not self.buffer[-1][-1:].isdigit():
            return False
        before = element.getprevious()
        return any(
            e.get("class") or e.get("id") or "float" in (e.get("style") or "")
            for e in (element, before)
            if e is not None and isinstance(e.tag, str)
        )

    def _end(self, element: _Element, mark: int) -> None:
        if mark == _WITHIN:
            return
        if mark:
            self._close(element, mark)
        if (text := element.tail) and (self.buffer or not text.isspace()):
            self._text(text)

    def _skip(self, element: _Element) -> None:
        """What is read of an element that shows nothing."""
        if element.tag == "head":
            for inner in element.iter("meta", "title"):
                self._meta(inner)
        elif element.tag in _PLAYERS:
            for inner in element.iter(*_MEDIA):
                self._media(inner)
        elif element.tag == "script" and element.text and (text := written(element.text)):
            self._text(text)

    def _meta(self, element: _Element) -> None:
        if element.tag == "title":
            if text := " ".join("".join(map(str, element.itertext())).split()):
                self.document.titles.append(text)
            return
        name = element.get("name") or element.get("property") or element.get("itemprop")
        content = element.get("content")
        if name and content and content.strip():
            self.document.metas.setdefault(name.strip().lower(), []).append(content.strip())

    def _open(self, element: _Element, tag: str, kind: int) -> int:
        """Begins an element; gives its mark."""
        mark = kind & _BLOCK_MARK
        if mark:
            if self.in_cell or tag == "table":
                self._break(element, tag)
            elif self.buffer:
                self._flush()
        elif kind:
            mark = self._special(element, tag)
        ident = name = wz = ""
        key: str
        value: str
        for key, value in element.items():  # type: ignore[assignment]
            if key == "class":
                name = value
            elif key == "id":
                ident = value
            elif key == "style":
                if _is_hiding(value):
                    mark |= _HIDDEN_MARK
            elif key == "wzades":
                wz = value
            elif key == "hidden" and kind & _BLOCK_MARK:
                mark |= _HIDDEN_MARK
        if (name and _is_hint(name)) or (ident and (kind & _BLOCK_MARK or not name) and _is_hint(ident)):
            mark |= _HINT_MARK
            self.hint += 1
            self.hinted = True
        if mark & _HIDDEN_MARK:
            if self.buffer:
                self._flush()
            self.hidden += 1
        if kind & _BLOCK_MARK:
            blocks, stack = self.blocks, self.stack
            here, index = len(self.lines), len(blocks)
            blocks.append(Block(tag, ident, name, stack[-1] if stack else -1, wz, here, here, index))
            stack.append(index)
            if tag == "li":
                self.listed += 1
            elif tag in _HEADINGS:
                self.heading = _HEADINGS[tag]
        return mark

    def _special(self, element: _Element, tag: str) -> int:
        """Elements that hold no lines but mean something."""
        if tag == "a" and element.get("href") is None:
            return 0  # an anchor of an editor: its text is not linked
        if tag == "a":
            self.link = []
            return _LINK_MARK
        if tag == "br":
            if self.in_cell:
                self.buffer.append(" ")
            elif self.buffer:
                self._flush()
        elif tag == "img":
            self._image(element)
        elif tag == "hr":
            if self.buffer:
                self._flush()
        elif tag in _MEDIA:
            self._media(element)
        else:
            self._meta(element)
        return 0

    def _break(self, element: _Element, tag: str) -> None:
        """What a block does to the line before it where tables are: a row of data goes on over its cells."""
        if tag == "table":
            if self.buffer:
                self._flush()
            self.cells.append(_is_data(element))
            self.in_cell = self.cells[-1]
        elif tag in ("td", "th"):
            if any(not part.isspace() for part in self.buffer):
                self.buffer.append(_CELL)
        elif tag not in ("tr", "tbody", "thead", "tfoot", "caption"):
            self.buffer.append(" ")
        elif self.buffer:
            self._flush()

    def _close(self, element: _Element, mark: int) -> None:
        if mark & _BLOCK_MARK:
            self._close_block(element.tag, mark)
            return
        if mark & _LINK_MARK and self.link is not None:
            self._close_link(element, self.link)
        if mark & _HINT_MARK:
            self.hint -= 1
        if mark & _HIDDEN_MARK:
            if self.buffer:
                self._flush()
            self.hidden -= 1

    def _close_link(self, element: _Element, pieces: list[str]) -> None:
        self.link = None
        href = element.get("href")
        if href and not self.hidden:
            block = self.stack[-1] if self.stack else 0
            link = Link(href, pieces, block, len(self.document.lines), element.get("title") or "")
            self.document.links.append(link)

    def _close_block(self, tag: str, mark: int) -> None:
        if not self.in_cell or tag in ("tr", "table", "caption"):
            if self.buffer:
                self._flush()
        elif tag not in ("td", "th"):
            self.buffer.append(" ")
        block = self.blocks[self.stack.pop()]
        block.last = len(self.lines)
        block.end = len(self.blocks) - 1
        if tag == "li":
            self.listed -= 1
        elif tag == "table":
            self.cells.pop()
            self.in_cell = bool(self.cells) and self.cells[-1]
        elif tag in _HEADINGS:
            self.heading = 0
        if mark == _BLOCK_MARK:
            return
        if mark & _HINT_MARK:
            self.hint -= 1
            self.hinted = self.hint > 0
            if block.last - block.first > _LARGEST_TITLE:
                for line in self.lines[block.first :]:
                    line.hint = False
        if mark & _HIDDEN_MARK:
            self.hidden -= 1

    def _text(self, text: str) -> None:
        if text.isspace():
            if self.buffer:
                self.buffer.append(text)
            return
        self.buffer.append(text)
        if self.link is not None:
            self.linked += len(text.strip())
            self.link.append(text)

    def _flush(self) -> None:
        """Ends the line."""
        text = "".join(self.buffer)
        self.buffer.clear()
        linked, hinted = self.linked, self.hinted
        self.linked, self.hinted = 0, self.hint > 0
        if "\xa0" in text or "\u3000" in text:
            text = _BLANKS.sub(" ", text).replace("\xa0", " ").strip(" \u3000")
        else:
            text = " ".join(text.split())
        if _CELL in text:
            text = "\t".join(cell.strip(" \u3000") for cell in text.split(_CELL))
        if not text or text.isspace():
            return
        block = self.stack[-1] if self.stack else 0
        line = Line(text, block, self.heading, hinted, min(linked, len(text)), self.listed > 0)
        (self.document.hidden if self.hidden and not self.show_hidden else self.lines).append(line)

    def _image(self, element: _Element) -> None:
        if self.hidden and not self.show_hidden:
            return
        src = next((value for name in _IMAGE_SOURCES if (value := element.get(name))), None)
        if src:
            block = self.stack[-1] if self.stack else 0
            alt = element.get("alt") or element.get("title") or ""
            self.document.images.append(Image(src.strip(), alt, block, len(self.document.lines)))

    def _media(self, element: _Element) -> None:
        if element.tag == "iframe" and self.buffer:
            self._flush()
        src = element.get("src") or element.get("data")
        if src and not (self.hidden and not self.show_hidden):
            block = self.stack[-1] if self.stack else 0
            link = Link(src.strip(), [], block, len(self.document.lines), element.get("title") or "")
            self.document.frames.append(link)


def _is_data(table: _Element) -> bool:
    """Whether a table holds data (its rows are lines) or only lays out the page (its cells are blocks)."""
    if next(table.iterdescendants("table"), None) is not None:
        return False
    if next(table.iterdescendants("h1", "h2", "h3", "form", "ul", "iframe"), None) is not None:
        return False
    widest = 0
    for row in table.iterdescendants("tr"):
        cells = 0
        for cell in row:
            if cell.tag in ("td", "th"):
                cells += 1
                if len(cell) > _LARGEST_CELL and sum(child.tag in ("p", "div", "br") for child in cell) > _LARGEST_CELL:
                    return False
        widest = max(widest, cells)
    return widest > 1
