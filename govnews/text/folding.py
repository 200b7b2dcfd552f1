"""Blanks and widths: what is the same string for a reader.

May import: the standard library.
"""

from __future__ import annotations

import re
import unicodedata

_INVISIBLE = "\u200b\u200c\u200d\u200e\u200f\u2060\ufeff\u00ad"
_DROP = dict.fromkeys(map(ord, _INVISIBLE))
_BLANKS = re.compile(r"[\s\u00a0\u3000\u2000-\u200a\u202f\u205f]+")
_HAN = "\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
_BETWEEN_HAN = re.compile(f"(?<=[{_HAN}]) +(?=[{_HAN}])")
_CONTROL = dict.fromkeys([*range(9), 11, 12, *range(14, 32), 127], " ")

HAN = _HAN
"""Character ranges of Chinese characters, for use inside a regular expression's brackets."""


def squeeze(text: str) -> str:
    """One space for any run of blanks, none at the ends, no invisible characters. Keeps every visible character.

    Joiners (U+200C, U+200D) stay in scripts that need them: they are dropped only in text without such letters.
    """
    plain = " ".join(text.split())
    if plain.isprintable():  # nothing invisible and no control character but blanks
        return plain
    if not text.isascii():
        text = text.translate(_DROP) if not _needs_joiners(text) else text.replace("\u200b", "").replace("\ufeff", "")
    return " ".join(text.translate(_CONTROL).split())


def _needs_joiners(text: str) -> bool:
    """Arabic letters (Uyghur, Kazakh) are shaped by joiners; in Chinese text those are editors' rubbish."""
    return ("\u200c" in text or "\u200d" in text) and any(
        "\u0600" <= c <= "\u07ff" or "\ufb50" <= c <= "\ufeff" for c in text
    )


def fold(text: str) -> str:
    """For matching and for header values only: NFKC (full width to half width), then squeezed. Never for a body."""
    if text.isascii():
        return " ".join(text.split())
    if unicodedata.is_normalized("NFKC", text):
        return squeeze(text.replace("∶", ":"))
    return squeeze(unicodedata.normalize("NFKC", _narrow(text)))


def _narrow(text: str) -> str:
    """The signs that nearly every Chinese line has, in half width, and a ratio sign as the colon it is used for: NFKC takes
    ten times as long over a line in which it finds something to change."""
    return (
        text.replace("，", ",")
        .replace("：", ":")
        .replace("（", "(")
        .replace("）", ")")
        .replace("；", ";")
        .replace("！", "!")
        .replace("？", "?")
        .replace("\u3000", " ")
        .replace("\u00a0", " ")
        .replace("∶", ":")
    )


def bare(text: str) -> str:
    """For comparing two strings: folded, without any blank."""
    if text.isascii():
        return "".join(text.split())
    if not unicodedata.is_normalized("NFKC", text):
        text = unicodedata.normalize("NFKC", _narrow(text))
    joined = "".join(text.replace("∶", ":").split())
    if not joined.isprintable():
        joined = squeeze(text.replace("∶", ":")).replace(" ", "")
    if unicodedata.is_normalized("NFKC", joined):
        return joined
    return fold(joined).replace(" ", "")  # an accent that stood alone has met a letter


def join_han(text: str) -> str:
    """Without the blanks between two Chinese characters, which come from line breaks and padded names."""
    return _BETWEEN_HAN.sub("", text)


def count_han(text: str) -> int:
    """How many Chinese characters (basic block and extension A) it has; fast, for density measures."""
    return len(_HAN_ONE.findall(text))


_HAN_ONE = re.compile("[\u3400-\u9fff]")
