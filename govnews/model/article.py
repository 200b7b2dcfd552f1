"""Article: what one page says, in the public words that are also the columns of table `articles`.

May import: the standard library.
"""

from __future__ import annotations

from dataclasses import dataclass, field, fields
from typing import Any


@dataclass(frozen=True, slots=True)
class Article:
    """The fields of one page. Null means: the page does not state it, or not in a way that can be trusted.

    kind: a code of group "kind"; only `article` makes a row in the archive.
    publish_time: ISO 8601 at the printed precision, +08:00 where there is a clock; never a padded midnight.
    publish_time_precision: `second`, `minute` or `day`; null when there is no time.
    publish_date: the local day of publish_time, `2021-06-02`.
    source: the 来源 as printed, cleaned; 发布机构 (issuer) and 作者 (author) are not a source.
    view_count: the article's own count; null when no number was read. view_count_state tells why.
    body: paragraphs separated by a line feed, table cells by a tab; "" for image-, video- and PDF-only articles.
    images, attachments: `{"url": …, "text": …}` in page order; absolute where the page has an address.
    flags: doubts, codes of group "flag". via: field → how it was found, e.g. `label:发布时间`.
    The `*_raw` fields keep the string a value was made from.
    """

    kind: str = "other"
    title: str | None = None
    publish_time: str | None = None
    publish_time_precision: str | None = None
    publish_date: str | None = None
    source: str | None = None
    view_count: int | None = None
    view_count_state: str = "absent"
    body: str = ""
    author: str | None = None
    editor: str | None = None
    section: str | None = None
    issuer: str | None = None
    document_number: str | None = None
    index_number: str | None = None
    keywords: str | None = None
    images: tuple[dict[str, str], ...] = ()
    attachments: tuple[dict[str, str], ...] = ()
    flags: tuple[str, ...] = ()
    via: dict[str, str] = field(default_factory=dict)
    title_raw: str | None = None
    publish_time_raw: str | None = None
    source_raw: str | None = None
    view_count_raw: str | None = None

    def to_dict(self) -> dict[str, Any]:
        """Plain JSON types, in the order of the fields; tuples become lists."""
        out: dict[str, Any] = {}
        for name in FIELDS:
            value = getattr(self, name)
            out[name] = [dict(x) if isinstance(x, dict) else x for x in value] if isinstance(value, tuple) else value
        out["via"] = dict(self.via)
        return out


FIELDS: tuple[str, ...] = tuple(f.name for f in fields(Article))
