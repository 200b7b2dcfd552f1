"""The demo counties on 127.0.0.1: one server for all of them, told apart by the Host header.

May import: worlds.py, pages.py, model, the standard library.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from govnews.demo.pages import Response, challenge, wall
from govnews.demo.worlds import THREE, World
from govnews.model import Failure

TROUBLES = {
    "wall": "a firewall refuses (403)",
    "challenge": "a firewall wants a script run (521)",
    "error": "the server fails (503)",
    "throttle": "too many requests (429, Retry-After: 1)",
    "slow": "the answer takes five seconds",
    "cut": "the connection breaks off in the middle of the answer",
}
"""Ways to misbehave, for tests and for people to see."""
_LONGEST_FORM = 10_000


@dataclass(slots=True)
class Trouble:
    """One way to misbehave. kind: one of TROUBLES. where: a site id, or the beginning of host + path (`www.huaidu.test/info/`);
    "" = everywhere. times: how often before it is over; null = always. robots.txt is always answered."""

    kind: str
    where: str = ""
    times: int | None = None

    @classmethod
    def parse(cls, text: str) -> Trouble:
        """From `KIND[@WHERE][*TIMES]`, as in `wall@990201` or `error@www.yanbo.test/show.asp*2`."""
        rest, _, times = text.partition("*")
        kind, _, where = rest.partition("@")
        if kind not in TROUBLES or (times and not times.isdigit()):
            hint = f"KIND[@SITE-OR-ADDRESS][*TIMES]; kinds: {', '.join(TROUBLES)}"
            raise Failure("trouble", f"no such trouble: {text}", hint=hint, exit_code=2)
        return cls(kind, where, int(times) if times else None)

    def strikes(self, whose: tuple[str, str] | None, path: str) -> bool:
        """Whether it hits this request to a site (its id and host, null: to none); counts down."""
        if whose is None or path == "/robots.txt" or self.times == 0:
            return False
        site, host = whose
        if self.where not in ("", site) and not (host + path).startswith(self.where):
            return False
        if self.times is not None:
            self.times -= 1
        return True


@dataclass(frozen=True, slots=True)
class Asked:
    """One request as the server saw it. at: seconds of a monotonic clock. target: path and query. form: of a POST."""

    at: float
    host: str
    target: str
    status: int
    user_agent: str = ""
    form: str = ""


class DemoServer(ThreadingHTTPServer):
    """The counties' day `day` (may be changed while it runs) on `port`, 0 for any free one; a context manager that serves in the
    background. world: which counties. log: every request. Raises Failure `port_in_use`."""

    daemon_threads = True
    request_queue_size = 256  # every county's first request comes at once; what finds no room waits for seconds

    def __init__(self, port: int = 0, day: int = 1, troubles: Sequence[Trouble] = (), world: World = THREE) -> None:
        self.world = world
        self.day = day
        self.troubles = list(troubles)
        self.log: list[Asked] = []
        self._lock = threading.Lock()
        try:
            super().__init__(("127.0.0.1", port), _Handler)
        except (OSError, OverflowError) as error:
            reason = error.strerror if isinstance(error, OSError) else "no such port"
            raise Failure(
                "port_in_use", f"cannot serve on port {port}: {reason}", hint="leave --port out for a free one"
            ) from error

    @property
    def address(self) -> str:
        """`http://127.0.0.1:PORT`, for a Site's `via`."""
        return f"http://127.0.0.1:{self.server_address[1]}"

    def __enter__(self) -> DemoServer:
        threading.Thread(target=self.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        self.shutdown()
        self.server_close()

    def trouble(self, host: str, path: str) -> str | None:
        """The kind of trouble that hits this request, if any."""
        with self._lock:
            whose = self.world.whose(host)
            return next((t.kind for t in self.troubles if t.strikes(whose, path)), None)

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A client that hangs up is no event."""


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True  # head and body are sent apart
    server: DemoServer

    def do_GET(self) -> None:
        self._answer("")

    def do_POST(self) -> None:
        length = self.headers.get("Content-Length", "0")
        form = self.rfile.read(min(int(length), _LONGEST_FORM)) if length.isdecimal() else b""
        self._answer(form.decode("utf-8", "replace"))

    def _answer(self, form: str) -> None:
        host = self.headers.get("Host", "").partition(":")[0]
        trouble = self.server.trouble(host, self.path)
        response = _troubled(trouble) or self.server.world.answer(host, self.path, self.server.day, form)
        agent = self.headers.get("User-Agent", "")
        self.server.log.append(Asked(time.monotonic(), host, self.path, response.status, agent, form))
        if trouble == "slow":
            time.sleep(5)
        self._send(response, cut=trouble == "cut")

    def _send(self, response: Response, *, cut: bool) -> None:
        self.send_response(response.status)
        self.send_header("Content-Type", response.content_type)
        self.send_header("Content-Length", str(len(response.body)))
        for name, value in response.headers:
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(response.body[: len(response.body) // 2] if cut else response.body)
        self.close_connection = self.close_connection or cut

    def log_message(self, format: str, *args: object) -> None:
        """Nothing on the screen: `log` has it all."""


def _troubled(kind: str | None) -> Response | None:
    """The answer that takes the page's place, if the trouble has one."""
    if kind == "wall":
        return wall()
    if kind == "challenge":
        return challenge(521)
    if kind == "error":
        return Response(503, b"<html><body><h1>503 Service Unavailable</h1></body></html>")
    if kind == "throttle":
        return Response(429, b"<html><body>Too Many Requests</body></html>", headers=(("Retry-After", "1"),))
    return None
