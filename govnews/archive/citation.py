"""How an article is cited: GB/T 7714—2015, BibTeX, CSL-JSON, plain text. Pure: a row of the archive in, text out.

Each form names what was seen and when: capture time, hash of the bytes and version of the row. May import: the standard library.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from typing import Any

from govnews.text.moments import local_day

_NO_AUTHOR = "佚名"
_TEX = {c: "\\" + c for c in "&%$#_{}"} | {
    "\\": r"\textbackslash{}",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
}


def gbt7714(a: dict[str, Any]) -> str:
    """GB/T 7714—2015, an online document: 责任者. 题名[EB/OL]. (发布日期)[引用日期]. 网址. The body that publishes stands for an author
    where no person is named; the day of citing is the day of the capture, which is what was read."""
    who = _people(a, "，") or a["source"] or a["issuer"] or a["county"] or _NO_AUTHOR
    day = f"({a['publish_date']})" if a["publish_date"] else ""
    address = f" {a['url']}." if a["url"] else ""
    return f"{_line(who)}. {_line(a['title'])}[EB/OL]. {day}[{local_day(a['fetched_at'])}].{address} {_proof(a)}"


def bibtex(a: dict[str, Any]) -> str:
    """An @online entry; text is protected from TeX, of the address only what would end the field is percent-coded."""
    fields = {
        "author": " and ".join(f"{{{_tex(p)}}}" for p in _persons(a)) or f"{{{_tex(_publisher(a) or _NO_AUTHOR)}}}",
        "title": f"{{{_tex(a['title'])}}}",
        "organization": _tex(_publisher(a)),
        "date": a["publish_date"],
        "url": _tex_url(a["url"]),
        "urldate": local_day(a["fetched_at"]).isoformat(),
        "note": _tex(_proof(a)),
        "langid": "chinese",
    }
    lines = ",\n".join(f"  {name} = {{{value}}}" for name, value in fields.items() if value)
    return f"@online{{govnews{a['uid']},\n{lines}\n}}"


def csl_json(a: dict[str, Any]) -> str:
    """An item of type webpage in a list, as reference managers read it."""
    item = {
        "id": f"govnews-{a['uid']}",
        "type": "webpage",
        "title": a["title"] or "",
        "author": [{"literal": p} for p in _persons(a)],
        "container-title": a["source"],
        "publisher": a["issuer"] or a["county"],
        "issued": _date_parts(a["publish_date"]),
        "accessed": _date_parts(local_day(a["fetched_at"]).isoformat()),
        "URL": a["url"],
        "language": "zh-CN",
        "note": _proof(a),
    }
    return json.dumps([{k: v for k, v in item.items() if v}], ensure_ascii=False, indent=2)


def text(a: dict[str, Any]) -> str:
    """One line for a footnote."""
    parts = (_people(a, "、"), f"《{_line(a['title'])}》", _publisher(a), a["publish_time"], a["url"])
    return "，".join(_line(p) for p in parts if p) + f"。{_proof(a)}"


FORMATS: dict[str, Callable[[dict[str, Any]], str]] = {
    "gbt7714": gbt7714,
    "bibtex": bibtex,
    "csl-json": csl_json,
    "text": text,
}
"""Name → function of an article as `find.get` gives it, or of an earlier version with the article's other columns."""


def _proof(a: dict[str, Any]) -> str:
    """What was seen: enough to find the bytes in any copy of the archive."""
    return f"Captured {a['fetched_at']}, SHA-256 {a['sha256']}, govnews {a['uid']} version {a['version']}."


def _persons(a: dict[str, Any]) -> list[str]:
    return [p for p in (a["author"] or "").split("、") if p]


def _people(a: dict[str, Any], mark: str) -> str:
    """Up to three names, as the standard has it."""
    persons = _persons(a)
    return mark.join(persons[:3]) + (f"{mark}等" if len(persons) > 3 else "")


def _publisher(a: dict[str, Any]) -> str | None:
    found: str | None = a["source"] or a["issuer"] or a["county"]
    return found


def _line(value: str | None) -> str:
    return " ".join((value or "无题名").split())


def _tex(value: str | None) -> str:
    return "".join(_TEX.get(c, c) for c in _line(value)) if value else ""


def _tex_url(value: str | None) -> str:
    """A url field is taken as it is; braces, backslashes and blanks would end it."""
    return re.sub(r"[{}\\\s]", lambda m: f"%{ord(m[0]):02X}", value) if value else ""


def _date_parts(day: str | None) -> dict[str, list[list[int]]] | None:
    return {"date-parts": [[int(part) for part in day.split("-")]]} if day else None
