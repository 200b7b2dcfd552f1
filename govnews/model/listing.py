"""Listing: what one list (column) page says.

May import: the standard library.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class ListItem:
    """One row of the main list. `date`: `2021-06-02`; `--06-02` when no year is printed; null when no date is."""

    url: str
    title: str
    date: str | None = None


@dataclass(frozen=True, slots=True)
class ListRequest:
    """The next page of a list that asks an endpoint. `form`: url-encoded body, null for GET."""

    method: str
    url: str
    form: str | None = None
    headers: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Listing:
    """Rows in page order, without navigation, hot lists and the like. `next_page`: an absolute address, an endpoint
    request, or null on the last page. `page_count`: as the page states it, or null."""

    items: tuple[ListItem, ...] = ()
    next_page: str | ListRequest | None = None
    page_count: int | None = None

    @property
    def is_list(self) -> bool:
        """Whether it has rows, or is the shell of a column that says where its rows are asked for."""
        return bool(self.items) or self.next_page is not None

    def to_dict(self) -> dict[str, Any]:
        """Plain JSON types."""
        nxt = self.next_page
        return {
            "items": [{"url": i.url, "title": i.title, "date": i.date} for i in self.items],
            "next_page": nxt
            if nxt is None or isinstance(nxt, str)
            else {"method": nxt.method, "url": nxt.url, "form": nxt.form, "headers": dict(nxt.headers)},
            "page_count": self.page_count,
        }
