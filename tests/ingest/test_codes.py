"""No strangers: every code the source says is born in model/codes.py, and every code born there is said somewhere."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

import govnews
from govnews.model.codes import CODES, codes

PACKAGE = Path(govnews.__file__).parent
SOURCES = {
    str(path.relative_to(PACKAGE)): ast.parse(path.read_text("utf-8"))
    for path in sorted(PACKAGE.rglob("*.py"))
    if path.name != "codes.py"
}
TASKS = {"list", "article", "counter"}
"""Kinds of task, which share the word `kind` with kinds of page (model/page.py, TaskKind)."""
LATER = {
    ("issue", "duplicate_text"): "equal texts under two addresses are shown by text_sha256",
}
"""Codes that are public already and said by commands to come."""

WHERE = {
    "response_class": set(codes("response")),
    "presence": set(codes("presence")),
    "cause": set(codes("cause")),
    "verdict": set(codes("verdict")) | {"chosen", ""},
    "view_count_state": set(codes("state")),
    "kind": set(codes("kind")) | TASKS,
    "flags": set(codes("flag")),
}
"""What an attribute, a keyword or a variable of that name may be set to or compared with."""
HOUSE = {"kind", "flags"}
"""Words that mean codes only in the rooms of the house; Scrapy's responses have flags, a trouble of the demo has a kind."""
ROOMS = ("model/", "families/", "extraction/", "ingest/")


def literals(node: ast.AST | None) -> Iterator[str]:
    """The strings an expression can give: through conditions, tuples, sets and calls of frozenset, not through tests."""
    match node:
        case ast.Constant(value=str(text)):
            yield text
        case ast.IfExp():
            yield from literals(node.body)
            yield from literals(node.orelse)
        case ast.Tuple() | ast.List() | ast.Set():
            for part in node.elts:
                yield from literals(part)
        case ast.Call(func=ast.Name(id="frozenset" | "set" | "tuple"), args=[inner]):
            yield from literals(inner)


def name_of(node: ast.AST) -> str:
    match node:
        case ast.Attribute(attr=name) | ast.Name(id=name):
            return name
    return ""


def allowed(name: str) -> set[str]:
    """The words that may stand at a name: of WHERE, or a group of codes."""
    return WHERE.get(name) or set(codes(name))


def said(tree: ast.AST) -> Iterator[tuple[int, str, str]]:
    """(line, name, word) of every place where a code is said; the name says which words may stand there."""
    for node in ast.walk(tree):
        match node:
            case ast.Call(func=ast.Name(id="Issue"), args=[first, *_]):
                yield from ((node.lineno, "issue", text) for text in literals(first))
            case ast.Call(func=ast.Name(id="describe"), args=[ast.Constant(value=str(group)), code]):
                yield from ((node.lineno, group, text) for text in literals(code))
            case ast.Call(func=ast.Attribute(attr="append", value=target), args=[item]) if name_of(target) == "flags":
                yield from ((node.lineno, "flags", text) for text in literals(item))
            case ast.Compare(left=left, comparators=[right]):
                for this, other in ((left, right), (right, left)):
                    yield from _set(node.lineno, name_of(this), other)
            case ast.Assign(targets=[target], value=value) | ast.AnnAssign(target=target, value=value):
                yield from _set(node.lineno, name_of(target), value)
        if isinstance(node, ast.Call):
            for keyword in node.keywords:
                yield from _set(node.lineno, keyword.arg or "", keyword.value)


def _set(line: int, name: str, value: ast.AST | None) -> Iterator[tuple[int, str, str]]:
    if name in WHERE:
        yield from ((line, name, text) for text in literals(value))


def strangers() -> list[str]:
    return [
        f"{file}:{line} {word}"
        for file, tree in SOURCES.items()
        for line, name, word in said(tree)
        if word not in allowed(name) and (name not in HOUSE or file.startswith(ROOMS))
    ]


def test_no_strangers() -> None:
    assert strangers() == []
    assert sum(1 for tree in SOURCES.values() for _ in said(tree)) > 100, "the walk finds what it looks for"


def returned(file: str, *functions: str) -> set[str]:
    """What functions of a file can answer."""
    return {
        text
        for node in ast.walk(SOURCES[file])
        if isinstance(node, ast.FunctionDef) and node.name in functions
        for sub in ast.walk(node)
        if isinstance(sub, ast.Return)
        for text in literals(sub.value)
    }


def test_classes_of_responses_are_all_known() -> None:
    """The functions that name them return nothing else."""
    assert len(answers := returned("ingest/answers.py", "response_class")) > 8 and answers <= set(codes("response"))
    assert returned("crawl/classes.py", "of_failure") <= set(codes("response"))


def test_kinds_of_pages_are_all_known() -> None:
    """What `classify` can answer."""
    kinds = returned("extraction/kind.py", "classify", "_nothing_to_see")
    assert len(kinds) > 5 and kinds <= set(codes("kind"))


def words() -> set[str]:
    """Every word of every string of the source that is no docstring (SQL holds codes too)."""
    out: set[str] = set()
    for tree in SOURCES.values():
        docs = {
            id(node.value)
            for node in ast.walk(tree)
            if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
        }
        for node in ast.walk(tree):
            if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in docs:
                out.update(node.value.replace("'", " ").replace(",", " ").replace("(", " ").replace(")", " ").split())
    return out


WORDS = words()


@pytest.mark.parametrize("code", [c for c in CODES if c not in LATER], ids=".".join)
def test_every_code_is_used(code: tuple[str, str]) -> None:
    assert code[1] in WORDS, "a code nobody says: take it out of model/codes.py, or say it"


def test_every_code_has_a_severity_and_a_sentence_in_both_languages() -> None:
    for code in CODES.values():
        assert code.severity in ("info", "warning", "error"), code.code
        assert code.en and code.zh and "|" not in code.en + code.zh, code.code
        assert not code.en.endswith(".") and any("\u4e00" <= c <= "\u9fff" for c in code.zh), code.code
