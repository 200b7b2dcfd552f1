"""What a right archive holds of the families' counties: made from their stories alone, so it can judge the crawler.

May import: its neighbours, the demo's Truth.
"""

from __future__ import annotations

from govnews.demo.families import counties
from govnews.demo.families.county import County
from govnews.demo.families.stories import Story
from govnews.demo.truth import Truth, iso, precision

_STATES = {"printed": "shown", "counter": "label-without-number", "label": "label-without-number", "none": "absent"}


def truth(day: int = 1) -> list[Truth]:
    """Every row of every list, as the counties are on that day."""
    return [_truth(county.on_day(day), story) for county in counties() for story in county.on_day(day).stories]


def _truth(county: County, story: Story) -> Truth:
    columns = (county.column_url(),)
    if story.kind != "article":
        kind = "not_found" if story.kind == "soft_404" else story.kind
        return Truth(county.id, county.url(story), kind, story.title, columns)
    time = story.time[: county.clock]
    return Truth(
        county.id,
        county.url(story),
        "article",
        story.title,
        columns,
        publish_time=iso(time),
        publish_time_precision=precision(time),
        publish_date=story.time[:10],
        source=story.source if "{{source}}" in county.article else None,
        view_count=story.views if county.views in ("printed", "counter") else None,
        view_count_state=_STATES[county.views],
        body="\n".join(story.paragraphs),
    )
