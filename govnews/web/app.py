"""The desk as a program: Datasette on one archive, opened read-only, with our plugin, templates, metadata and limits.

Opened with mode=ro and not as immutable: a crawl may be writing to the file, and its readers must see what it commits. May import:
archive, model, datasette and uvicorn (at first use).
"""

from __future__ import annotations

import errno
import socket
import tomllib
from collections.abc import Callable
from importlib.resources import files
from pathlib import Path
from typing import Any

from govnews.archive import SCHEMA, open_archive, require_views
from govnews.model import Failure

NAME = "archive"
"""Name of the database in addresses, whatever the file is called."""
SETTINGS = {
    "sql_time_limit_ms": 5000,
    "max_returned_rows": 5000,
    "max_csv_mb": 500,
    "facet_time_limit_ms": 1000,
    "suggest_facets": False,
    "default_facet_size": 20,
    "allow_download": False,
}
"""Datasette's own limits (1 s, 1,000 rows, 100 MB) stop plain questions to a national archive; guessing facets times out on it."""
_FACETS = {
    "articles": ["site", "source", "presence"],
    "captures": ["response_class", "kind"],
    "issues": ["code", "site"],
}


def ready_questions() -> dict[str, dict[str, str]]:
    """The canned queries: name → en, zh, sql."""
    return tomllib.loads(files(__package__).joinpath("questions.toml").read_text("utf-8"))


def metadata() -> dict[str, Any]:
    """Datasette's metadata from the data dictionary: tables with the meaning of every column, and the ready questions."""
    tables = {
        t.name: {"description": f"{t.en}. {t.zh}", "columns": {c.name: f"{c.en} · {c.zh}" for c in t.columns}}
        for t in SCHEMA
    }
    for name, facets in _FACETS.items():
        tables[name]["facets"] = facets
    queries = {n: {"sql": q["sql"].strip(), "title": f"{q['en']} · {q['zh']}"} for n, q in ready_questions().items()}
    return {"title": "govnews desk", "databases": {NAME: {"tables": tables, "queries": queries}}}


def build(db: Path) -> Any:
    """A Datasette on that archive, not yet serving. Raises Failure as `open_archive`, and `no_extra`, `old_schema`."""
    try:
        from datasette.app import Datasette, pm
        from datasette.database import Database
    except ImportError as error:
        raise Failure(
            "no_extra", "the desk needs Datasette, which is not installed", hint="python -m pip install 'govnews[web]'"
        ) from error
    from govnews.web import plugin

    with open_archive(db, read_only=True) as archive:
        require_views(archive)
    if not pm.is_registered(plugin):
        pm.register(plugin, name="govnews-desk")  # the search plugin is installed as govnews
    here = Path(str(files(__package__)))
    desk = Datasette(
        metadata=metadata(),
        settings=SETTINGS,
        template_dir=str(here / "templates"),
        static_mounts=[("desk", str(here / "static"))],
    )
    desk.remove_database("_memory")

    class Quiet(Database):  # type: ignore[misc]
        """A mistake in a person's query is said on the page, not in the terminal."""

        async def execute(self, *words: Any, **more: Any) -> Any:
            return await super().execute(*words, **{**more, "log_sql_errors": False})

    desk.add_database(Quiet(desk, path=str(db), is_mutable=True), name=NAME)
    return desk


def serve(db: Path, host: str, port: int, *, started: Callable[[str], None]) -> None:
    """Serves until Ctrl-C. started: called with the address once it answers. Raises Failure `port_in_use`, and as `build`."""
    desk = build(db)
    import uvicorn

    class Server(uvicorn.Server):
        async def startup(self, sockets: list[socket.socket] | None = None) -> None:
            await super().startup(sockets)
            started(f"http://{f'[{host}]' if ':' in host else host}:{listening.getsockname()[1]}/")

    with _listen(host, port) as listening:
        Server(uvicorn.Config(desk.app(), log_level="warning", server_header=False)).run(sockets=[listening])


def _listen(host: str, port: int) -> socket.socket:
    try:
        return socket.create_server((host, port), family=socket.AF_INET6 if ":" in host else socket.AF_INET)
    except (OSError, OverflowError) as error:
        if isinstance(error, OSError) and error.errno == errno.EADDRINUSE:
            sentence = f"port {port} is in use: another desk, or another program"
            raise Failure("port_in_use", sentence, hint="--port 0 takes a free one") from error
        raise Failure("cannot_serve", f"cannot serve on {host}, port {port}: {error}") from error
