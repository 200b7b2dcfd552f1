"""Pages kept beside a site file, with what they were read as when the site was added: read again, and compared field by field.

`<id>.samples/` holds `01.html`, … (bytes as received) and `expected.toml`, a table `[[pages]]` for each: `file`, `url`, `kind` (`article`
or `list`), `fetched_at`, `content_type`; of an article `title`, `publish_time`, `source`, `view_count`, `body_start`, `body_sha256`; of a list
`rows`, `first_title`, `first_url`, `first_date`. A key left out is null: nothing was read there, and nothing should be now.

May import: extraction, model, the standard library.
"""

from __future__ import annotations

import hashlib
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from govnews.extraction import listing, read_page
from govnews.model import Failure, Page, Site

ARTICLE = ("title", "publish_time", "source", "view_count", "body_start", "body_sha256")
LIST = ("rows", "first_title", "first_url", "first_date")
ABOUT = ("file", "url", "kind", "fetched_at", "content_type")


@dataclass(frozen=True, slots=True)
class Check:
    """One thing looked at. at: the file or address. ok: as it should be. said: one sentence on it, or "". expected, found: values
    of plain JSON types."""

    at: str
    field: str
    ok: bool
    said: str = ""
    expected: Any = None
    found: Any = None


def samples_of(site_file: Path) -> Path:
    """The folder of a site file's samples, whether it is there or not."""
    return site_file.with_suffix(".samples")


def expectations(folder: Path) -> list[dict[str, Any]]:
    """The tables `[[pages]]` of a folder of samples. Raises Failure `samples` for what cannot be read or is not of that form."""
    path = folder / "expected.toml"
    try:
        pages = tomllib.loads(path.read_text("utf-8")).get("pages", [])
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise Failure("samples", f"{path}: {getattr(error, 'strerror', None) or error}") from error
    if not isinstance(pages, list) or not all(isinstance(page, dict) for page in pages):
        raise Failure("samples", f"{path}: `pages` should be a list of tables: [[pages]]")
    for n, page in enumerate(pages, 1):
        if missing := [key for key in ("file", "url", "kind") if not isinstance(page.get(key), str)]:
            raise Failure("samples", f"{path}: pages[{n}] has no `{missing[0]}`")
        known = (*ABOUT, *(LIST if page["kind"] == "list" else ARTICLE))
        if unknown := [key for key in page if key not in known]:
            raise Failure("samples", f"{path}: unknown key `pages[{n}].{unknown[0]}`; known keys: {', '.join(known)}")
    return pages


def check_samples(folder: Path, site: Site) -> Iterator[Check]:
    """Every field of every sample, read again by today's rules and the site's own. Raises Failure `samples`."""
    for told in expectations(folder):
        path = folder / Path(told["file"]).name
        try:
            body = path.read_bytes()
        except OSError as error:
            yield Check(str(path), "file", False, f"cannot be read: {error.strerror or error}")
            continue
        headers = {"content-type": told["content_type"]} if told.get("content_type") else {}
        page = Page(told["url"], body, str(told.get("fetched_at", "")), headers=headers, site=site.id)
        found = list_values(page, site) if told["kind"] == "list" else article_values(page, site)
        if (kind := found.pop("kind")) != told["kind"]:
            yield Check(str(path), "kind", False, f"is now read as {kind}", told["kind"], kind)
            continue
        for field, value in found.items():
            same = told.get(field) == value
            yield Check(str(path), field, same, "" if same else "is read otherwise now", told.get(field), value)


def article_values(page: Page, site: Site | None) -> dict[str, Any]:
    """What a page says as an article: its kind, then the keys of ARTICLE."""
    article = read_page(page, site).article
    digest = hashlib.sha256(article.body.encode()).hexdigest()
    values = (article.title, article.publish_time, article.source, article.view_count, article.body[:40], digest)
    return {"kind": article.kind, **dict(zip(ARTICLE, values, strict=True))}


def list_values(page: Page, site: Site | None) -> dict[str, Any]:
    """What a page says as a list, whatever else it may be: its kind, then the keys of LIST."""
    items = listing(page.body, url=page.url or "", site=site).items
    first = (items[0].title, items[0].url, items[0].date) if items else (None, None, None)
    return {"kind": "list", **dict(zip(LIST, (len(items), *first), strict=True))}
