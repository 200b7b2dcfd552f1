"""What kind of page it is: told by evidence, in the order of cms-families.md §7.4.

A wall's signature alone proves nothing (a genuine article carries bot sensors beside its text), and neither does status 200.

May import: model, text, its neighbours in this room.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from govnews.extraction.document import Document
from govnews.extraction.no_article import (
    ROWS,
    is_dataset,
    is_leader,
    is_letter,
    is_office,
    is_search,
    is_service,
    is_tagged,
    is_unfilled,
    is_vote,
    reads_on,
)
from govnews.extraction.words import BETTING, CHALLENGES, EVERYDAY, NOT_FOUND, OFFICE, POLICE
from govnews.text.folding import bare, count_han

LITTLE_TEXT = 400
"""Characters of visible text up to which a page can be a wall, a shell or a soft 404."""
UNTITLED = 6
"""Points that make an article of a page whose headline is a picture, or only in a <title> of the site."""
LINKED_ROWS, MOSTLY_LINKED = 7, 0.6
"""Linked lines, and the share of linked text, from which a page without a headline is a list or a home page."""
UNDATED = 80
"""Characters of text under a headline that <title> repeats from which a page without any header line can be an article."""
DATED_ROWS = 5
"""Linked lines with a date beside them from which a page looks like a list."""

_BROKEN_COPY = re.compile(r"[\u4e00-\u9fff]\([a-zāáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜü]{1,7}\)")
_BETS = re.compile("|".join(map(re.escape, BETTING)))
"""Any of them, in one pass: nearly every page has none."""
_BRAND = re.compile(
    r"[a-z\d]{2,8}(?:体育|娱乐|棋牌|彩票|电竞|电子|国际|真人)|(?:体育|娱乐|棋牌|彩票|电竞)(?:综合|平台|官网|官方|app|注册|登录|投注)"
)
_OFFER = re.compile(r"官网|官方|app|登录|登陆|入口|下载|注册|投注|网页版|手机版|最新网址|体验金|首页")
_OFFERS = 2
"""Different things that a betting brand's title offers; the brands change every year."""
_BETS_BESIDE_A_TITLE = 3
"""Different betting words of a whole page that make one hijacked whose title has an everyday one of them."""
_BETS_OF_A_PAGE, _HALF_WORDS = 4, 8
"""Different betting words, or half-words in brackets, from which a page is hijacked."""
_ALERT = re.compile(r"""alert\(\s*["']([^"']{2,80})["']""")
_COOKIE_GATE = re.compile(r"document\s*\.\s*cookie\s*=")
_RELOADS = re.compile(r"location(?:\s*\.\s*(?:href|reload|replace|assign))?\s*[=(]|\.reload\s*\(")
"""A script that sets a cookie and asks for the page again is a wall, of whatever make."""
_SIGN_IN = re.compile(
    r"(?:用户|会员|系统|统一|个人|法人|后台)?(?:身份认证|登录|登陆|注册)(?:页面?|系统|平台)?(?:$|[-_|—])"
)
"""A <title> that begins so."""
_WAITING = 40
"""Characters that a wall asks to be patient with (正在验证您的浏览器，请稍候)."""
_BLOCKED_STATUS = frozenset({412, 468, 521, 405, 429, 503, 202, 403})


@dataclass(slots=True)
class Evidence:
    """What speaks for an article. title: one was found. stated_title: in the mandated meta. agreed: <title> or a meta says the
    visible headline; own: it is no link to somewhere else; headed: a header line stands below it. rows: whole-line links with a
    date beside them inside the text; led: those over a summary, where summaries are most of the text; stamped: lines that say only when
    something was published, inside the text; dated: linked lines with a
    date on the whole page; among: those between the headline and the end of the text. signed: the text ends with a date. time: a
    valid publish time. labels: header values. body: characters. media: pictures, players, files. container: known by
    name. placed: the page has the place where its site puts texts. detail: the breadcrumb ends in 正文."""

    title: bool
    stated_title: bool
    agreed: bool
    own: bool
    headed: bool
    time: bool
    labels: int
    body: int
    media: int
    container: bool
    rows: int = 0
    dated: int = 0
    led: int = 0
    among: int = 0
    stamped: int = 0
    signed: bool = False
    detail: bool = False
    placed: bool = False


def wall_make(html: str) -> str | None:
    """The make of the firewall whose signature the source carries, or null. A signature is not yet a wall."""
    lowered = html[:200_000].lower()
    return next((make for make, piece in CHALLENGES if piece in lowered), None)


def is_hijacked(document: Document) -> bool:
    """Betting words in the title or in number, or the half-words in brackets of machine-made copies (應(yīng)急)."""
    titles = " ".join(document.titles).lower()
    named = set(_BETS.findall(titles))
    offered = set(_OFFER.findall(titles)) - {"首页"}
    if (
        named - EVERYDAY
        or (named and offered)
        or (_BRAND.search(titles) and len(set(_OFFER.findall(titles))) >= _OFFERS and not OFFICE.search(titles))
    ):
        return True
    text = "\n".join(line.text for line in document.lines[:400]).lower()
    if (
        _BETS.search(text)
        and sum(word in text for word in BETTING) >= (_BETS_BESIDE_A_TITLE if named else _BETS_OF_A_PAGE)
        and len(set(POLICE.findall(text))) < 3
    ):
        return True
    copied = text[:20_000]
    return copied.count("(") >= _HALF_WORDS and len(_BROKEN_COPY.findall(copied)) >= _HALF_WORDS


