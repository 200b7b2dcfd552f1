"""Pages with a title and a text that are no article: rows with a summary each, a leader's page, a letter with its reply.

Told by what stands at the beginnings of their lines, for kind.py. May import: text, its neighbours in this room.
"""

from __future__ import annotations

import re

from govnews.extraction.document import Document, Line
from govnews.extraction.edges import prose
from govnews.text.folding import HAN, bare

ROWS = 3
"""Titles with a summary each from which a page is a list."""
PARTS = 3
"""Different parts of a letter (写信人, 信件内容, 答复单位) from which a page is one."""
SUMMARY = 14
"""Characters outside links of a line that is a summary."""
TITLE = 6
"""Characters of a title with a summary below it."""
COVERED = 0.6
"""Share of the running text that the summaries of a list have."""
_LONGEST_PART = 400
"""Characters of a line that begins with a part of a letter: the letter itself may stand behind it."""
_LONGEST_HEADING = 10
_LONGEST_FOUND = 60
_FOUND = re.compile(
    r"(?:[找查搜]|检索|查询)(?:索|询)?到(?:相关|有关|符合条件)?的?(?:结果|信息|记录|内容|文章)?约?有?\d+[条篇项个]"
    r"|(?:结果|记录)(?:约|共|有)*\d+[条篇项个].{0,4}用时|\d+[条篇项个](?:相关|搜索|检索|查询)(?:结果|记录)"
)

_PART = re.compile(
    r"[\[【]?(?P<part>(?:来信|写信|留言|咨询|提问|投诉|信访)人|(?:来信|写信|信件|信箱|留言|咨询|提问|诉求|投诉|信访)(?:内容|标题|主题|时间|日期|编号|类型|类别|目的)"
    r"|(?:回复|答复|办理|处理|受理)(?:内容|单位|部门|时间|日期|情况|结果|状态|意见|机构)|(?:查询|受理)(?:编号|码))(?:[\]】:]|$|\t)"
)
_OFFICE = re.compile(
    r"(?P<part>机构职[能责]|(?:主要|单位|部门|工作)职[能责]|内设机构|机构(?:名称|设置|概况)|单位名称|(?:办公|单位|联系|机构)?地址|办公(?:时间|电话)|(?:单位|主要)?负责人"
    r"|(?:联系|咨询|值班|监督)?电话|联系方式|传真|邮编|邮政编码|电子邮箱)[:：]"
)
_TASK = re.compile(r"机构职[能责]|(?:主要|单位|部门|工作)职[能责]|内设机构|机构(?:名称|设置|概况)")
_DUTIES, _SHORTEST_DUTIES = re.compile(r"(?:主要|单位|部门|工作|机构)职[能责]|内设机构"), 4
"""Headings of what an office is for, and the different parts that a page so divided has: a vacancy has 主要职责 as well."""
_SERVICE = re.compile(
    r"(?P<part>实施(?:主体|机关|机构)|事项(?:类型|编码|版本)|基本编码|实施编码|行使层级|办件类型|服务对象|通办范围|(?:法定|承诺)(?:办结|办理)?(?:时限|期限)"
    r"|到(?:办事)?现场次数|网上办理深度|是否收费|中介服务)(?:[:]|$|\t)"
)
"""Parts that a service hall's own pages have; 申请材料 and 办理流程 stand in articles on a service too."""
_STEP = re.compile(
    r"(?:办理|设定|法律)依据|(?:办理|受理|申请)条件|(?:所需|申请|办理|申报)材料|(?:办理|办事)(?:程序|流程)|办理地点|办理(?:时间|时限|期限)|办结时限|收费(?:标准|依据)|(?:联系|咨询|监督)电话"
)
_STEPS = 5
"""Different headings, each alone on its line and without a number, from which a page is a service's."""
_VOTES = re.compile(r"(?:当前|得|总)?(?:票数)?[:：]?\d+票")
_READ_ON = re.compile(r"[\[【(<]?(?:阅读|查看)(?:全文|详情|更多|详细)[\]】)]?[>》]*|[\[【](?:详细|详情|全文)[\]】]")
_DATASET = re.compile(
    r"数据(?:提供(?:方|单位|部门)|更新时间|量|格式|描述|领域|摘要|容量|条数)|(?:信息)?资源(?:提供方|格式|摘要|代码)|更新(?:频率|周期)|(?:下载|调用)(?:次数|量)"
    r"|(?:开放|共享)(?:属性|类型|方式|条件)"
)
_TAGGED = re.compile(r"(?:标签|关键词|关键字|tag)[:：]|indexof/", re.IGNORECASE)
_STAMP = re.compile(
    r"(?:发布|更新|发表|添加)(?:时间|日期)[:：]?20\d\d[-年/.]\d{1,2}[-月/.]\d{1,2}日?(?:\d\d:\d\d(?::\d\d)?)?"
)
_DAY = re.compile(r"20\d\d[-年/.]\d{1,2}[-月/.]\d{1,2}")
_UNFILLED = re.compile(r"\{\{[^{}]{1,80}\}\}|\$\{[\w.]{1,60}\}|<%=")
_PERSON = re.compile(f"[{HAN}]{{2,4}}")
_IN_CHARGE = re.compile(r"(?:工作|领导)?分工[:：]|(?:分管|负责|主管)(?:工作|部门|领域)[:：]")
_CHARGED = re.compile(r"(?:负责|分管|主持|领导|协助).{2,}(?:工作|局|办)")
_LEADER = re.compile(r"(?:个人|工作)?(?:简历|履历)[:]?|(?:工作|领导)?分工[:]?|(?:分管|负责)(?:工作|部门|领域)[:]?")


