"""The title of a list row, in full: what is seen, unless it is cut and the `title` attribute is whole.

May import: text, lxml, its neighbours in this room.
"""

from __future__ import annotations

import re
from html import unescape

from lxml.etree import _Element

from govnews.extraction.links import LONGEST, Link, is_more, weight
from govnews.extraction.markup import elements, text_of, truth
from govnews.extraction.row_dates import is_date, texts_of
from govnews.text.folding import bare, squeeze

SHORTEST = 4
"""Weight from which a text can be a title."""

_CUT = re.compile(r"[\[【(]?(?:…|\.{2,6}|⋯|。{2,6})[\]】)]?\s*$")
_BULLET = re.compile(r"^(?:[\s·•▪■◆◇●○★☆►▶»›>*\-–—|‧∙・]+|\[置顶\]|【置顶】)+(?=\S)")
_TAIL = re.compile(r"\s*(?:\bnew!?|\[?(?:详细|详情|查看全文|阅读全文|查看详情|更多)\]?[>»]*|>>)$", re.IGNORECASE)
_ATTRIBUTE = re.compile(r"(?:文章|新闻|信息)?标\s*题[:：]\s*(.+)")
_ABOUT = re.compile(
    r"(?:发布|更新|发表|添加|录入)?(?:时间|日期|人|单位)[:：]|(?:作者|来源|点击|浏览|阅读|栏目|编辑)\w{0,4}[:：]"
)
_FLAG = re.compile(r"[\[【(（]?(?:置顶|new|hot|top)!?[\]】)）]?|[\[【(（](?:头条|推荐|热|新)[\]】)）]", re.IGNORECASE)
_ENTITY = re.compile(r"&(?:[a-z]{2,8}|#\d{2,6});")
_HIDDEN = re.compile(r"display\s*:\s*none", re.IGNORECASE)
_NAMED = re.compile(r"tit|(?:^|[-_\s])bt|(?:^|[-_\s])name|subject|headline", re.IGNORECASE)
_headings = elements(".//h1|.//h2|.//h3|.//h4|.//h5|.//h6|.//dt|.//strong")
_classed = elements(".//*[@class]")
_in_heading = truth(
    "boolean(ancestor::*[position() < 4][self::h1 or self::h2 or self::h3 or self::h4 or self::h5 or self::h6 or self::dt])"
)
_blocks = truth("boolean(.//div or .//p or .//li or .//dd or .//h3 or .//h4 or .//h2 or .//h5)")
_holds = truth("boolean(*[not(self::img or self::br or self::font or self::b or self::script)])")


def title_of(links: list[Link], row: _Element) -> str:
    """A row's title: of its links the one in a heading, else the first that says something; in full if anything has it whole."""
    best, best_in_heading = "", False
    for link in links:
        title = _of_link(link)
        if not title or is_more(title):
            continue
        heading = len(links) > 1 and bool(_in_heading(link.element))
        if (
            weight(best) < SHORTEST <= weight(title)
            or not best
            or (heading and not best_in_heading and weight(title) >= SHORTEST)
            or _continues(best, title)
        ):
            best, best_in_heading = title, heading
    if not best:
        best = _beside(row)
    if _CUT.search(best):
        best = _whole(best, row)
    if _ENTITY.search(best):  # escaped twice
        best = squeeze(unescape(best))
    return _TAIL.sub("", _BULLET.sub("", best)).strip()


def _beside(row: _Element) -> str:
    """The title of a row whose link says only 查看详情: the first text in it that can be one."""
    texts = (squeeze(text[:LONGEST]) for text in texts_of(row))
    return next((text for text in texts if weight(text) >= SHORTEST and not is_more(text) and not is_date(text)), "")


def _of_link(link: Link) -> str:
    attribute = _clean_attribute(link)
    text = _visible(link)
    title = attribute if _fuller("" if is_more(text) else text, attribute) else text
    if title:
        return title
    alts = (squeeze((image.get("alt") or "")[:LONGEST]) for image in link.element.iter("img"))
    return next((alt for alt in alts if weight(alt) >= SHORTEST), "")


def _clean_attribute(link: Link) -> str:
    """The attribute; of one in the manner of 标题：…⏎作者：…⏎时间：… the title."""
    if not ("：" in link.title or ":" in link.title):
        return link.title
    lines = [line.strip() for line in (link.element.get("title") or "")[:LONGEST].splitlines()]
    if named := next((found[1] for line in lines if (found := _ATTRIBUTE.match(line))), None):
        return squeeze(named)
    return squeeze(" ".join(line for line in lines if not _ABOUT.match(line)))


def _continues(best: str, title: str) -> bool:
    """Whether a later link shows in full what an earlier one cut."""
    return _CUT.search(best) is not None and bare(title).startswith(bare(_CUT.sub("", best))) and len(title) > len(best)


def _whole(cut: str, row: _Element) -> str:
    """The text of which `cut` is the beginning, from a `title` attribute or a hidden element somewhere in the row."""
    stem = bare(_CUT.sub("", cut))
    for element in row.iter("a", "li", "h1", "h2", "h3", "h4", "span", "p", "div", "td"):
        hidden = text_of(element) if _HIDDEN.search(element.get("style") or "") else ""
        whole = squeeze((element.get("title") or element.get("data-title") or hidden)[:LONGEST])
        if len(whole) > len(stem) and bare(whole).startswith(stem):
            return whole
    return cut


def _fuller(text: str, attribute: str) -> bool:
    """Whether the attribute has more of the title than what is shown: the text is cut, empty, or its beginning."""
    if attribute == text or weight(attribute) < 2:
        return False
    shown, whole = bare(_BULLET.sub("", _CUT.sub("", text))), bare(attribute)
    if not shown:
        return not is_more(attribute)
    if "。" in whole[len(shown) :] and not _CUT.search(text):  # a summary
        return False
    if whole == shown:
        return _CUT.search(text) is not None
    return whole.startswith(shown) or (_CUT.search(text) is not None and len(whole) >= len(shown))


def _visible(link: Link) -> str:
    """The title among the texts of a link: a heading or an element named so, else the text without dates and summaries."""
    element = link.element
    if not _holds(element):
        return link.text
    for heading in _headings(element):
        text = squeeze(text_of(heading)[:LONGEST])
        if weight(text) >= SHORTEST and not is_date(text):
            return text
    for named in _classed(element):
        if _NAMED.search(named.get("class") or "") and weight(text := squeeze(text_of(named)[:LONGEST])) >= SHORTEST:
            return _without_dates(named) if _holds(named) else text
    return _without_dates(element)


def _without_dates(element: _Element) -> str:
    """The text of a link that wraps a row: its first block, or all of it, without what is only a date."""
    chunks = [c for piece in texts_of(element) if (c := squeeze(piece[:LONGEST]))]
    kept = [c for c in chunks if not is_date(c) and not c.isdigit()]
    while kept and _FLAG.fullmatch(kept[-1]):
        kept.pop()
    while kept and _FLAG.fullmatch(kept[0]):
        del kept[0]
    if _blocks(element):
        return next((c for c in kept if weight(c) >= SHORTEST), squeeze("".join(kept)))
    return squeeze("".join(texts_of(element))[:LONGEST]) if len(kept) == len(chunks) else squeeze("".join(kept))
