"""The demo's pages: (host, path, day) → reply. Pure. Each county's pages look as its kind of system makes them.

栖云: the platform of 迪庆, values printed one label a line. 浣川: 博达 VSB, counts by script, list pages numbered backwards.
石盘: an unknown vendor, GBK bytes under a label that says UTF-8, lists with month and day only.
May import: its neighbours in this room, the standard library.
"""

from __future__ import annotations

from dataclasses import dataclass
from html import escape
from urllib.parse import parse_qs, urlsplit

from govnews.demo.content import County, DemoArticle, counties, path_of

PER_PAGE = 5
"""Rows of a list page."""


@dataclass(frozen=True, slots=True)
class Reply:
    """What the server answers."""

    status: int
    body: bytes
    content_type: str = "text/html; charset=utf-8"


_NOT_FOUND = Reply(404, "<html><head><title>404</title></head><body>页面不存在</body></html>".encode())
_CHALLENGE = Reply(
    412,
    b'<html><head><script>var $_ts=window["$_ts"];if(!$_ts)$_ts={};$_ts.nsd=41;</script></head><body></body></html>',
)
_SOFT_404 = "<html><head><title>信息提示</title></head><body><div class='tip'>您访问的信息不存在或已被删除！</div><a href='/'>返回首页</a></body></html>"


def reply(host: str, target: str, day: int = 1) -> Reply:
    """The reply to GET `target` (path with query) at a host."""
    county = next(
        (c for c in counties(day) if c.host.removeprefix("www.") == host.split(":")[0].removeprefix("www.")), None
    )
    if county is None:
        return _NOT_FOUND
    parts = urlsplit(target)
    if parts.path == "/robots.txt":
        return Reply(200, b"User-agent: *\nDisallow: /admin/\n", "text/plain")
    if parts.path == "/":
        return _html(
            county,
            _frame(
                county,
                f"{county.name}人民政府",
                f"<div class='nav'><a href='{county.column[1]}'>{county.column[0]}</a></div>",
            ),
        )
    for article in county.articles:
        if path_of(article) == target:
            return _NOT_FOUND if article.gone else _html(county, _article(county, article))
    return _special(county, parts.path, parse_qs(parts.query), target)


def _special(county: County, path: str, query: dict[str, list[str]], target: str) -> Reply:
    """Lists, counters and what is wrong with each county."""
    if county.id == "990001":
        if path == county.column[1]:
            return _html(county, _diqing_list(county, 1))
        if path.startswith("/xwzx/qyyw_") and path[11:-5].isdigit():
            return _html(county, _diqing_list(county, int(path[11:-5])))
        if path.endswith("_299999.html"):
            return Reply(200, _SOFT_404.encode())
    elif county.id == "990002":
        number = _vsb_number(county, path)
        if number:
            return _html(county, _vsb_list(county, number))
        if path == "/system/resource/code/news/click/dynclicks.jsp":
            views = {a.id.split("/")[1]: a.views for a in county.articles}.get(query.get("clickid", [""])[0])
            return Reply(200, f"\n {views}\n".encode() if views is not None else b"", "text/html;charset=UTF-8")
    elif county.id == "990003":
        if path == "/news/list.asp":
            return _html(county, _shipan_list(county, int(query.get("page", ["1"])[0])))
        if target.endswith("id=8748"):
            return _CHALLENGE
    return _NOT_FOUND


def _html(county: County, text: str) -> Reply:
    if county.id == "990003":
        return Reply(200, text.encode("gb18030"), "text/html; charset=utf-8")  # the label is wrong on purpose
    return Reply(200, text.encode())


def _frame(county: County, title: str, body: str, metas: str = "") -> str:
    """Head, navigation and foot, as every page of the county has them."""
    domain = county.host.removeprefix("www.")
    return f"""<!DOCTYPE html>
<html><head><meta charset="utf-8"><title>{escape(title)}-{county.name}人民政府门户网站</title>
<meta name="SiteName" content="{county.name}人民政府门户网站"><meta name="SiteDomain" content="{domain}">
<meta name="SiteIDCode" content="{county.id}0001">{metas}
<link rel="stylesheet" href="/css/style.css"><script src="/js/site.js"></script></head>
<body><div class="top">今天是 2024年6月14日 星期五 <a href="/wza">无障碍浏览</a></div>
<ul class="menu"><li><a href="/">首页</a></li><li><a href="/zwgk/">政务公开</a></li><li><a href="/zwfw/">政务服务</a></li>
<li><a href="/hdjl/">互动交流</a></li><li><a href="/zjxq/">走进{county.name[:-1]}</a></li></ul>
{body}
<div class="foot"><p>主办：{county.name}人民政府办公室 承办：{county.name}政务服务管理局</p>
<p>网站标识码：{county.id}0001 滇ICP备00000000号 公网安备 {county.id}02000001号</p><p>联系电话：0000-1234567</p></div>
</body></html>"""


