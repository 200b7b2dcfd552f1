"""The words of the interface in English and Chinese, from words.txt; ways of finding (via) said in plain words.

May import: health, model, text, the standard library.
"""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from typing import Any, Literal

from govnews.health import Finding
from govnews.model import Failure
from govnews.model.codes import CODES
from govnews.text.moments import local_time

Language = Literal["en", "zh"]


@cache
def _table() -> dict[str, dict[str, str]]:
    lines = files(__package__).joinpath("words.txt").read_text("utf-8").splitlines()
    rows = [line.split("|") for line in lines if line and not line.startswith("#")]
    return {key: {"en": en, "zh": zh} for key, en, zh in rows}


class Words:
    """`words(key, **values)` in one language; a key that is not there is a fault of ours (KeyError)."""

    def __init__(self, language: Language) -> None:
        self.language = language

    def __call__(self, key: str, **values: Any) -> str:
        return _table()[key][self.language].format(**values) if values else _table()[key][self.language]

    def of(self, group: str, code: str) -> str:
        """The word of a code that only the desk has words for; the code itself for a stranger (an archive of a newer version)."""
        return self(f"{group}.{code}") if f"{group}.{code}" in _table() else code

    def code(self, group: str, code: str | None) -> str:
        """A code's sentence; the code itself for a stranger (an archive of a newer version), "" for null."""
        known = CODES.get((group, code or ""))
        return (known.zh if self.language == "zh" else known.en) if known else code or ""

    def either(self, said: Failure | Finding) -> str:
        """What a Failure or a finding says, in Chinese where it has the words."""
        return (self.language == "zh" and said.zh) or said.sentence

    def time(self, moment: str | None) -> str:
        """A moment of ours (UTC) as China's clocks show it; "–" for null."""
        return local_time(moment) if moment else "–"

    def via(self, via: str | None) -> str:
        """How a field was found: `label:发布时间` → printed behind the label 发布时间; as it is when we have no words for it."""
        way, _, detail = (via or "").partition(":")
        return self(f"via.{way}", detail=detail or "-") if f"via.{way}" in _table() else via or ""


def language_of(asked: str | None, accept: str) -> Language:
    """The language of a page: `?lang=`, else the first of zh and en in Accept-Language, else English."""
    if asked in ("en", "zh"):
        return "zh" if asked == "zh" else "en"
    ranked: list[tuple[float, str]] = []
    for part in accept.lower().split(","):
        name, _, quality = part.strip().partition(";q=")
        try:
            ranked.append((-float(quality or 1), name[:2]))
        except ValueError:
            continue
    return (
        "zh"
        if next((name for _, name in sorted(ranked, key=lambda r: r[0]) if name in ("zh", "en")), "en") == "zh"
        else "en"
    )
