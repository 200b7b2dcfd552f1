"""Site files: what a right one gives, and one clear line for each wrong one."""

from pathlib import Path

import pytest

from govnews.model import Column, Failure, Layout
from govnews.sites import load_site_files, read_site_file

HEAD = 'id = "990101"\nname = "澜塘县"\nhome = "http://www.lantang.test/"\n'


def read(folder: Path, text: str):
    path = folder / "990101.toml"
    path.write_text(text, "utf-8")
    return read_site_file(path)


def wrong(folder: Path, text: str) -> str:
    """The one line that a file gets, without its folder."""
    with pytest.raises(Failure) as caught:
        read(folder, text)
    assert caught.value.code == "site_file"
    assert "\n" not in caught.value.sentence
    return caught.value.sentence.removeprefix(f"{folder}/")


def test_the_form_of_the_design(tmp_path: Path) -> None:
    site = read(
        tmp_path,
        """
id = "533423"
name = "维西县"
home = "http://www.weixi.gov.cn/"
hosts = ["WWW.weixi.gov.cn"]
family = "diqing"
private = false
via = ""
delay = 3.0
[[columns]]
name = "维西要闻"
url = "http://www.weixi.gov.cn/xwzx/wxxw.html"
[[layouts]]
title = "css:h1"
[[layouts]]
until = "2024-05-31"
body = "css:#zoom"
publish_time = "xpath://span[@class='time']/text()"
[[layouts]]
until = 2022-01-31
body = "css:.old"
[expect]
per_month = [5, 300]
""",
    )
    assert site.columns == (Column("维西要闻", "http://www.weixi.gov.cn/xwzx/wxxw.html", "own"),)
    assert site.layouts == (
        Layout(title="css:h1"),
        Layout(until="2024-05-31", body="css:#zoom", publish_time="xpath://span[@class='time']/text()"),
        Layout(until="2022-01-31", body="css:.old"),
    )
    assert site.expect.per_month == (5, 300)
    assert site.hosts == ("www.weixi.gov.cn",)
    assert (site.family, site.delay, site.private) == ("diqing", 3.0, False)
    assert (site.province, site.prefecture, site.division_code) == ("云南省", "迪庆藏族自治州", "533423")


def test_three_lines_are_enough(tmp_path: Path) -> None:
    site = read(tmp_path, HEAD)
    assert site.hosts == ("www.lantang.test",)
    assert (site.family, site.delay, site.private, site.via, site.columns) == ("", 3.0, False, "", ())