def leads(document: Document, numbers: list[int]) -> int:
    """Of the lines of a text those below a line that is one whole link: summaries of rows. 0 unless they are most of the text."""
    lines = document.lines
    total = rows = 0.0
    found = 0
    for n in numbers:
        line = lines[n]
        if line.size < SUMMARY or "://" in line.text:
            continue
        weight = prose(line)
        total += weight
        if n > 0 and (
            _is_title(lines[n - 1]) or (n > 1 and _is_title(lines[n - 2]) and _DAY.search(lines[n - 1].text))
        ):
            rows += weight
            found += 1
    return found if rows >= COVERED * total else 0


def stamps(document: Document, numbers: list[int]) -> int:
    """Lines that say nothing but when something was published, from the first line of a text to the one below its last."""
    if not numbers:
        return 0
    span = document.lines[numbers[0] : numbers[-1] + 2]
    return sum(_STAMP.fullmatch(line.key) is not None for line in span if len(line.text) <= _LONGEST_FOUND)


def _is_title(line: Line) -> bool:
    if line.linked < 0.9 * len(line.text):
        return False
    return line.linked >= TITLE or _PERSON.fullmatch(line.text) is not None


def is_letter(document: Document) -> bool:
    """Whether lines or cells of the page are the parts of a letter to an office and of its reply."""
    parts: set[str] = set()
    for line in document.lines:
        if len(line.text) > _LONGEST_PART or line.linked:
            continue
        for cell in line.text.split("\t") if "\t" in line.text else (line.key,):
            if match := _PART.match(cell.strip()[:12].replace("：", ":")):
                parts.add(match["part"])
    return len(parts) >= PARTS


def is_search(document: Document) -> bool:
    """Whether a line says how much a search has found."""
    return any(len(line.text) <= _LONGEST_FOUND and _FOUND.search(line.key) for line in document.lines)


def is_tagged(document: Document) -> bool:
    """Whether the page is titled as what carries a tag, or as a folder of a server."""
    return any(_TAGGED.match(bare(title)) for title in document.titles)


def is_unfilled(document: Document) -> bool:
    """Whether the page shows the places of a template that a script was to fill."""
    return any(_UNFILLED.search(line.text) for line in document.lines)


def is_service(document: Document) -> bool:
    """Whether the page is divided as a service hall divides what it knows of a service: by its own parts, or by bare headings."""
    said: set[str] = set()
    headings: set[str] = set()
    for line in document.lines:
        if line.linked or len(line.text) > _LONGEST_PART:
            continue
        if _STEP.fullmatch(line.key):
            headings.add(line.key)
        for cell in line.text.split("\t")[::2] if "\t" in line.text else (line.key,):
            if match := _SERVICE.match(cell.strip()[:12].replace("：", ":")):
                said.add(match["part"])
    return len(said) >= PARTS or len(headings) >= _STEPS


def is_vote(document: Document) -> bool:
    """Whether the page counts the votes of those one can vote for, each on a line."""
    return sum(_VOTES.fullmatch(line.key) is not None for line in document.lines) >= ROWS


def reads_on(document: Document) -> int:
    """Lines that are a link to read on."""
    return sum(line.linked > 0 and _READ_ON.fullmatch(line.key) is not None for line in document.lines)


def is_dataset(document: Document) -> bool:
    """Whether cells in pairs, or labels, say of a data set who gives it, how often and in what form. A row of heads is no pair."""
    said: set[str] = set()
    for line in document.lines:
        if len(line.text) > _LONGEST_PART or line.linked:
            continue
        cells = line.text.split("\t") if "\t" in line.text else line.text.replace("：", ":", 1).split(":", 1)
        for name, value in zip(cells[::2], cells[1::2], strict=False):
            key = bare(name).rstrip(":：")
            if _DATASET.fullmatch(key) and not _DATASET.fullmatch(bare(value)):
                said.add(key)
    return len(said) >= PARTS


def is_office(document: Document) -> bool:
    """Whether lines begin with what an office is for and, twice at least, with where, when or by whom it is reached."""
    said = {match["part"] for line in document.lines if not line.linked and (match := _OFFICE.match(line.key))}
    if len(said) >= PARTS and any(_TASK.fullmatch(part) for part in said):
        return True
    headings = {line.key for line in document.lines if not line.linked and _DUTIES.fullmatch(line.key)}
    return bool(headings) and len(said | headings) >= _SHORTEST_DUTIES


def is_leader(document: Document) -> bool:
    """Whether a page is divided into what a person was and what the person is in charge of, or says the latter behind its label,
    or is titled by a person's name alone and says who that is and what the person is in charge of."""
    divided = any(
        not line.linked
        and ((len(line.text) <= _LONGEST_HEADING and _LEADER.fullmatch(line.key)) or _IN_CHARGE.match(line.key))
        for line in document.lines
    )
    return divided or _is_of_one(document)


def _is_of_one(document: Document) -> bool:
    title = bare(document.titles[0]) if document.titles else ""
    names = {line.key for line in document.lines if _PERSON.fullmatch(line.key) and title.startswith(line.key)}
    told = any(
        line.key.startswith((f"{name},男", f"{name},女", f"{name}，男", f"{name}，女"))
        for name in names
        for line in document.lines
    )
    return told and any(_CHARGED.match(line.key) for line in document.lines if not line.linked)
