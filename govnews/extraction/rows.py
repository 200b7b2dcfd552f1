"""The main list of a page nobody has seen: links that repeat in one shape, with dates beside them.

Links are grouped by the path of tags and classes that leads to them; the group that looks most like a list of articles (dates,
titles of sentence length, addresses of articles) wins, and rows of another shape inside its container are taken in. Cost: one
walk up from every link, so links × depth.

May import: model, text, lxml, the standard library.
"""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass, field
from urllib.parse import urljoin

from lxml.etree import _Element

from govnews.model import ListItem
from govnews.text.dates import list_date
from govnews.text.folding import bare, count_han, fold, squeeze

SHORTEST_TITLE = 4
ENOUGH = 1.5
"""Points from which a group of links is a list."""
DEEP = 60
"""Steps up from a link that are looked at; pages nested deeper are no lists."""

_CUT = re.compile(r"(?:…|\.{2,}|⋯)\s*$")
_BULLET = re.compile(r"^[\s·•▪■◆●○►▶»›>*\-–—|‧∙・]+(?=\S)")
_MORE = re.compile(
    r"^(?:更多|more|\[?(?:查看|阅读)?(?:全文|详情|详细|更多)\]?|\[详细\]|>+|»|首页|上一页|下一页|尾页|末页|返回|关闭|打印|登录|注册|收藏|\d{1,4})$",
    re.IGNORECASE,
)
_ARTICLE = re.compile(
    r"/t?\d{4,}|\d{5,}|[0-9a-f]{16,}|content|article|info/|art_|post_|/show|detail|[?&](?:\w*id|aid|nid)=\w+|/\d{4}[-/]?\d{2}",
    re.IGNORECASE,
)
_NOT_ARTICLE = re.compile(
    r"/(?:index|list|col\d*|default|home|main)(?:_?\d*)?\.(?:s?html?|jsp|aspx?|php)$|/$|/list/|page=", re.IGNORECASE
)
_DATES = re.compile(
    r"\d{4}\s*[-/.年]\s*\d{1,2}\s*[-/.月]\s*\d{1,2}\s*日?|(?<!\d)(?P<day>\d{1,2})\s+(?P<ym>\d{4}\s*[-/.年]\s*\d{1,2})\s*月?(?!\s*[-/.\d])|"
    r"(?<![\d.])(?P<md>\d{1,2}\s*[-/月]\s*\d{1,2}\s*日?)\s+(?P<y>\d{4})(?!\d)|(?<!\d)(?P<y2>\d{4})\s*年?\s+(?P<md2>\d{1,2}\s*[-/月.]\s*\d{1,2}\s*日?)(?!\d)|"
    r"(?<![\d\w.:/%-])\d{1,2}\s*[-/月]\s*\d{1,2}\s*日?(?:\s+\d{1,2}:\d{2})?(?![\d%./:-])"
)
_CONFIRM = re.compile(r"confirm\(.{0,10}?(https?://[^\s'\"]+?)\s*(?:\\n|%5cn|\s|')", re.IGNORECASE)
_QUOTED = re.compile(r"""["']((?:https?:/)?/?[^"'\s]{3,300}?\.(?:s?html?|jhtml|jspx?|php|aspx?)[^"'\s]{0,200})["']""")


@dataclass(slots=True)
class _Group:
    """Links of one shape. rows: by address, in page order."""

    links: list[_Element] = field(default_factory=list)
    hrefs: list[str] = field(default_factory=list)


@dataclass(slots=True)
class _Row:
    element: _Element
    href: str
    links: list[_Element]
    date: str | None = None


def address_of(link: _Element) -> str | None:
    """The address a link leads to, as printed; also one that a site copier or a script hides. Null for none."""
    href = (link.get("href") or "").strip()
    if href.lower().startswith("javascript:") or href in ("", "#", "#none"):
        copied = (link.get("tppabs") or link.get("data-href") or link.get("data-url") or "").strip()
        if copied:
            return copied
        found = (
            _CONFIRM.search(href.replace("%27", "'"))
            or _QUOTED.search(href)
            or _QUOTED.search(link.get("onclick") or "")
        )
        return found[1] if found else None
    return None if href.startswith(("#", "mailto:", "tel:")) else href


