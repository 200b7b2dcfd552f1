"""`govnews site check` without the network: the form of a site file, and its saved pages read again."""

import json
from pathlib import Path

import pytest
from typed import one_line, page, typed

from govnews.model import Page
from govnews.sites.samples import article_values, list_values

ADDRESS = "http://www.qingshan.test/xw/202403/t1.html"
LIST = """<html><head><title>青杉要闻</title></head><body><ul class="list">{}</ul></body></html>""".format(
    "".join(
        f'<li><a href="/xw/202403/t{n}.html">青杉县第{n}次部署春季森林防火工作</a><span>2024-03-0{n}</span></li>'
        for n in range(1, 7)
    )
).encode()


def toml(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A site file with two saved pages beside it and what they are read as."""
    sites = tmp_path / "s" / "99"
    samples = sites / "990901.samples"
    samples.mkdir(parents=True)
    text = 'id = "990901"\nname = "青杉县"\nhome = "http://www.qingshan.test/"\n'
    (sites / "990901.toml").write_text(
        text + '[[columns]]\nname = "青杉要闻"\nurl = "http://www.qingshan.test/xw/"\n', "utf-8"
    )
    bodies = {"01.html": ("http://www.qingshan.test/xw/", LIST), "02.html": (ADDRESS, page())}
    out = []
    for name, (url, body) in bodies.items():
        (samples / name).write_bytes(body)
        read = (list_values if name == "01.html" else article_values)(Page(url, body, "2024-03-02T00:00:00Z"), None)
        table = {"file": name, "url": url, "fetched_at": "2024-03-02T00:00:00Z", **read}
        out.append("\n".join(["[[pages]]", *(f"{k} = {toml(v)}" for k, v in table.items() if v is not None)]))
    (samples / "expected.toml").write_text("\n".join(out) + "\n", "utf-8")
    return tmp_path


def changed(folder: Path, old: str, new: str) -> None:
    path = folder / "s/99/990901.samples/expected.toml"
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new), "utf-8")


def checked(folder: Path, *more: str, code: int = 0) -> list[dict[str, object]]:
    done = typed("site", "check", "990901", "--sites", "s", "--json", *more, cwd=folder)
    assert done.returncode == code, done.stderr
    return [json.loads(line) for line in done.stdout.splitlines()]


def test_every_field_of_every_saved_page_is_read_again(folder: Path) -> None:
    rows = checked(folder)
    assert all(row["ok"] for row in rows)
    assert [row["field"] for row in rows] == [
        "form",
        *("rows", "first_title", "first_url", "first_date"),
        *("title", "publish_time", "source", "view_count", "body_start", "body_sha256"),
    ]
    found = {str(row["field"]): row["found"] for row in rows}
    assert (found["rows"], found["first_date"], found["view_count"]) == (6, "2024-03-01", 36)
    assert found["title"] == "青杉县部署春季森林防火工作"


@pytest.mark.parametrize(
    ("old", "new", "field", "expected"),
    [
        ('source = "青杉县融媒体中心"', 'source = "青杉县委办"', "source", "青杉县委办"),
        ('source = "青杉县融媒体中心"\n', "", "source", None),  # left out: nothing should be read
        ("rows = 6", "rows = 7", "rows", 7),
        ('kind = "article"', 'kind = "list"', "kind", "list"),
    ],
)
def test_a_field_that_is_read_otherwise_fails_the_site(
    folder: Path, old: str, new: str, field: str, expected: object
) -> None:
    if field == "kind":  # a list where an article stands: its keys are not those of a list
        changed(folder, old, new)
        [row] = [r for r in checked(folder, code=1) if not r["ok"]]
        assert "unknown key `pages[2].title`" in str(row["said"])
        return
    changed(folder, old, new)
    [row] = [r for r in checked(folder, code=1) if not r["ok"]]
    assert (row["field"], row["expected"]) == (field, expected)
    done = typed("site", "check", "--sites", "s", cwd=folder)
    assert done.returncode == 1 and "WRONG" in done.stdout and "990901" in done.stderr.splitlines()[-1]


def test_an_article_that_became_something_else_is_said(folder: Path) -> None:
    (folder / "s/99/990901.samples/02.html").write_bytes(b"<html><title>404</title><body>404 Not Found</body></html>")
    [row] = [r for r in checked(folder, code=1) if not r["ok"]]
    assert (row["field"], row["expected"], row["found"]) == ("kind", "article", "not_found")


def test_a_lost_page_and_a_broken_expectation_are_said(folder: Path) -> None:
    (folder / "s/99/990901.samples/01.html").unlink()
    [row] = [r for r in checked(folder, code=1) if not r["ok"]]
    assert row["field"] == "file" and str(row["at"]).endswith("01.html")
    changed(folder, "[[pages]]", "[pages]")
    [row] = [r for r in checked(folder, code=1) if not r["ok"]]
    assert "expected.toml" in str(row["said"])


def test_a_wrong_site_file_fails_alone_and_the_others_are_still_checked(folder: Path) -> None:
    (folder / "s/99/990902.toml").write_text('id = "990902"\nname = "白滩县"\nhom = "http://x.test/"\n', "utf-8")
    done = typed("site", "check", "--sites", "s", "--json", cwd=folder)
    rows = [json.loads(line) for line in done.stdout.splitlines()]
    assert done.returncode == 1
    assert {row["site"] for row in rows if not row["ok"]} == {"990902"}
    assert {row["site"] for row in rows} >= {"990901", "990902", "533423"}
    assert "990902.toml:3: unknown key `hom`; did you mean `home`?" in " ".join(str(r["said"]) for r in rows)


def test_names_that_mean_nothing(folder: Path) -> None:
    one_line(typed("site", "check", "nowhere.toml", cwd=folder), 2, "nowhere.toml")
    one_line(typed("site", "check", "维细", cwd=folder), 2, "维西县")


def test_lint_as_typed(tmp_path: Path) -> None:
    done = typed("site", "lint", "--errors", cwd=tmp_path)
    assert done.returncode == 0 and done.stdout == "" and "no error" in done.stderr
    done = typed("site", "lint", "--json", cwd=tmp_path)
    assert {json.loads(line)["severity"] for line in done.stdout.splitlines()} == {"warning"}
    one_line(typed("site", "lint", "--directory", ".", cwd=tmp_path), 2, "divisions.csv")
    (tmp_path / "s").mkdir()
    for id, name in (("990901", "青杉县"), ("990902", "白滩县")):
        text = f'id = "{id}"\nname = "{name}"\nhome = "http://www.qingshan.test/"\n'
        (tmp_path / "s" / f"{id}.toml").write_text(text, "utf-8")
    done = typed("site", "lint", "--errors", "--sites", "s", cwd=tmp_path)
    assert done.returncode == 1 and "990902.toml: error shared_home" in done.stdout
