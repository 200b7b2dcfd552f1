"""What changed between two texts: by paragraphs, then sign by sign in what changed, as Chinese is read.

Pure. May import: the standard library.
"""

from __future__ import annotations

import difflib
from dataclasses import dataclass

LONG = 4000
"""Characters of a changed passage up to which it is compared sign by sign (the comparison is quadratic)."""


@dataclass(frozen=True, slots=True)
class Passage:
    """A stretch of both texts. equal: gone and come are the same; else gone was taken out and come put in (either may be "")."""

    gone: str
    come: str
    equal: bool


def passages(old: str, new: str) -> list[Passage]:
    """The two texts side by side, in order; joined, `gone` gives the old one and `come` the new one."""
    before, after, out = old.splitlines(keepends=True), new.splitlines(keepends=True), list[Passage]()
    for kind, a, b, c, d in difflib.SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        gone, come = "".join(before[a:b]), "".join(after[c:d])
        if kind != "equal" and gone and come and max(len(gone), len(come)) <= LONG:
            out += _signs(gone, come)
        else:
            out.append(Passage(gone, come, kind == "equal"))
    return out


def _signs(old: str, new: str) -> list[Passage]:
    parts = difflib.SequenceMatcher(None, old, new, autojunk=False).get_opcodes()
    return [Passage(old[a:b], new[c:d], kind == "equal") for kind, a, b, c, d in parts]
