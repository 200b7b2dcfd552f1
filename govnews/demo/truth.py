"""What a right archive holds of the demo counties: made from their content alone, so it can judge the crawler.

Used by tests and by people, never by the crawler. May import: content.py, the standard library.
"""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urljoin

from govnews.demo.content import County, Story, counties

_PRECISION = {10: "day", 16: "minute", 19: "second"}


@dataclass(frozen=True, slots=True)
class Truth:
    """One row of a list and what is right for it. kind: `article`, `not_found`, `challenge`, `off_site`; all fields below are of
    articles. view_count: as the archive has it once the counters were read; view_count_state: of the page itself."""

    site: str
    url: str
    kind: str
    title: str
    columns: tuple[str, ...]
    publish_time: str | None = None
    publish_time_precision: str | None = None
    publish_date: str | None = None
    source: str | None = None
    view_count: int | None = None
    view_count_state: str = "absent"
    body: str = ""
    author: str | None = None
    editor: str | None = None
    images: tuple[str, ...] = ()
    attachments: tuple[str, ...] = ()


def truth(day: int = 1) -> list[Truth]:
    """Every row of every list as it stands on day 1 or 2; what was taken off by then is `not_found`."""
    return [_truth(county, story, day) for county in counties() for story in county.stories]


def _truth(county: County, story: Story, day: int) -> Truth:
    now, url = story.on(day), county.address(story)
    named = story.columns or (county.columns[0].name,)
    columns = tuple(f"http://{county.host}{c.path}" for c in county.columns if c.name in named)
    kind = "not_found" if now is None or now.kind == "soft_404" else now.kind
    if now is None or kind != "article":
        return Truth(county.id, url, kind, story.title, columns)
    return Truth(
        county.id,
        url,
        kind,
        now.title,
        columns,
        publish_time=iso(now.time),
        publish_time_precision=precision(now.time),
        publish_date=now.time[:10],
        source=now.source or None,
        view_count=now.views,
        view_count_state=_state(county, now),
        body=_text(now),
        author=now.author,
        editor=now.editor,
        images=tuple(urljoin(url, b.cells[1]) for b in now.blocks if b.kind == "picture"),
        attachments=tuple(urljoin(url, b.cells[1]) for b in now.blocks if b.kind in ("file", "pdf")),
    )


def precision(time: str) -> str:
    """Of a printed time: `day`, `minute` or `second`."""
    return _PRECISION[len(time)]


def iso(time: str) -> str:
    """A printed time as the archive has it."""
    return time if len(time) == 10 else time.replace(" ", "T") + "+08:00"


def _state(county: County, story: Story) -> str:
    """VSB's number comes by script; elsewhere it is printed, or a label stands alone, or nothing does."""
    if county.cms == "vsb" or story.counter:
        return "label-without-number"
    return "absent" if story.views is None else "shown"


def _text(story: Story) -> str:
    """Paragraphs, captions and table rows; files offered at the end are no text."""
    lines = [
        "\t".join(b.cells) if b.kind == "row" else b.cells[0] for b in story.blocks if b.kind not in ("file", "pdf")
    ]
    return "\n".join(line for line in lines if line)
