"""A page to lines: what a reader sees, top to bottom, with just enough of the markup to judge it.

One pass makes a Document: metas, lines, blocks (elements that hold lines), images, links and scripts. Everything else works on that.
The parser calls the pass as it goes and no tree is made: asking the elements of a tree for their names, texts and attributes cost
as much as the pass itself.

May import: model, text, lxml, its neighbours in this room, the standard library.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache

from lxml import etree
from lxml.etree import _Element

from govnews.extraction.document import Block, Document, Image, Line, Link
from govnews.extraction.markup import DEEPEST, feed
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
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_BLANKS = re.compile("[ \t\r\n\f\v]+")
_SPECIAL = frozenset({"a", "br", "img", "hr", "meta", "title"}) | _MEDIA
_BLOCK_MARK, _LINK_MARK, _HINT_MARK, _HIDDEN_MARK = 1, 2, 4, 8
"""What an element opened, to be closed at its end."""
_TITLE_MARK, _SPECIAL_MARK, _SKIPPED = 16, 32, 64
"""A title in the body; an element of `_SPECIAL`; one that shows nothing."""
_KINDS: dict[str, int] = {
    **dict.fromkeys(_SPECIAL, _SPECIAL_MARK),
    **dict.fromkeys(_BLOCK, _BLOCK_MARK),
    **dict.fromkeys(_SKIP, _SKIPPED),
}
"""Tag → what it is; an inline element is not here."""
_CELL = "\x01"
"""Stands for the border of two table cells while a line is collected; control characters never come from a parsed page."""
_IMAGE_SOURCES = ("orisrc", "data-original", "data-src", "oldsrc", "_src", "src")
_Event = tuple[int, str, Mapping[str, str]]
"""What is held of a table: what happens, the tag or text, the attributes."""
_START, _END, _TEXT = range(3)
_NONE: Mapping[str, str] = {}
_NO_DATA = frozenset("table h1 h2 h3 form ul iframe".split())
"""A table that holds one of these lays out the page."""
_LARGEST_CELL = 6
"""Paragraphs in one cell from which a table is page layout and not data."""
_LARGEST_TITLE = 3
"""Lines an element named like a title may hold; a larger one is a whole article box of that name."""


def from_bytes(html: bytes, *, hidden: bool = False) -> Document:
    """The lines of a page in UTF-8; none of one that is no markup at all. Never raises. `hidden`: read hidden elements as if they
    were shown (pages whose text a script reveals)."""
    reader = _Reader(hidden)
    try:
        feed(html, reader)
    except _TooDeepError:
        reader.document.too_deep = True
    return reader.finish()


def from_tree(root: _Element, *, hidden: bool = False) -> Document:
    """The same of a tree, told to the pass as a parser would."""
    reader = _Reader(hidden)
    for event, element in etree.iterwalk(root, events=("start", "end", "comment")):
        if event == "start":
            reader.start(element.tag, dict(element.items()))
            text = element.text
        else:
            reader.end(element.tag) if event == "end" else reader.comment("")
            text = element.tail
        if text:
            reader.data(text)
    return reader.finish()


class _TooDeepError(Exception):
    """Ends a parse that would go on for ever: its cost grows with the square of the depth."""


@lru_cache(maxsize=4096)
def _is_hint(name: str) -> bool:
    return _TITLE_HINT.search(name) is not None


@lru_cache(maxsize=4096)
def _is_hiding(style: str) -> bool:
    return _HIDDEN.search(style) is not None


class _Reader:
    """What the parser calls as it goes: `start`, `end`, `data`, `comment`. A class for the state of the line being collected."""

    def __init__(self, show_hidden: bool) -> None:
        self.document = Document()
        self.blocks, self.lines = self.document.blocks, self.document.lines
        self.show_hidden = show_hidden
        self.pieces: list[str] = []
        """Of the text that goes on until the next element begins or ends."""
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
        self.marks: list[int] = []
        """Of each element around: what it opened, to be closed at its end."""
        self.link: Link | None = None
        self.title: list[str] | None = None
        self.depth = 0
        self.skipping = ""
        """The element around that shows nothing, and what of it is wanted: the raw text of a script, its address."""
        self.skipped = 0
        self.raw = self.address = ""
        self.held: list[_Event] | None = None
        """A table that is not yet told: all of it so far. outside: the depth at which it began."""
        self.outside = 0

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        """An element begins."""
        self.depth += 1
        if self.depth > DEEPEST:
            raise _TooDeepError
        if self.held is not None and self._holds(_START, tag, attributes):
            return
        if self.pieces:
            self._text()
        if self.skipped:
            self._within(tag, attributes)
            return
        kind = _KINDS.get(tag, 0)
        if kind == _SKIPPED:
            self.skipping, self.skipped = tag, self.depth
            self._within(tag, attributes)
        elif tag == "table":
            self.held, self.outside = [(_START, tag, attributes)], self.depth
        else:
            self.marks.append(self._open(tag, attributes, kind))

    def end(self, tag: str) -> None:
        """An element ends, whether its end is written or not."""
        self.depth -= 1
        if self.held is not None and self._holds(_END, tag, _NONE):
            return
        if self.pieces:
            self._text()
        if self.skipped:
            self._after(tag)
        elif (mark := self.marks.pop()) & _BLOCK_MARK:
            self._close_block(mark)
        elif mark:
            self._close(mark)

    def data(self, text: str) -> None:
        """A piece of text. Blanks before any other on a line, as most texts between elements are, are none."""
        if self.buffer or self.pieces or self.held is not None or not text.isspace():
            self.pieces.append(text)

    def comment(self, _text: str) -> None:
        """The text before a comment and the one behind it are two, for the widths of links."""
        if self.held is not None:
            self._hold_text(self.held)
        elif self.pieces:
            self._text()

    def close(self) -> None:
        """The page is over; `finish` does what is left, also when the parse was broken off."""

    def finish(self) -> Document:
        """The document, with all that is still open closed."""
        if self.held is not None:
            self._hold_text(self.held)
            self._release(self.held, data=_is_data(self.held))
        if self.pieces:
            self._text()
        while self.marks:
            if (mark := self.marks.pop()) & _BLOCK_MARK:
                self._close_block(mark)
            else:
                self._close(mark)
        if self.buffer:
            self._flush()
        return self.document

    def _holds(self, event: int, tag: str, attributes: Mapping[str, str]) -> bool:
        """Keeps what is in a table until it is told whether the table holds data; what comes after that is not kept."""
        held = self.held or []
        self._hold_text(held)
        if event == _START and tag in _NO_DATA:
            self._release(held, data=False)
            return False
        held.append((event, tag, attributes))
        if self.depth < self.outside:
            self._release(held, data=_is_data(held))
        return True

    def _hold_text(self, held: list[_Event]) -> None:
        if self.pieces:
            held.append((_TEXT, "".join(self.pieces), _NONE))
            self.pieces.clear()

    def _release(self, held: list[_Event], *, data: bool) -> None:
        """Reads a table that was kept, and what is in it."""
        depth, self.held, self.depth = self.depth, None, self.outside
        self.cells.append(data)
        self.marks.append(self._open("table", held[0][2], _BLOCK_MARK))
        for event, said, attributes in held[1:]:
            if event == _TEXT:
                self.pieces.append(said)
                self._text()
            elif event == _START:
                self.start(said, attributes)
            else:
                self.end(said)
        self.depth = depth

    def _within(self, tag: str, attributes: Mapping[str, str]) -> None:
        """What is read at the beginning of an element that shows nothing, and of those in it."""
        if tag == "script":
            self.raw, self.address = "", attributes.get("src", "")
        elif self.skipping == "head":
            self._said(tag, attributes)

    def _after(self, tag: str) -> None:
        """The same at their ends."""
        over = self.depth < self.skipped
        if over:
            self.skipped = 0
        if tag == "script":
            self.document.scripts.append(f"{self.raw} {self.address}")
            if over and (text := written(self.raw)):
                self._show(text)
        elif tag == "title":
            self._close_title()

    def _said(self, tag: str, attributes: Mapping[str, str]) -> bool:
        """What a page says of itself; whether it is a title, whose text is still to come."""
        if tag == "title":
            self.title = []
            return True
        name = tag == "meta" and (attributes.get("name") or attributes.get("property") or attributes.get("itemprop"))
        content = attributes.get("content", "").strip()
        if name and content:
            self.document.metas.setdefault(name.strip().lower(), []).append(content)
        return False

    def _close_title(self) -> None:
        if self.title is not None and (text := " ".join("".join(self.title).split())):
            self.document.titles.append(text)
        self.title = None

    def _open(self, tag: str, attributes: Mapping[str, str], kind: int) -> int:
        """Begins an element that shows something; gives its mark."""
        mark = kind & _BLOCK_MARK
        if mark:
            if self.in_cell or tag == "table":
                self._break(tag)
            elif self.buffer:
                self._flush()
        elif kind:
            mark = self._special(tag, attributes)
        ident = name = wz = ""
        if attributes:
            ident, name, style = attributes.get("id", ""), attributes.get("class", ""), attributes.get("style", "")
            wz = attributes.get("wzades", "")
            if (name and _is_hint(name)) or (ident and (kind == _BLOCK_MARK or not name) and _is_hint(ident)):
                mark |= _HINT_MARK
                self.hint += 1
                self.hinted = True
            if (style and _is_hiding(style)) or ("hidden" in attributes and kind == _BLOCK_MARK):
                mark |= _HIDDEN_MARK
                if self.buffer:
                    self._flush()
                self.hidden += 1
        if kind == _BLOCK_MARK:
            blocks, stack = self.blocks, self.stack
            here, index = len(self.lines), len(blocks)
            blocks.append(Block(tag, ident, name, stack[-1] if stack else -1, wz, here, here, index))
            stack.append(index)
            if tag == "li":
                self.listed += 1
            elif tag in _HEADINGS:
                self.heading = _HEADINGS[tag]
        return mark

    def _special(self, tag: str, attributes: Mapping[str, str]) -> int:
        """Elements that hold no lines but mean something."""
        if tag == "a":
            if "href" not in attributes:
                return 0  # an anchor of an editor: its text is not linked
            self.link = Link(attributes["href"], [], 0, 0, attributes.get("title", ""))
            return _LINK_MARK
        if tag == "br":
            if self.in_cell:
                self.buffer.append(" ")
            elif self.buffer:
                self._flush()
        elif tag == "img":
            self._image(attributes)
        elif tag == "hr":
            if self.buffer:
                self._flush()
        elif tag in _MEDIA:
            self._media(tag, attributes)
        elif self._said(tag, attributes):
            return _TITLE_MARK
        return 0

    def _break(self, tag: str) -> None:
        """What a block does to the line before it where tables are: a row of data goes on over its cells."""
        if tag == "table":
            if self.buffer:
                self._flush()
            self.in_cell = self.cells[-1]
        elif tag in ("td", "th"):
            if any(not part.isspace() for part in self.buffer):
                self.buffer.append(_CELL)
        elif tag not in ("tr", "tbody", "thead", "tfoot", "caption"):
            self.buffer.append(" ")
        elif self.buffer:
            self._flush()

    def _close(self, mark: int) -> None:
        """Ends an element that is no block."""
        if mark & _LINK_MARK and self.link is not None:
            self._close_link(self.link)
        if mark & _TITLE_MARK:
            self._close_title()
        if mark & _HINT_MARK:
            self.hint -= 1
        if mark & _HIDDEN_MARK:
            if self.buffer:
                self._flush()
            self.hidden -= 1

    def _close_link(self, link: Link) -> None:
        self.link = None
        if link.href and not self.hidden:
            link.block, link.line = self.stack[-1] if self.stack else 0, len(self.lines)
            self.document.links.append(link)

    def _close_block(self, mark: int) -> None:
        block = self.blocks[self.stack[-1]]
        tag = block.tag
        if not self.in_cell or tag in ("tr", "table", "caption"):
            if self.buffer:
                self._flush()
        elif tag not in ("td", "th"):
            self.buffer.append(" ")
        self.stack.pop()
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

    def _text(self) -> None:
        """A text is whole."""
        text = "".join(self.pieces)
        self.pieces.clear()
        if self.title is not None:
            self.title.append(text)
        if self.skipped:
            self.raw = self.raw or text
        elif not text.isspace():
            self._show(text)
        elif self.buffer:
            self.buffer.append(text)

    def _show(self, text: str) -> None:
        self.buffer.append(text)
        if self.link is not None:
            self.linked += len(text.strip())
            self.link.pieces.append(text)

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

    def _image(self, attributes: Mapping[str, str]) -> None:
        if self.hidden and not self.show_hidden:
            return
        src = next((value for name in _IMAGE_SOURCES if (value := attributes.get(name))), None)
        if src:
            block = self.stack[-1] if self.stack else 0
            alt = attributes.get("alt") or attributes.get("title") or ""
            self.document.images.append(Image(src.strip(), alt, block, len(self.lines)))

    def _media(self, tag: str, attributes: Mapping[str, str]) -> None:
        if tag == "iframe" and self.buffer:
            self._flush()
        src = attributes.get("src") or attributes.get("data")
        if src and not (self.hidden and not self.show_hidden):
            block = self.stack[-1] if self.stack else 0
            link = Link(src.strip(), [], block, len(self.lines), attributes.get("title", ""))
            self.document.frames.append(link)


def _is_data(held: list[_Event]) -> bool:
    """Whether a table holds data (its rows are lines) or only lays out the page (its cells are blocks)."""
    widest = 0
    around: list[str] = []
    counts: list[int] = []
    """Of each element around: the cells of a row, the paragraphs of a cell."""
    for event, tag, _ in held:
        if event == _END:
            around.pop()
            counts.pop()
        elif event == _START:
            parent = around[-1] if around else ""
            cell = parent == "tr" and tag in ("td", "th")
            if cell or (parent == "cell" and tag in ("p", "div", "br")):
                counts[-1] += 1
                if not cell and counts[-1] > _LARGEST_CELL:
                    return False
                if cell:
                    widest = max(widest, counts[-1])
            around.append("cell" if cell else tag)
            counts.append(0)
    return widest > 1
