"""Eight invented sites of vendors nobody knows, each awkward in its own way, as dicts of pages with the truth beside them.

May import: the demo's stories, the standard library.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from govnews.demo.families.stories import Story, stories

Write = Callable[[Story], str]
OTHERS = {
    "省内要闻": "省委常委会召开会议研究防汛|省政府常务会议审议草案|全省现场推进会召开|省长调研科技创新|省委书记会见客商",
    "通知公告": "关于临时停水的通知|拟录用人员名单公示|道路施工公告|采购结果公示|关于征集意见的公告",
}


@dataclass
class Invented:
    """given: the address that is typed. code: whose it is. columns: those that must be found. articles: path → story. pages: path →
    what stands there. https, bare: the only way in which the host answers."""

    key: str
    given: str
    code: str
    name: str
    columns: set[str] = field(default_factory=set)
    articles: dict[str, Story] = field(default_factory=dict)
    pages: dict[str, str] = field(default_factory=dict)
    charset: str = "utf-8"
    host: str = ""
    scheme: str = "http"

    def add(self, address: Write, page: Write, told: list[Story]) -> None:
        """Articles, each at its address."""
        for story in told:
            self.articles[address(story)] = story
            self.pages[address(story)] = page(story)

    def other(self, folder: str, name: str) -> None:
        """A column that is not the county's own news."""
        titles = OTHERS[name].split("|")
        rows = "".join(
            f'<li><a href="{folder}{n}.html">{t}</a><span>2024-06-1{n}</span></li>' for n, t in enumerate(titles)
        )
        self.pages[folder] = f"<title>{name}-{self.name}</title><ul>{rows}</ul>"
        for n, title in enumerate(titles):
            text = f"<p>{title}，有关单位和个人请按要求办理，具体事项见附表。</p>" * 3
            self.pages[f"{folder}{n}.html"] = (
                f"<h1>{title}</h1><p>发布时间：2024-06-1{n} 来源：省政府网</p><div>{text}</div>"
            )


def told(name: str, count: int, first: int) -> list[Story]:
    """Articles only, newest first."""
    return [s for s in stories(name, first, count + 2, 3) if s.kind == "article"]