def classify(html: str, document: Document, evidence: Evidence, status: int = 200) -> str:
    """A code of group "kind"."""
    visible = sum(len(line.text) for line in document.lines)
    strong = evidence.title and evidence.time and (evidence.body >= 30 or evidence.media > 0)
    if visible <= 3 and not document.images and not document.frames:
        return _nothing_to_see(html)
    if is_hijacked(document):
        return "hijacked"
    if visible < LITTLE_TEXT and not evidence.labels and not evidence.stated_title and wall_make(html):
        return "challenge"
    if not strong and visible < LITTLE_TEXT * 2 and (wall_make(html) or status in _BLOCKED_STATUS):
        return "challenge"
    if not strong and visible < _WAITING and _is_gate(html):
        return "challenge"
    if not strong and _says_not_found(document, evidence):
        return "not_found"
    if _is_list(document, evidence):
        return "list"
    if not evidence.time and evidence.body < 30 and not evidence.media and is_unfilled(document):
        return "shell"
    points = 2 * evidence.time + evidence.title + evidence.stated_title + min(2, evidence.labels) + evidence.container
    points += (evidence.body >= 30) + (evidence.body >= 150) + 2 * (evidence.media > 0)
    points += evidence.agreed + evidence.signed + evidence.headed + 2 * evidence.detail
    points += evidence.agreed and evidence.own and evidence.body >= UNDATED
    if points >= (4 if evidence.title else UNTITLED) and (
        evidence.body >= 30
        or evidence.media
        or (evidence.time and (evidence.body > 0 or evidence.placed))
        or evidence.labels >= 2
    ):
        return "other" if _is_of_an_office(document, evidence) else "article"
    if max(evidence.dated, evidence.led) >= ROWS:
        return "list"
    if visible < LITTLE_TEXT and "<script" in html.lower() and evidence.body < 30:
        return "shell"
    return "other"


def _is_of_an_office(document: Document, evidence: Evidence) -> bool:
    """A leader's page, a letter to an office with the reply, what an office is for, a service, a data set, or a page to sign in."""
    if evidence.labels < 2 and not evidence.stated_title and is_dataset(document):
        return True
    if evidence.labels:
        return False
    if is_letter(document):
        return True
    return not evidence.time and (
        is_leader(document)
        or is_office(document)
        or is_service(document)
        or is_vote(document)
        or _is_sign_in(document, evidence)
    )


def _is_sign_in(document: Document, evidence: Evidence) -> bool:
    return evidence.body < UNDATED and any(_SIGN_IN.match(bare(title)) for title in document.titles)


def _is_gate(html: str) -> bool:
    head = html[:20_000]
    return _COOKIE_GATE.search(head) is not None and _RELOADS.search(head) is not None


def _nothing_to_see(html: str) -> str:
    if wall_make(html):
        return "challenge"
    if any(NOT_FOUND.search(said) for said in _ALERT.findall(html[:20_000])):
        return "not_found"
    if _is_gate(html):
        return "challenge"
    lowered = html.lower()
    return "shell" if "<script" in lowered or "<iframe" in lowered or "<div" in lowered else "other"


def _says_not_found(document: Document, evidence: Evidence) -> bool:
    """A soft 404 says so in its title or in a short text; an article about a 404 does not."""
    titles = " ".join(document.titles)
    if NOT_FOUND.search(titles) and not evidence.time:
        return True
    if evidence.time and evidence.body >= 60:
        return False
    short = [
        line.text
        for line in document.lines
        if len(line.text) <= 120 and not (line.listed and line.linked) and line.linked < 0.5 * len(line.text)
    ]
    prose = sum(len(line.text) - line.linked for line in document.lines if not (line.listed and line.linked))
    return prose < LITTLE_TEXT and any(NOT_FOUND.search(text) for text in short)


def _is_list(document: Document, evidence: Evidence) -> bool:
    """Many dated, linked rows and little text that is none."""
    own = evidence.body
    if evidence.rows >= DATED_ROWS:
        return True  # titles with a summary and a date each
    if evidence.labels < 2 and not evidence.stated_title and evidence.led >= ROWS:
        return True
    if evidence.labels < 2 and not evidence.stated_title and (is_search(document) or is_tagged(document)):
        return True
    if not evidence.agreed and not evidence.stated_title and reads_on(document) >= ROWS:
        return True
    if evidence.stamped >= ROWS and not evidence.agreed and evidence.labels < 2 and not evidence.stated_title:
        return True
    if evidence.time and evidence.title and own >= 200:
        return False
    if evidence.time or evidence.labels or evidence.detail or (evidence.container and evidence.agreed):
        shows = own >= 30 or evidence.media > 0 or (own > 0 and (evidence.labels > 0 or evidence.headed))
        if shows and evidence.own and evidence.among < 2:
            return False  # the rows stand beside the article, or below it
    if evidence.dated >= DATED_ROWS and own < 60 * evidence.dated and not (evidence.labels >= 2 and own >= 50):
        return True
    if evidence.dated >= ROWS and own < 30 and not (evidence.time or evidence.labels or evidence.agreed):
        return True
    linked = sum(
        1
        for line in document.lines
        if line.linked >= 8 and line.linked >= 0.6 * len(line.text) and count_han(line.text) >= 6
    )
    bare = evidence.labels == 0 and evidence.media == 0 and not evidence.time
    if linked >= LINKED_ROWS and bare and not evidence.title:
        shown = sum(len(line.text) for line in document.lines)
        return sum(line.linked for line in document.lines) >= MOSTLY_LINKED * shown
    return linked >= 12 and own < 150 and bare
