"""Failure: what could not be done, with a code inside and one clear sentence outside.

May import: the standard library.
"""

from __future__ import annotations


class Failure(Exception):
    """Raised by shells and the archive, shown by the command line as one line, never as a traceback.

    code: a short machine word, e.g. `unknown_site`. sentence: what a person reads. hint: what to do, or "".
    exit_code: 1 could not be done, 2 wrong usage. zh: the sentence in Chinese for the desk, "" where the desk never says it.
    """

    def __init__(self, code: str, sentence: str, *, hint: str = "", exit_code: int = 1, zh: str = "") -> None:
        super().__init__(sentence)
        self.code = code
        self.sentence = sentence
        self.hint = hint
        self.exit_code = exit_code
        self.zh = zh
