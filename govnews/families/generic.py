"""No family: everything is done the generic way. Always last, never detected.

May import: model, text, family.py.
"""

from __future__ import annotations

from govnews.families.family import Family

FAMILY = Family(
    name="generic",
    title="未知（通用规则）",
    counts="a number printed behind a label",
    lists="the page's own 下一页, its scripts, its numbers",
)
