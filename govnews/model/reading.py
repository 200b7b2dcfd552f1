"""Found, Findings, Reading: the stages between the bytes of a page and its Article.

May import: the standard library and its neighbours in this room.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from govnews.model.article import Article
from govnews.model.codes import Issue


@dataclass(slots=True)
class Found:
    """One candidate for a field: the raw text, where it stood, and (once chosen) why it won or lost. Not frozen, as nothing is of
    which a page makes dozens: to make a frozen one takes four times as long.

    line: number of the visible line it stood on; -1 for what stands on none (metas, scripts)."""

    value: str
    via: str
    verdict: str = ""
    line: int = -1


@dataclass(frozen=True, slots=True)
class CounterCall:
    """Where an article's view count can be asked. `raises`: asking makes the number grow."""

    family: str
    url: str
    raises: bool = False


@dataclass(slots=True)
class Findings:
    """What a page offers before anything is chosen (DESIGN §4.3, ExtractPipeline).

    kind: a code of group "kind". candidates: field → candidates, best first. body: text already cleaned.
    counter: the call of the article's counter, or null. counter_script: a script on the page prints the count. players: videos
    and frames inside the article.
    used_charset, declared_charset, charset_repaired: how the bytes became text. samples: lines left over
    from the template, found while settling.
    """

    url: str | None = None
    fetched_at: str | None = None
    kind: str = "other"
    family: str = "generic"
    candidates: dict[str, list[Found]] = field(default_factory=dict)
    body: str = ""
    body_via: str = ""
    images: tuple[dict[str, str], ...] = ()
    attachments: tuple[dict[str, str], ...] = ()
    players: int = 0
    counter: CounterCall | None = None
    counter_script: bool = False
    flags: list[str] = field(default_factory=list)
    samples: set[int] = field(default_factory=set)
    issues: list[Issue] = field(default_factory=list)
    declared_charset: str | None = None
    used_charset: str = "utf-8"
    charset_repaired: bool = False


@dataclass(slots=True)
class Reading:
    """What a page says: the article, what was doubtful, and what is still to be asked."""

    article: Article
    family: str = "generic"
    issues: tuple[Issue, ...] = ()
    counter: CounterCall | None = None
    candidates: dict[str, list[Found]] = field(default_factory=dict)
    declared_charset: str | None = None
    used_charset: str = "utf-8"