def sheets(every: list[Story], size: int) -> Iterator[tuple[int, int, list[Story]]]:
    """(number of the page, how many there are, its stories)"""
    total = -(-len(every) // size)
    for n in range(total):
        yield n + 1, total, every[n * size : n * size + size]


def plain(name: str) -> Write:
    """A usual page of an article."""

    def page(s: Story) -> str:
        text = "".join(f"<p>{p}</p>" for p in s.paragraphs)
        said = f"发布时间：{s.time[:16]}　来源：{s.source}　浏览次数：{s.views}"
        return f"<title>{s.title}-{name}</title><h1>{s.title}</h1><div>{said}</div><div>{text}</div>"

    return page


def framed() -> Invented:
    """Frames in frames, a menu of pictures, rows in paragraphs, [1] 2 [3] for a pager, GB18030."""
    site = Invented("framed", "http://www.xingtang-zf.test/", "130125", "行唐县", charset="gb18030")
    news = told("行唐县", 30, 400)
    site.pages |= {
        "/": '<title>行唐縣政府網</title><frameset><frame src="l.htm"><frameset rows="*,9"><frame src="m.htm"><frame src="f.htm"></frameset></frameset>',
        "/l.htm": '<a href="dt/1.htm"><img title="行唐动态"></a><a href="sn/"><img alt="省内要闻"></a>',
        "/m.htm": "<p>太行山东麓，盛产大枣。</p>",
        "/f.htm": "行唐县人民政府办公室主办 冀公网安备13012502000021号",
    }
    for n, total, shown in sheets(news, 12):
        rows = "".join(
            f'<p>[{s.time[:10].replace("-", "/")}] <a href="a/{s.number}.htm">{s.title}</a></p>' for s in shown
        )
        turn = " ".join(f"[{k}]" if k == n else f'<a href="{k}.htm">[{k}]</a>' for k in range(1, total + 1))
        site.pages[f"/dt/{n}.htm"] = f"<title>行唐动态</title>{rows}<div>{turn}</div>"
    site.add(lambda s: f"/dt/a/{s.number}.htm", plain("行唐县"), news)
    site.other("/sn/", "省内要闻")
    site.columns = {"/dt/1.htm"}
    return site


def folded() -> Invented:
    """Answers to the bare name by https only; columns in a menu that folds out; day and month apart; the pager is a box."""
    site = Invented("folded", "http://www.yuqing-zf.test/", "520329", "余庆县", host="yuqing-zf.test", scheme="https")
    for cat, name, count, first in ((3, "今日余庆", 25, 500), (4, "镇街播报", 12, 900)):
        news = told("余庆县", count, first)
        for n, total, shown in sheets(news, 10):
            rows = "".join(
                f'<li><p><b>{s.time[8:10]}</b><i>{s.time[:7]}</i></p><a href="/v?aid={s.number}"><h4>{s.title}</h4></a></li>'
                for s in shown
            )
            picked = "".join(
                f'<option value="{k}"{" selected" if k == n else ""}>第{k}页</option>' for k in range(1, total + 1)
            )
            box = f"<select onchange=\"location.href='/l?c={cat}&p='+this.value\">{picked}</select>"
            site.pages[f"/l?c={cat}&p={n}"] = f"<title>{name}-余庆县</title><ul>{rows}</ul>{box}"
        site.pages[f"/l?c={cat}"] = site.pages[f"/l?c={cat}&p=1"]
        site.add(lambda s: f"/v?aid={s.number}", plain("余庆县"), news)
        site.columns.add(f"/l?c={cat}")
    site.other("/gg/", "通知公告")
    menu = '<dd><a href="/gg/">通知公告</a></dd><dd><a href="/l?c=3">今日余庆</a></dd><dd><a href="/l?c=4">镇街播报</a></dd>'
    foot = "<p>余庆县人民政府办公室 主办 网站标识码5203290003</p>"
    site.pages["/"] = f'<title>余庆县人民政府网</title><dl><dt><a href="javascript:;">新闻</a></dt>{menu}</dl>{foot}'
    return site


def shared() -> Invented:
    """Two counties on one host, told apart by the path; each page has the other's menu too."""
    site = Invented("shared", "http://www.zf-pt.test/dxx/index.html", "540122", "当雄县")
    for folder, name, code, first in (("dxx", "当雄县", "540122", 700), ("nmx", "尼木县", "540123", 800)):
        news = told(name, 20, first)
        for n, total, shown in sheets(news, 10):
            rows = "".join(
                f'<li><a href="/{folder}/n/{s.number}.html">{s.title}</a><span>{s.time[:10]}</span></li>' for s in shown
            )
            turn = f'<a href="{n + 1}.html">下一页</a>' if n < total else "下一页"
            site.pages[f"/{folder}/dt/{n}.html"] = f"<title>新闻动态_{name}人民政府</title><ul>{rows}</ul>{turn}"
        links = '<a href="/dxx/dt/1.html">当雄动态</a><a href="/nmx/dt/1.html">尼木动态</a>'
        page = f"<title>{name}人民政府</title>{links}<p>主办：{name}人民政府 网站标识码：{code}0001</p>"
        site.pages[f"/{folder}/index.html"] = page
        if folder == "dxx":
            site.add(lambda s: f"/dxx/n/{s.number}.html", plain(name), news)
    site.columns = {"/dxx/dt/1.html"}
    return site


def unnamed() -> Invented:
    """The names of the columns stand far from their lists; only the pages that 更多 leads to say what they are."""
    site = Invented("unnamed", "http://www.weishan-zf.test/", "532927", "巍山县")
    blocks = ""
    for folder, name, first in (("yw", "巍山要闻", 300), ("bm", "部门动态", 600)):
        news = told("巍山县", 14, first)
        for n, total, shown in sheets(news, 8):
            rows = "".join(f'<li><a href="{s.number}.html">{s.title}</a><span>{s.time[:10]}</span></li>' for s in shown)
            turn = f'<a href="list{n + 1}.html">后一页</a>' if n < total else ""
            site.pages[f"/{folder}/list{n}.html"] = f"<title>巍山县人民政府-{name}</title><ul>{rows}</ul>{turn}"
        site.add(lambda s, folder=folder: f"/{folder}/{s.number}.html", plain("巍山县"), news)
        site.columns.add(f"/{folder}/list1.html")
        heads = "".join(f'<li><a href="/{folder}/{s.number}.html">{s.title}</a></li>' for s in news[:4])
        blocks += f'<div><ul>{heads}</ul><a href="/{folder}/list1.html">更多</a></div>'
    site.other("/sn/", "省内要闻")
    tabs = "<p><span>巍山要闻</span><span>部门动态</span><span>省内要闻</span></p>"
    foot = "<p>巍山彝族回族自治县人民政府主办 网站标识码5329270001</p>"
    title = "<title>巍山彝族回族自治县人民政府</title>"
    site.pages["/"] = f'{title}{tabs}<div>{blocks}<div><a href="/sn/">更多</a></div></div>{foot}'
    return site


def silent() -> Invented:
    """A page to click away, a redirect by a variable, a list that names no further page, 202406/02 for a day."""
    site = Invented("silent", "http://www.susong-zf.test/", "340826", "宿松县", charset="gbk")
    news = told("宿松县", 30, 200)
    for n, _, shown in sheets(news, 12):
        rows = "".join(
            f'<tr><td><a href="/d/{s.number}.asp">{s.title}</a></td><td>{s.time[:4]}{s.time[5:7]}/{s.time[8:10]}</td></tr>'
            for s in shown
        )
        page = f'<title>宿松要闻-宿松县</title><table>{rows}</table><div id="pager"></div><script src="/pager.js"></script>'
        site.pages["/yw/index.html" if n == 1 else f"/yw/index_{n}.html"] = page
    site.add(lambda s: f"/d/{s.number}.asp", plain("宿松县"), news)
    site.columns = {"/yw/index.html"}
    site.pages |= {
        "/": '<a href="/in.htm"><img src="a.jpg"></a><p><a href="/in.htm">点击进入宿松县政府网</a></p>',
        "/in.htm": '<script>var url="/zh/home.htm";\nif (top == self) { window.location.href = url; }</script>',
        "/zh/home.htm": '<title>宿松县人民政府</title><a href="/yw/index.html">宿松要闻</a><p>主办：宿松县人民政府 网站标识码：3408260002</p>',
    }
    return site


def brought() -> Invented:
    """The menu comes with a script file, the heading is a picture: only the headlines say where the news stand."""
    site = Invented("brought", "http://www.yanchi-zf.test/", "640323", "盐池县")
    news = told("盐池县", 27, 1300)
    for n, total, shown in sheets(news, 9):
        rows = "".join(
            f'<li><a href="./{s.time[:4]}{s.time[5:7]}/t{s.number}.html"><em>{s.title}</em><time>{s.time[:10]}</time></a></li>'
            for s in shown
        )
        more = '<a href="javascript:void(0)" class="loadmore">加载更多</a>' if n < total else ""
        page = f"<title>盐池资讯-盐池县人民政府</title><ul>{rows}</ul>{more}"
        site.pages["/ywdt/yczx/" if n == 1 else f"/ywdt/yczx/index_{n - 1}.html"] = page
    site.add(lambda s: f"/ywdt/yczx/{s.time[:4]}{s.time[5:7]}/t{s.number}.html", plain("盐池县"), news)
    site.columns = {"/ywdt/yczx/"}
    heads = "".join(f'<li><a href="{path}">{s.title}</a></li>' for path, s in list(site.articles.items())[:5])
    foot = "<p>主办：盐池县人民政府 网站标识码：6403230001</p>"
    menu = '<script src="/js/menu.js"></script><div><img src="/i/yczx.png"></div>'
    site.pages["/"] = f"<title>盐池县人民政府</title>{menu}<ul>{heads}</ul>{foot}"
    return site


def clicked() -> Invented:
    """Columns, rows and the pager are clicks and no links; day and month stand apart over a lead that begins with another day."""
    site = Invented("clicked", "http://www.guanling-zf.test/", "520424", "关岭县")
    news = told("关岭县", 22, 8100)
    for n, total, shown in sheets(news, 8):
        rows = "".join(
            f"<div onclick=\"window.open('/a/{s.number}.html')\"><div><b>{s.time[8:10]}</b><span>{s.time[:7]}</span></div>"
            f"<div><h3>{s.title}</h3><p>{s.paragraphs[0][:30]}...</p></div></div>"
            for s in shown
        )
        turn = f"<span onclick=\"location.href='/c/yw/{n + 1}.html'\">下一页</span>" if n < total else ""
        site.pages[f"/c/yw/{n}.html"] = f"<title>关岭要闻-关岭县人民政府</title>{rows}<div>{turn}</div>"
    site.add(lambda s: f"/a/{s.number}.html", plain("关岭县"), news)
    site.other("/gg/", "通知公告")
    site.columns = {"/c/yw/1.html"}
    menu = "<li onclick=\"window.open('/c/yw/1.html')\">关岭要闻</li><li onclick=\"window.open('/gg/')\">通知公告</li>"
    foot = "<p>主办：关岭布依族苗族自治县人民政府 网站标识码：5204240001</p>"
    site.pages["/"] = f"<title>关岭布依族苗族自治县人民政府</title><ul>{menu}</ul>{foot}"
    return site


def drawn() -> Invented:
    """A column without a row in it: a script asks for them page by page, and makes their addresses of numbers."""
    site = Invented("drawn", "http://www.xinshao-zf.test/", "430522", "新邵县")
    news = told("新邵县", 25, 2200)
    asks = (
        '$.ajax({url: "/api/article/page", dataType: "json", data: {cat: cat, pageNum: p, pageSize: 10}, success: show'
    )
    shows = "function(d){ for (var a of d.data.list) $('#u').append(\"<li><a href='/article/\" + a.id + \".html'>\" + a.title); }"
    script = f"var cat = 86;\nfunction load(p) {{ {asks.replace('show', shows)} }}) }}\nload(1);"
    site.pages["/yw.html"] = f"<title>新邵要闻-新邵县人民政府</title><ul id='u'></ul><script>{script}</script>"
    for n, total, shown in sheets(news, 10):
        rows = [{"id": s.number, "title": s.title, "publishDate": s.time, "source": s.source} for s in shown]
        reply = {"code": 200, "data": {"total": len(news), "pages": total, "list": rows}}
        site.pages[f"/api/article/page?cat=86&pageNum={n}&pageSize=10"] = json.dumps(reply, ensure_ascii=False)
    site.add(lambda s: f"/article/{s.number}.html", plain("新邵县"), news)
    site.columns = {"/yw.html"}
    foot = "<p>主办：新邵县人民政府 网站标识码：4305220001</p>"
    site.pages["/"] = f"<title>新邵县人民政府</title><a href='/yw.html'>新邵要闻</a>{foot}"
    return site


SITES = (framed, folded, shared, unnamed, silent, brought, clicked, drawn)
