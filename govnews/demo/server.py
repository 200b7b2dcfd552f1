"""The demo's server: the counties on one loopback port, told apart by the Host header.

`trouble` makes a county misbehave, for tests and for people to see: wall, busy (503), slow, cut (the answer breaks off).
May import: its neighbours in this room, the standard library.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from govnews.demo.pages import _CHALLENGE, Reply, reply
from govnews.model import Failure

TROUBLES = ("wall", "busy", "slow", "cut")


@dataclass(frozen=True, slots=True)
class Asked:
    """One request of the log. at: seconds of a monotonic clock."""

    at: float
    host: str
    target: str
    status: int


@dataclass(slots=True)
class DemoServer:
    """The running server. Use as a context manager. day: 1 or 2, may be changed while it runs. log: every request."""

    port: int = 0
    day: int = 1
    trouble: Mapping[str, str] = field(default_factory=dict)
    log: list[Asked] = field(default_factory=list)
    _server: Any = None

    def __enter__(self) -> DemoServer:
        try:
            self._server = ThreadingHTTPServer(("127.0.0.1", self.port), _handler(self))
        except OSError as error:
            raise Failure(
                "port_in_use", f"port {self.port} on this machine is in use", hint="leave --port out for a free one"
            ) from error
        self._server.daemon_threads = True
        self.port = self._server.server_address[1]
        threading.Thread(target=self._server.serve_forever, args=(0.05,), daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        self._server.shutdown()
        self._server.server_close()

    @property
    def address(self) -> str:
        """`http://127.0.0.1:PORT`, for a Site's `via`."""
        return f"http://127.0.0.1:{self.port}"


def _handler(demo: DemoServer) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            host = self.headers.get("Host", "")
            trouble = demo.trouble.get(host.removeprefix("www.")) or demo.trouble.get(host)
            answer = _troubled(trouble, self.path) or reply(host, self.path, demo.day)
            demo.log.append(Asked(time.monotonic(), host, self.path, answer.status))
            if trouble == "slow":
                time.sleep(1.0)
            self.send_response(answer.status)
            self.send_header("Content-Type", answer.content_type)
            self.send_header("Content-Length", str(len(answer.body) + (500 if trouble == "cut" else 0)))
            self.end_headers()
            self.wfile.write(answer.body)
            if trouble == "cut":
                self.close_connection = True

        def log_message(self, format: str, *args: Any) -> None:
            """Silent: the log is kept in memory."""

    return Handler


def _troubled(trouble: str | None, target: str) -> Reply | None:
    if target == "/robots.txt":
        return None
    if trouble == "wall":
        return _CHALLENGE
    return Reply(503, b"busy") if trouble == "busy" else None
