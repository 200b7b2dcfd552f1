"""Whose words a source stands for: the own county's, a higher level's, another county's, or unknown.

A pure function over the directory: the outlets and name patterns of organisations.csv, the names of divisions and the words of
source_words.py. What no rule knows is unknown; several sources of different kinds in one line are unknown too. May import: text, its
neighbours in this room, the standard library.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any

from govnews.sites import source_words as words
from govnews.sites.directory import Directory, Division, directory, stem
from govnews.sites.place import data_dir
from govnews.text.folding import bare

KINDS = (
    "own-county", "party", "department", "other-county", "prefecture", "province", "central", "commercial", "unknown",
)  # fmt: skip
"""The first three are the own county's: its government, towns and media; its party organs; its departments."""
_MEDIA_KINDS = {"central-media": "central", "provincial-media": "province", "prefecture-media": "prefecture"}
_RANKS = {
    "own": ("县", "区", "市", "旗"),
    "prefecture": ("州", "盟", "市", "地区", "行署", "地委"),
    "province": ("省", "自治区"),
}
_PARTS = re.compile(r"[、/;,|&]|(?<=[网报社台])和(?=[一-鿿])")
_QUOTES = str.maketrans("", "", "《》“”\"'【】[]()<>「」‘’")


@dataclass(frozen=True, slots=True)
class SourceKind:
    """kind: one of KINDS. organisation: the body's full name where the directory knows it, else null. via: the rule that said so
    (`list`, `pattern`, `place`, `rank`, `bare`, `self`, `front`, `platform`, `parts`, `none`)."""

    kind: str
    organisation: str | None
    via: str


@dataclass(frozen=True, slots=True)
class Place:
    """Where a site stands. code: of its division, or "" outside the directory. level: `county`, `prefecture`, `province`, or
    `unknown` for a site of which nobody says what place it speaks for. names: all of them, former ones too, the longest first."""

    code: str
    level: str
    name: str
    names: tuple[str, ...]
    prefecture: str
    province: str

    @property
    def rank(self) -> str:
        """县, 区, 市 or 旗, as the place is called in its own news."""
        return self.name[-1:]


def place_of(code: str | None, name: str = "", prefecture: str | None = None, province: str | None = None) -> Place:
    """The place of a site: by the code of its division, else by what the site file says (a county of that name)."""
    known = directory().divisions.get(code or "")
    if known is None:
        level = "county" if name.endswith(_RANKS["own"]) else "unknown"
        return Place(code or "", level, name, _called((name,)), prefecture or "", province or "")
    former = directory().former_names(known.code)
    return Place(
        known.code, known.level, known.name, _called((*known.names, *former)), known.prefecture, known.province
    )


@lru_cache(maxsize=65536)
def source_kind(source: str, place: Place) -> SourceKind:
    """Sorts one source as printed on a site at `place`. Never raises; what no rule knows is `unknown`."""
    text = _stripped(source)
    if (found := _whole(text, place)) is not None:
        return found
    if (outlet := text.partition("·")[0]) != text and (found := _whole(outlet, place)) is not None:
        return found  # behind the dot stands a channel of the outlet
    parts = [p for p in _PARTS.split(text) if p]
    if len(parts) > 1:
        each = [_whole(_stripped(p), place) for p in parts]
        kinds = {e.kind if e else "unknown" for e in each}
        if len(kinds) == 1 and "unknown" not in kinds:
            return SourceKind(kinds.pop(), None, "parts")
    return SourceKind("unknown", None, "none")


def _stripped(source: str) -> str:
    """Without quotes, blanks and what is written around a name (据…, …微信公众号)."""
    text = bare(source).translate(_QUOTES).strip("-—:.。")
    for front in words.BEFORE:
        if text.startswith(front) and len(text) > len(front) + 1 and text not in words.NOBODY:
            text = text.removeprefix(front)
            break
    for tail in words.AFTER:
        if text.endswith(tail) and len(text) > len(tail) + 1 and text not in _listed() and text not in words.SELF:
            return text.removesuffix(tail)
    return text


