"""When an article is visited again: by its age, for edits, deletions and view counts. Pure.

May import: the standard library.
"""

from __future__ import annotations

from datetime import datetime, timedelta

STEPS = (1, 7, 30, 180)
"""Ages in days at which an article is looked at again; later only with --revisit."""
CONFIRM = (1, 3, 7, 30)
"""Days after the first miss of a page on which it is looked for again."""
_FORM = "%Y-%m-%dT%H:%M:%SZ"


def next_visit(fetched_at: str, publish_date: str | None) -> str | None:
    """The moment (UTC) of the next visit after one at `fetched_at`; null when its last step is over. An article without a day,
    or one from the future, counts as published when fetched."""
    now = datetime.strptime(fetched_at, _FORM)
    born = min(datetime.fromisoformat(publish_date), now) if publish_date else now
    due = next((at for step in STEPS if (at := born + timedelta(days=step)) > now), None)
    return due.strftime(_FORM) if due else None


def next_check(missed_at: str, fetched_at: str) -> str | None:
    """When a page that was first missed at one moment and again at another is looked for next; null when that is settled."""
    first, now = datetime.strptime(missed_at, _FORM), datetime.strptime(fetched_at, _FORM)
    due = next((at for days in CONFIRM if (at := first + timedelta(days=days)) > now), None)
    return due.strftime(_FORM) if due else None


def hour_of(moment: str) -> int:
    """The hour of the day in China at a moment (UTC)."""
    return (int(moment[11:13]) + 8) % 24


def later(fetched_at: str, hours: float) -> str:
    """A moment some hours after another."""
    return (datetime.strptime(fetched_at, _FORM) + timedelta(hours=hours)).strftime(_FORM)
