"""The three systems: what is theirs of a page beside the templates. Data, with a tiny function for each way of paging.

May import: content.py, the standard library.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Pager:
    """One page of a list: `here` of `total`, the first is 1; addresses of others by `path(n)`."""

    here: int
    total: int
    count: int
    path: Callable[[int], str]


@dataclass(frozen=True, slots=True)
class Cms:
    """charset: of the bytes. content_type: of the reply's header (which need not be true). blocks: block kind → markup, with the
    block's cells as {0}, {1}; `table`, `tr`, `td` wrap rows. row: of a list. cut: characters after which a list cuts a title.
    list_path: (path of the first page, page, pages) → path. pager: the paging line.
    """

    charset: str
    content_type: str
    blocks: dict[str, str]
    row: str
    pinned: str
    cut: int
    date: Callable[[str], str]
    list_path: Callable[[str, int, int], str]
    pager: Callable[[Pager], str]


def _diqing_path(first: str, page: int, _pages: int) -> str:
    return first if page == 1 else first.replace(".html", f"_{page}.html")


def _diqing_pager(p: Pager) -> str:
    links = "".join(
        f'<span class="on">{n}</span>' if n == p.here else f'<a href="{p.path(n)}">{n}</a>'
        for n in range(1, p.total + 1)
    )
    following = f'<a href="{p.path(p.here + 1)}">下一页</a>' if p.here < p.total else "<span>下一页</span>"
    return f'<a href="{p.path(1)}">首页</a>{links}{following}<a href="{p.path(p.total)}">尾页</a><em>共{p.total}页</em>'


def _vsb_path(first: str, page: int, pages: int) -> str:
    """Backwards: the last page is 1.htm, so every number moves when a page is added."""
    return first if page == 1 else first.replace(".htm", f"/{pages - page + 1}.htm")


def _vsb_pager(p: Pager) -> str:
    def link(name: str, label: str, page: int, dead: bool) -> str:
        inner = label if dead else f'<a href="{p.path(page)}">{label}</a>'
        return f'<span class="p_{name}{"_d" * dead}">{inner}</span>'

    first, last = p.here == 1, p.here == p.total
    links = [link("first", "首页", 1, first), link("prev", "上页", p.here - 1, first)]
    links += [link("next", "下页", p.here + 1, last), link("last", "尾页", p.total, last)]
    return f'<span class="p_t">共{p.count}条</span> <span class="p_t">{p.here}/{p.total}</span> {" ".join(links)}'


def _yanbo_path(first: str, page: int, _pages: int) -> str:
    return first if page == 1 else f"{first}&page={page}"


def _yanbo_pager(p: Pager) -> str:
    ahead = f'<a href="{p.path(p.here + 1)}">下一页</a>' if p.here < p.total else "下一页"
    return f'页次：{p.here}/{p.total}页 共{p.count}条 <a href="{p.path(1)}">首页</a> {ahead} <a href="{p.path(p.total)}">末页</a>'


_PLAIN: dict[str, Any] = {
    "row": '<li><a href="{href}" title="{title}" target="_blank">{shown}</a><span>{date}</span></li>',
    "pinned": '<li class="top"><i>[置顶]</i><a href="{href}" title="{title}" target="_blank">{shown}</a><span>{date}</span></li>',
}

CMS: dict[str, Cms] = {
    "diqing": Cms(
        charset="utf-8",
        content_type="text/html; charset=utf-8",
        blocks={
            "text": '<p style="text-indent:2em;line-height:1.75"><span style="font-size:18px">{0}</span></p>',
            "picture": '<p style="text-align:center"><img src="{1}" alt="{0}"></p>\n<p style="text-align:center">{0}</p>',
            "file": '<p><a href="{1}">{0}</a></p>',
            "table": '<table border="1" cellspacing="0"><tbody>\n{0}\n</tbody></table>',
            "tr": "<tr>{0}</tr>",
            "td": "<td>{0}</td>",
        },
        cut=18,
        date=lambda time: time[:10],
        list_path=_diqing_path,
        pager=_diqing_pager,
        **_PLAIN,
    ),
    "vsb": Cms(
        charset="utf-8",
        content_type="text/html",
        blocks={
            "text": '<p class="vsbcontent_start">{0}</p>',
            "picture": '<p class="vsbcontent_img"><img src="{1}" orisrc="{1}" vsbhref="vurl" width="600"></p>',
            "file": '<li>附件【<a href="{1}" target="_blank">{0}</a>】已下载<span id="nattach">128</span>次</li>',
            "pdf": '<p><script type="text/javascript">showVsbpdfIframe("{1}","100%","600","0","","1");</script></p>',
            "table": '<table class="vsbcontent_table" width="100%"><tbody>\n{0}\n</tbody></table>',
            "tr": "<tr>{0}</tr>",
            "td": "<td><p>{0}</p></td>",
        },
        row='<li id="line_u8_{n}"><span class="date">{date}</span><a href="{href}" target="_blank" title="{title}">{shown}</a></li>',
        pinned=_PLAIN["pinned"],
        cut=60,
        date=lambda time: time[:10],
        list_path=_vsb_path,
        pager=_vsb_pager,
    ),
    "yanbo": Cms(
        charset="gb18030",
        content_type="text/html",
        blocks={
            "text": "　　{0}<br>\n<br>",
            "picture": '<center><img src="{1}"><br>{0}</center>',
            "file": '<a href="{1}">{0}</a><br>',
            "table": '<table border="1" align="center">\n{0}\n</table>',
            "tr": "<tr>{0}</tr>",
            "td": "<td>{0}</td>",
        },
        row='<tr><td>·<a href="{href}" title="{title}">{shown}</a></td><td width="60">[{date}]</td></tr>',
        pinned=_PLAIN["pinned"],
        cut=24,
        date=lambda time: time[5:10],
        list_path=_yanbo_path,
        pager=_yanbo_pager,
    ),
}
