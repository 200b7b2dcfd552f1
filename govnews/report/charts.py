"""Rows to drawings: a Vega-Lite specification for each shape, drawn as SVG without a browser or the network.

Greys only, with numbers at the marks: a chart must read the same on paper. May import: its neighbours in this room; vl_convert at
first use.
"""

from __future__ import annotations

import re
from base64 import b64encode
from typing import Any

from govnews.report.sections import Language, Row, Section, word

WIDTH = 400
"""Pixels: of a phone, so that letters are not made small there."""
LYING = 250
"""Pixels of bars that lie, beside their names."""
VERSION = "6.4"
"""Vega-Lite, of those vl-convert brings."""
DARK, PALE = "#333333", "#8a8a8a"
_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_FONT = "system-ui, 'Noto Sans CJK SC', 'PingFang SC', 'Microsoft YaHei', sans-serif"
_TWO_LINES = "length(datum.label) > 6 ? split(replace(datum.label, '–', '–|'), '|') : datum.label"
_CONFIG: dict[str, Any] = {
    "font": _FONT,
    "view": {"stroke": None},
    "bar": {"color": DARK},
    "axis": {"labelFontSize": 12, "titleFontSize": 12, "titleFontWeight": "normal", "gridColor": "#e3e3e3"},
    "legend": {"labelFontSize": 12, "orient": "top", "title": None, "labelLimit": 300, "columns": 1},
}


def spec(section: Section, language: Language) -> dict[str, Any]:
    """The specification of a section's chart, with its data inside."""
    asked = section.asked
    shape = _SHAPES[asked["shape"]](asked["x"], asked["y"], language)
    if bins := asked.get("bins"):  # also those that are empty, so that two reports compare
        last = [word("none", asked["x"], language)] if asked.get("null_x") else []
        shape["encoding"]["x"]["scale"] = {"domain": [*bins, *last]}
    return {
        "$schema": f"https://vega.github.io/schema/vega-lite/v{VERSION.split('.')[0]}.json",
        "background": None,
        "width": WIDTH,
        "config": _CONFIG,
        "data": {"values": data(section, language)},
        **shape,
    }


def data(section: Section, language: Language) -> list[Row]:
    """The rows a chart draws: codes and nulls in plain words; a row with a null is left out unless the section wants it drawn."""
    asked = section.asked
    drawn = []
    for row in section.rows:
        if all(
            row[axis] is not None or asked.get(f"null_{which}")
            for which, axis in (("x", asked["x"]), ("y", asked["y"]))
        ):
            drawn.append({name: cell(name, value, language) for name, value in row.items()})
    return drawn


def cell(column: str, value: Any, language: Language) -> Any:
    """A value as a person reads it. A sign that XML cannot hold becomes U+FFFD: the library would end the whole process over it."""
    if value is None:
        return word("none", column, language)
    if column in ("what", "field"):
        return word(column, value, language)
    return _NOT_XML.sub("\ufffd", value) if isinstance(value, str) else value


def image(section: Section, language: Language) -> str:
    """The chart as an address to stand in an <img>: there, nothing of it can run or load. Raises ImportError."""
    import vl_convert

    svg = vl_convert.vegalite_to_svg(spec(section, language), vl_version=VERSION, allowed_base_urls=[])
    return "data:image/svg+xml;base64," + b64encode(svg.encode()).decode()


def _axis(name: str, language: Language, **more: Any) -> dict[str, Any]:
    return {"field": name, "title": word("column", name, language), **more}


def _count(name: str, language: Language, **axis: Any) -> dict[str, Any]:
    return _axis(
        name,
        language,
        type="quantitative",
        axis={"labelExpr": "datum.value % 1 ? '' : format(datum.value, ',d')", **axis},
    )


def _months(x: str, y: str, language: Language) -> dict[str, Any]:
    time = {"timeUnit": "utcyearmonth", "type": "temporal", "scale": {"type": "utc"}}
    axis = {"format": "%Y-%m", "labelOverlap": "greedy", "labelSeparation": 10}
    return {
        "height": 200,
        "mark": "bar",
        "encoding": {"x": _axis(x, language, axis=axis, **time), "y": _count(y, language)},
    }


