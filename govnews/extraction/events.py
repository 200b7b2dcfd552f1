"""What the parser tells of a page as it goes, sorted for the pass that makes lines of it (lines.py).

Elements that show nothing are set aside, with what a page says of itself in them; a table is held until it is over or told: what its
rows are to the lines depends on all that is in it. May import: its neighbours in this room, the standard library.
"""

from __future__ import annotations

from collections.abc import Mapping
from itertools import dropwhile

from govnews.extraction.document import Document
from govnews.extraction.markup import DEEPEST
from govnews.extraction.written import written

_SKIP = frozenset("head xml script style noscript template select option textarea svg math canvas button".split())
PLAYERS = frozenset(("video", "audio", "object"))
"""What is written in them is for browsers that cannot play (您的浏览器不支持…); what they play is told."""
_SKIPPED = _SKIP | PLAYERS
_SHOWN = frozenset("article aside figure footer header main nav section".split())
"""The parser does not know that these end a head whose end is not written."""
_Event = tuple[int, str, Mapping[str, str]]
"""What is held of a table: what happens, the tag or text, the attributes."""
_START, _END, _TEXT = range(3)
_NONE: Mapping[str, str] = {}
_NO_DATA = frozenset("table h1 h2 h3 form ul iframe".split())
"""A table that holds one of these lays out the page."""
_LARGEST_CELL = 6
"""Paragraphs in one cell from which a table is page layout and not data."""


class TooDeepError(Exception):
    """Breaks off where a tree would: without one the parser itself sets no limit, and its cost grows with the square of the depth."""


class Events:
    """The target of a parse: `start`, `end`, `data`, `comment`. Text comes whole, elements that show something with their marks."""

    def __init__(self) -> None:
        self.pieces: list[str] = []
        """Of the text that goes on until the next element begins or ends. The parser puts them there itself, without a call of
        ours."""
        self.data = self.pieces.append

    def begin(self) -> None:
        """Makes ready for a page, and lets go of the one before."""
        self.pieces.clear()
        self.document = Document()
        self.buffer: list[str] = []
        """What the line being collected has so far."""
        self.marks: list[int] = []
        """Of each element around that shows something: what it opened, to be closed at its end."""
        self.title: list[str] | None = None
        self.depth = 0
        self.skipping = ""
        """The element around that shows nothing, and at which depth; what of it is wanted: a script's text and address."""
        self.skipped = 0
        self.raw = self.address = ""
        self.held: list[_Event] | None = None
        """A table that is not yet told: all of it so far. outside: the depth at which it began."""
        self.outside = 0

    def _open(self, tag: str, attributes: Mapping[str, str], *, data: bool = False) -> int:
        """Begins an element that shows something; gives its mark, 0 for none. data: it is a table that holds data."""
        raise NotImplementedError

    def _close(self, mark: int) -> None:
        """Ends an element that left a mark."""
        raise NotImplementedError

    def _show(self, text: str) -> None:
        """Adds a text, not of blanks alone, to the line."""
        raise NotImplementedError

    def _plays(self, tag: str, attributes: Mapping[str, str]) -> None:
        """A player, or an element in one."""
        raise NotImplementedError

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        """An element begins."""
        self.depth += 1
        if self.depth >= DEEPEST:
            self._too_deep()
        if (held := self.held) is not None and self._holds(tag, attributes, held):
            return
        if self.pieces:
            self._text()
        if self.skipped and tag in _SHOWN and self.skipping == "head" and self.depth == self.skipped + 1:
            self.skipped = 0
            self.marks.append(0)  # of the head, which goes on around what it shows
        if self.skipped:
            self._within(tag, attributes)
        elif tag in _SKIPPED:
            self.skipping, self.skipped = tag, self.depth
            self._within(tag, attributes)
        elif tag == "table":
            self.held, self.outside = [(_START, tag, attributes)], self.depth
        else:
            self.marks.append(self._open(tag, attributes))

    def end(self, tag: str) -> None:
        """An element ends, whether its end is written or not."""
        self.depth -= 1
        if (held := self.held) is not None:
            if self.pieces:
                self._hold_text(held)
            held.append((_END, tag, _NONE))
            if self.depth < self.outside:
                self._release(held, data=_is_data(held))
            return
        if self.pieces:
            self._text()
        if self.skipped:
            self._after(tag)
        elif mark := self.marks.pop():
            self._close(mark)

    def _too_deep(self) -> None:
        self.document.too_deep = True
        if self.depth > DEEPEST:
            raise TooDeepError

    def comment(self, _text: str) -> None:
        """The text before a comment and the one behind it are two, for the widths of links."""
        if self.pieces:
            self._text() if self.held is None else self._hold_text(self.held)

    def close(self) -> None:
        """The page is over; `finish` does what is left, also when the parse was broken off."""

    def tell_rest(self) -> None:
        """Tells what is still held, and the end of all that is still open."""
        if self.held is not None:
            if self.pieces:
                self._hold_text(self.held)
            self._release(self.held, data=_is_data(self.held))
        if self.pieces:
            self._text()
        while self.marks:
            if mark := self.marks.pop():
                self._close(mark)

    def _holds(self, tag: str, attributes: Mapping[str, str], held: list[_Event]) -> bool:
        """Keeps what begins in a table until it is known whether the table holds data; what comes after that is not kept."""
        if self.pieces:
            self._hold_text(held)
        if tag in _NO_DATA:
            self._release(held, data=False)
            return False
        held.append((_START, tag, attributes))
        return True

    def _hold_text(self, held: list[_Event]) -> None:
        held.append((_TEXT, "".join(self.pieces), _NONE))
        self.pieces.clear()

    def _release(self, held: list[_Event], *, data: bool) -> None:
        """Reads a table that was kept, and what is in it."""
        depth, self.held, self.depth = self.depth, None, self.outside
        self.marks.append(self._open("table", held[0][2], data=data))
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
        elif self.skipping in PLAYERS:
            self._plays(tag, attributes)

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

    def _text(self) -> None:
        """A text is whole. Blanks before any other on a line, as most texts between elements are, are none."""
        text = self.pieces.pop()
        if self.pieces:
            text = self._joined(text)
        if text.isspace() or not text:
            if self.buffer and not self.skipped:
                self.buffer.append(text)
            return
        if self.title is not None:
            self.title.append(text)
        if self.skipped:
            self.raw = self.raw or text
        else:
            self._show(text)

    def _joined(self, last: str) -> str:
        """A text in pieces: entities are pieces of their own, as `&emsp;&emsp;` before a paragraph."""
        pieces = [*self.pieces, last]
        self.pieces.clear()
        return "".join(pieces if self.buffer else dropwhile(str.isspace, pieces))


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
