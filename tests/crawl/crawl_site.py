"""A county's site on this machine, for the tests of the crawl: pages as a function of what it holds, and a log that is the truth.

The pages are made here and nowhere else, so that what the archive holds can be compared with what was sent. Loopback only, any free
port. May import: the standard library.
"""

from __future__ import annotations

import hashlib
import json
import ssl
import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from html import escape
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

ROBOTS = "/robots.txt"


@dataclass
class Reply:
    """What is answered. send: bytes of the body that are really sent (null: all). wait: seconds before the answer begins.
    hang_up: the connection is closed without a word."""

    body: bytes = b""
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    send: int | None = None
    wait: float = 0.0
    hang_up: bool = False


@dataclass(frozen=True)
class Asked:
    """One request as the server saw it, from its arrival to the last byte sent, on a monotonic clock of this machine."""

    at: float
    done: float
    host: str
    path: str
    status: int
    headers: Mapping[str, str]
    sha256: str


Answer = Callable[[str, str, Mapping[str, str]], Reply]
"""(Host header without port, path with query, request headers in lower case) → reply."""


class Server(ThreadingHTTPServer):
    """Serves `answer` in the background while used as a context manager. log: every request in order of arrival."""

    daemon_threads = True
    request_queue_size = 64

    def __init__(
        self, answer: Answer, *, address: str = "127.0.0.1", port: int = 0, tls: ssl.SSLContext | None = None
    ) -> None:
        self.answer = answer
        self.log: list[Asked] = []
        self.under_way: dict[int, float] = {}
        super().__init__((address, port), _Handler)
        if tls is not None:
            self.socket = tls.wrap_socket(self.socket, server_side=True, do_handshake_on_connect=False)

    @property
    def netloc(self) -> str:
        return f"127.0.0.1:{self.server_address[1]}"

    @property
    def address(self) -> str:
        return f"http://{self.netloc}"

    def asked(self, host: str | None = None, *, robots: bool = False) -> list[str]:
        """Paths in order, of one host or of all."""
        return [a.path for a in self.log if (host is None or a.host == host) and (robots or a.path != ROBOTS)]

    def clear(self) -> None:
        """A new page of the log."""
        self.log.clear()

    def __enter__(self) -> Server:
        threading.Thread(target=self.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        self.shutdown()
        self.server_close()

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A client that hangs up (or was killed) is no event."""


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    wbufsize = -1
    server: Server

    def do_GET(self) -> None:
        at = time.monotonic()
        length = int(self.headers.get("Content-Length") or 0)
        self.rfile.read(length)
        host = self.headers.get("Host", "").partition(":")[0]
        headers = {k.lower(): v for k, v in self.headers.items()}
        reply = self.server.answer(host, self.path, headers)
        if reply.wait:
            time.sleep(reply.wait)
        try:
            self._send(reply)
        finally:
            sha256 = hashlib.sha256(reply.body).hexdigest()
            self.server.log.append(Asked(at, time.monotonic(), host, self.path, reply.status, headers, sha256))

    do_POST = do_GET

    def _send(self, reply: Reply) -> None:
        if reply.hang_up:
            self.close_connection = True
            return
        self.send_response_only(reply.status)
        for name, value in {"Content-Type": "text/html; charset=utf-8", **reply.headers}.items():
            self.send_header(name, value)
        if reply.status != 304:
            self.send_header("Content-Length", str(len(reply.body)))
        self.end_headers()
        self.wfile.write(reply.body if reply.send is None else reply.body[: reply.send])
        self.wfile.flush()
        self.close_connection = self.close_connection or reply.send is not None

    def log_message(self, format: str, *args: object) -> None:
        """Nothing on the screen: `log` has it all."""


@dataclass
class Story:
    """An article: its number, title, day, columns, paragraphs. counter: its count is asked for by script (VSB). gone: answers 404."""

    n: int
    day: str
    title: str = ""
    columns: tuple[str, ...] = ("xw",)
    text: tuple[str, ...] = ()
    counter: int | None = None
    gone: bool = False
    etag: bool = False

    def __post_init__(self) -> None:
        self.title = self.title or f"县里召开第{self.n}次工作会议部署{'春夏秋冬'[self.n % 4]}季重点任务"
        self.text = self.text or tuple(
            f"本次会议的第{k}项内容是部署第{self.n}号事项，要求各乡镇、各部门提高认识、压实责任，把工作做细做实，确保按期完成。"
            for k in range(1, 4)
        )

    @property
    def body(self) -> str:
        return "\n".join(self.text)


@dataclass
class County:
    """A site: stories newest first, lists of `rows` a page, any of them pinned. backwards: lists numbered as VSB does.

    special: path → reply (or a function of the request's headers), before anything else. wait: seconds every answer takes.
    year: whether lists print it. undated: lists print no day at all.
    """

    host: str = "www.jianshan.test"
    stories: list[Story] = field(default_factory=list)
    columns: tuple[str, ...] = ("xw",)
    rows: int = 10
    pinned: tuple[int, ...] = ()
    backwards: bool = False
    wait: float = 0.0
    robots: Reply = field(
        default_factory=lambda: Reply(b"User-agent: *\nDisallow: /admin/\n", headers={"Content-Type": "text/plain"})
    )
    special: dict[str, Reply | Callable[[Mapping[str, str]], Reply]] = field(default_factory=dict)
    year: bool = True
    undated: bool = False

    def path(self, story: Story) -> str:
        return f"/info/1001/{story.n}.htm"

    def url(self, story: Story) -> str:
        return f"http://{self.host}{self.path(story)}"

    def list_path(self, column: str, page: int = 1) -> str:
        if page == 1:
            return f"/{column}.htm"
        return f"/{column}/{self.pages(column) - page + 1}.htm" if self.backwards else f"/{column}_{page}.htm"

    def in_column(self, column: str) -> list[Story]:
        return [s for s in self.stories if column in s.columns]

    def pages(self, column: str) -> int:
        return max(1, -(-len(self.in_column(column)) // self.rows))

    def list_paths(self, column: str | None = None) -> list[str]:
        names = self.columns if column is None else (column,)
        return [self.list_path(c, p) for c in names for p in range(1, self.pages(c) + 1)]

    def counter_path(self, story: Story) -> str:
        return f"/system/resource/code/news/click/dynclicks.jsp?clickid={story.n}&owner=77&clicktype=wbnews"

    def paths(self) -> set[str]:
        """Everything a whole crawl has to ask for, robots.txt left out."""
        counters = {self.counter_path(s) for s in self.stories if s.counter is not None}
        return {*self.list_paths(), *(self.path(s) for s in self.stories), *counters}

    def answer(self, host: str, path: str, headers: Mapping[str, str]) -> Reply:
        """As a server's answer function."""
        special = self.special.get(path)
        if special is not None:
            return special(headers) if callable(special) else special
        reply = self._page(path, headers)
        reply.wait = reply.wait or self.wait
        return reply

    def _page(self, path: str, headers: Mapping[str, str]) -> Reply:
        if path == ROBOTS:
            return self.robots
        for column in self.columns:
            for page in range(1, self.pages(column) + 1):
                if path == self.list_path(column, page):
                    return Reply(self.list_html(column, page).encode())
        story = next((s for s in self.stories if path in (self.path(s), self.counter_path(s))), None)
        if story is None or story.gone:
            return Reply(b"<html><head><title>404 Not Found</title></head><body>404 Not Found</body></html>", 404)
        if path == self.counter_path(story):
            return Reply(str(story.counter).encode(), headers={"Content-Type": "text/plain"})
        body = self.article_html(story).encode()
        tag = f'"{hashlib.sha256(body).hexdigest()[:12]}"'
        if story.etag and headers.get("if-none-match") == tag:
            return Reply(status=304, headers={"ETag": tag})
        return Reply(body, headers={"ETag": tag} if story.etag else {})

    def article_html(self, story: Story) -> str:
        count = (
            f'浏览次数：<script>_showDynClicks("wbnews", 77, {story.n})</script>次' if story.counter is not None else ""
        )
        paragraphs = "\n".join(f"<p>{escape(p)}</p>" for p in story.text)
        return (
            f"<!DOCTYPE html><html><head><title>{escape(story.title)}-尖山县人民政府</title></head><body>\n"
            f'<div class="top"><a href="/">首页</a> <a href="/xw.htm">新闻</a></div>\n<h1>{escape(story.title)}</h1>\n'
            f'<div class="info">发布时间：{story.day} 09:{story.n % 60:02d} 来源：尖山县融媒体中心 {count}</div>\n'
            f'<div class="v_news_content">\n{paragraphs}\n</div>\n<div class="foot">版权所有 尖山县人民政府</div></body></html>'
        )

    def list_html(self, column: str, page: int) -> str:
        stories, total = self.in_column(column), self.pages(column)
        shown = stories[(page - 1) * self.rows : page * self.rows]
        if page == 1:
            shown = [s for s in self.stories if s.n in self.pinned and s not in shown] + shown
        rows = "\n".join(
            f'<li><a href="{self.path(s)}" title="{escape(s.title)}">{escape(s.title)}</a>'
            + ("</li>" if self.undated else f"<span>{s.day if self.year else s.day[5:]}</span></li>")
            for s in shown
        )
        following = (
            f'<a href="{self.list_path(column, page + 1)}">下一页</a>' if page < total else "<span>下一页</span>"
        )
        return (
            f"<!DOCTYPE html><html><head><title>新闻-尖山县人民政府</title></head><body>\n<ul class='list'>\n{rows}\n</ul>\n"
            f'<div class="page">共{len(stories)}条 {page}/{total}页 {following}</div></body></html>'
        )


def days(count: int, *, newest: str = "2026-11-20") -> list[str]:
    """So many days backwards from the newest."""
    from datetime import date, timedelta

    first = date.fromisoformat(newest)
    return [(first - timedelta(days=n)).isoformat() for n in range(count)]


def write_site(
    folder: Path,
    id: str,
    county: County,
    *,
    via: str = "",
    delay: float = 0,
    family: str = "",
    private: bool = True,
    hosts: tuple[str, ...] = (),
    scheme: str = "http",
    columns: list[str] | None = None,
) -> None:
    """The county's site file, in a folder for --sites; `via` is the address of the server that plays it."""
    path = folder / id[:2] / f"{id}.toml"
    path.parent.mkdir(parents=True, exist_ok=True)
    head = {
        "id": id,
        "name": f"尖山县{id[-2:]}",
        "home": f"{scheme}://{county.host}/",
        "hosts": [county.host, *hosts],
        "family": family,
        "private": private,
        "via": via,
        "delay": delay,
    }
    lines = [f"{k} = {json.dumps(v, ensure_ascii=False)}" for k, v in head.items()]
    for column in columns or [county.list_path(c) for c in county.columns]:
        url = f"{scheme}://{county.host}{column}"
        lines += [
            "[[columns]]",
            f"name = {json.dumps('新闻' + column, ensure_ascii=False)}",
            f"url = {json.dumps(url)}",
        ]
    path.write_text("\n".join(lines) + "\n", "utf-8")
