"""What a site file says of its pages (`[[layouts]]`): selectors that stand before the family's way and before every heuristic.

May import: model, text, parsel, lxml, its neighbours in this room.
"""

from __future__ import annotations

from functools import lru_cache

from lxml import etree
from lxml.etree import _Element
from parsel.csstranslator import HTMLTranslator

from govnews.extraction.markup import text_of
from govnews.model import Found, Issue, Layout, Site
from govnews.text.folding import fold, squeeze
from govnews.text.labels import split_labels

BODY = ".govnews-site-body"
"""The name given to the element that the site's own selector says is the body; body.py believes it without asking for prose."""
FIELDS = ("title", "publish_time", "source", "view_count")


def layout_of(site: Site | None, fetched_at: str) -> Layout | None:
    """The site's layout that held on the day of fetching."""
    for layout in site.layouts if site else ():
        if layout.until is None or fetched_at[:10] <= layout.until:
            return layout
    return None


def select(root: _Element, layout: Layout) -> tuple[dict[str, list[Found]], list[Issue]]:
    """Field → what its selector gives, in page order (via `site:css:h2`), and selectors that are not valid. The element of `body`
    is given the name BODY. A value that still carries its label (来源：县报) is cut behind it; an empty one is kept as "": the place
    was there and said nothing."""
    found: dict[str, list[Found]] = {}
    issues: list[Issue] = []
    for name in (*FIELDS, "body"):
        selector = getattr(layout, name)
        try:
            hits = _compiled(selector)(root) if selector else []
        except (etree.XPathError, ValueError, SyntaxError) as error:
            issues.append(Issue("layout_selector", f"{name} = {selector}: {error}"))
            continue
        nodes = [hit for hit in (hits if isinstance(hits, list) else [hits]) if isinstance(hit, _Element | str)]
        if name == "body":
            _name_body([node for node in nodes if isinstance(node, _Element)])
        else:
            found[name] = [Found(_value(name, node), f"site:{selector}") for node in nodes]
    return found, issues


@lru_cache(maxsize=256)
def _compiled(selector: str) -> etree.XPath:
    """Raises XPathError or a SyntaxError of cssselect for what is no selector."""
    language, _, text = selector.partition(":")
    return etree.XPath(HTMLTranslator().css_to_xpath(text) if language == "css" else text)


def _value(name: str, node: _Element | str) -> str:
    text = squeeze(node if isinstance(node, str) else text_of(node))
    own = next((label.value for label in split_labels(fold(text)) if label.field == name), None)
    return text if own is None or name == "title" else own


def _name_body(elements: list[_Element]) -> None:
    for element in elements[:1]:
        element.set("class", f"{element.get('class') or ''} {BODY[1:]}".strip())
