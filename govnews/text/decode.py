"""Bytes to text: the charset a page is really in, whatever it says.

The rule scored nine of nine on the cases of ecosystem.md §2: byte order mark; strict UTF-8; damaged UTF-8; GB18030; and
the declared charset only where the bytes fit neither. Never strict GB18030 first: clean UTF-8 often decodes as GB18030.

May import: the standard library.
"""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass

_META = re.compile(rb"""<meta[^>]{0,200}?charset\s*=\s*["']?\s*([a-zA-Z0-9_\-:.]{2,30})""", re.IGNORECASE)
_XML = re.compile(rb"""^\s*<\?xml[^>]{0,200}?encoding\s*=\s*["']([a-zA-Z0-9_\-:.]{2,30})["']""", re.IGNORECASE)
_HEADER = re.compile(r"charset\s*=\s*[\"']?\s*([a-zA-Z0-9_\-:.]{2,30})", re.IGNORECASE)
_BOMS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))
_MARKS = tuple(bom for bom, _ in _BOMS)
_FOREIGN = {"big5", "big5-hkscs", "big5hkscs", "shift_jis", "shift-jis", "euc-jp", "euc-kr", "iso-2022-jp"}
_GB = {"gb2312", "gbk", "gb18030", "gb_2312-80", "x-gbk", "cp936", "hz-gb-2312"}

DAMAGED = 0.10
"""Share of undecodable among the non-ASCII bytes below which a page is damaged UTF-8 and not GB18030."""

LOOK = 4096
"""Bytes at the head of a page in which a declaration is looked for."""


@dataclass(frozen=True, slots=True)
class Decoded:
    """text: without a byte order mark. charset: the one used. declared: the page's or server's word, lower case, or null.
    repaired: the declared one would have given something else. utf8: the text again, for what is quicker on bytes. lowered: that in small ASCII letters,
    in which names and marks are sought."""

    text: str
    charset: str
    declared: str | None
    repaired: bool
    utf8: bytes
    lowered: bytes


def declared_charset(body: bytes, content_type: str | None = None) -> str | None:
    """What the page (meta, XML declaration) or else the Content-Type header says, lower case; null if neither does."""
    head = body[:LOOK]
    match = _META.search(head) or _XML.search(head)
    if match:
        return match[1].decode("ascii").lower()
    named = _HEADER.search(content_type or "")
    return named[1].lower() if named else None


def decode(body: bytes, content_type: str | None = None) -> Decoded:
    """The text of a page. Total: any bytes give some text; what fits nothing becomes U+FFFD. Linear in the length."""
    declared = declared_charset(body, content_type)
    if not body.startswith(_MARKS):
        try:
            return _decoded(body.decode("utf-8"), "utf-8", declared, body, body)
        except UnicodeDecodeError:
            pass
    text, charset = _decode(body, declared)
    return _decoded(text, charset, declared, body, text.encode("utf-8", "replace"))


def _decoded(text: str, charset: str, declared: str | None, body: bytes, utf8: bytes) -> Decoded:
    return Decoded(text, charset, declared, _differs(declared, charset, body), utf8, utf8.lower())


def _decode(body: bytes, declared: str | None) -> tuple[str, str]:
    """The text of bytes that are marked or are no UTF-8, and their charset."""
    for bom, charset in _BOMS:
        if body.startswith(bom):
            return body[len(bom) :].decode(charset, "replace"), charset
    if declared in _FOREIGN:
        try:
            return body.decode(declared), declared
        except (UnicodeDecodeError, LookupError):
            pass
    lenient = body.decode("utf-8", "replace")
    wide = len(body.translate(None, _ASCII))
    if lenient.count("\ufffd") < DAMAGED * wide:
        return lenient, "utf-8"
    return body.decode("gb18030", "replace"), "gb18030"


_ASCII = bytes(range(128))


def _differs(declared: str | None, charset: str, body: bytes) -> bool:
    """Whether the declaration was wrong. All gb labels mean GB18030; a page of pure ASCII is in every charset."""
    if declared is None or body.isascii():
        return False
    if declared in _GB:
        return charset != "gb18030"
    try:
        return codecs.lookup(declared).name != codecs.lookup(charset).name
    except LookupError:
        return True
