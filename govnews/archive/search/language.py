"""What a person types into the search: words, "phrases", AND, OR, NOT, brackets; read into a tree that can be asked three things.

    防汛 抗旱            both              "县委 县政府"        one after the other
    防汛 OR 抗旱         either            (防汛 OR 抗旱) NOT 演练

A word is looked for as it is typed: signs inside it are a break, whichever they are (2021-06-02 finds 2021.06.02); signs around a
word are left out. Pure. May import: model, its neighbours in this room.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Literal

from govnews.archive.search.folding import Folding, phrase, together
from govnews.model import Failure

_OPEN, _CLOSE = "(（", ")）"
_QUOTES = {'"': '"', "＂": "＂", "“": "”", "„": "”"}
DEPTH = 12
"""Brackets inside brackets, at most: FTS5's parser has room for a hundred signs, and `a OR b AND c NOT (` takes seven a level."""
TERMS = 200
"""Words of one query, at most."""
SAID = 60
"""Characters of a query that are said back, at most."""


@dataclass(frozen=True, slots=True)
class Term:
    """A word or phrase. typed: as it was written, without the signs around it. runs: folded, cut at signs; never empty."""

    typed: str
    runs: tuple[str, ...]

    @property
    def folded(self) -> str:
        """As it stands in a text made by `Folding.oracle`."""
        return " ".join(self.runs)


@dataclass(frozen=True, slots=True)
class Both:
    """left and right (AND), either (OR), or left without right (NOT)."""

    how: Literal["AND", "OR", "NOT"]
    left: Node
    right: Node


Node = Term | Both


def parse(text: str, folding: Folding) -> Node | None:
    """The tree of a query; null for an empty one. Raises Failure `bad_query` with one clear line."""
    if not text.isascii() and re.search("[\ud800-\udfff]", text):
        raise _bad(
            "part of the query is no text: is the terminal set to UTF-8?",
            "检索词含有无法识别的字节：请检查终端是否为 UTF-8",
        )
    return _Parser(list(_scan(text)), folding).whole() if text.strip() else None


def match_string(node: Node, *, small: bool = False) -> str:
    """The query for FTS5. small: for an index of the small form, which knows no neighbours; what is not `sure` is only a hit when
    `holds` says so."""
    text, binds = _written(node, small)
    return text if binds > _BINDS["NOT"] else f"({text})"


_BINDS = {"OR": 1, "AND": 2, "NOT": 3}


def _written(node: Node, small: bool) -> tuple[str, int]:
    """The query and how closely it binds, with brackets only where they are needed: FTS5 can read few at a time."""
    if isinstance(node, Term):
        return (together(node.runs), 2) if small else (phrase(node.runs), 4)
    binds = _BINDS[node.how]
    (left, closely), (right, other) = _written(node.left, small), _written(node.right, small)
    if closely < binds:
        left = f"({left})"
    if other < binds or (other == binds and node.how == "NOT"):
        right = f"({right})"
    return f"{left} {node.how} {right}", binds


def sure(node: Node) -> bool:
    """Whether each term is a single word of the index, so that no neighbours have to be known."""
    if isinstance(node, Term):
        return len(node.runs) == 1 and len(node.runs[0]) <= 2
    return sure(node.left) and sure(node.right)


def widened(node: Node) -> Node:
    """A query that finds at least what the exact one finds: what is excluded as typed must not be excluded folded."""
    if isinstance(node, Term):
        return node
    return widened(node.left) if node.how == "NOT" else Both(node.how, widened(node.left), widened(node.right))


def reader(node: Node, folding: Folding, *, exact: bool = False) -> Callable[[str, str], bool]:
    """What says of a title and a body, as they are, whether the query finds them. exact: as typed, without folding.

    A word without signs is looked for in its spellings, which is quicker than folding the text; the text is folded for others."""
    if isinstance(node, Term):
        if exact:
            return lambda title, body: node.typed in title or node.typed in body
        if len(node.runs) > 1:
            return lambda title, body: node.folded in folding.oracle(title) or node.folded in folding.oracle(body)
        spelt = re.compile(folding.spelt(node.runs[0])).search
        return lambda title, body: bool(spelt(title) or spelt(body))
    left, right = reader(node.left, folding, exact=exact), reader(node.right, folding, exact=exact)
    if node.how == "OR":
        return lambda title, body: left(title, body) or right(title, body)
    if node.how == "AND":
        return lambda title, body: left(title, body) and right(title, body)
    return lambda title, body: left(title, body) and not right(title, body)


def shown(node: Node | None) -> list[Term]:
    """The terms that a hit shows: all but what is excluded."""
    if node is None:
        return []
    if isinstance(node, Term):
        return [node]
    return shown(node.left) + ([] if node.how == "NOT" else shown(node.right))


