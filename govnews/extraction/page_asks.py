"""What a page without rows asks for: `$.ajax`, `$.get`, `$.post`, `axios`, `fetch` with an address and values written in the page.

Nothing is run. Only a request for a numbered page of the site itself counts, and only when every value of it is known: from the
script's variables, and from the call with which the page draws itself (`load(1)`). How the script makes the address of a row out of
its fields goes along in the fragment (`#row=/article/(id).html`), which no server sees. May import: model, its neighbours in this
room, the standard library.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import parse_qsl, urlencode, urlsplit

from govnews.extraction.identity import host_of
from govnews.extraction.links import resolve
from govnews.extraction.page_calls import Calls, Value, assign, evaluated, plain_arguments
from govnews.model import ListRequest

LONGEST = 3000
"""Characters of one call, and of the function around it."""
ASKS = 12
"""Calls of a page that are looked at."""
DRAWN = 4000
"""Characters behind a call in which its rows are drawn."""

_ASK = re.compile(r"(?:\$|\bjQuery|\baxios)\s*\.\s*(ajax|get|getJSON|post|request)\s*\(|\b(axios|fetch)\s*\(")
_NUMBER = re.compile(r"^(?:page|page_?(?:no|num|number|index)|cur(?:rent)?_?page|pn|p|current|pi)$", re.IGNORECASE)
_FUNCTION = re.compile(
    r"\bfunction\s+(\w{1,40})\s*\(([\w\s,$]{0,200})\)\s*\{|\b(\w{1,40})\s*[=:]\s*(?:async\s+)?function\s*\(([\w\s,$]{0,200})\)\s*\{"
)
_VALUE_OF_FIELD = re.compile(r"""\.val\(\)|\.value\b""")
_CALL = re.compile(r"[\w$)]\s*\(")
_SAME = re.compile(r"\b(?:encodeURI(?:Component)?|parseInt|Number|String)\s*\(")
"""Functions that give what they are given."""
_ADDRESS = re.compile(
    r"""href=\\?["']?\\?["']?([^"'<>\s+$\\]{1,200})["']\s*\+\s*[\w.\[\]]{0,40}\.(\w{1,40})\s*\+\s*["']([^"'<>\s\\]{0,80})"""
    r"""|href=\\?["']?([^"'<>\s$\\]{1,200})\$\{\s*[\w.\[\]]{0,40}\.(\w{1,40})\s*\}([^"'<>\s\\`]{0,80})"""
)
_QUOTES = "\"'`"


def by_ask(calls: Calls) -> ListRequest | None:
    """The request by which a page's script gets the first rows; null when none is understood."""
    source = calls.source
    for found, _ in zip(_ASK.finditer(source), range(ASKS), strict=False):
        inside = _within(source, found.end() - 1)
        asked = _ask(calls, found[1] or found[2], list(_split(inside)), found.start()) if inside else None
        if asked is not None:
            return _with_address(asked, source[found.start() : found.start() + DRAWN])
    return None


def row_address(url: str, fields: dict[str, str]) -> str:
    """The address of a row by what the fragment of a list's address says; "" when it says nothing. fields: names folded as in
    row_objects.py."""
    template = urlsplit(url).fragment
    if not template.startswith("row="):
        return ""
    before, _, rest = template[4:].partition("(")
    name, _, after = rest.partition(")")
    value = fields.get(name.replace("_", "").lower(), "")
    return f"{before}{value}{after}" if re.fullmatch(r"[\w-]{1,64}", value) else ""


def _ask(calls: Calls, how: str, arguments: list[str], at: int) -> ListRequest | None:
    """One call, as a request."""
    if not arguments:
        return None
    said = dict(_pairs(arguments[-1])) if arguments[-1].startswith("{") else {}
    if how in ("ajax", "axios", "request") and arguments[0].startswith("{"):
        address, data = said.get("url", ""), said.get("data") or said.get("params") or ""
    else:
        options = next((a for a in arguments[1:] if a.startswith("{")), "")
        within = dict(_pairs(options))
        address = arguments[0]
        data = within.get("params", "") if how in ("get", "fetch") and "params" in within else options
        if how == "fetch":
            data = ""
    method = (said.get("type") or said.get("method") or how).strip(_QUOTES).upper()
    if how == "fetch" and method not in ("GET", "FETCH"):
        return None
    known = _known(calls, at)
    url, _ = evaluated(address.replace("`", "'"), known) if "${" not in address else (_filled(address, known), None)
    values = _values(calls.source, data, at, known)
    if not isinstance(url, str) or values is None or "json" in said.get("contentType", "").lower():
        return None
    return _request(calls, resolve(calls.base, url), values, method == "POST")


def _request(calls: Calls, url: str, values: dict[str, str], post: bool) -> ListRequest | None:
    """The request, if it is one for a numbered page of the site itself."""
    query = dict(parse_qsl(urlsplit(url).query, keep_blank_values=True))
    numbered = any(_NUMBER.match(name) and value.isdecimal() for name, value in {**query, **values}.items())
    if not numbered or host_of(url) != host_of(calls.url):
        return None
    if post:
        return ListRequest("POST", url, urlencode(values))
    return ListRequest("GET", f"{url}{'&' if query else '?'}{urlencode(values)}" if values else url)


def _with_address(asked: ListRequest, drawn: str) -> ListRequest:
    """The request with the way a row's address is made in its fragment, where the script says it."""
    found = _ADDRESS.search(drawn)
    if found is None:
        return asked
    before, name, after = (one or other for one, other in zip(found.groups()[:3], found.groups()[3:], strict=True))
    return ListRequest(asked.method, f"{asked.url}#row={before}({name}){after or ''}", asked.form, asked.headers)


def _known(calls: Calls, at: int) -> dict[str, Value]:
    """What is known where a call stands: variables of the page, arguments of the function around it, what that sets."""
    known = dict(calls.variables)
    for name, parameters, start in _around(calls.source, at):
        given = next(
            (
                v
                for said in re.finditer(rf"\b{name}\s*\(([^()]{{0,200}})\)", calls.source)
                if (v := plain_arguments(said[1]))
            ),
            [],
        )
        known |= dict(zip(parameters, given, strict=False))
        known |= {p: 1 for p in parameters if p not in known and _NUMBER.match(p)}  # the first page is what it draws
        assign(calls.source[start:at], known, set(parameters))
    return known


def _around(source: str, at: int) -> list[tuple[str, list[str], int]]:
    """(name, parameters, start of the body) of the functions in which a place stands, outer ones first."""
    out = []
    for found in _FUNCTION.finditer(source, max(0, at - LONGEST), at):
        if found.end() - 1 + len(_within(source, found.end() - 1)) >= at:
            names = (found[2] if found[1] else found[4]).split(",")
            out.append((re.escape(found[1] or found[3]), [n.strip() for n in names if n.strip()], found.end()))
    return out


def _values(source: str, data: str, at: int, known: dict[str, Value]) -> dict[str, str] | None:
    """What is sent, by name; null when a value of it is not known. A field nobody has filled in is empty."""
    if data and not data.startswith("{"):
        made = list(re.finditer(rf"\b{re.escape(data)}\s*=\s*(?=\{{)", source[:at])) if data.isidentifier() else []
        if not made:
            return None
        data = "{" + _within(source, made[-1].end()) + "}"
    out = {}
    for name, expression in _pairs(data):
        if _VALUE_OF_FIELD.search(expression):
            out[name] = ""
            continue
        value, _ = evaluated(expression, known)
        if value is None or _CALL.search(_SAME.sub("(", expression)):
            return None
        out[name] = str(value)
    return out


def _filled(literal: str, known: dict[str, Value]) -> str | None:
    """A template literal with its names put in; null when one of them is not known."""
    names = re.findall(r"\$\{\s*([\w.]{1,60})\s*\}", literal)
    if not all(name in known for name in names):
        return None
    return re.sub(r"\$\{\s*([\w.]{1,60})\s*\}", lambda found: str(known[found[1]]), literal).strip(_QUOTES)


def _pairs(text: str) -> Iterator[tuple[str, str]]:
    """(name, expression) of an object as it is written: `{page: n, size}`."""
    for piece in _split(text.strip()[1:-1]):
        name, colon, expression = piece.partition(":")
        name = name.strip().strip(_QUOTES)
        if re.fullmatch(r"[\w.\[\]-]{1,60}", name):
            yield name, expression.strip() if colon else name


def _within(source: str, opening: int) -> str:
    """What stands between a bracket and the one that closes it; "" when that is too far."""
    text = source[opening : opening + LONGEST]
    return next((text[1:at] for at, _, depth in _signs(text) if not depth), "")


def _split(text: str) -> Iterator[str]:
    """The pieces between the commas that stand in no brackets and no quotes."""
    start = 0
    for at, sign, depth in _signs(text):
        if sign == "," and not depth:
            yield text[start:at].strip()
            start = at + 1
    if rest := text[start:].strip():
        yield rest


def _signs(text: str) -> Iterator[tuple[int, str, int]]:
    """(place, sign, brackets open behind it) of the brackets and commas outside quotes."""
    depth, quote = 0, ""
    for at, sign in enumerate(text):
        if quote:
            if sign == quote and text[at - 1] != "\\":
                quote = ""
        elif sign in _QUOTES:
            quote = sign
        elif sign in "([{)]},":
            depth += (sign in "([{") - (sign in ")]}")
            yield at, sign, depth
