"""What inline script writes at its own place: `document.write('来源：' + ly)`. TRS pages print date, outlet or headline so.

Only what can be read off without running anything: strings, and variables that are given a string in the same script, joined by
plus signs; one condition at most, on such values. All else writes nothing. May import: the standard library.
"""

from __future__ import annotations

import re

LONGEST = 3000
"""Characters of a script that is read; longer ones do more than print a value."""

_STRING = r"""(?:"[^"\\\n]*"|'[^'\\\n]*')"""
_CALL = re.compile(rf"document\.write(?:ln)?\s*\(((?:[^()\"']|{_STRING}){{1,600}})\)")
_GIVEN = re.compile(rf"\b(\w{{1,40}})\s*=\s*({_STRING})\s*(?:;|\n|$|,)")
_CONDITION = re.compile(rf"\bif\s*\(\s*({_STRING}|\w{{1,40}})\s*([!=])==?\s*({_STRING}|\w{{1,40}})\s*\)")
_MORE = re.compile(r"\b(?:else|for|while|switch|function|eval|new|unescape)\b|\?")
_TAG = re.compile(r"<[^<>]*>")


def written(script: str) -> str:
    """The text a script prints where it stands, without tags; "" when that cannot be told. Linear in its length."""
    if "document.write" not in script or len(script) > LONGEST or _MORE.search(script):
        return ""
    given = {name: value[1:-1] for name, value in _GIVEN.findall(script)}
    conditions = _CONDITION.findall(script)
    if len(conditions) != script.count("if") or len(conditions) > 1:
        return ""
    for left, sign, right in conditions:
        a, b = _value(left, given), _value(right, given)
        if a is None or b is None or (a == b) != (sign == "="):
            return ""
    parts = [_value(term, given) for call in _CALL.findall(script) for term in _terms(call)]
    if any(part is None for part in parts):
        return ""
    return _TAG.sub(" ", "".join(part or "" for part in parts))


def _terms(call: str) -> list[str]:
    """The terms of a sum of strings and names."""
    return [term.strip() for term in re.split(rf"\+(?=(?:[^\"']|{_STRING})*$)", call)]


def _value(term: str, given: dict[str, str]) -> str | None:
    """The string that a term is, or null when only a browser knows."""
    if term[:1] in "\"'" and term[-1:] == term[:1] and len(term) > 1:
        return term[1:-1]
    return given.get(term)
