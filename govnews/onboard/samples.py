"""The pages an onboarding read, kept beside the site file with what they were read as, so that `site check` can read them again.

`<id>.samples/` holds `01.html`, … (the bytes as received) and `expected.toml`, a table `[[pages]]` for each: `file`, `url`, `kind`
(`list`, `article`), `fetched_at`, `content_type`; of an article `title`, `publish_time`, `source`, `view_count`, `body_start` (40
characters) and `body_sha256`; of a list `rows`, `first_title`, `first_url`, `first_date`. A key left out is null. A list whose rows an
endpoint gives is kept as its shell: `rows = 0`.

May import: extraction, model, the standard library.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from govnews.extraction import listing, read_page
from govnews.model import Page, Site

HEAD = "# What these pages were read as when the site was added; `govnews site check` reads them again.\n"
START = 40
"""Characters of a body that are written out."""


def expected(page: Page, kind: str, site: Site | None = None) -> dict[str, Any]:
    """What a page is read as today. Null values are left out."""
    common = {
        "url": page.url,
        "kind": kind,
        "fetched_at": page.fetched_at,
        "content_type": page.headers.get("content-type"),
    }
    told = _list(page, site) if kind == "list" else _article(page, site)
    return {name: value for name, value in (common | told).items() if value is not None}


def _article(page: Page, site: Site | None) -> dict[str, Any]:
    article = read_page(page, site).article
    return {
        "title": article.title,
        "publish_time": article.publish_time,
        "source": article.source,
        "view_count": article.view_count,
        "body_start": article.body[:START],
        "body_sha256": hashlib.sha256(article.body.encode()).hexdigest(),
    }


def _list(page: Page, site: Site | None) -> dict[str, Any]:
    items = listing(page.body, url=page.url or "", site=site).items
    first = {"first_title": items[0].title, "first_url": items[0].url, "first_date": items[0].date} if items else {}
    return {"rows": len(items), **first}


def write_samples(folder: Path, pages: Iterable[tuple[str, Page]], site: Site | None = None) -> list[Path]:
    """Writes pages, given as (kind, page), and their expectations into `folder`; gives the files. Raises OSError."""
    folder.mkdir(parents=True, exist_ok=True)
    written, tables = [], []
    for number, (kind, page) in enumerate(pages, 1):
        path = folder / f"{number:02}.html"
        path.write_bytes(page.body)
        written.append(path)
        values = {"file": path.name, **expected(page, kind, site)}
        lines = [f"{key} = {toml(value)}" for key, value in values.items()]
        tables.append("\n".join(["[[pages]]", *lines, ""]))
    path = folder / "expected.toml"
    path.write_text("\n".join([HEAD, *tables]), "utf-8")
    return [*written, path]


def toml(value: Any) -> str:
    """A value as TOML: texts, numbers and lists of texts are the same in JSON, but for the one control character JSON leaves."""
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")
