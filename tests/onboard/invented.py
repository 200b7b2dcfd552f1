"""A small invented site as a dict of pages, for onboarding without a server."""

from __future__ import annotations

from collections.abc import Mapping
from urllib.parse import urlsplit

from govnews.model import Failure, ListRequest, Page
from govnews.onboard import Proposal, Visitor, Wish, propose
from govnews.sites import directory

HOST = "www.weixi.gov.cn"
FOOT = "<div>主办单位：维西傈僳族自治县人民政府 滇ICP备00000001号 网站标识码：5334230001</div>"
TITLES = (
    "山村道路养护见成效",
    "茶园管护培训走进田间地头",
    "敬老院里书声琅琅迎端午",
    "粮站备足仓容迎接新麦",
    "河边垃圾清理志愿行动",
    "果农学习修枝剪叶新技术",
)


def rows(folder: str = "/xw", titles: tuple[str, ...] = TITLES) -> str:
    return "".join(
        f'<li><a href="{folder}/{n}.html">{title}</a><span>2024-05-{20 - n:02}</span></li>'
        for n, title in enumerate(titles, 1)
    )


def column(name: str, folder: str = "/xw", titles: tuple[str, ...] = TITLES, more: str = "") -> str:
    return f"<html><head><title>{name}-维西县人民政府</title></head><body><ul>{rows(folder, titles)}</ul>{more}</body></html>"


def article(title: str, more: str = "") -> str:
    text = f"<p>{title}，近日在城关镇展开，当地干部群众积极参与，现场一派繁忙景象，附近村民纷纷前来帮忙。</p>" * 3
    return (
        f"<html><head><title>{title}</title>{more}</head><body><h1>{title}</h1><p>发布时间：2024-05-19 10:20 来源：维西融媒</p>"
        f"<div>{text}</div></body></html>"
    )


def articles(folder: str = "/xw", titles: tuple[str, ...] = TITLES, more: str = "") -> dict[str, str]:
    return {f"{folder}/{n}.html": article(title, more) for n, title in enumerate(titles, 1)}


def home(nav: str, *, title: str = "维西傈僳族自治县人民政府门户网站", foot: str = FOOT) -> str:
    return f"<html><head><title>{title}</title></head><body>{nav}{foot}</body></html>"


def visitor(pages: Mapping[str, str | bytes | int], host: str = HOST) -> Visitor:
    """One that is answered from the pages, by path and query; a number is a status."""

    def fetch(request: ListRequest) -> Page:
        parts = urlsplit(request.url)
        if parts.netloc != host:
            raise Failure("cannot_fetch", f"{parts.netloc} does not exist")
        body = pages.get(f"{parts.path}{'?' + parts.query if parts.query else ''}", 404)
        if isinstance(body, int):
            return Page(request.url, b"no", "2024-06-01T00:00:00Z", body)
        if isinstance(body, str) and body.startswith("-> "):
            return Page(request.url, b"", "2024-06-01T00:00:00Z", 302, {"location": body[3:]})
        raw = body if isinstance(body, bytes) else body.encode()
        kind = "text/plain" if parts.path == "/robots.txt" else "text/html"
        return Page(request.url, raw, "2024-06-01T00:00:00Z", 200, {"content-type": kind})

    return Visitor(fetch, 0)


def proposed(
    pages: Mapping[str, str | bytes | int], *, url: str = f"http://{HOST}/", host: str = HOST, id: str = ""
) -> Proposal:
    return propose(Wish(url, id), visitor(pages, host), directory())
