"""Archives of given texts, without pages: for the tests of the search."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from govnews.archive import Archive, open_archive

STRANGE = (
    "\U00020000\U0002a6a5\U00031350\ue000བོདང་ꀀꆈꓡئۇيᠮᠣ\u0301\u180b○㎡😀々〇Ⅲ①éÉßİſſKΣςᲐ\uab70\u13a0\ufe00\U0001f1e8"
)
"""Rare Han (blocks B to H, private use), Tibetan, Yi, Lisu, Uyghur, Mongolian, marks, symbols, and letters with odd cases."""
SIGNS = "，。、；：“”《》（）()·•—-…%+=￥$\"' \u3000\n\t\u00a0\u200b\u200d\u180e\ufeff\u202e/._"
ALPHABET = "县委政府会后後里裏發发髮AaＡｂB12３０" + STRANGE + SIGNS


def article(
    archive: Archive, version: int, title: str | None, body: str, day: str | None = None, site: str = "990901"
) -> None:
    """One article row, as the writer leaves it."""
    archive.connection.execute(
        "INSERT INTO articles (uid, version, site, url_key, title, publish_date, body, view_count_state, flags, via, presence, "
        "first_seen, last_seen, fetched_at, sha256, text_sha256, family, extractor) "
        "VALUES (?, ?, ?, ?, ?, ?, ?, 'absent', '[]', '{}', 'alive', '', '', '', '', '', '', '')",
        (f"{version:016x}", version, site, f"www.test/{version}", title, day, body),
    )


def superseded(archive: Archive, old: int, new: int, body: str) -> None:
    """The article of version `old` changes its text."""
    archive.connection.execute(
        "INSERT INTO revisions (version, uid, cause, extractor, first_seen, last_seen, fetched_at, title, body, view_count_state, flags, "
        "via, sha256, text_sha256) SELECT version, uid, 'site', '', '', '', '', title, body, '', '', '', '', '' FROM articles WHERE version = ?",
        (old,),
    )
    archive.connection.execute("UPDATE articles SET version = ?, body = ? WHERE version = ?", (new, body, old))


def archive_of(path: Path, texts: Iterable[tuple[str | None, str]]) -> Archive:
    """A new archive of these titles and bodies, versions from 1, a day a piece; the index is empty."""
    archive = open_archive(path)
    with archive.db.atomic():
        for n, (title, body) in enumerate(texts, 1):
            article(archive, n, title, body, f"20{20 + n % 5}-{1 + n % 12:02d}-{1 + n % 28:02d}")
    return archive
