"""拓尔思 TRS WCM: file names tYYYYMMDD_<docid>, lists paged by createPageHTML (cms-families.md §3.1).

Its editor's classes travel with pasted text to sites of every make, so they prove little; file names, the list script and the
classes of its breadcrumb do. What inline script prints (贵州) is read as variables; there is no counter of its own; the generic
way of lists knows createPageHTML. May import: family.py.
"""

from __future__ import annotations

from govnews.families.family import Family, Mark

FAMILY = Family(
    name="trs",
    title="拓尔思 TRS WCM",
    counts="none of its own",
    lists="static, by createPageHTML: page 2 is index_1.html",
    marks=(
        Mark("url", r"/t(?:19|20)\d{6}_\d+(?:_\d+)?\.s?html?$", 3),
        Mark("url", r"/t\d{7,9}\.s?html?$", 2),
        Mark("url", r"/was5/web/search\?", 3),
        Mark("html", r"/t20\d{6}_\d{2,9}\.s?html?", 2, "/t20"),
        Mark("html", r"createpagehtml\(\s*[\"']?\d", 1, "createpagehtml("),
        Mark("html", "//wcm置标", 3),
        Mark("html", "currchnlcls", 2),
        Mark("html", "/was5/web/", 2),
        Mark("html", "trs_editor", 2),
        Mark("html", "trs_ueditor", 1),
        Mark("html", "custom_unionstyle", 1),
        Mark("html", "trs_ta_js", 1),
    ),
    containers=(".dochtmlcon", "#trscontent", ".article_component"),
    scripts=(("publish_time", "pubdata"), ("source", "wzly"), ("source", "SourceName")),
)
