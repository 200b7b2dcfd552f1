"""SiteServer CMS: /contents/<column>/<id>.html, /channels/<column>.html, client scripts under sitefiles/assets/.

The number is put in by a POST of the page's own template in cipher (api/stl/actions/dynamic): nothing is asked, an empty label is
null. add_content_hits and add_tracker_count are beacons. Seen on saved pages (docs/decisions, which families). May import: family.py.
"""

from __future__ import annotations

from govnews.families.family import Family, Mark

FAMILY = Family(
    name="siteserver",
    title="SiteServer CMS",
    counts="put in by a call that cannot be repeated; add_content_hits and add_tracker_count are beacons",
    lists="static, /channels/12_2.html, by the page's own link",
    marks=(
        Mark("url", r"/contents/\d+/\d+\.html$", 3),
        Mark("url", r"/channels/\d+(?:_\d+)?\.html$", 3),
        Mark("html", "stl/actions/", 3),
        Mark("html", "sitefiles/assets/", 3),
        Mark("html", "stldynamic_", 2),
        Mark("html", "stlclient", 1),
        Mark("html", r"/contents/\d+/\d+\.html", 1, "/contents/"),
        Mark("html", r"/channels/\d+(?:_\d+)?\.html", 1, "/channels/"),
    ),
    beacons=("/add_content_hits/", "/add_tracker_count/"),
)