def test_via_implies_private(tmp_path: Path) -> None:
    site = read(tmp_path, HEAD + 'via = "http://127.0.0.1:8123"\ndelay = 0\n')
    assert site.private
    assert site.via == "http://127.0.0.1:8123"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (HEAD + 'familly = "vsb"\n', "990101.toml:4: unknown key `familly`; did you mean `family`?"),
        (
            HEAD + "\n[[columns]]\nnam = '要闻'\nurl = ''\n",
            "990101.toml:6: unknown key `columns[1].nam`; did you mean `name`?",
        ),
        (
            HEAD + "\n[[columns]]\nurl = 'http://www.weixi.gov.cn/'\npages = 'http://www.weixi.gov.cn/2.html'\n",
            "`columns[1].pages` should be an address with {n} or {n-1} once",
        ),
        (
            HEAD + "[[layouts]]\nbodys = 'css:p'\n",
            "990101.toml:5: unknown key `layouts[1].bodys`; did you mean `body`?",
        ),
        (
            HEAD + "[expect]\nper_mnth = [1, 2]\n",
            "990101.toml:5: unknown key `expect.per_mnth`; did you mean `per_month`?",
        ),
        (HEAD + "zzz = 1\n", "990101.toml:4: unknown key `zzz`; known keys: id, name, home"),
        (HEAD + 'delay = "3"\n', "990101.toml:4: `delay` should be a number of seconds, 0 or more, not '3'"),
        (HEAD + "delay = -1\n", "`delay` should be a number of seconds, 0 or more, not -1"),
        (HEAD + "delay = true\n", "`delay` should be a number of seconds"),
        (HEAD + "delay = inf\n", "`delay` should be a number of seconds"),
        (HEAD + "delay = 0\n", "990101.toml:4: `delay` may be 0 only for a `private` site"),
        (HEAD + 'private = "yes"\n', "`private` should be true or false, not 'yes'"),
        (HEAD + 'hosts = "www.lantang.test"\n', "`hosts` should be a list of hosts such as"),
        (HEAD + 'hosts = ["http://www.lantang.test/"]\n', "`hosts` should be a list of hosts such as"),
        (HEAD + "hosts = []\n", "`hosts` should be a list of hosts such as"),
        (HEAD + 'family = "diqng"\n', "990101.toml:4: there is no family diqng; did you mean diqing?"),
        (HEAD + 'via = "127.0.0.1:8123"\n', "`via` should be an address such as http://127.0.0.1:8123"),
        (HEAD + 'columns = "x"\n', "`columns` should be a list of tables"),
        (HEAD + "[[columns]]\nname = '要闻'\n", "the key `columns[1].url` is missing"),
        (
            HEAD + "[[columns]]\nurl = 'xw.html'\n",
            "990101.toml:5: `columns[1].url` should be an address that begins with http://",
        ),
        (
            HEAD + "[[columns]]\nurl = 'http://other.test/'\n",
            "columns[1] is on other.test, which `hosts` does not list",
        ),
        (
            HEAD + "[[layouts]]\nbody = '#zoom'\n",
            "`layouts[1].body` should be a valid selector that begins with css: or xpath:",
        ),
        (HEAD + "[[layouts]]\nbody = 'css:'\n", "`layouts[1].body` should be a valid selector"),
        (HEAD + "[[layouts]]\nbody = 'css:div['\n", "`layouts[1].body` should be a valid selector"),
        (HEAD + "[[layouts]]\nbody = 'xpath://div['\n", "`layouts[1].body` should be a valid selector"),
        (HEAD + "[[layouts]]\nbody = 'xpath:nofunction()'\n", "`layouts[1].body` should be a valid selector"),
        (HEAD + "[[layouts]]\nbody = 7\n", "`layouts[1].body` should be a valid selector"),
        (HEAD + "[[layouts]]\nuntil = '2024-13-01'\n", "`layouts[1].until` should be a day such as 2024-05-31"),
        (HEAD + "[[layouts]]\nuntil = '20240501'\n", "`layouts[1].until` should be a day such as 2024-05-31"),
        (
            HEAD + "[[layouts]]\nuntil = '2022-01-01'\n[[layouts]]\nuntil = '2024-01-01'\n",
            "990101.toml:4: `layouts` should stand newest first",
        ),
        (
            HEAD + "[[layouts]]\ntitle = 'css:h1'\n[[layouts]]\ntitle = 'css:h2'\n",
            "`layouts` should stand newest first",
        ),
        (
            HEAD + "[expect]\nper_month = [300, 5]\n",
            "`expect.per_month` should be two whole numbers, the smaller first",
        ),
        (HEAD + "[expect]\nper_month = 5\n", "`expect.per_month` should be two whole numbers"),
        ('name = "澜塘县"\nhome = "http://www.lantang.test/"\n', "990101.toml: the key `id` is missing"),
        (
            HEAD.replace("990101", "9901"),
            "990101.toml:1: `id` should be a division code, with a suffix for a second site",
        ),
        (HEAD.replace('"990101"', "990101"), "`id` should be a division code"),
        (HEAD.replace("澜塘县", ""), "990101.toml:2: `name` should be a text that is not empty, not ''"),
        (HEAD.replace("http://", ""), "990101.toml:3: `home` should be an address that begins with http://"),
        ("id = \n", "990101.toml: not TOML: "),
        ("", "the key `id` is missing"),
    ],
)
def test_a_wrong_file_gets_one_line_that_says_where_and_what(tmp_path: Path, text: str, said: str) -> None:
    assert said in wrong(tmp_path, text)


def test_bytes_that_are_no_text(tmp_path: Path) -> None:
    path = tmp_path / "x.toml"
    path.write_bytes(b"\xff\xfe\x00")
    with pytest.raises(Failure, match="cannot be read"):
        read_site_file(path)


def test_two_files_with_one_id(tmp_path: Path) -> None:
    (tmp_path / "a.toml").write_text(HEAD, "utf-8")
    (tmp_path / "b.toml").write_text(HEAD, "utf-8")
    with pytest.raises(Failure, match=r"b\.toml: .*a\.toml has the same id 990101"):
        load_site_files(tmp_path)


def test_a_named_folder_that_is_not_there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(Failure, match="there is no folder"):
        load_site_files(tmp_path / "nowhere")
    monkeypatch.setenv("GOVNEWS_SITES", str(tmp_path / "nowhere"))
    with pytest.raises(Failure, match="there is no folder"):
        load_site_files()
