"""What a page says of itself outside the text a reader sees: meta tags, HTML comments around values, inline script.

The mandated tags (SiteName … ContentSource) are matched in any case; a value that is a placeholder, repeats another or is the
time at which the page was generated is no value (cms-families.md §9.4).

May import: model, text, families, its neighbours in this room.
"""

from __future__ import annotations

import re

from govnews.extraction.document import Document
from govnews.families import Family
from govnews.model import Found
from govnews.text.dates import find_times, read_time
from govnews.text.folding import bare, fold, squeeze
from govnews.text.lexicon import PLACEHOLDERS

TIME_NAMES = (
    "pubdate publishdate publish_date publishtime publish-time pubtime publish_time published article:published_time "
    "og:published_time apub:time weibo:article:create_at datepublished firstpublishedtime docreltime docpubtime "
    "releasedate release_date date createdate dc.date article.published bytedance:published_time"
).split()
SOURCE_NAMES = "contentsource content-source content_source source docsource article:source og:source sourcename article_source".split()
TITLE_NAMES = "articletitle article_title doctitle og:title twitter:title".split()
AUTHOR_NAMES = ("author",)
GENERATED_NAMES = "maketime htmlgeneratetime generatetime others".split()
SECTION_NAMES = ("columnname", "article:section")
KEYWORDS_NAMES = ("keywords",)

_STATED = re.compile(r"""(\w{3,20})["']?\s{0,3}[=:]\s{0,3}["']([^"'<>\\]{1,120})["']""")
"""A name and the string it is given, in JavaScript or JSON."""
_SCRIPT_FIELDS = {
    **dict.fromkeys(
        "pubdata pubdate pub_date publishdate publish_date publishtime publish_time docpubtime docreltime fbsj datepublished".split(),
        "publish_time",
    ),
    **dict.fromkeys("wzly sourcename source_name docsource contentsource articlesource".split(), "source"),
    **dict.fromkeys("articletitle article_title doctitle".split(), "title"),
}
_SCRIPT_STEMS = ("pub", "source", "articletitle", "article_title", "doctitle", "docreltime", "fbsj", "wzly")
"""One of these is in each of those names: fewer to look for first."""


def _around(stem: str) -> re.Pattern[str]:
    """The pattern of the names that hold a stem. It begins with the stem, so that C seeks it in long scripts; then what stands before
    and behind it is looked at."""
    pieces = [name.partition(stem)[::2] for name in _SCRIPT_FIELDS if stem in name]
    return re.compile(stem + "(?:" + "|".join(f"(?<={before}{stem}){behind}" for before, behind in pieces) + ")")


_SCRIPT_NAMES = tuple((stem, _around(stem)) for stem in _SCRIPT_STEMS)
_TAGS = (
    ("title", b"<ucaptitle", re.compile(r"<ucaptitle[^>]{0,200}>(.{1,400}?)</ucaptitle", re.IGNORECASE | re.DOTALL)),
    ("publish_time", b"<publishtime", re.compile(r"<publishtime[^>]{0,200}>([^<]{4,60})</publishtime", re.IGNORECASE)),
)
_MARKUP = re.compile(r"<[^<>]{0,2000}>")
_EMPTY_WORDS = re.compile(
    r"^(?:网站名称|网站域名|文章标题|栏目名称|发布时间|发布日期|来源|稿件来源|信息来源|作者|系统管理员|内容来源|关键字|描述)$"
)


def is_placeholder(value: str) -> bool:
    """Whether a value stands for no value: 无, null, a template's own word (`文章标题`), unfilled template code."""
    text = fold(value)
    return (
        not text
        or text.lower() in PLACEHOLDERS
        or "{{" in text
        or "${" in text
        or "[!--" in text
        or _EMPTY_WORDS.match(text) is not None
    )


def meta_values(document: Document, names: tuple[str, ...] | list[str]) -> list[Found]:
    """Values of the named tags, in the order of the names, placeholders left out. via: `meta:<name>`."""
    return [
        Found(value, f"meta:{name}")
        for name in names
        for value in document.metas.get(name, ())
        if not is_placeholder(value)
    ]


def generation_days(document: Document) -> set[str]:
    """The exact stamps at which the page was generated; a PubDate equal to one of them is not a publish time."""
    stamps: set[str] = set()
    for name in GENERATED_NAMES:
        if name == "maketime":  # Hanweb's is close to the publish time by nature: not evidence against PubDate
            continue
        for value in document.metas.get(name, ()):
            if name != "others" or "生成" in value:
                stamps.update(moment.iso for _, _, moment in find_times(fold(value)) if moment.precision == "second")
    return stamps


def meta_times(document: Document) -> list[Found]:
    """Publish times in metas, without those that are the time of generation."""
    generated = generation_days(document)
    out = []
    for found in meta_values(document, TIME_NAMES):
        moment = read_time(found.value) if not found.value.isdigit() else None
        if moment and moment.iso not in generated:
            out.append(found)
    return out


def script_values(scripts: list[str], family: Family) -> dict[str, list[Found]]:
    """Values that inline script writes into the page: well-known variables, and those only this family has."""
    out: dict[str, list[Found]] = {}
    own = {variable: field for field, variable in family.scripts}
    for script in scripts:
        if not _names_a_field(script.lower()) and not any(name in script for name in own):
            continue  # nearly every script: the pattern is slow on long ones
        for name, value in _STATED.findall(script):
            field = own.get(name) or _SCRIPT_FIELDS.get(name.lower())
            if field is None or is_placeholder(value):
                continue
            found = out.setdefault(field, [])
            found.insert(0 if name in own else len(found), Found(value, f"script:{name}"))
    return out


def _names_a_field(script: str) -> bool:
    return any(stem in script and name.search(script) for stem, name in _SCRIPT_NAMES)


def marked_values(html: str, lowered: bytes, family: Family) -> dict[str, list[Found]]:
    """Values between a family's comments or in non-standard tags: exact where they stand, so first among candidates.
    lowered: the source in UTF-8 and small letters, in which the tags are sought first."""
    out: dict[str, list[Found]] = {}
    for field, opening, closing in family.comments:
        start = html.find(opening)
        if start < 0:
            continue
        end = html.find(closing, start + len(opening), start + len(opening) + 4000)
        if (
            end > 0
            and (value := squeeze(_MARKUP.sub("", html[start + len(opening) : end])))
            and not is_placeholder(value)
        ):
            out.setdefault(field, []).append(Found(value, f"family:{family.name}"))
    for field, tag, pattern in _TAGS:
        match = pattern.search(html) if tag in lowered else None
        if match and (value := squeeze(_MARKUP.sub("", match[1]))):
            out.setdefault(field, []).append(Found(value, f"tag:{tag[1:].decode()}"))
    return out


def same(a: str, b: str) -> bool:
    """Whether two values are the same to a reader."""
    return bare(a) == bare(b)
