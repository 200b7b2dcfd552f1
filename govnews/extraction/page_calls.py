"""Where a pager's script leads: a function of the page that builds an address, a form it fills and sends, an ASP.NET postback.

Nothing is run. Calls with plain arguments are followed into functions written in the page, whose strings and numbers are put
together as JavaScript would; conditions are not weighed, so an address that depends on the arguments goes before one that does not.

May import: model, lxml, its neighbours in this room, the standard library.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cached_property
from itertools import islice
from urllib.parse import urlencode, urlsplit, urlunsplit

from lxml.etree import _Element

from govnews.extraction.links import LONGEST, resolve
from govnews.model import ListRequest

SOURCE = 200_000
"""Characters of a page's inline scripts that are searched for a function."""
BODY = 3000
"""Characters of one function."""
NAMES = 50
"""Functions that are searched for on one page."""

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
_IN_QUERY = re.compile(r"[?&]\w*page\w*=(\d{1,5})", re.IGNORECASE)
_ESCAPE = re.compile(r"\\(.)")


@dataclass
class Calls:
    """The scripts of one page, searched once for each function. url: of the page. base: what its addresses are relative to."""

    root: _Element
    url: str
    base: str
    _functions: dict[str, Function | None] = field(default_factory=dict)

    def follow(self, element: _Element, script: str) -> str | ListRequest | None:
        """What a click on an element asks for; null when its script is not understood. script: its `onclick` or `javascript:`."""
        if said := self._goes_at_once(script[:LONGEST]):
            return said
        for name, arguments in islice(_CALL.findall(script[:LONGEST]), 4):
            values = plain_arguments(arguments)
            if name == "__doPostBack" and len(values) == 2:
                return _postback(self, element, values)
            if (function := self._function(name)) is None:
                continue
            if answer := self._address(function, values):
                return resolve(self.base, answer)
            if "submit" in function.body and (request := _filled_form(self, function, self._known(function, values))):
                return request
        return None

    def _goes_at_once(self, script: str) -> str | None:
        """The address a script goes to without calling a function of the page."""
        for pieces in _LOCATION.findall(script):
            value, _ = evaluated(next(piece for piece in pieces if piece), self.variables)
            if isinstance(value, str) and re.search(r"[./?]", value):
                return resolve(self.base, value)
        return None

    def row_address(self, element: _Element) -> str | None:
        """The address that a row's link reaches by a function of the page, which may open a window."""
        href = (element.get("href") or "").strip()
        script = href[11:] if href.lower().startswith("javascript:") else element.get("onclick") or ""
        for name, arguments in islice(_CALL.findall(script[:LONGEST]), 2):
            if (function := self._function(name)) and (answer := self._address(function, plain_arguments(arguments))):
                return resolve(self.base, answer)
        return None

    def by_laypage(self, html: str) -> str | None:
        """The next page of a layui pager, whose `jump` goes to an address made of the page chosen."""
        if "laypage" not in html or (function := self._function("jump")) is None or not function.parameters:
            return None
        settings = {name: int(number) for name, number in _SETTING.findall(html)}
        count = laypage_count(html)
        here = settings.get("curr") or next((int(n) for n in _IN_QUERY.findall(self.url)), 1)
        if count is not None and here >= count:
            return None
        chosen = f"{function.parameters[0]}.curr"
        answer = _address(function.body, {**self._known(function, []), chosen: here + 1}, {chosen})
        return resolve(self.base, answer) if answer else None

    def _address(self, function: Function, values: list[Value]) -> str | None:
        return _address(function.body, self._known(function, values), set(function.parameters))

    def _known(self, function: Function, values: list[Value]) -> dict[str, Value]:
        return {**self.variables, **dict(zip(function.parameters, values, strict=False))}

    @cached_property
    def source(self) -> str:
        """The page's inline scripts."""
        return "\n".join(script.text or "" for script in self.root.iter("script"))[:SOURCE]

    @cached_property
    def variables(self) -> dict[str, Value]:
        """The plain variables of the page's scripts, and what scripts call its address."""
        found = _GLOBAL.findall(self.source)
        said: dict[str, Value] = {n: int(number) if number else single or double for n, single, double, number in found}
        return {**said, **_place(self.url)}

    def _function(self, name: str) -> Function | None:
        """A function written in the page."""
        if name not in self._functions and len(self._functions) < NAMES:
            self._functions[name] = _read_function(self.source, name)
        return self._functions.get(name)


@dataclass(frozen=True, slots=True)
class Function:
    """Its parameters and its source between the braces."""

    parameters: list[str]
    body: str


def _read_function(source: str, name: str) -> Function | None:
    named = re.escape(name)
    head = re.search(rf"(?:function\s+{named}|\b{named}\s*[=:]\s*function)\s*\(([\w\s,$]{{0,200}})\)\s*\{{", source)
    if head is None:
        return None
    depth, end = 1, head.end()
    for end in range(head.end(), min(len(source), head.end() + BODY)):
        depth += (source[end] == "{") - (source[end] == "}")
        if not depth:
            break
    return Function([p.strip() for p in head[1].split(",") if p.strip()], source[head.end() : end])