def _whole(text: str, place: Place) -> SourceKind | None:
    """One name, by the first rule that knows it: from what is certain to what is likely."""
    if text in words.NOBODY or not text:
        return SourceKind("unknown", None, "list")
    if text in words.SELF:
        return SourceKind(_own(place), place.name or None, "self")
    if (kind := _patterns(place).get(text)) is not None:
        return SourceKind(kind[0], kind[1], "pattern")
    for rule in (_by_list, _by_place, _by_front, _by_rank, _by_bare, _by_praise):
        if (found := rule(text, place)) is not None:
            return found
    return None


def _own(place: Place) -> str:
    """What the own place's words are called: a prefecture's site speaks as a prefecture."""
    return "own-county" if place.level == "county" else place.level


def _by_list(text: str, place: Place) -> SourceKind | None:
    """Outlets of the whole country and of provinces and prefectures, by name."""
    if (row := _listed().get(text)) is not None:
        kind, name, code = row
        own = code == place.code and kind == "county"
        return SourceKind(_own(place) if own else "other-county" if kind == "county" else kind, name, "list")
    if text in words.CENTRAL or re.fullmatch(words.NATIONAL_PAPER, text):
        return SourceKind("central", text, "list")
    for kind, names in words.OUTLETS.items():
        if text in names:
            return SourceKind(kind, text, "list")
    return None


def _by_place(text: str, place: Place) -> SourceKind | None:
    """By the division whose name the source begins with; of several in a row (云南省迪庆州…) the last counts."""
    front = next((f for f in words.FRONTS if text.startswith(f) and len(text) > len(f) + 1), "")
    for rest in dict.fromkeys((text, text.removeprefix(front))):
        level, rest, exact = _led(rest, place)
        if level is None:
            continue
        if not exact and not re.fullmatch(words.MEDIA, rest) and not (level == "own" and _is_body(rest)):
            continue  # a bare stem is a place only before the name of an outlet, and the own one before a body's
        if level == "own":
            return SourceKind(_voice(rest, place, front), None, "place")
        return SourceKind(level, None, "place") if level != "?" else None
    return None


def _led(text: str, place: Place) -> tuple[str | None, str, bool]:
    """(level of the last division a text begins with, what follows, whether the name carries its rank). Level `own` is the own
    place; `?`: divisions of several levels are called so; null: none."""
    level, exact, rest = None, False, text
    branch = "|".join(map(re.escape, filter(None, place.names)))
    if branch and (found := re.search(rf"局({branch})分局$", rest)):  # 市生态环境局维西分局
        return "own", rest[found.end(1) :], True
    for _ in range(3):
        step = _division(rest, place, "" if level is None else level)
        if step is None or (level == "own"):
            break
        if level is not None and not step[2]:
            break  # behind a place only a name with its rank is one more
        level, rest, exact = step
    return level, rest, exact


def _division(text: str, place: Place, within: str) -> tuple[str, str, bool] | None:
    """The division whose name a text begins with, the own ones first, the longest name first."""
    own = (("own", place.names), ("prefecture", _names_of(place.prefecture)), ("province", _names_of(place.province)))
    found = [
        (len(name), -nearness, level, name)
        for nearness, (level, names) in enumerate(own)
        for name in names
        if name and text.startswith(name)
    ]
    if found:
        _, _, level, name = max(found)
        if not _ranked(name) and (longer := _in_directory(text, place, len(name), within)):
            return longer  # 岳阳县教育局 in 岳阳市
        if level == "own" and name == stem(name) and re.fullmatch(words.PREFECTURE_MEDIA, text[len(name) :]):
            level = "prefecture" if _is_prefecture(name) else level
        return level, text[len(name) :], _ranked(name)
    return _in_directory(text, place, 1, within)


def _in_directory(text: str, place: Place, least: int, within: str) -> tuple[str, str, bool] | None:
    """The longest name of a division anywhere that a text begins with, of more than `least` characters."""
    known = directory()
    for size in range(min(len(text), 15), least, -1):
        name = text[:size]
        codes = known.names.get(name) or [c for c, _ in known.former.get(name, ())]
        exact = bool(codes) and _ranked(name)
        codes = codes or known.stems.get(name, [])
        if codes and (exact or not within):
            return _level(known, codes, place, text[size:]), text[size:], exact
    return None