def find_rows(root: _Element, url: str) -> list[ListItem]:
    """The rows of the main list in page order; empty when nothing looks like one."""
    groups = _groups(root)
    best, best_points = None, ENOUGH
    for group in groups.values():
        points = _points(group)
        if points > best_points:
            best, best_points = group, points
    if best is None:
        return []
    return _items(_beside_dated(_with_others(best, groups)), url)


def _beside_dated(rows: list[_Row]) -> list[_Row]:
    """Without the rows that stand outside what holds the dated ones: navigation in the same shape (layout tables)."""
    container = _container([row for row in rows if row.date])
    if container is None:
        return rows
    inside = set(container.iter())
    return [row for row in rows if row.element in inside]


def _groups(root: _Element) -> dict[tuple[str, ...], _Group]:
    groups: dict[tuple[str, ...], _Group] = defaultdict(_Group)
    for link in root.iter("a"):
        href = address_of(link)
        if href is None:
            continue
        group = groups[_shape(link)]
        group.links.append(link)
        group.hrefs.append(href)
    return {shape: group for shape, group in groups.items() if len(group.links) >= 1}


def _shape(link: _Element) -> tuple[str, ...]:
    """Tags on the way up, with the classes and ids of those that are not the row itself (rows differ: odd, first, top)."""
    path = []
    for steps, element in enumerate(link.iterancestors()):
        tag = element.tag
        if not isinstance(tag, str) or steps > DEEP:
            break
        if steps > 2 or tag in ("ul", "ol", "table", "tbody"):
            name = re.sub(r"\d+", "0", (element.get("id") or "") + "." + (element.get("class") or ""))
            path.append(f"{tag}{name}" if name != "." else tag)
        else:
            path.append(tag)
    return tuple(path)


def _title_text(link: _Element) -> str:
    return squeeze(link.get("title") or "") or squeeze("".join(map(str, link.itertext())))