def laypage_count(html: str) -> int | None:
    """How many pages a layui pager is told there are; null when it is not told, or there is none."""
    if "laypage" not in html:
        return None
    settings = {name: int(number) for name, number in _SETTING.findall(html)}
    if (count := settings.get("count")) and (size := settings.get("limit")):
        return -(-count // size)
    return settings.get("pages")


def plain_arguments(text: str) -> list[Value]:
    """Plain strings and numbers of a call; empty when any argument is something else."""
    values: list[Value] = []
    at = 0
    while at < len(text) and (found := _ARGUMENT.match(text, at)):
        single, double, number = found.groups()
        values.append(int(number) if number else single if single is not None else double)
        at = found.end()
    return values if not text[at:].strip() else []


def _address(body: str, known: dict[str, Value], parameters: set[str]) -> str | None:
    """The address a body goes to: the first that depends on what the function is given, else on any variable."""
    assign(body, known, parameters)
    found = []
    for pieces in _LOCATION.findall(body):
        expression = next(piece for piece in pieces if piece)
        value, used = evaluated(expression, known)
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


def assign(body: str, known: dict[str, Value], parameters: set[str]) -> None:
    """Variables as the body sets them; what it sets an argument to, out of bounds, is no matter."""
    for name, expression in _ASSIGNED.findall(body):
        value, used = evaluated(expression, known)
        if value is not None and name != "location" and (name not in parameters or name in used):
            known[name] = value


def evaluated(expression: str, known: dict[str, Value]) -> tuple[Value | None, set[str]]:
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
    return total, used


def _joined(left: Value | None, sign: str, right: Value | None) -> Value | None:
    """As JavaScript has it: numbers are added, anything else is written one after the other."""
    if left is None or right is None:
        return right
    if isinstance(left, int) and isinstance(right, int):
        return left + right if sign == "+" else left - right
    if sign == "-":
        return int(left) - int(right) if str(left).isdecimal() and str(right).isdecimal() else None
    return f"{left}{right}"


def _filled_form(calls: Calls, function: Function, known: dict[str, Value]) -> str | ListRequest | None:
    """The request of the form whose fields a body fills; null when it would send what it already holds."""
    new: dict[str, str] = {}
    form = None
    for path, by_id, by_name, by_query, expression in _FILLED.findall(function.body):
        key = by_id or by_name or by_query or re.split(r"[.\[\]\"']+", path.strip("]\"'"))[-1]
        value, _ = evaluated(expression, known)
        control = next((f for f in calls.root.iter("input", "select") if key in (f.get("name"), f.get("id"))), None)
        if value is None or control is None or not control.get("name"):
            continue
        form = form if form is not None else next(control.iterancestors("form"), None)
        new[control.get("name") or ""] = str(value)
    action = next((evaluated(expression, known)[0] for expression in _ACTION.findall(function.body)), None)
    if form is None and action is not None:
        form = next(calls.root.iter("form"), None)
    if form is None:
        return None
    fields = _fields(form)
    if action is None and all(fields.get(name) == value for name, value in new.items()):
        return None
    return _request(calls, form, {**fields, **new}, str(action) if action is not None else None)


def _fields(form: _Element) -> dict[str, str]:
    """What a form would send as it stands."""
    fields: dict[str, str] = {}
    for control in form.iter("input", "select"):
        name, shape = control.get("name"), (control.get("type") or "text").lower()
        if not name or shape in ("submit", "button", "image", "reset", "file"):
            continue
        if shape in ("checkbox", "radio") and control.get("checked") is None:
            continue
        if control.tag == "select":
            options = list(control.iter("option"))
            chosen = next((o for o in options if o.get("selected") is not None), options[0] if options else None)
            fields[name] = (chosen.get("value") or chosen.text or "").strip() if chosen is not None else ""
        else:
            fields[name] = control.get("value") or ""
    return fields


def _request(calls: Calls, form: _Element, fields: dict[str, str], action: str | None) -> str | ListRequest:
    target = resolve(calls.base, action or form.get("action") or calls.url)
    if (form.get("method") or "get").lower() == "post":
        return ListRequest("POST", target, urlencode(fields))
    return urlunsplit(urlsplit(target)._replace(query=urlencode(fields), fragment=""))


def _postback(calls: Calls, element: _Element, values: list[Value]) -> ListRequest | None:
    """ASP.NET: the form as it stands, with the control and its argument. Its answer is the next page at the same address."""
    form = next(element.iterancestors("form"), None)
    form = form if form is not None else next(calls.root.iter("form"), None)
    if form is None:
        return None
    target, argument = map(str, values)
    fields = {**_fields(form), "__EVENTTARGET": target, "__EVENTARGUMENT": argument}
    return ListRequest("POST", resolve(calls.base, form.get("action") or calls.url), urlencode(fields))
