"""What a county of a family is: how its system writes a list, an article and their addresses, and what its endpoints answer.

Templates hold slots `{{name}}`; every value that is put in is markup already. May import: stories.py, the standard library.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from html import escape
from urllib.parse import parse_qsl, urlsplit

from govnews.demo.families.stories import Story, stories

_SLOT = re.compile(r"\{\{(\w+)\}\}")


@dataclass(frozen=True, slots=True)
class Ask:
    """One request: the path, and what query and form say."""

    path: str
    said: dict[str, str]

    @classmethod
    def of(cls, target: str, form: str = "") -> Ask:
        parts = urlsplit(target)
        return cls(parts.path, dict(parse_qsl(f"{parts.query}&{form}", keep_blank_values=True)))

    def number(self, name: str, default: int = 0) -> int:
        """The number given for a parameter."""
        value = self.said.get(name, "")
        return int(value) if value.isdecimal() else default


@dataclass(frozen=True, slots=True)
class Sheet:
    """Page `here` of `total` of the column, the first is 1; `count` rows in all."""

    here: int
    total: int
    count: int


@dataclass(frozen=True, slots=True)
class County:
    """One county, and how its system writes.

    family: what a crawl must find out, `generic` for an unknown vendor. column: path of its first page; shell: that page has no
    rows. sheet: number of a further list page → its path; null when an endpoint gives the rows (`answer`: request → reply, or
    null). asks: requests that the whole column takes, where that is not a page each. address: story → path of its article.
    row, page, article, paragraph: templates. pager: the paging markup. clock: characters of the time that are printed.
    views: `printed`, `counter` (a call gives the number), `label` (a call that nobody can repeat does) or `none`.
    first: number of the oldest story. rows, size: stories in all and a page. step: days between them. more_hosts: beside its own.
    way: how its home page leads to its news (home.py). tells: whose news it has, where that is not its name.
    later: what it is on its second day, after a redesign; null: the same.
    """

    id: str
    name: str
    stem: str
    family: str
    column: str
    address: Callable[[Story], str]
    row: str
    page: str
    article: str
    paragraph: str = "<p>{{text}}</p>"
    sheet: Callable[[int], str] | None = None
    pager: Callable[[Sheet], str] = lambda _: ""
    answer: Callable[[County, Ask], str | None] = lambda *_: None
    shell: bool = False
    asks: int = 0
    views: str = "none"
    clock: int = 16
    first: int = 20100
    rows: int = 27
    size: int = 9
    step: int = 2
    charset: str = "utf-8"
    content_type: str = "text/html"
    more_hosts: tuple[str, ...] = ()
    way: str = "plain"
    tells: str = ""
    later: County | None = None

    def on_day(self, day: int) -> County:
        """As it is on that day."""
        return self.later if self.later is not None and day > 1 else self

    @property
    def host(self) -> str:
        """www.STEM.test"""
        return f"www.{self.stem}.test"

    @property
    def hosts(self) -> tuple[str, ...]:
        """All its hosts, its own first."""
        return (self.host, *self.more_hosts)

    @property
    def pages(self) -> int:
        """How many pages hold the rows."""
        return -(-self.rows // self.size)

    @property
    def list_requests(self) -> int:
        """How many requests the whole column takes, the one for a shell among them."""
        return self.asks or self.pages + self.shell

    @property
    def stories(self) -> tuple[Story, ...]:
        """Its rows, newest first."""
        return stories(self.tells or self.name, self.first, self.rows, self.step)

    def href(self, story: Story) -> str:
        """Where a story's row leads, as its list writes it."""
        return story.url or self.address(story)

    def url(self, story: Story) -> str:
        """The same as a whole address."""
        return story.url or f"http://{self.host}{self.address(story)}"

    def column_url(self) -> str:
        """Whole address of the column."""
        return f"http://{self.host}{self.column}"

    def on(self, here: int) -> tuple[Story, ...]:
        """The stories of page `here`; none beyond the last."""
        return self.stories[(here - 1) * self.size : here * self.size]

    def count(self, number: str) -> int:
        """What the counter says of an article; of one it does not know, 0."""
        return next((s.views for s in self.stories if str(s.number) == number and s.kind == "article"), 0)

    def rows_markup(self, shown: tuple[Story, ...]) -> str:
        """Rows of a list; a line each."""
        return "\n".join(fill(self.row, **self._values(story)) for story in shown)

    def list_page(self, here: int) -> str:
        """A page of the column."""
        shown = () if self.shell else self.on(here)
        pager = self.pager(Sheet(here, self.pages, self.rows))
        return fill(self.page, rows=self.rows_markup(shown), pager=pager, **self.chrome())

    def article_page(self, story: Story) -> str:
        """The page of an article."""
        body = "\n".join(fill(self.paragraph, text=escape(text)) for text in story.paragraphs)
        values = self._values(story)
        return fill(self.article, body=body, **values, **self.chrome())

    def _values(self, story: Story) -> dict[str, str]:
        return {
            "number": str(story.number),
            "href": escape(self.href(story)),
            "title": escape(story.title),
            "cut": escape(story.title if len(story.title) <= 14 else story.title[:12] + "..."),
            "time": story.time[: self.clock],
            "day": story.time[:10],
            "year_month": story.time[:7],
            "month_day": story.time[5:10],
            "dom": story.time[8:10],
            "chinese_day": "{}年{}月{}日".format(*story.time[:10].split("-")),
            "source": escape(story.source),
            "views": str(story.views) if self.views == "printed" else "",
        }

    def chrome(self) -> dict[str, str]:
        """What every page of the county has: name, menu, foot."""
        others = "".join(f'<li><a href="/{path}/">{name}</a></li>' for path, name in _NAV)
        return {
            "name": self.name,
            "charset": self.charset,
            "home": self.column,
            "nav": f'<ul class="menu"><li><a href="/">首页</a></li><li><a href="{escape(self.column)}">要闻动态</a></li>{others}</ul>',
            "foot": f'<div class="foot">主办：{self.name}人民政府 网站标识码：{self.id[:6]}0001</div>',
        }


_NAV = (("zwgk", "政务公开"), ("bsfw", "办事服务"), ("hdjl", "互动交流"), ("zjwm", "走进我们"))


def fill(template: str, **values: str) -> str:
    """The template with its slots filled."""
    return _SLOT.sub(lambda slot: values[slot[1]], template)


def linked(path: Callable[[int], str], *, word: str = "下一页") -> Callable[[Sheet], str]:
    """A pager of links: the first page, the next by its word, the last."""

    def pager(sheet: Sheet) -> str:
        following = f'<a href="{escape(path(sheet.here + 1))}">{word}</a>' if sheet.here < sheet.total else word
        ends = (f'<a href="{escape(path(n))}">{name}</a>' for n, name in ((1, "首页"), (sheet.total, "尾页")))
        return f"共{sheet.count}条 {sheet.here}/{sheet.total} {next(ends)} {following} {next(ends)}"

    return pager


@cache
def uuid(number: int, kind: int = 0) -> str:
    """An identifier of 36 characters made of a number."""
    digits = f"{number * 2654435761 % 16**8:08x}{kind:04x}4{number % 4096:03x}8{kind % 4096:03x}{number:012x}"
    return "-".join((digits[:8], digits[8:12], digits[12:16], digits[16:20], digits[20:32]))


def hexes(number: int) -> str:
    """An identifier of 32 hexadecimal digits made of a number."""
    return uuid(number).replace("-", "")
