"""The claim of the search: what it finds is what a scan for the substring finds, no more and no less, whatever was typed."""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from searching import ALPHABET, article, superseded

from govnews.archive import Archive, open_archive
from govnews.archive.find import Query, count, count_by, search, spread, uids
from govnews.archive.search import candidates
from govnews.archive.search.canned import SEARCH_SQL
from govnews.archive.search.folding import Folding, packaged_rows, phrase
from govnews.archive.search.form import is_small
from govnews.archive.search.index import update_index
from govnews.archive.search.language import DEPTH, TERMS, match_string, parse
from govnews.model import Failure

FOLDING = Folding(packaged_rows())
EXAMPLES = settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
texts = st.text(ALPHABET, max_size=25)
articles = st.lists(st.tuples(st.none() | texts, texts), min_size=1, max_size=8)
anything = st.text(st.characters(blacklist_categories=["Cs"], blacklist_characters="\0"), max_size=25)


@pytest.fixture(scope="module", params=["full", "small"])
def archive(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Archive]:
    """An archive with an index of each form."""
    with open_archive(tmp_path_factory.mktemp("search") / "a.db") as archive:
        update_index(archive, small=request.param == "small")
        yield archive


@pytest.fixture(params=[(1000, 1000), (0, 1000), (0, 0)], ids=["few", "months", "newest"])
def plan(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Every plan on the same few texts: with FEW = 0 all hits are many; when reading costs nothing, the newest are read, as far as
    they do."""
    few, read = request.param
    for name, value in (("FEW", few), ("READ", read), ("READ_OF_ONE", read), ("NEWEST", 6), ("SURE", 1)):
        monkeypatch.setattr(candidates, name, value)


def filled(archive: Archive, texts: list[tuple[str | None, str]], indexed: int) -> None:
    """The archive with these texts, of which so many are in the index."""
    archive.connection.execute("DELETE FROM articles")
    archive.connection.execute("DELETE FROM revisions")
    update_index(archive, rebuild=True)
    for n, (title, body) in enumerate(texts, 1):
        day = None if n % 4 == 0 else f"202{n % 3}-0{1 + n % 9}-01"
        article(archive, n, title, body, day, site=f"99000{n % 2}")
        if n == indexed:
            update_index(archive)


def quoted(text: str) -> str:
    """Typed as a phrase; quotes inside it are signs, for which a blank stands as well."""
    return '"' + text.translate(dict.fromkeys(map(ord, '"＂'), " ")) + '"'


def found(archive: Archive, text: str, **more: object) -> set[int]:
    """Versions found, after looking whether count and the pages of the search agree on them."""
    rows = search(archive, Query(text, limit=100, **more))  # type: ignore[arg-type]
    versions = [int(row["uid"], 16) for row in rows]
    assert len(set(versions)) == len(versions) == count(archive, Query(text, **more))  # type: ignore[arg-type]
    days = [row["publish_date"] or "" for row in rows]
    assert days == sorted(days, reverse=True)
    pages = [search(archive, Query(text, limit=2, offset=o, **more)) for o in range(0, len(rows) + 1, 2)]  # type: ignore[arg-type]
    assert [row["uid"] for page in pages for row in page] == [row["uid"] for row in rows]
    ranked = Query(text, limit=100, order="relevance", **more)  # type: ignore[arg-type]
    if is_small(archive):
        with pytest.raises(Failure, match="cannot rank"):
            search(archive, ranked)
    else:
        assert {row["uid"] for row in search(archive, ranked)} == {row["uid"] for row in rows}
    assert sorted(int(uid, 16) for uid in uids(archive, Query(text, limit=1, **more))) == sorted(versions)  # type: ignore[arg-type]
    return set(versions)


def scanned(texts: list[tuple[str | None, str]], wanted: str) -> set[int]:
    """The oracle: a substring of the folded title or body."""
    return {n for n, pair in enumerate(texts, 1) if any(wanted in FOLDING.oracle(text or "") for text in pair)}


@given(articles, st.data())
@EXAMPLES
@pytest.mark.usefixtures("plan")
def test_a_string_of_the_text_is_found_where_a_scan_finds_it(
    archive: Archive, texts: list[tuple[str | None, str]], data: st.DataObject
) -> None:
    filled(archive, texts, data.draw(st.integers(0, len(texts))))
    title, body = data.draw(st.sampled_from(texts))
    source = data.draw(st.sampled_from([title or "", body]))
    start = data.draw(st.integers(0, max(0, len(source) - 1)))
    typed = source[start : start + data.draw(st.integers(1, 6))]
    wanted = FOLDING.oracle(typed)
    if not wanted:
        with pytest.raises(Failure, match=r"sign|phrase"):
            search(archive, Query(quoted(typed)))
        return
    assert found(archive, quoted(typed)) == scanned(texts, wanted) != set()
    odd = {n for n in scanned(texts, wanted) if n % 2}
    assert found(archive, quoted(typed), site="990001") == odd


@given(articles, st.text(ALPHABET, min_size=1, max_size=4), st.data())
@EXAMPLES
@pytest.mark.usefixtures("plan")
def test_what_stands_nowhere_is_not_found(
    archive: Archive, texts: list[tuple[str | None, str]], typed: str, data: st.DataObject
) -> None:
    filled(archive, texts, data.draw(st.integers(0, len(texts))))
    if wanted := FOLDING.oracle(typed):
        assert found(archive, quoted(typed)) == scanned(texts, wanted)


@given(articles, st.data())
@EXAMPLES
@pytest.mark.usefixtures("plan")
def test_as_typed_nothing_is_folded(archive: Archive, texts: list[tuple[str | None, str]], data: st.DataObject) -> None:
    filled(archive, texts, data.draw(st.integers(0, len(texts))))
    _, body = data.draw(st.sampled_from(texts))
    start = data.draw(st.integers(0, max(0, len(body) - 1)))
    typed = body[start : start + data.draw(st.integers(1, 4))]
    typed = typed[: typed.index('"')] if '"' in typed else typed
    if node := (parse(quoted(typed), FOLDING) if FOLDING.oracle(typed) and "＂" not in typed else None):
        expected = {n for n, pair in enumerate(texts, 1) if any(node.typed in (t or "") for t in pair)}  # type: ignore[union-attr]
        assert found(archive, quoted(typed), exact=True) == expected


words = st.text("县委政府会后後Aa1，", min_size=1, max_size=3).filter(lambda w: bool(FOLDING.oracle(w)))
queries = st.recursive(words, lambda part: st.tuples(part, st.sampled_from(["AND", "OR", "NOT"]), part), max_leaves=5)


def typed_out(query: object) -> str:
    return query if isinstance(query, str) else "(" + " ".join(map(typed_out, query)) + ")"  # type: ignore[arg-type]


def evaluated(query: object, pair: tuple[str | None, str], exact: bool) -> bool:
    """Straight from the meaning of the words, over the texts."""
    if isinstance(query, str):
        core = parse(query, FOLDING).typed if exact else FOLDING.oracle(query)  # type: ignore[union-attr]
        return any(core in ((t or "") if exact else FOLDING.oracle(t or "")) for t in pair)
    left, how, right = query  # type: ignore[misc]
    a, b = evaluated(left, pair, exact), evaluated(right, pair, exact)
    return {"AND": a and b, "OR": a or b, "NOT": a and not b}[how]


@given(articles, queries, st.booleans(), st.data())
@EXAMPLES
@pytest.mark.usefixtures("plan")
def test_operators_mean_what_they_say(
    archive: Archive, texts: list[tuple[str | None, str]], query: object, exact: bool, data: st.DataObject
) -> None:
    filled(archive, texts, data.draw(st.integers(0, len(texts))))
    expected = {n for n, pair in enumerate(texts, 1) if evaluated(query, pair, exact)}
    assert found(archive, typed_out(query), exact=exact) == expected


@given(anything, anything)
@settings(max_examples=60, deadline=None)
def test_any_character_of_unicode(text: str, other: str) -> None:
    """Through FTS5 as it is, without our plans: every run of a text finds it, and only it where the other has none."""
    index = sqlite3.connect(":memory:")
    tokenize = "unicode61 remove_diacritics 0 categories 'L* M* N* P* S* C*'"
    index.execute(f'CREATE VIRTUAL TABLE f USING fts5 (t, content="", tokenize="{tokenize}")')
    index.executemany("INSERT INTO f (rowid, t) VALUES (?, ?)", [(1, FOLDING.tokens(text)), (2, FOLDING.tokens(other))])
    for size in (1, 2, 3, 7):
        for start in range(len(text)):
            if wanted := FOLDING.oracle(text[start : start + size]):
                rows = index.execute("SELECT rowid FROM f WHERE f MATCH ?", (phrase(tuple(wanted.split(" "))),))
                expected = [n for n, t in ((1, text), (2, other)) if wanted in FOLDING.oracle(t)]
                assert [row[0] for row in rows] == expected
    index.close()


@given(st.text(ALPHABET.replace("\t", "") + "“”", max_size=12))
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_sql_reads_words_and_phrases_as_python_does(archive: Archive, typed: str) -> None:
    """split.sql against `language`, for what both understand."""
    plain = "".join(c for c in typed if c not in "()（）＂„“”\xa0")
    if plain.count('"') % 2:
        plain += '"'
    sql = SEARCH_SQL[: SEARCH_SQL.rindex("hits(version)")].rstrip().rstrip(",") + " SELECT found FROM query"
    said = archive.connection.execute(sql, {"q": plain}).fetchone()[0]
    parts = [
        p
        for n, part in enumerate(plain.split('"'))
        for p in ([part] if n % 2 else part.replace("\u3000", " ").replace("\n", " ").split(" "))
    ]
    runs = [FOLDING.runs(part) for part in parts]
    assert "".join(said.split()) == "".join("".join(phrase(r).split()) for r in runs if r)


def test_every_character_counts_as_one_that_stays(archive: Archive) -> None:
    """Folding twice is folding once, in length and in text."""
    rows = packaged_rows()
    assert [tuple(r) for r in archive.connection.execute("SELECT char, folded FROM folding ORDER BY char")] == sorted(
        rows, key=lambda row: row[0].encode()
    )
    ends = {folded for _, folded in rows}
    assert ends & {char for char, _ in rows} == set()
    assert all(len(char) == len(folded) == 1 for char, folded in rows)


@pytest.mark.parametrize("every", [16, pytest.param(1, marks=pytest.mark.soak)])
def test_sqlite_takes_every_letter_for_a_word_and_changes_none(every: int) -> None:
    """Whatever Unicode version this SQLite was built with: what we index comes back as it was. The large blocks of Han and of
    private use, all of one kind, are sampled; the soak form takes all."""
    index = sqlite3.connect(":memory:")
    tokenize = "unicode61 remove_diacritics 0 categories 'L* M* N* P* S* C*'"
    index.execute(f'CREATE VIRTUAL TABLE f USING fts5 (t, content="", tokenize="{tokenize}")')
    index.execute("CREATE VIRTUAL TABLE v USING fts5vocab (f, instance)")
    codes = [*range(1, 0x3400), *range(0x3400, 0x110000, every), *range(0xA000, 0x20000)]
    letters = [c for c in map(chr, set(codes)) if not "\ud800" <= c <= "\udfff" and FOLDING.fold(c) == c != " "]
    index.executemany("INSERT INTO f (rowid, t) VALUES (?, ?)", ((ord(c), c + c) for c in letters))
    assert {doc: term for term, doc in index.execute("SELECT term, doc FROM v")} == {ord(c): c + c for c in letters}
    index.close()


def test_a_superseded_text_is_found_no_more_at_any_time(archive: Archive) -> None:
    filled(archive, [(None, "防汛演练"), (None, "抗旱会议")], 2)
    superseded(archive, 1, 3, "植树造林")
    for _ in range(2):  # above the watermark, then in the index
        assert found(archive, "防汛") == set() and count(archive, Query("防")) == 0
        assert count(archive, Query("植树")) == 1 and count(archive, Query("抗旱")) == 1
        assert count(archive, Query("植")) == count(archive, Query("旱")) == 1
        assert update_index(archive) in (0, 1)
    assert update_index(archive, rebuild=True) == 2
    assert archive.connection.execute("SELECT count(*) FROM search_stale").fetchone()[0] == 0
    assert count(archive, Query("植树")) == 1 and count(archive, Query("防汛")) == 0


@given(st.lists(st.tuples(st.integers(1, 4), st.text(ALPHABET, max_size=6), st.booleans()), max_size=12))
@EXAMPLES
def test_a_character_is_counted_once_an_article_whatever_was_edited_when(
    archive: Archive, edits: list[tuple[int, str, bool]]
) -> None:
    """edits: (article, its new text, whether the index is filled afterwards)."""
    current = {n: (n, "县委A") for n in range(1, 5)}
    filled(archive, [(None, text) for _, text in current.values()], 2)
    for newest, (n, text, index) in enumerate(edits, 5):
        superseded(archive, current[n][0], newest, text)
        current[n] = newest, text
        if index:
            update_index(archive)
        for char in {"县", "a", *FOLDING.oracle(text).replace(" ", "")}:
            holding = sum(char in FOLDING.oracle(text) for _, text in current.values())
            assert count(archive, Query(quoted(char))) == holding
    update_index(archive)
    kept = dict(
        archive.connection.execute("SELECT char, articles FROM search_characters WHERE articles <> 0").fetchall()
    )
    expected = Counter(c for _, text in current.values() for c in set(FOLDING.oracle(text)) - {" "})
    assert kept == expected


def test_the_spread_of_the_hits_is_what_is_counted_one_by_one(archive: Archive) -> None:
    filled(archive, [(None, "县委" * (n % 3)) for n in range(12)], 9)
    for query in (
        Query("县委"),
        Query("县"),
        Query(""),
        Query("县委", site="990001"),
        Query("县委", since="2021-01-01"),
    ):
        every = spread(archive, query)
        for what in ("county", "source"):
            assert every[what] == count_by(archive, query, what)  # type: ignore[arg-type]
        months = Counter[str | None]()
        for row in count_by(archive, query, "month"):
            months[row["month"] and row["month"][:4]] += row["articles"]
        assert {row["year"]: row["articles"] for row in every["year"]} == months


def test_match_string_has_the_brackets_it_needs() -> None:
    assert match_string(parse("(a OR b) AND (c NOT d)", FOLDING)) == '(("a"* OR "b"*) AND "c"* NOT "d"*)'  # type: ignore[arg-type]
    assert match_string(parse("a NOT (b NOT (c d))", FOLDING)) == '("a"* NOT ("b"* NOT ("c"* AND "d"*)))'  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("()", "nothing in them"),
        (")", "nothing in them"),
        ("*", "signs alone"),
        ("\0", "signs alone"),
        ('""', "empty phrase"),
        ("AND", "stands alone"),
        ("NOT", "before it"),
        ("县 " * (TERMS + 1), "more than 200 words"),
        ("(" * (DEPTH + 1) + "县" + ")" * (DEPTH + 1), "deeper than 12"),
        ("县\ud800", "is no text"),
    ],
)
def test_what_cannot_be_read_is_said_in_both_languages(query: str, said: str) -> None:
    with pytest.raises(Failure, match=said) as failure:
        parse(query, FOLDING)
    assert len(failure.value.sentence) < 100 and any("\u4e00" <= c <= "\u9fff" for c in failure.value.zh)


@pytest.mark.usefixtures("plan")
def test_the_longest_and_deepest_queries_are_read(archive: Archive) -> None:
    """FTS5's parser has room for a hundred signs."""
    filled(archive, [("县委", "政府会后"), (None, "县政")], 2)
    deep = "县 OR 委 AND 政 NOT (" * DEPTH + "府" + ")" * DEPTH
    assert found(archive, deep) == {1, 2}
    assert found(archive, "县 " * TERMS) == {1, 2}
    assert found(archive, " NOT ".join(["县", *["后"] * (TERMS - 1)])) == {2}
    assert found(archive, "(县 OR 委 NOT 政) " * (TERMS // 3)) == {1, 2}
    assert found(archive, "县委政府" * 250) == set()


def test_a_search_while_somebody_writes_sees_one_state(tmp_path: Path) -> None:
    """The watermark moves between two statements of a search: nothing is missed, nothing is found twice."""
    with open_archive(tmp_path / "a.db") as writer:
        for n in range(1, 6):
            article(writer, n, None, "防汛演练", "2024-01-01")
        with open_archive(tmp_path / "a.db", read_only=True) as reader, candidates.one_moment(reader):
            assert count(reader, Query("防汛")) == 5
            update_index(writer)
            article(writer, 6, None, "防汛演练", "2024-01-01")
            assert count(reader, Query("防汛")) == len(search(reader, Query("防汛"))) == 5
        with open_archive(tmp_path / "a.db", read_only=True) as reader:
            assert count(reader, Query("防汛")) == len(search(reader, Query("防汛"))) == 6
