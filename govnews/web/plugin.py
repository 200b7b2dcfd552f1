"""What Datasette asks of a plugin: our pages, what its own templates need, and headers on everything that leaves.

No page has a script, ours or Datasette's: its templates are overridden so, and the policy forbids it. May import: pluggy, its
neighbours in this room.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Generator
from typing import Any

from pluggy import HookimplMarker

from govnews.web import pages, trouble
from govnews.web.app import SETTINGS

hookimpl = HookimplMarker("datasette")
_REST = "img-src 'self' data:; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
OURS = f"default-src 'none'; style-src 'self'; {_REST}"
DATASETTES = f"default-src 'none'; style-src 'self' 'unsafe-inline'; {_REST}"
"""Datasette's own pages carry style attributes; scripts stay forbidden there too."""
_LOOPBACK = {"127.0.0.1", "localhost", "::1"}


@hookimpl
def register_routes() -> list[tuple[str, Any]]:
    """Ours come before Datasette's own: `/` is the desk's."""
    return pages.ROUTES


@hookimpl
def extra_template_vars(request: Any) -> dict[str, Any]:
    """For Datasette's own pages: words, limits, and what SQLite said in plain words."""
    if request is None:
        return {}
    w = pages.words_of(request)

    def sql_error(said: str) -> str:
        sentence, after = trouble.of_sql(said, w)
        return f"{sentence} {after} ({w('trouble.said')}: {said})"

    return {"w": w, "desk_limits": limits(), "sql_error": sql_error}


@hookimpl(wrapper=True)
def handle_exception(datasette: Any, request: Any, exception: Exception) -> Generator[None, list[Any], list[Any]]:
    """Ours in place of Datasette's, which speaks English and prints a traceback with all values for every address that is not there."""
    yield
    return [pages.explained(datasette, request, trouble.told(exception, request, pages.words_of(request)))]


@hookimpl
def forbidden(datasette: Any, request: Any) -> Any:
    """What is not allowed is said as everything else."""
    return pages.explained(datasette, request, trouble.forbidden(request, pages.words_of(request)))


@hookimpl
def extra_css_urls() -> list[str]:
    """One small sheet on Datasette's pages."""
    return ["/desk/datasette.css"]


def limits() -> dict[str, Any]:
    """The limits in the units in which they are told."""
    return {
        "seconds": int(SETTINGS["sql_time_limit_ms"]) // 1000,
        "rows": f"{SETTINGS['max_returned_rows']:,}",
        "mb": SETTINGS["max_csv_mb"],
    }


@hookimpl
def asgi_wrapper() -> Callable[[Any], Any]:
    """Security headers; and, on loopback, no answer to a foreign Host (a web page whose name was pointed to this machine)."""
    return _guarded


def _guarded(app: Callable[..., Awaitable[None]]) -> Callable[..., Awaitable[None]]:
    async def guard(scope: dict[str, Any], receive: Any, send: Any) -> None:
        if scope["type"] != "http":
            await app(scope, receive, send)
            return
        headers = dict(scope["headers"])
        server = (scope.get("server") or ("localhost",))[0]
        if server in _LOOPBACK and _bare(headers.get(b"host", b"localhost").decode("latin-1")) not in _LOOPBACK:
            await send({"type": "http.response.start", "status": 421, "headers": [(b"content-type", b"text/plain")]})
            await send({"type": "http.response.body", "body": b"This desk answers on this machine only."})
            return

        async def protected(message: dict[str, Any]) -> None:
            if message["type"] == "http.response.start":
                policy = OURS if pages.is_ours(scope["path"]) else DATASETTES
                message["headers"] = [
                    *message["headers"],
                    (b"content-security-policy", policy.encode()),
                    (b"x-content-type-options", b"nosniff"),
                    (b"referrer-policy", b"no-referrer"),
                ]
            await send(message)

        await app(scope, receive, protected)

    return guard


def _bare(host: str) -> str:
    """A Host header without its port and brackets."""
    return host[1:].partition("]")[0] if host.startswith("[") else host.partition(":")[0]