def _level(known: Directory, codes: list[str], place: Place, rest: str) -> str:
    """What divisions of one name are to this place; nearer ones go before farther ones, `?` when that leaves several levels."""
    found = [known.divisions[c] for c in codes]
    if any(d.code == place.code for d in found):
        return "own"
    for near in (
        [d for d in found if d.prefecture and d.prefecture == place.prefecture],
        [d for d in found if d.province == place.province],
        found,
    ):
        if near:
            levels = {_kind_of(d) for d in near}
            if len(levels) == 1:
                return levels.pop()
            if "prefecture" in levels and (re.fullmatch(words.PREFECTURE_MEDIA, rest) or len(near) == 2):
                return "prefecture"
            return "?"
    return "?"


def _kind_of(division: Division) -> str:
    return "other-county" if division.level == "county" else division.level


def _is_prefecture(name: str) -> bool:
    known = directory()
    return any(known.divisions[c].level == "prefecture" for c in known.stems.get(name, []))


def _by_front(text: str, _: Place) -> SourceKind | None:
    """The centre and the platforms, by how their names begin."""
    if text.startswith(words.COMMERCIAL):
        return SourceKind("commercial", None, "platform")
    if text.startswith(words.CENTRAL_FRONTS):
        return SourceKind("central", None, "front")
    return None


def _by_rank(text: str, place: Place) -> SourceKind | None:
    """县政府办, 州教育局, 省教育厅: a rank without a name, as the page's own county would say it. In a county-level city 市 is the
    own one; in a municipality's district the province."""
    for rank in _RANKS["province"]:
        if text.startswith(rank) and len(text) > len(rank):
            return SourceKind("province", place.province or None, "rank")
    rank = next((r for r in ("地区", "行署", "地委", *_RANKS["own"], "州", "盟") if text.startswith(r)), "")
    if not rank or len(text) == len(rank) or (rank == "区" and place.rank != "区"):
        return None
    if rank == place.rank or (place.level == "county" and rank in ("县", "旗") and place.rank in ("县", "旗")):
        return SourceKind(_voice(text[len(rank) :], place, ""), None, "rank")
    if rank in _RANKS["prefecture"] and place.level == "county":
        if rank == "市" and place.province.endswith("市"):
            return SourceKind("province", place.province, "rank")
        if place.prefecture:
            return SourceKind("prefecture", place.prefecture, "rank")
    return None


def _by_praise(text: str, place: Place) -> SourceKind | None:
    """云上赤壁, 今日平江: an outlet called by its place behind a word of praise or hurry."""
    front = next((w for w in words.PRAISE if text.startswith(w)), "")
    step = _division(text.removeprefix(front), place, "") if front else None
    if step is None or step[1] or step[0] == "?":
        return None
    return SourceKind(_own(place) if step[0] == "own" else step[0], None, "place")


def _by_bare(text: str, place: Place) -> SourceKind | None:
    """Bodies without any place: the own county's towns, offices and departments; a 厅 is the province's."""
    if place.level == "unknown":
        return None
    if re.search(words.TOWN, text):
        return SourceKind(_own(place), None, "bare")
    if re.match(words.BARE_DEPARTMENT, text):
        if text.endswith("厅"):
            return SourceKind("province", None, "bare")
        if re.search(words.DEPARTMENT, text):
            return SourceKind(_of_county(place, "department"), None, "bare")
    if re.fullmatch(
        r"(?:人民)?政府办(?:公室)?|融媒体中心|党政办(?:公室)?|人大(?:常委会)?办(?:公室)?|应急办|府办|门户网站|新闻中心",
        text,
    ):
        return SourceKind(_own(place), None, "bare")
    if re.fullmatch(r"(?:宣传|组织|统战)部|政法委|纪委(?:监委)?|文明办|网信办|编办|党校", text):
        return SourceKind(_of_county(place, "party"), None, "bare")
    return None


