"""The platform of 迪庆 (维西, 德钦, the prefecture), where this project began; its vendor is unknown (cms-families.md §5).

File names are YYYYMMDD_<id> in a YYYYMM folder; time, 来源 and 浏览次数 stand one label a line under the title.
May import: family.py, the standard library.
"""

from __future__ import annotations

from govnews.families.family import Family, Mark

FAMILY = Family(
    name="diqing",
    title="迪庆州政府网站群",
    counts="printed in the page",
    lists="static, by the page's own link",
    marks=(
        Mark("url", r"/20\d{4}/20\d{6}_\d+\.html$", 2),
        Mark("url", r"(?:^|//|\.)(?:www\.)?(?:weixi|deqin|diqing)\.gov\.cn", 2),
        Mark("html", "/file/diqing/", 3),
        Mark("html", "/zfxxgk_weixi", 2),
        Mark("html", "/zfxxgk_deqin", 2),
    ),
)