def left_out(text: str, folding: Folding) -> str:
    """The signs of a query that are not searched, each once: those around its words."""
    signs = []
    for kind, value in _scan(text):
        if kind in ("word", "phrase"):
            core = _core(value, folding)
            signs += [c for c in (value.replace(core, "", 1) if core else value) if not c.isspace()]
    return "".join(dict.fromkeys(signs))


def _core(typed: str, folding: Folding) -> str:
    """Without the signs at both ends."""
    folded = folding.fold(typed)
    return typed[len(folded) - len(folded.lstrip(" ")) : len(folded.rstrip(" "))]


def _scan(text: str) -> Iterator[tuple[str, str]]:
    """Words, phrases, operators and brackets in order, as (kind, text). Brackets and curly quotes count at the beginning of a
    word only: inside one (中国（云南）自贸区) they are signs like others."""
    at = 0
    while at < len(text):
        char = text[at]
        if char.isspace():
            at += 1
        elif char in _OPEN + _CLOSE:
            yield ("open" if char in _OPEN else "close"), char
            at += 1
        elif char in _QUOTES:
            end = text.find(_QUOTES[char], at + 1)
            if end < 0:
                raise _bad(f"a quote ({char}) is opened and never closed", f"引号 {char} 没有对应的结束引号")
            yield "phrase", text[at + 1 : end]
            at = end + 1
        else:
            end = _end_of_word(text, at)
            word = text[at:end]
            yield (word if word in ("AND", "OR", "NOT") else "word"), word
            at = end


def _end_of_word(text: str, at: int) -> int:
    inside = 0
    for n in range(at, len(text)):
        char = text[n]
        if char.isspace() or char in '"＂':
            return n
        if char in _OPEN:
            inside += 1
        elif char in _CLOSE:
            if not inside:
                return n
            inside -= 1
    return len(text)


def _bad(sentence: str, zh: str) -> Failure:
    return Failure("bad_query", sentence, hint='words, "phrases", AND, OR, NOT and brackets', exit_code=2, zh=zh)


class _Parser:
    """By descent, as FTS5 binds: NOT closest, then AND (also unwritten), then OR."""

    def __init__(self, tokens: list[tuple[str, str]], folding: Folding) -> None:
        self.tokens = tokens
        self.folding = folding
        self.at = 0
        self.depth = 0
        if sum(kind in ("word", "phrase") for kind, _ in tokens) > TERMS:
            raise _bad(f"more than {TERMS} words in one query", f"一次检索至多 {TERMS} 个词")

    def whole(self) -> Node:
        node = self.either()
        if self.next() == "close":
            raise _bad("a closing bracket without its opening one", "右括号没有对应的左括号")
        return node

    def next(self) -> str:
        return self.tokens[self.at][0] if self.at < len(self.tokens) else "end"

    def take(self, kind: str) -> bool:
        if self.next() != kind:
            return False
        self.at += 1
        return True

    def either(self) -> Node:
        node = self.all()
        while self.take("OR"):
            node = Both("OR", node, self.all())
        return node

    def all(self) -> Node:
        node = self.without()
        while self.take("AND") or self.next() in ("word", "phrase", "open"):
            node = Both("AND", node, self.without())
        return node

    def without(self) -> Node:
        node = self.one()
        while self.take("NOT"):
            node = Both("NOT", node, self.one())
        return node

    def one(self) -> Node:
        if self.at == len(self.tokens):
            if not self.tokens:
                raise _bad("the query is empty", "检索词为空")
            before = self.tokens[-1][1]
            raise _bad(f"something is missing after {before}", f"{before} 之后缺少检索词")
        kind, value = self.tokens[self.at]
        self.at += 1
        if kind in ("word", "phrase"):
            return self.term(value)
        if kind != "open":
            if kind == "close":
                raise _bad("brackets with nothing in them", "括号内没有检索词")
            if kind == "NOT":
                raise _bad("NOT excludes from something: put a word before it", "NOT 表示排除，其前须有检索词")
            raise _bad(f"{value} stands alone", f"{value} 的前后须有检索词")
        self.depth += 1
        if self.depth > DEPTH:
            raise _bad(f"brackets deeper than {DEPTH}", f"括号嵌套超过 {DEPTH} 层")
        node = self.either()
        self.depth -= 1
        if not self.take("close"):
            raise _bad("a bracket is opened and never closed", "左括号没有对应的右括号")
        return node

    def term(self, typed: str) -> Term:
        runs = self.folding.runs(typed)
        if not runs:
            said = re.sub(r"\s+", " ", typed[: 2 * SAID]).strip()[:SAID]
            if not said:
                raise _bad("an empty phrase finds nothing", "引号内没有检索词")
            raise _bad(f"signs alone are not searched: {said}", f"只有标点或符号，无法检索：{said}")
        return Term(_core(typed, self.folding), runs)