def _paragraphs(body: str) -> str:
    """Paragraphs, and rows with tabs as one table."""
    out: list[str] = []
    rows: list[str] = []
    for line in [*body.splitlines(), ""]:
        if "\t" in line:
            rows.append("<tr>" + "".join(f"<td>{escape(c)}</td>" for c in line.split("\t")) + "</tr>")
            continue
        if rows:
            out.append(f"<table border='1'>{''.join(rows)}</table>")
            rows = []
        if line:
            out.append(f"<p style='text-indent:2em'>{escape(line)}</p>")
    return "\n".join(out)


def _article(county: County, article: DemoArticle) -> str:
    return {"990001": _diqing_article, "990002": _vsb_article, "990003": _shipan_article}[county.id](county, article)


def _diqing_article(county: County, a: DemoArticle) -> str:
    body = f"""<div class="crumb">当前位置：<a href="/">首页</a> &gt; <a href="/xwzx/">新闻中心</a> &gt; 栖云要闻</div>
<div class="article"><h1>{escape(a.title)}</h1>
<div class="info"><span>发布时间：{a.time}</span><br><span>来源：{escape(a.source)}</span><br><span>浏览次数：{a.views}</span></div>
<div class="tools">字体：【<a href="#">大</a> <a href="#">中</a> <a href="#">小</a>】</div><div class="share">分享:</div>
<div class="content">{_paragraphs(a.body)}</div>
<div class="qr">扫一扫在手机打开当前页面</div></div>"""
    metas = f'<meta name="ColumnName" content="栖云要闻"><meta name="ArticleTitle" content="{escape(a.title)}">'
    return _frame(county, a.title, body, metas + '<link rel="icon" href="/file/diqing/qiyun/favicon.ico">')


