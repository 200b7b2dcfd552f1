"""One article in a terminal: header fields with how each was found, body, links, versions, capture.

May import: click, model, text, its neighbours in this room.
"""

from __future__ import annotations

from itertools import pairwise
from typing import Any

import click

from govnews.cli import show
from govnews.model.codes import describe
from govnews.text.difference import passages
from govnews.text.moments import local_time

_NAMES = {
    "publish_time": "发布时间",
    "source": "来源",
    "view_count": "浏览次数",
    "author": "作者",
    "editor": "编辑",
    "section": "栏目",
    "issuer": "发布机构",
    "document_number": "文号",
    "index_number": "索引号",
    "keywords": "关键词",
}
_ALWAYS = ("publish_time", "source", "view_count")
BAR = 40
"""Columns of the longest bar of view counts."""
AROUND = 12
"""Characters shown on each side of a change."""


def print_article(article: dict[str, Any]) -> None:
    """A row of table articles (with images, attachments, capture), or the dict of an Article."""
    a = show.clean(article)
    via = a.get("via") or {}
    click.echo(show.bold(a["title"] or "(no title)"))
    pairs = [
        (zh, a[name], via.get(name, "") or _why_not(name, a))
        for name, zh in _NAMES.items()
        if a.get(name) is not None or name in _ALWAYS
    ]
    if a.get("county"):
        places = dict.fromkeys((a.get("province"), a.get("prefecture"), a["county"]))
        pairs.insert(0, ("县", " ".join(p for p in places if p), a["site"]))
    show.card(pairs)
    if a.get("flags"):
        click.echo("存疑：" + "；".join(f"{flag} ({describe('flag', flag)})" for flag in a["flags"]))
    click.echo()
    click.echo(a["body"] or "(no text: pictures, video or a file only)")
    for name, zh in (("images", "图片"), ("attachments", "附件")):
        for link in a.get(name) or ():
            click.echo(f"[{zh}] {link['text'] + '  ' if link['text'] else ''}{link['url']}")
    if "uid" in a:
        click.echo()
        _foot(a)


def _why_not(name: str, a: dict[str, Any]) -> str:
    if name == "view_count":
        return describe("state", a["view_count_state"])
    return "not stated" if a.get(name) is None else ""


def _foot(a: dict[str, Any]) -> None:
    """What the article rests on: its address, the capture and the hash of its bytes."""
    rows = [("uid", a["uid"], f"version {a['version']}"), ("网址", a["url"], "")]
    rows.append(("最近所见", local_time(a["last_seen"]), f"first {local_time(a['first_seen'])}"))
    if a["presence"] != "alive":
        rows.append(("状态", describe("presence", a["presence"]), f"since {local_time(a['presence_since'])}"))
    if capture := a.get("capture"):
        where = f", from {capture['vantage']}" if capture.get("vantage") else ""
        rows.append(
            (
                "抓取",
                f"{local_time(capture['fetched_at'])}{where}",
                f"{capture['size']} bytes, {capture['used_charset']}",
            )
        )
        rows.append(("sha256", capture["sha256"], ""))
    show.card(rows)


def print_history(article: dict[str, Any], versions: list[dict[str, Any]]) -> None:
    """Earlier versions, each with what changed to the next, character by character."""
    states = [show.clean(state) for state in (*versions, article)]
    for old, new in pairwise(states):
        click.echo(f"\nversion {old['version']} → {new['version']}: {_seen(old)} ({describe('cause', old['cause'])})")
        for name in ("title", "publish_time", "source", "body"):
            if old[name] != new[name]:
                click.echo(f"  {name}: {changes(str(old[name] or ''), str(new[name] or ''))}")
    if not versions:
        click.echo("\none version only")


def _seen(state: dict[str, Any]) -> str:
    return f"seen {local_time(state['first_seen'])} to {local_time(state['last_seen'])}"


def print_texts(article: dict[str, Any], versions: list[dict[str, Any]]) -> None:
    """Every version in full, oldest first."""
    for state in (*versions, article):
        a = show.clean(state)
        head = show.bold(f"version {a['version']}")
        click.echo(f"\n{head}  {_seen(a)}")
        click.echo(f"{a['title']}\n{a['publish_time'] or '-'}  {a['source'] or '-'}\n{a['body']}")


def print_views(views: list[dict[str, Any]]) -> None:
    """View counts in time: a row each, with a bar from the least to the greatest, so that growth can be seen."""
    if not views:
        click.echo("\nno view count was read")
        return
    low, high = min(v["value"] for v in views), max(v["value"] for v in views)
    rows = [
        {
            "observed_at": local_time(v["observed_at"]),
            "value": v["value"],
            "method": v["method"] + (" (rounded)" if v["approximate"] else ""),
            "": "█" * (1 + round((BAR - 1) * (v["value"] - low) / (high - low))) if high > low else "█",
        }
        for v in views
    ]
    click.echo()
    show.table(rows)


def changes(old: str, new: str) -> str:
    """A readable Chinese diff on one line: [-taken out-]{+put in+}, some characters around each change, ⏎ for a new paragraph."""
    parts = [_shortened(p.come) if p.equal else _edit(p.gone, p.come) for p in passages(old, new)]
    return "".join(parts).replace("\n", "⏎")


def _edit(gone: str, come: str) -> str:
    """Red and green on a terminal with colours, brackets elsewhere; the brackets stay, so that a copied line can be read."""
    out, put = (f"[-{gone}-]" if gone else ""), (f"{{+{come}+}}" if come else "")
    return show.coloured(out, "red") + show.coloured(put, "green")


def _shortened(text: str) -> str:
    return text if len(text) <= 2 * AROUND else f"{text[:AROUND]}…{text[-AROUND:]}"
