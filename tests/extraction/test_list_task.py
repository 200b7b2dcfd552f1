"""A list page as the crawl brings it: with its task, which knows more than the address of the response."""

from __future__ import annotations

from govnews.extraction import read_list
from govnews.model import ListRequest, Page, Task

SHELL = (
    "<html><head><script>window._CONFIG={SID:'763022',TREE:[]};</script></head><body><div id='app'></div></body></html>"
)
FOLDER = "http://www.nanjiang-xian.gov.cn/gkmlpt/"


def _next(url: str, task_url: str) -> object:
    return read_list(Page(url, SHELL.encode(), "2024-03-01T08:00:00Z", task=Task("list", task_url))).next_page


def test_the_fragment_of_a_column_is_kept() -> None:
    """No server sees a fragment, so the response's address has none; it names the category all the same."""
    wanted = ListRequest("GET", FOLDER + "api/all/4410?page=1&sid=763022")
    assert _next(FOLDER + "index", FOLDER + "index#4410") == wanted


def test_without_a_fragment_it_is_everything() -> None:
    assert _next(FOLDER + "index", FOLDER + "index") == ListRequest("GET", FOLDER + "api/all/0?page=1&sid=763022")


def test_a_redirect_keeps_the_fragment() -> None:
    assert _next(FOLDER + "index", "http://nanjiang-xian.gov.cn/gkmlpt/index#4410") == ListRequest(
        "GET", FOLDER + "api/all/4410?page=1&sid=763022"
    )
