"""Where a pager's script leads: a function of the page that builds an address, a form it fills and sends, an ASP.NET postback.

Nothing is run. Calls with plain arguments are followed into functions written in the page, whose strings and numbers are put
together as JavaScript would; conditions are not weighed, so an address that depends on the arguments goes before one that does not.

May import: model, lxml, its neighbours in this room, the standard library.
"""

from __future__ import annotations

import re
from itertools import islice
from urllib.parse import urlencode, urlsplit, urlunsplit

from lxml.etree import _Element

from govnews.extraction.links import LONGEST, resolve
from govnews.model import ListRequest

SOURCE = 200_000
"""Characters of a page's inline scripts that are searched for a function."""
BODY = 3000
"""Characters of one function."""

Value = str | int

_CALL = re.compile(r"(?:^|[\s;:])([A-Za-z_$][\w$]{0,60})\s*\(([^()]{0,300})\)")
_ARGUMENT = re.compile(r"""\s*(?:'([^']*)'|"([^"]*)"|(\d{1,9}))\s*(?:,|$)""")
_GLOBAL = re.compile(r"""\bvar\s+(\w{1,40})\s*=\s*(?:'([^'\n]{0,300})'|"([^"\n]{0,300})"|(\d{1,9}))\s*[;,\n]""")
_ASSIGNED = re.compile(r"(?:^|[;{}\s])(?:var\s+|let\s+|const\s+)?(\w{1,40})\s*=(?!=)\s*([^;{}\n]{1,300})")
_LOCATION = re.compile(
    r"\blocation(?:\.href)?\s*=(?!=)\s*([^;{}\n]{1,400})|\blocation\.(?:replace|assign)\s*\(([^;{}\n]{1,400})|\bopen\s*\(([^;{}\n]{1,400})"
)
_FILLED = re.compile(
    r"""(?:([\w.$\[\]"']{1,80}?)|getElementById\(\s*["']([\w.-]+)["']\s*\)|getElementsByName\(\s*["']([\w.-]+)["']\s*\)\s*\[0\]|"""
    r"""\$\(\s*["'](?:#|\w*\[name=\\?["']?)([\w.-]+)[\\"'\]]*\s*\))\.(?:value\s*=(?!=)|val\()\s*([^;{}\n]{1,200})"""
)
_ACTION = re.compile(r"\.action\s*=(?!=)\s*([^;{}\n]{1,300})")
_TOKEN = re.compile(r"""\s*(?:'((?:[^'\\]|\\.)*)'|"((?:[^"\\]|\\.)*)"|(\d{1,9})|([A-Za-z_$][\w$.]*)|([+\-()]))""")
_SETTING = re.compile(r"""\b(pages|count|limit|curr)\s*:\s*["']?(\d{1,7})\b""")
_ESCAPE = re.compile(r"\\(.)")


def follow(root: _Element, element: _Element, script: str, url: str, base: str) -> str | ListRequest | None:
    """What a click on an element asks for; null when its script is not understood. script: its `onclick` or `javascript:` text."""
    for name, arguments in islice(_CALL.findall(script[:LONGEST]), 4):
        values = _arguments(arguments)
        if name == "__doPostBack" and len(values) == 2:
            return _postback(root, element, values, url, base)
        if name in ("eval", "setTimeout") or (found := _function(root, name)) is None:
            continue
        parameters, body, variables = found
        known: dict[str, Value] = {**variables, **_place(url), **dict(zip(parameters, values, strict=False))}
        if answer := _address(body, known, set(parameters)) or None:
            return resolve(base, answer)
        if "submit" in body and (request := _filled_form(root, body, known, url, base)):
            return request
    return None


def by_laypage(root: _Element, html: str, url: str, base: str) -> str | None:
    """The next page of a layui pager, whose `jump` goes to an address made of the page chosen."""
    if "laypage" not in html or (found := _function(root, "jump")) is None or not found[0]:
        return None
    parameters, body, variables = found
    settings = {name: int(number) for name, number in _SETTING.findall(html)}
    count = laypage_count(html)
    here = settings.get("curr") or next((int(n) for n in re.findall(r"[?&]\w*page\w*=(\d{1,5})", url, re.I)), 1)
    if count is not None and here >= count:
        return None
    chosen = f"{parameters[0]}.curr"
    answer = _address(body, {**variables, **_place(url), chosen: here + 1}, {chosen})
    return resolve(base, answer) if answer else None


