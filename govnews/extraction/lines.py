"""A page to lines: what a reader sees, top to bottom, with just enough of the markup to judge it.

One pass makes a Document: metas, lines, blocks (elements that hold lines), images, links and scripts. Everything else works on that.
The parser calls the pass as it goes and no tree is made: asking the elements of a tree for their names, texts and attributes cost
as much as the pass itself.

May import: model, text, lxml, its neighbours in this room, the standard library.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from lxml import etree
from lxml.etree import _Element

from govnews.extraction.document import Block, Document, Image, Line, Link
from govnews.extraction.events import PLAYERS, Events, TooDeepError
from govnews.extraction.known import Known
from govnews.extraction.markup import feed, telling

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
_SPECIAL = frozenset({"a", "br", "img", "hr", "meta", "title"}) | (_MEDIA - PLAYERS)
_BLOCK_MARK, _LINK_MARK, _HINT_MARK, _HIDDEN_MARK = 1, 2, 4, 8
"""What an element opened, to be closed at its end."""
_INLINE, _TITLE_MARK, _SPECIAL_MARK = 0, 16, 32
"""A title in the body; no marks but kinds: an element that only stands in a line, one of `_SPECIAL`."""
_KINDS: dict[str, int] = {
    **dict.fromkeys(_SPECIAL, _SPECIAL_MARK),
    **dict.fromkeys(_BLOCK, _BLOCK_MARK),
}
"""Tag → what it is; an inline element is not here."""
_CELL = "\x01"
"""Stands for the border of two table cells while a line is collected; control characters never come from a parsed page."""
_IMAGE_SOURCES = ("orisrc", "data-original", "data-src", "oldsrc", "_src", "src")
_LARGEST_TITLE = 3
"""Lines an element named like a title may hold; a larger one is a whole article box of that name."""


def from_bytes(html: bytes, lowered: bytes, *, hidden: bool = False) -> Document:
    """The lines of a page in UTF-8; lowered: the same in small letters. Never raises. `hidden`: read hidden elements as if they were
    shown (pages whose text a script reveals)."""
    reader = _IDLE.pop() if _IDLE else _Reader()
    reader.show_hidden = hidden
    try:
        feed(html, lowered, reader.parser)
    except TooDeepError:  # leaves the parser in the middle of the page: this one reads no other
        return reader.finish()
    document = reader.finish()
    reader.begin()
    _IDLE.append(reader)
    return document


def from_tree(root: _Element, *, hidden: bool = False) -> Document:
    """The same of a tree, told to the pass as a parser would."""
    reader = _Reader()
    reader.show_hidden = hidden
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


_IS_HINT = Known(lambda name: _TITLE_HINT.search(name) is not None and _NO_HINT.search(name) is None)
_IS_HIDING = Known(lambda style: _HIDDEN.search(style) is not None)
_IDLE: list[_Reader] = []
"""Those that read no page now. Taken and put back whole, so that each thread has its own."""
_new = object.__new__
"""Makes a Line, Block or Link whose members are then set one by one: an `__init__` of many parameters costs three times as much, and
a page has hundreds of them."""


class _Reader(Events):
    """The one pass. A class only for the state of the line being collected, and kept from page to page for its parser."""

    def __init__(self) -> None:
        super().__init__()
        self.begin()
        self.show_hidden = False
        self.parser = telling(self)

    def begin(self) -> None:
        super().begin()
        self.blocks, self.lines = self.document.blocks, self.document.lines
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
        self.link: Link | None = None
        self.named = 0
        """The depth of the inline element begun last, when it has a name or floats; else 0."""
        self.apart = False
        """A figure that now follows is a field of its own, though one stands right before it."""
        self.eye = -1
        """Where in the line the icon of an eye stands, before the count of views; below 0: nowhere."""

    def finish(self) -> Document:
        """The document, with all that is still open closed."""
        self.tell_rest()
        if self.buffer:
            self._flush()
        return self.document

    def _open(self, tag: str, attributes: Mapping[str, str], *, data: bool = False) -> int:
        kind = _KINDS.get(tag, _INLINE)
        if kind != _BLOCK_MARK:
            return self._open_other(kind, tag, attributes)
        if tag == "table":
            self._open_table(data)
        elif self.in_cell:
            self._break(tag)
        elif self.buffer:
            self._flush()
        mark = _BLOCK_MARK
        blocks, stack = self.blocks, self.stack
        block = _new(Block)
        block.tag, block.id, block.classes, block.wz = tag, "", "", ""
        if attributes:
            get = attributes.get
            block.id, block.classes, block.wz = get("id", ""), get("class", ""), get("wzades", "")
            if (block.classes and _IS_HINT[block.classes]) or (block.id and _IS_HINT[block.id]):
                mark |= self._hint()
            if ((style := get("style")) and _IS_HIDING[style]) or "hidden" in attributes:
                mark |= self._hide()
        block.parent = stack[-1] if stack else -1
        block.first = block.last = len(self.lines)
        block.end = len(blocks)
        stack.append(block.end)
        blocks.append(block)
        if tag == "li":
            self.listed += 1
        elif tag in _HEADINGS:
            self.heading = _HEADINGS[tag]
        return mark

    def _open_other(self, kind: int, tag: str, attributes: Mapping[str, str]) -> int:
        """Begins an element that is no block."""
        mark = self._special(tag, attributes) if kind else self._inline(attributes)
        if attributes:
            name, style = attributes.get("class"), attributes.get("style")
            if _IS_HINT[name] if name else (ident := attributes.get("id")) and _IS_HINT[ident]:
                mark |= self._hint()
            if style and _IS_HIDING[style]:
                mark |= self._hide()
        return mark

    def _hint(self) -> int:
        self.hint += 1
        self.hinted = True
        return _HINT_MARK

    def _hide(self) -> int:
        if self.buffer:
            self._flush()
        self.hidden += 1
        return _HIDDEN_MARK

    def _inline(self, attributes: Mapping[str, str]) -> int:
        """Whether a figure in it begins a field of its own behind another figure: it or the element before it has a name or floats.
        Editors cut numbers and dates into elements too, but leave those without names."""
        named = bool(attributes) and bool(
            attributes.get("class") or attributes.get("id") or "float" in attributes.get("style", "")
        )
        self.apart = (named or self.named == self.depth) and bool(self.buffer) and self.buffer[-1][-1:].isdigit()
        self.named = self.depth if named else 0
        if named and "eye" in attributes.get("class", ""):
            self.eye = len(self.buffer)
        return 0

    def _special(self, tag: str, attributes: Mapping[str, str]) -> int:
        """Elements that hold no lines but mean something."""
        if tag == "a":
            if "href" not in attributes:
                return 0  # an anchor of an editor: its text is not linked
            self.link = link = _new(Link)
            link.href, link.pieces, link.title = attributes["href"], [], attributes.get("title", "")
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

    def _open_table(self, data: bool) -> None:
        if self.buffer:
            self._flush()
        self.cells.append(data)
        self.in_cell = data

    def _break(self, tag: str) -> None:
        """What a block in a row of data does to the line before it: the row goes on over its cells."""
        if tag in ("td", "th"):
            if any(not part.isspace() for part in self.buffer):
                self.buffer.append(_CELL)
        elif tag not in ("tr", "tbody", "thead", "tfoot", "caption"):
            self.buffer.append(" ")
        elif self.buffer:
            self._flush()

    def _close(self, mark: int) -> None:
        if not mark & _BLOCK_MARK:
            self._close_other(mark)
            return
        lines, blocks = self.lines, self.blocks
        block = blocks[self.stack[-1]]
        tag = block.tag
        if not self.in_cell or tag in ("tr", "table", "caption"):
            if self.buffer:
                self._flush()
        elif tag not in ("td", "th"):
            self.buffer.append(" ")
        self.stack.pop()
        block.last = len(lines)
        block.end = len(blocks) - 1
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
                for line in lines[block.first :]:
                    line.hint = False
        if mark & _HIDDEN_MARK:
            self.hidden -= 1

    def _close_other(self, mark: int) -> None:
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

    def _show(self, text: str) -> None:
        if self.apart and text[0].isdigit():
            self.buffer.append(" ")
        self.apart = False
        self.buffer.append(text)
        if self.link is not None:
            self.linked += len(text.strip())
            self.link.pieces.append(text)

    def _flush(self) -> None:
        """Ends the line."""
        text = "".join(self.buffer)
        if self.eye >= 0:
            self.document.seen[len(self.lines)] = "".join(self.buffer[self.eye :])
            self.eye = -1
        self.buffer.clear()
        linked, hinted = self.linked, self.hinted
        self.linked, self.hinted = 0, self.hint > 0
        if "\xa0" in text or "\u3000" in text:
            text = _BLANKS.sub(" ", text).replace("\xa0", " ").strip(" \u3000")
        else:
            text = " ".join(text.split())
        if self.cells and _CELL in text:
            text = "\t".join(cell.strip(" \u3000") for cell in text.split(_CELL))
        if not text or text.isspace():
            return
        block = self.stack[-1] if self.stack else 0
        line = _new(Line)
        line.text, line.block, line.heading, line.hint, line._key = text, block, self.heading, hinted, None
        line.linked, line.listed = linked and min(linked, len(text)), self.listed > 0
        (self.document.hidden if self.hidden and not self.show_hidden else self.lines).append(line)

    def _image(self, attributes: Mapping[str, str]) -> None:
        if self.hidden and not self.show_hidden:
            return
        src = next((value for name in _IMAGE_SOURCES if (value := attributes.get(name))), None)
        if src:
            block = self.stack[-1] if self.stack else 0
            alt = attributes.get("alt") or attributes.get("title") or ""
            self.document.images.append(Image(src.strip(), alt, block, len(self.lines)))

    def _plays(self, tag: str, attributes: Mapping[str, str]) -> None:
        if tag in _MEDIA:
            self._media(tag, attributes)

    def _media(self, tag: str, attributes: Mapping[str, str]) -> None:
        if tag == "iframe" and self.buffer:
            self._flush()
        src = attributes.get("src") or attributes.get("data")
        if src and not (self.hidden and not self.show_hidden):
            block = self.stack[-1] if self.stack else 0
            link = Link(src.strip(), [], block, len(self.lines), attributes.get("title", ""))
            self.document.frames.append(link)
