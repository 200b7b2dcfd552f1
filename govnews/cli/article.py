"""One article in a terminal: header fields with how each was found, body, links, versions, capture.

May import: click, its neighbours in this room.
"""

from __future__ import annotations

import difflib
from itertools import pairwise
from typing import Any

import click

from govnews.cli import show
from govnews.model.codes import describe

_NAMES = (
    ("publish_time", "发布时间"), ("source", "来源"), ("view_count", "浏览次数"), ("author", "作者"), ("editor", "编辑"), ("section", "栏目"),
    ("issuer", "发布机构"), ("document_number", "文号"), ("index_number", "索引号"), ("keywords", "关键词"),
)  # fmt: skip
_ALWAYS = ("publish_time", "source", "view_count")


def print_article(a: dict[str, Any]) -> None:
    """A row of table articles (with images, attachments, capture), or the dict of an Article."""
    via = a.get("via") or {}
    click.echo(show.bold(a["title"] or "(no title)"))
    pairs = [
        (zh, a[name], via.get(name, "") or _why_not(name, a))
        for name, zh in _NAMES
        if a.get(name) is not None or name in _ALWAYS
    ]
    if a.get("county"):
        pairs.insert(0, ("县", " ".join(p for p in (a.get("province"), a["county"]) if p), a["site"]))
    show.card(pairs)
    if a.get("flags"):
        click.echo("存疑      " + "；".join(f"{f} ({describe('flag', f)})" for f in a["flags"]))
    click.echo()
    click.echo(a["body"] or "(no text: pictures, video or a file only)")
    for name, zh in (("images", "图片"), ("attachments", "附件")):
        for link in a.get(name) or ():
            click.echo(f"[{zh}] {link['text'] + '  ' if link['text'] else ''}{link['url']}")
    _foot(a)


def _why_not(name: str, a: dict[str, Any]) -> str:
    if name == "view_count":
        return describe("state", a["view_count_state"])
    return "not stated" if a.get(name) is None else ""


def _foot(a: dict[str, Any]) -> None:
    if "uid" not in a:
        return
    click.echo()
    rows = [("uid", a["uid"], f"version {a['version']}"), ("网址", a["url"], "")]
    if a["presence"] != "alive":
        rows.append(("状态", describe("presence", a["presence"]), f"since {a['presence_since']}"))
    if capture := a.get("capture"):
        where = f", from {capture['vantage']}" if capture.get("vantage") else ""
        rows.append(("抓取", f"{capture['fetched_at']}{where}", f"{capture['size']} bytes, {capture['used_charset']}"))
        rows.append(("sha256", capture["sha256"], ""))
    show.card(rows)


def print_history(article: dict[str, Any], versions: list[dict[str, Any]], views: list[dict[str, Any]]) -> None:
    """Earlier versions, each with what changed to the next, character by character; then the view counts."""
    states = [*versions, article]
    for old, new in pairwise(states):
        click.echo(
            f"\nversion {old['version']} → {new['version']}: seen {old['first_seen']} to {old['last_seen']} ({describe('cause', old['cause'])})"
        )
        for name in ("title", "publish_time", "source", "body"):
            if old[name] != new[name]:
                click.echo(f"  {name}: {_changes(str(old[name] or ''), str(new[name] or ''))}")
    if not versions:
        click.echo("\none version only")
    if views:
        click.echo(
            "\nview counts: " + ", ".join(f"{v['value']} ({v['observed_at'][:10]}, {v['method']})" for v in views)
        )


def _changes(old: str, new: str, around: int = 12) -> str:
    """A readable Chinese diff: [-taken out-]{+put in+}, with some characters around each change."""
    out = []
    for kind, a, b, c, d in difflib.SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if kind == "equal":
            text = old[a:b]
            out.append(text if len(text) <= 2 * around else f"{text[:around]}…{text[-around:]}")
        else:
            out.append((f"[-{old[a:b]}-]" if b > a else "") + (f"{{+{new[c:d]}+}}" if d > c else ""))
    return "".join(out).replace("\n", "⏎")