def _is_body(rest: str) -> bool:
    """Whether what follows the bare name of the own place is a body of it (鄞州公安)."""
    return bool(
        re.search(words.GOVERNMENT, rest)
        or re.search(words.PARTY, rest)
        or (re.match(words.BARE_DEPARTMENT, rest) and re.search(words.DEPARTMENT, rest))
    )


def _voice(rest: str, place: Place, front: str) -> str:
    """Which of the own county's voices: its party organs, its departments, or the county itself."""
    if re.search(words.TOWN, rest):
        return _own(place)
    party = front in ("中共", "中国共产党") or re.search(words.PARTY, rest)
    if party and not re.search(r"委[县市区旗]?[、和]?[县市区旗]?政府|^(?:团|卫健|发改|残)", rest):
        return _of_county(place, "party")
    if front not in ("国家税务总局", "共青团", "团", "中国共产主义青年团") and re.search(words.GOVERNMENT, rest):
        return _own(place)
    if re.search(words.DEPARTMENT, rest):
        return _of_county(place, "department")
    return _own(place) if front in ("", "中国") else _of_county(place, "department")


def _of_county(place: Place, voice: str) -> str:
    return voice if place.level == "county" else place.level


def _ranked(name: str) -> bool:
    """Whether a name carries its rank (维西县, not 维西)."""
    return name[-1:] in "县市区旗省州盟" or name.endswith("地区")


def _called(names: tuple[str, ...]) -> tuple[str, ...]:
    """The names of one place and their stems, the longest first."""
    every = [n for n in names if n]
    return tuple(sorted(dict.fromkeys([*every, *(stem(n) for n in every)]), key=len, reverse=True)) or ("",)


@cache
def _names_of(name: str) -> tuple[str, ...]:
    """All names and stems of the prefecture or province that is called so."""
    known = directory()
    codes = [c for c in known.names.get(name, []) if known.divisions[c].level != "county"]
    return _called(known.divisions[codes[0]].names if codes else (name,))


@cache
def _organisations() -> tuple[dict[str, str], ...]:
    with (data_dir() / "directory" / "organisations.csv").open(encoding="utf-8", newline="") as file:
        return tuple(csv.DictReader(file))


@cache
def _listed() -> dict[str, tuple[str, str, str]]:
    """Name or alias → (kind, `county` for a county's outlet; the body; its division)."""
    out = {}
    for row in _organisations():
        if row["is_pattern"] == "0" and row["name"] not in words.SELF | words.NOBODY:
            kind = _MEDIA_KINDS.get(row["kind"]) or ("county" if row["division_code"] else "central")
            for name in (row["name"], *row["aliases"].split("|")):
                if name:
                    out[bare(name).translate(_QUOTES)] = (kind, row["name"], row["division_code"])
    return out


@lru_cache(maxsize=512)
def _patterns(place: Place) -> dict[str, tuple[str, str]]:
    """Every name that the patterns of organisations.csv give for the own county, with its kind and the body's full name."""
    out: dict[str, tuple[str, str]] = {}
    if place.level != "county":
        return out
    full, short = place.name, _short(place)
    fill = {"name": full, "short": short, "stem": stem(short), "rank": short[-1:]}
    for row in _organisations():
        kind = {"party": "party", "department": "department"}.get(row["kind"], "own-county")
        if row["is_pattern"] == "1" and row["kind"] != "prefecture-media":
            for name in (row["name"], *filter(None, row["aliases"].split("|"))):
                out.setdefault(name.format_map(fill), (kind, row["name"].format_map(fill)))
    for media in ("日报", "晚报"):  # 朝阳日报 in 朝阳区 is the prefecture's where that has the name too
        if _is_prefecture(fill["stem"]):
            out.pop(fill["stem"] + media, None)
    return out


def _short(place: Place) -> str:
    known = directory().divisions.get(place.code)
    return (known.short_name if known else "") or place.name


def sorted_source(site: Mapping[str, Any], source: str) -> tuple[str, str | None, str]:
    """For the archive: kind, organisation and via of a source on a site, given as its row of table `sites`."""
    place = place_of(site["division_code"], site["name"] or "", site["prefecture"], site["province"])
    found = source_kind(source, place)
    return found.kind, found.organisation, found.via