def _points(group: _Group) -> float:
    """How much a group looks like the main list."""
    titles: dict[str, str] = {}
    for link, href in zip(group.links, group.hrefs, strict=True):
        text = _title_text(link)
        if len(text) > len(titles.get(href, "")):
            titles[href] = text
    titles = {h: t for h, t in titles.items() if not _MORE.match(t)}
    if not titles:
        return 0.0
    count = len(titles)
    length = sum(min(count_han(t) + len(t) // 8, 30) for t in titles.values()) / count
    if length < SHORTEST_TITLE:
        return 0.0
    shaped = sum(_ARTICLE.search(h) is not None and not _NOT_ARTICLE.search(h) for h in titles) / count
    rows = _rows(group.links, group.hrefs)
    dated = sum(row.date is not None for row in rows) / max(1, len(rows))
    return float(min(count, 60) ** 0.6) * min(1.0, (length - 2) / 8) * (0.25 + 0.5 * shaped + 2.0 * dated)


def _rows(links: list[_Element], hrefs: list[str]) -> list[_Row]:
    """One row an address, each with the element that is its own and the date found there or beside it."""
    owners = _row_elements(links, hrefs)
    by_href: dict[str, _Row] = {}
    for link, href, owner in zip(links, hrefs, owners, strict=True):
        if href in by_href:
            by_href[href].links.append(link)
        else:
            by_href[href] = _Row(owner, href, [link])
    rows = list(by_href.values())
    for row in rows:
        row.date = _date_in("".join(_texts(row.element)), row)
    missing = [row for row in rows if row.date is None]
    if missing:
        _dates_beside(rows, missing)
    return rows


def _row_elements(links: list[_Element], hrefs: list[str]) -> list[_Element]:
    """For each link the highest element that holds no other address of the group."""
    holds: dict[_Element, set[str]] = defaultdict(set)
    for link, href in zip(links, hrefs, strict=True):
        for steps, element in enumerate(link.iterancestors()):
            if steps > DEEP:
                break
            held = holds[element]
            if len(held) > 1 and href in held:
                break
            held.add(href)
    owners = []
    for link in links:
        owner = link
        for steps, element in enumerate(link.iterancestors()):
            if steps > DEEP or len(holds.get(element, ())) > 1 or element.tag in ("body", "html", "table", "tbody"):
                break
            owner = element
        owners.append(owner)
    return owners


def _texts(element: _Element) -> list[str]:
    """The texts of an element with blanks between them; scripts and styles left out."""
    out = []
    for child in element.iter():
        tag = child.tag
        if tag in ("script", "style") or not isinstance(tag, str):
            if child.tail and child is not element:
                out.append(" " + child.tail)
            continue
        if child.text:
            out.append(" " + child.text)
        if child.tail and child is not element:
            out.append(" " + child.tail)
    return out


def _date_in(text: str, row: _Row | None = None) -> str | None:
    """The date of a row's text: outside its title if there is one there, else none."""
    folded = fold(text)
    if row is not None:
        for link in row.links:
            title = fold("".join(map(str, link.itertext())))
            if len(title) >= SHORTEST_TITLE and len(row.element) and link is not row.element and not _wraps(link):
                folded = folded.replace(title, " ")
    found = [d for m in _DATES.finditer(folded) if (d := _read(m))]
    if not found:
        return None
    full = [d for d in found if not d.startswith("--")]
    return (
        (full or found)[0]
        if not full or len(set(full)) == 1
        else full[-1]
        if folded.rstrip().endswith(tuple("0123456789日]) "))
        else full[0]
    )


def _wraps(link: _Element) -> bool:
    """Whether a link wraps a whole row and not only its title."""
    return any(
        True
        for _ in link.iterdescendants(
            "div", "p", "h1", "h2", "h3", "h4", "h5", "li", "dt", "dd", "i", "em", "span", "b", "time", "td"
        )
    )


def _read(match: re.Match[str]) -> str | None:
    if match["day"]:
        return list_date(f"{match['ym']}-{match['day']}".replace(" ", ""))
    if match["md"]:
        return list_date(f"{match['y']}-{match['md']}".replace(" ", ""))
    if match["md2"]:
        return list_date(f"{match['y2']}-{match['md2']}".replace(" ", ""))
    return list_date(match[0])


def _dates_beside(rows: list[_Row], missing: list[_Row]) -> None:
    """Dates between rows of a flat list: after each row up to the next, or before it; whichever side dates more rows."""
    owners = {row.element for row in rows}
    after = {id(row): _date_in(_between(row.element, owners, forward=True)) for row in missing}
    before = {id(row): _date_in(_between(row.element, owners, forward=False)) for row in missing}
    side = (
        after if sum(d is not None for d in after.values()) >= sum(d is not None for d in before.values()) else before
    )
    for row in missing:
        row.date = side[id(row)]


def _between(element: _Element, owners: set[_Element], *, forward: bool) -> str:
    """Text between a row and its neighbour on one side."""
    parts = [element.tail or ""] if forward else []
    for steps, sibling in enumerate(element.itersiblings(preceding=not forward)):
        if sibling in owners or steps > 6:
            break
        if isinstance(sibling.tag, str) and (
            sibling.tag in ("ul", "ol", "table", "script", "style")
            or next(sibling.iterdescendants("a"), None) is not None
        ):
            break
        parts += _texts(sibling) if isinstance(sibling.tag, str) else []
        parts.append(sibling.tail or "")
    else:
        if not forward:
            parent = element.getparent()
            parts.append(parent.text or "" if parent is not None else "")
    return " ".join(parts if forward else reversed(parts))


def _with_others(best: _Group, groups: dict[tuple[str, ...], _Group]) -> list[_Row]:
    """The rows of the best group, and rows of another shape within its container (a pinned row, a row with a picture)."""
    rows = _rows(best.links, best.hrefs)
    container = _container(rows)
    if container is None:
        return rows
    inside = set(container.iter("a"))
    links, hrefs = list(best.links), list(best.hrefs)
    dated = sum(row.date is not None for row in rows) >= 0.5 * len(rows)
    for group in groups.values():
        if group is best or not any(link in inside for link in group.links):
            continue
        pairs = [
            (l, h)
            for l, h in zip(group.links, group.hrefs, strict=True)
            if l in inside and count_han(_title_text(l)) >= SHORTEST_TITLE and not _MORE.match(_title_text(l))
        ]
        other = _rows([l for l, _ in pairs], [h for _, h in pairs])
        known = set(hrefs)
        keep = {
            row.href
            for row in other
            if row.href in known
            or (row.date is not None if dated else _ARTICLE.search(row.href) and not _NOT_ARTICLE.search(row.href))
        }
        links += [l for l, h in pairs if h in keep]
        hrefs += [h for _, h in pairs if h in keep]
    order = {link: n for n, link in enumerate(container.iter("a"))}
    paired = sorted(zip(links, hrefs, strict=True), key=lambda pair: order.get(pair[0], 0))
    return _rows([l for l, _ in paired], [h for _, h in paired])


def _container(rows: list[_Row]) -> _Element | None:
    """The lowest element that holds every row; null for a single row."""
    if len(rows) < 2:
        return None
    common = list(rows[0].element.iterancestors())
    for row in rows[1:]:
        held = set(row.element.iterancestors())
        common = [element for element in common if element in held]
    return common[0] if common and common[0].tag not in ("html",) else None


def _items(rows: list[_Row], url: str) -> list[ListItem]:
    items = []
    undated = sum(row.date is None for row in rows)
    for row in rows:
        title = title_of(row.links, row.element)
        if not title or _MORE.match(title):
            continue
        if row.date is None and undated < 0.3 * len(rows) and _NOT_ARTICLE.search(row.href) and count_han(title) < 8:
            continue
        items.append(ListItem(resolve(url, row.href), title, row.date))
    return items


def resolve(url: str, href: str) -> str:
    """An absolute address; what cannot be joined stays as printed."""
    try:
        return urljoin(url, href.replace("\\", "/"))
    except ValueError:
        return href


def title_of(links: list[_Element], row: _Element | None = None) -> str:
    """A row's title in full: the best of its links' texts, `title` attributes and headings."""
    best = ""
    for link in links:
        text = _visible_title(link)
        attribute = squeeze(link.get("title") or "")
        if _MORE.match(text):
            text = ""
        title = attribute if _fuller(text, attribute) else text
        if not title:
            title = next(
                (
                    squeeze(i.get("alt") or "")
                    for i in link.iter("img")
                    if count_han(i.get("alt") or "") >= SHORTEST_TITLE
                ),
                "",
            )
        if count_han(title) > count_han(best) or (not best and title):
            best = title
    if _CUT.search(best) and row is not None:
        stem = bare(_CUT.sub("", best))
        for element in row.iter("a", "h1", "h2", "h3", "h4", "span", "p"):
            attribute = squeeze(element.get("title") or "")
            if bare(attribute).startswith(stem) and len(attribute) > len(stem):
                best = attribute
                break
    return _BULLET.sub("", best).strip()


def _fuller(text: str, attribute: str) -> bool:
    """Whether the attribute has more of the title than what is shown: the text is cut, empty, or its beginning."""
    if count_han(attribute) < 2:
        return False
    shown, whole = bare(_BULLET.sub("", _CUT.sub("", text))), bare(attribute)
    return (
        not shown
        or (whole != shown and whole.startswith(shown))
        or (bool(_CUT.search(text)) and len(whole) >= len(shown))
    )


def _visible_title(link: _Element) -> str:
    """The title among the texts of a link: a heading or an element named so, else the text without dates and summaries."""
    for element in link.iterdescendants("h1", "h2", "h3", "h4", "h5", "h6", "dt", "strong"):
        text = squeeze("".join(map(str, element.itertext())))
        if count_han(text) >= SHORTEST_TITLE:
            return text
    for element in link.iterdescendants():
        if isinstance(element.tag, str) and re.search(r"tit|bt$|name|text", element.get("class") or "", re.IGNORECASE):
            text = squeeze("".join(map(str, element.itertext())))
            if count_han(text) >= SHORTEST_TITLE:
                return text
    whole = squeeze("".join(map(str, link.itertext())))
    if not _wraps(link):
        return whole
    chunks = [c for piece in _texts(link) if (c := squeeze(piece)) and list_date(c) is None and not c.isdigit()]
    blocks = next(link.iterdescendants("div", "p", "li", "dd"), None) is not None
    if blocks:
        return next((c for c in chunks if count_han(c) >= SHORTEST_TITLE), whole)
    text = squeeze(" ".join(chunks)) if len(chunks) < len(list(_texts(link))) else whole
    return re.sub(r"\s*[\[(]?\d{4}[-/.]\d{1,2}[-/.]\d{1,2}[\])]?\s*$", "", text)
