"""A county's site for the benchmarks: made pages of some 40 KB, served as fast as one process can. Run as a script it prints its port.

    python bench/county_server.py [ARTICLES]

`/list/N.html` are its list pages, `/info/N.html` its articles. Pages are made of invented sentences; no two articles are alike.
Loopback only, any free port.
"""

from __future__ import annotations

import asyncio
import random
import sys

ROWS = 20
HOST = "www.ceyan.test"
_PLACES = "东坪 柳河 石桥 青龙 白水 花溪 龙潭 金沙 大营 小寨 双江 三岔 高坪 平安 新民 永和".split()
_ACTS = "调研 部署 推进 检查 督导 研究 安排 落实 通报 总结".split()
_MATTERS = "春耕生产 防汛备汛 道路养护 义务教育 医疗保障 安全生产 招商引资 乡村治理 饮水工程 农房改造 森林防火 文化惠民".split()


def sentence(dice: random.Random) -> str:
    return (
        f"{dice.choice(_PLACES)}镇{dice.choice(_ACTS)}{dice.choice(_MATTERS)}工作，{dice.randint(2, 60)}个村参加，"
        f"完成投资{dice.randint(100, 9000)}万元，惠及群众{dice.randint(300, 90000)}人。"
    )


def title(n: int) -> str:
    dice = random.Random(n)
    return f"{dice.choice(_PLACES)}镇第{n}次会议{dice.choice(_ACTS)}{dice.choice(_MATTERS)}工作"


def day(n: int) -> str:
    return f"20{25 - n // 336 % 20:02d}-{12 - n // 28 % 12:02d}-{28 - n % 28:02d}"


def _furniture() -> tuple[str, str]:
    """Head and foot of every page: menus, scripts, side bars, as much of it as county sites have."""
    dice = random.Random(0)
    menu = "".join(
        f'<li class="m{n}"><a href="/col/{n}/index.html">{dice.choice(_MATTERS)}{n}</a></li>\n' for n in range(150)
    )
    side = "".join(
        f'<p class="s"><a href="/side/{n}.html" title="{sentence(dice)}">{sentence(dice)[:18]}</a></p>\n'
        for n in range(50)
    )
    script = "".join(f"function f{n}(a){{var b=a*{n};if(b>{n}){{return b-{n};}}return a;}}\n" for n in range(120))
    head = f'<div class="top"><ul>{menu}</ul></div><script>{script}</script>'
    return (
        head,
        f'<div class="side">{side}</div><div class="foot">版权所有：测县人民政府 主办：测县人民政府办公室</div></body></html>',
    )


_HEAD, _FOOT = _furniture()


def article(n: int) -> bytes:
    dice = random.Random(n)
    body = "".join(f"<p>　　{''.join(sentence(dice) for _ in range(5))}</p>\n" for _ in range(6))
    return (
        f'<!DOCTYPE html><html><head><meta charset="utf-8"><title>{title(n)}_测县人民政府</title>'
        f'<meta name="ArticleTitle" content="{title(n)}"><meta name="PubDate" content="{day(n)} 09:30"></head><body>{_HEAD}'
        f'<h1>{title(n)}</h1><div class="info">发布时间：{day(n)} 09:30 来源：测县融媒体中心 浏览次数：{n % 5000}</div>'
        f'<div class="text">{body}</div>{_FOOT}'
    ).encode()


def list_page(n: int, articles: int) -> bytes:
    first = (n - 1) * ROWS
    rows = "".join(
        f'<li><a href="/info/{k}.html" title="{title(k)}">{title(k)}</a><span>{day(k)}</span></li>\n'
        for k in range(first, min(first + ROWS, articles))
    )
    following = f'<a href="/list/{n + 1}.html">下一页</a>' if first + ROWS < articles else ""
    return (
        f'<!DOCTYPE html><html><head><meta charset="utf-8"><title>要闻</title></head><body><ul class="list">{rows}</ul>{following}</body></html>'
    ).encode()


class Site(asyncio.Protocol):
    """HTTP/1.1 with keep-alive, as little of it as a client needs."""

    def __init__(self, articles: int) -> None:
        self.articles, self.left = articles, b""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self.transport = transport

    def data_received(self, data: bytes) -> None:
        *requests, self.left = (self.left + data).split(b"\r\n\r\n")
        for request in requests:
            path = request.split(b" ", 2)[1].decode()
            body = self.answer(path)
            status = b"200 OK" if body else b"404 Not Found"
            head = b"HTTP/1.1 %s\r\nContent-Type: text/html; charset=utf-8\r\nContent-Length: %d\r\n\r\n"
            self.transport.write(head % (status, len(body)) + body)  # type: ignore[attr-defined]

    def answer(self, path: str) -> bytes:
        kind, _, rest = path.strip("/").partition("/")
        number = rest.removesuffix(".html")
        if kind == "info" and number.isdigit():
            return article(int(number))
        return list_page(int(number), self.articles) if kind == "list" and number.isdigit() else b""


async def serve(articles: int) -> None:
    server = await asyncio.get_running_loop().create_server(lambda: Site(articles), "127.0.0.1", 0)
    print(server.sockets[0].getsockname()[1], flush=True)
    await server.serve_forever()


if __name__ == "__main__":
    asyncio.run(serve(int(sys.argv[1]) if len(sys.argv) > 1 else 1000))
