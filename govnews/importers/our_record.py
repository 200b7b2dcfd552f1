"""The metadata records of a WARC that govnews wrote: what a capture was, beyond what a response record can say.

May import: archive (the words of these records), model, ingest, its neighbours in this room.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from govnews.archive.travel import CONTEXT, FORMAT, task_of
from govnews.ingest import response_class
from govnews.model import CODES, Page

LARGEST = 64 * 2**20
"""Bytes of a metadata record that are read."""


def read(record: Any) -> dict[str, Any] | None:
    """What a metadata record of ours states; null for all others. The context stands under `context`."""
    if record.rec_type != "metadata" or record.rec_headers.get_header("Content-Type") != "application/json":
        return None
    try:
        stated = json.loads(record.content_stream().read(LARGEST))
    except ValueError:
        return None
    if not isinstance(stated, dict) or stated.get("format") != FORMAT:
        return None
    return {"context": stated} if record.rec_headers.get_header("WARC-Target-URI") == CONTEXT else stated


def page_of(page: Page | None, stated: Mapping[str, Any]) -> Page:
    """The page as it was when captured. page: from the response record before; null when no response came.
    Raises KeyError, TypeError, ValueError when the record does not say what it must."""
    body = page.body if page is not None else b""
    status = int(stated["status"])
    site, asked, url = str(stated["site"]), _text(stated["requested_url"]), _text(stated["url"])
    task = task_of(stated["task"], site) if stated.get("task") else None
    kind = str(stated["response_class"])
    if ("response", kind) not in CODES:
        raise ValueError(f"{kind} is no class of a response")
    if status:  # the page's own word on what it is is read again
        kind = response_class(status, body, url, asked if task is None or task.kind == "article" else None)
    return Page(
        url,
        body,
        str(stated["fetched_at"]),
        status,
        {str(k): str(v) for k, v in stated["headers"].items()},
        site,
        asked,
        tuple(str(address) for address in stated["redirects"]),
        _text(stated["content_encoding"]),
        _text(stated["ip_address"]),
        task,
        response_class=kind,
        error=_text(stated["error"]),
        origin=str(stated["origin"]),
        truncated=bool(stated["truncated"]),
    )


def _text(value: Any) -> str | None:
    return None if value is None else str(value)