def _diqing_list(county: County, number: int) -> str:
    rows = [(path_of(a), a.title, a.time[:10]) for a in county.articles]
    rows.insert(2, ("http://mp.weixin.qq.com/s/AbCdEfGh12345", "一图读懂：栖云县文旅惠民政策", "2024-06-10"))
    rows.insert(5, ("/xwzx/qyyw/202406/20240602_299999.html", "栖云县开展夏季消防演练", "2024-06-02"))
    pages = -(-len(rows) // PER_PAGE)
    shown = rows[(number - 1) * PER_PAGE : number * PER_PAGE]
    items = "".join(
        f"<li><a href='{escape(u)}' title='{escape(t)}'>{escape(t[:18] + '...' if len(t) > 18 else t)}</a><span>{d}</span></li>"
        for u, t, d in shown
    )
    following = f"<a href='/xwzx/qyyw_{number + 1}.html'>下一页</a>" if number < pages else "<span>下一页</span>"
    return _frame(
        county,
        "栖云要闻",
        f"<div class='crumb'>首页 &gt; 新闻中心 &gt; 栖云要闻</div><ul class='newslist'>{items}</ul><div class='page'>共{pages}页 {following}</div>",
    )


def _vsb_pages(county: County) -> int:
    return -(-len(county.articles) // PER_PAGE)


def _vsb_number(county: County, path: str) -> int | None:
    """Which page a path is: page 2 of T is <T-1>.htm and the last is 1.htm."""
    total = _vsb_pages(county)
    if path == county.column[1]:
        return 1
    name = path.removeprefix("/xwzx/hcyw/").removesuffix(".htm")
    return total - int(name) + 1 if name.isdigit() and 1 <= int(name) < total else None


def _vsb_list(county: County, number: int) -> str:
    up = "../" if number == 1 else "../../"
    articles = list(county.articles)
    if number == 1:  # a pinned row, older than those below it
        articles.insert(0, articles.pop(6))
    else:
        articles.insert(0, articles.pop(6))
    shown = articles[(number - 1) * PER_PAGE : number * PER_PAGE]
    items = "".join(
        f"<li id='line_u8_{n}'><a href='{up}info/{a.id}.htm' target='_blank' title='{escape(a.title)}'>{escape(a.title)}</a><span>{a.time[:10].replace('-', '/')}</span></li>"
        for n, a in enumerate(shown)
    )
    total = _vsb_pages(county)
    target = f"{'hcyw/' if number == 1 else ''}{total - number}.htm"
    following = (
        f"<span class='p_next p_fun'><a href='{target}'>下页</a></span>"
        if number < total
        else "<span class='p_next_d'>下页</span>"
    )
    pager = f"<div class='pb_sys_common'><span class='p_pages'><span class='p_t'>{number}/{total}</span>{following}</span></div>"
    return _frame(
        county,
        "浣川要闻",
        f"<div class='crumb'>首页&gt;新闻中心&gt;浣川要闻</div><div class='list'><ul>{items}</ul>{pager}</div>",
        _VSB_HEAD,
    )


_VSB_HEAD = '<script src="/system/resource/js/vsbscreen.min.js"></script><!--Announced by Visual SiteBuilder 9-->'


def _vsb_article(county: County, a: DemoArticle) -> str:
    click = a.id.split("/")[1]
    content = _paragraphs(a.body) + "".join(
        f"<p style='text-align:center'><img src='/__local/A/0{n}/pic{n}.jpg' orisrc='/__local/A/0{n}/big{n}.jpg'></p>"
        for n in range(a.images)
    )
    files = "".join(
        f"<li>附件【<a href='/system/_content/download.jsp?urltype=news.DownloadAttachUrl&amp;wbfileid={n}77'>{escape(f)}</a>】已下载<span>38</span>次</li>"
        for n, f in enumerate(a.attachments, 1)
    )
    body = f"""<div class="position">当前位置：<a href="/">首页</a>&gt;&gt;<a href="/xwzx.htm">新闻中心</a>&gt;&gt;浣川要闻&gt;&gt;正文</div>
<form name="_newscontent_fromname"><div class="main"><h2 class="con-tit">{escape(a.title)}</h2>
<div class="con-info"><span>发布时间：{a.time}</span>&nbsp;&nbsp;<span>信息来源：{escape(a.source)}</span>&nbsp;&nbsp;<span>作者：{escape(a.author)}</span>&nbsp;&nbsp;
<span>点击：[<script>_showDynClicks("wbnews", 1784320566, {click})</script>]</span></div>
<div id="vsb_content"><div class="v_news_content">{content}</div></div><ul style="list-style-type:none;">{files}</ul>
<p>上一条：<a href="3390.htm">县委理论学习中心组举行集体学习</a></p><p>下一条：<a href="3387.htm">浣川县召开招商引资推进会</a></p></div></form>"""
    metas = f'<meta name="ArticleTitle" content="{escape(a.title)}"><meta name="PubDate" content="{a.time}"><meta name="ContentSource" content="{escape(a.source)}">'
    return _frame(county, a.title, body, _VSB_HEAD + metas)


def _shipan_article(county: County, a: DemoArticle) -> str:
    byline = f"<p>（记者 {escape(a.author)}）</p>" if a.author else ""
    body = f"""<table width="980" align="center"><tr><td class="path">您的位置：首页 → 新闻 → 本地新闻 → 正文</td></tr>
<tr><td align="center"><font size="5"><b>{escape(a.title)}</b></font></td></tr>
<tr><td align="center" class="gray">{a.time}　　{escape(a.source)}　　【字号：<a href="#">大</a>　<a href="#">中</a>　<a href="#">小</a>】</td></tr>
<tr><td class="txt">{_paragraphs(a.body)}{byline}</td></tr>
<tr><td>【<a href="javascript:window.print()">打印本页</a>】【<a href="javascript:window.close()">关闭窗口</a>】</td></tr></table>
<div class="hot"><h3>热点新闻</h3><ul><li><a href="/news/show.asp?id=8000">石盘县召开三级干部大会</a> 01-03</li><li><a href="/news/show.asp?id=8001">元旦假期安全提示</a> 12-30</li></ul></div>"""
    return _frame(county, a.title, body)


def _shipan_list(county: County, number: int) -> str:
    rows = [(f"show.asp?id={a.id}", a.title, a.time) for a in county.articles]
    rows.insert(4, ("show.asp?id=8748", "石盘县召开安全生产例会", "2024年02月21日"))
    pages = -(-len(rows) // PER_PAGE)
    shown = rows[(number - 1) * PER_PAGE : number * PER_PAGE]
    items = "".join(
        f"<tr><td>·<a href='{u}'>{escape(t)}</a></td><td align='right'>[{d[5:7]}-{d[8:10]}]</td></tr>"
        for u, t, d in shown
    )
    following = f"<a href='list.asp?cid=7&amp;page={number + 1}'>下一页</a>" if number < pages else "下一页"
    return _frame(
        county, "本地新闻", f"<table class='list'>{items}</table><div class='fy'>第{number}/{pages}页 {following}</div>"
    )