def laypage_count(html: str) -> int | None:
    """How many pages a layui pager is told there are; null when it is not told, or there is none."""
    if "laypage" not in html:
        return None
    settings = {name: int(number) for name, number in _SETTING.findall(html)}
    if (count := settings.get("count")) and (size := settings.get("limit")):
        return -(-count // size)
    return settings.get("pages")


def row_address(root: _Element, element: _Element, url: str) -> str | None:
    """The address that a row's link reaches by a function of the page, which may open a window."""
    script = element.get("onclick") or ""
    href = (element.get("href") or "").strip()
    found = follow(root, element, href[11:] if href.lower().startswith("javascript:") else script, url, url)
    return found if isinstance(found, str) else None


def _arguments(text: str) -> list[Value]:
    """Plain strings and numbers of a call; empty when any argument is something else."""
    values: list[Value] = []
    at = 0
    while at < len(text) and (found := _ARGUMENT.match(text, at)):
        single, double, number = found.groups()
        values.append(int(number) if number else single if single is not None else double)
        at = found.end()
    return values if not text[at:].strip() else []


def _function(root: _Element, name: str) -> tuple[list[str], str, dict[str, Value]] | None:
    """(parameters, body, the page's plain variables) of a function written in the page."""
    source = "\n".join(script.text or "" for script in root.iter("script"))[:SOURCE]
    head = re.search(
        rf"(?:function\s+{re.escape(name)}|\b{re.escape(name)}\s*[=:]\s*function)\s*\(([\w\s,$]*)\)\s*\{{", source
    )
    if head is None:
        return None
    depth, end = 1, head.end()
    for end in range(head.end(), min(len(source), head.end() + BODY)):
        depth += (source[end] == "{") - (source[end] == "}")
        if not depth:
            break
    variables: dict[str, Value] = {
        name: int(number) if number else single or double for name, single, double, number in _GLOBAL.findall(source)
    }
    return [p.strip() for p in head[1].split(",") if p.strip()], source[head.end() : end], variables


def _address(body: str, known: dict[str, Value], parameters: set[str]) -> str | None:
    """The address a body goes to: the first that depends on what the function is given, else on any variable."""
    _assign(body, known, parameters)
    found = []
    for pieces in _LOCATION.findall(body):
        expression = next(piece for piece in pieces if piece)
        value, used = _evaluated(expression, known)
        if isinstance(value, str) and re.search(r"[./?]", value):
            found.append((bool(used & parameters), bool(used), value))
    depends = [entry for entry in found if entry[1]]
    return max(depends, key=lambda entry: entry[0])[2] if depends else None


def _place(url: str) -> dict[str, Value]:
    """What scripts call the page's own address."""
    parts = urlsplit(url)
    said: dict[str, Value] = {
        "location.href": url,
        "location.pathname": parts.path,
        "location.search": f"?{parts.query}" if parts.query else "",
    }
    return {f"{owner}{name}": value for owner in ("", "window.", "document.") for name, value in said.items()}


def _assign(body: str, known: dict[str, Value], parameters: set[str]) -> None:
    """Variables as the body sets them; what it sets an argument to, out of bounds, is no matter."""
    for name, expression in _ASSIGNED.findall(body):
        value, used = _evaluated(expression, known)
        if value is not None and name != "location" and (name not in parameters or name in used):
            known[name] = value


def _evaluated(expression: str, known: dict[str, Value]) -> tuple[Value | None, set[str]]:
    """(value, names used) of strings, numbers and names put together by + and -; null for anything else."""
    total: Value | None = None
    used: set[str] = set()
    sign, at, depth = "+", 0, 0
    held: list[tuple[Value | None, str]] = []
    while found := _TOKEN.match(expression, at):
        single, double, number, name, mark = found.groups()
        at = found.end()
        if mark in ("+", "-"):
            sign = mark
            continue
        if mark == "(":
            held.append((total, sign))
            total, sign, depth = None, "+", depth + 1
            continue
        if mark == ")":
            if not depth:
                break
            depth -= 1
            (outer, sign), term = held.pop(), total
            total = _joined(outer, sign, term)
        elif name is not None:
            if re.match(r"\s*\(", expression[at:]):  # encodeURI(…), parseInt(…): what is within
                continue
            if name.removesuffix(".value") not in known:
                return None, used
            used.add(name.removesuffix(".value"))
            total = _joined(total, sign, known[name.removesuffix(".value")])
        else:
            text = single if single is not None else double
            total = _joined(total, sign, int(number) if number else _ESCAPE.sub(r"\1", text or ""))
        if total is None:
            return None, used
    return (total if not expression[at:].strip(" ;,)") or total is not None else None), used


def _joined(left: Value | None, sign: str, right: Value | None) -> Value | None:
    """As JavaScript has it: numbers are added, anything else is written one after the other."""
    if left is None or right is None:
        return right
    if isinstance(left, int) and isinstance(right, int):
        return left + right if sign == "+" else left - right
    if sign == "-":
        return int(left) - int(right) if str(left).isdecimal() and str(right).isdecimal() else None
    return f"{left}{right}"


def _filled_form(root: _Element, body: str, known: dict[str, Value], url: str, base: str) -> str | ListRequest | None:
    """The request of the form whose fields a body fills; null when it would send what it already holds."""
    new: dict[str, str] = {}
    form = None
    for path, by_id, by_name, by_query, expression in _FILLED.findall(body):
        key = by_id or by_name or by_query or re.split(r"[.\[\]\"']+", path.strip("]\"'"))[-1]
        value, _ = _evaluated(expression, known)
        field = next((f for f in root.iter("input", "select") if key in (f.get("name"), f.get("id"))), None)
        if value is None or field is None or not field.get("name"):
            continue
        form = form if form is not None else next(field.iterancestors("form"), None)
        new[field.get("name") or ""] = str(value)
    action = next((_evaluated(expression, known)[0] for expression in _ACTION.findall(body)), None)
    if form is None and action is not None:
        form = next(root.iter("form"), None)
    if form is None:
        return None
    fields = _fields(form)
    if action is None and all(fields.get(name) == value for name, value in new.items()):
        return None
    return _request(form, {**fields, **new}, url, base, str(action) if action is not None else None)


def _fields(form: _Element) -> dict[str, str]:
    """What a form would send as it stands."""
    fields: dict[str, str] = {}
    for field in form.iter("input", "select"):
        name, kind = field.get("name"), (field.get("type") or "text").lower()
        if not name or kind in ("submit", "button", "image", "reset", "file"):
            continue
        if kind in ("checkbox", "radio") and field.get("checked") is None:
            continue
        if field.tag == "select":
            options = list(field.iter("option"))
            chosen = next((o for o in options if o.get("selected") is not None), options[0] if options else None)
            fields[name] = (chosen.get("value") or chosen.text or "").strip() if chosen is not None else ""
        else:
            fields[name] = field.get("value") or ""
    return fields


def _request(
    form: _Element, fields: dict[str, str], url: str, base: str, action: str | None = None
) -> str | ListRequest:
    target = resolve(base, action or form.get("action") or url)
    if (form.get("method") or "get").lower() == "post":
        return ListRequest("POST", target, urlencode(fields))
    return urlunsplit(urlsplit(target)._replace(query=urlencode(fields), fragment=""))


def _postback(root: _Element, element: _Element, values: list[Value], url: str, base: str) -> ListRequest | None:
    """ASP.NET: the form as it stands, with the control and its argument. Its answer is the next page at the same address."""
    form = next(element.iterancestors("form"), None)
    form = form if form is not None else next(root.iter("form"), None)
    if form is None:
        return None
    target, argument = map(str, values)
    fields = {**_fields(form), "__EVENTTARGET": target, "__EVENTARGUMENT": argument}
    return ListRequest("POST", resolve(base, form.get("action") or url), urlencode(fields))