def _columns(x: str, y: str, language: Language) -> dict[str, Any]:
    across = _axis(x, language, type="nominal", sort=None, axis={"labelAngle": 0, "labelExpr": _TWO_LINES})
    return _labelled({"x": across, "y": _count(y, language)}, y, height=200, baseline="bottom", dy=-2)


def _hours(x: str, y: str, language: Language) -> dict[str, Any]:
    across = _axis(
        x,
        language,
        type="ordinal",
        scale={"domain": list(range(24))},
        axis={"labelAngle": 0, "values": list(range(0, 24, 2))},
    )
    return {"height": 200, "mark": "bar", "encoding": {"x": across, "y": _count(y, language)}}


def _bars(x: str, y: str, language: Language) -> dict[str, Any]:
    down = _axis(y, language, type="nominal", sort=None, axis={"labelLimit": 190, "title": None})
    return _labelled({"y": down, "x": _count(x, language)}, x, height={"step": 24}, width=LYING, align="left", dx=3)


def _share(x: str, y: str, language: Language) -> dict[str, Any]:
    down = _axis(y, language, type="nominal", sort=None, axis={"title": None})
    across = _axis(x, language, type="quantitative", scale={"domain": [0, 100]})
    return _labelled({"y": down, "x": across}, x, height={"step": 28}, width=LYING, align="left", dx=3)


def _labelled(encoding: dict[str, Any], value: str, *, height: Any, width: int = WIDTH, **place: Any) -> dict[str, Any]:
    """Bars with their number at the end."""
    number = {"mark": {"type": "text", "fontSize": 12, **place}, "encoding": {"text": {"field": value, "format": ","}}}
    return {"height": height, "width": width, "encoding": encoding, "layer": [{"mark": "bar"}, number]}


def _changes(x: str, y: str, language: Language) -> dict[str, Any]:
    kinds = [word("what", what, language) for what in ("edited", "suspect", "gone")]
    scale = {"domain": kinds, "range": [DARK, PALE, "#ffffff"]}
    encoding = {
        "x": _axis(x, language, type="ordinal", axis={"labelAngle": 0, "labelOverlap": True}),
        "y": _count(y, language),
        "xOffset": {"field": "what", "scale": {"domain": kinds}},
        "color": {"field": "what", "scale": scale},
    }
    return {"height": 180, "mark": {"type": "bar", "stroke": "#000000", "strokeWidth": 1}, "encoding": encoding}


def _calendar(x: str, y: str, language: Language) -> dict[str, Any]:
    """A row a year, a column a month; the darker, the more of it is a gap, and the number says how much."""
    month = {"labelAngle": 0, "orient": "top", "domain": False, "ticks": False}
    encoding = {
        "x": {
            "field": "of_year",
            "type": "ordinal",
            "scale": {"domain": list(range(1, 13))},
            "title": word("column", x, language),
            "axis": month,
        },
        "y": {"field": "year", "type": "ordinal", "title": None, "axis": {"domain": False, "ticks": False}},
    }
    grey = {
        "field": y,
        "type": "quantitative",
        "scale": {"domain": [0, 100], "range": ["#ffffff", "#222222"]},
        "legend": None,
    }
    ink = {"condition": {"test": f"datum.{y} > 55", "value": "#ffffff"}, "value": "#000000"}
    return {
        "height": {"step": 30},
        "transform": [
            {"calculate": f"toNumber(substring(datum.{x}, 5, 7))", "as": "of_year"},
            {"calculate": f"substring(datum.{x}, 0, 4)", "as": "year"},
        ],
        "encoding": encoding,
        "layer": [
            {"mark": {"type": "rect", "stroke": "#777777", "strokeWidth": 0.5}, "encoding": {"color": grey}},
            {
                "mark": {"type": "text", "fontSize": 11},
                "encoding": {"text": {"field": y, "format": ".0f"}, "color": ink},
            },
        ],
    }


_SHAPES = {
    "months": _months,
    "columns": _columns,
    "hours": _hours,
    "bars": _bars,
    "share": _share,
    "changes": _changes,
    "calendar": _calendar,
}
