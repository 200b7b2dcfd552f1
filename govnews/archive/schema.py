"""The data dictionary: every table and column of the archive with its meaning, in one place.

`govnews schema`, docs/database.md, the desk (Datasette metadata) and export headers are made from it; a test compares it with a real
archive in both directions. May import: the standard library.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ColumnMeaning:
    """One column: its meaning in English and Chinese."""

    name: str
    en: str
    zh: str


@dataclass(frozen=True, slots=True)
class TableMeaning:
    """One table or view."""

    name: str
    en: str
    zh: str
    columns: tuple[ColumnMeaning, ...]


_FIELDS = """
title|the printed headline, without site or column suffix|标题
publish_time|ISO 8601 at the printed precision, +08:00 where a clock is printed; never a padded midnight|发布时间
publish_time_precision|second, minute or day|发布时间精度
publish_date|its local day|发布日期
source|the 来源 as printed, cleaned; 本站 stays; null when the page names none|来源（稿源）
view_count|the article's own count: printed, or the newest reading of its counter; null when nobody read a number|浏览次数
view_count_state|of the page: shown, label-without-number, absent|浏览次数状态
body|paragraphs separated by a line feed, table cells by a tab; empty for picture-, video- and PDF-only articles|正文
author|persons, joined by 、|作者
editor|persons, joined by 、|编辑
section|the column (栏目) of the breadcrumb|栏目
issuer|发布机构; not a source|发布机构
document_number|文号|文号
index_number|索引号|索引号
keywords|关键词|关键词
flags|doubts, a JSON list of codes|存疑标记
via|how each field was found, a JSON object|字段取值方式
title_raw|the string behind title|标题原文
publish_time_raw|the string behind publish_time|发布时间原文
source_raw|the string behind source|来源原文
view_count_raw|the string behind view_count|浏览次数原文
"""

_TEXT = f"""
# articles|one row an article: its current values|文章（当前值）
id|number private to this file|文件内编号
uid|first 16 hex digits of SHA-256 of url_key; the same in every archive|文章标识
version|number of this state, new on every change of title, time, source or body|版本号
site|site id, for counties the division code|站点代码
url|address of the page; null for a saved file without one|网址
url_key|the address without scheme, www. and ways of writing: the identity|网址标识
{_FIELDS}
view_count_at|when view_count was read, UTC|浏览次数读取时间
presence|alive, suspect or gone: whether it was found at the last visit|在线状态
presence_since|since when it is not alive, UTC|状态起始
first_seen|first capture of this version, UTC|本版首见
last_seen|last capture that showed this version, UTC|本版末见
fetched_at|capture the values rest on, UTC|抓取时间
sha256|hash of that capture's bytes, key into the pages file|字节哈希
text_sha256|hash of the body without blanks: equal texts share it|正文哈希
family|CMS family whose rules read it|建站系统
extractor|version of the extractor that read it|解析器版本
# revisions|earlier states of articles|文章历史版本
version|number of that state|版本号
uid|the article|文章标识
cause|why it was superseded: site, extractor or merge|变更原因
extractor|version of the extractor that read it|解析器版本
first_seen|first capture that showed it, UTC|首见
last_seen|last capture that showed it, UTC|末见
fetched_at|capture its values rest on, UTC|抓取时间
{_FIELDS}
sha256|hash of that capture's bytes|字节哈希
text_sha256|hash of the body without blanks|正文哈希
# view_observations|view counts as they were read, in time|浏览次数观测
uid|the article|文章标识
observed_at|when, UTC|观测时间
method|inline, or the family whose counter answered|观测方式
value|the number|次数
approximate|1 when rounded (42万)|是否约数
sha256|bytes it was read from|字节哈希
# sightings|where and when a list showed an article, or another address led to it|列表所见
id|number private to this file|文件内编号
uid|the article; null for a row that leads off the site|文章标识
site|site id|站点代码
column_url|address of the list|列表网址
target_url|address the row leads to|目标网址
target_key|its identity|目标标识
list_title|title as the list prints it|列表标题
list_date|day as the list prints it; --MM-DD without a year|列表日期
list_day|the whole day of list_date; null when the list prints none|列表日期（完整）
year_inferred|1 when the year of list_day is not printed but follows from order, address and the day of fetching|年份为推断
first_seen|first time, UTC|首见
last_seen|last time, UTC|末见
# captures|every response and every failure|抓取记录
id|number private to this file|文件内编号
url_key|identity of the address|网址标识
fetched_at|when, UTC|抓取时间
sha256|hash of the bytes; empty when nothing came|字节哈希
url|final address|最终网址
requested_url|address asked for|请求网址
redirects|addresses passed on the way, JSON|重定向
site|site id|站点代码
run|run that made it|运行编号
task|list, article or counter; null for imports|任务类型
status|HTTP status; 0 when nothing came|HTTP 状态码
response_class|class of the response|响应类别
kind|what the page is; null when it was not read|页面类型
headers|response headers, JSON|响应头
content_encoding|encoding it travelled in|传输编码
ip_address|server address|服务器地址
size|bytes after decoding|字节数
truncated|1 when it broke off|是否截断
error|what went wrong|错误
declared_charset|charset the page or server names|声明编码
used_charset|charset it was read in|实际编码
origin|crawl, or the imported file|来路
# presence_events|evidence that an article was not found, or was back; made from captures and lists|在线状态证据
uid|the article|文章标识
at|when, UTC|时间
kind|http_404, http_410, soft_404, redirect, off_list or back|证据类别
witness|identity of another article of the site that was served around then to the same vantage; null confirms nothing|旁证网址标识
vantage|from where, as the run names it|观测点
# images|pictures of an article, in order|图片
uid|the article|文章标识
position|order, from 0|顺序
url|absolute address|网址
text|alternative text|说明
# attachments|files of an article, in order|附件
uid|the article|文章标识
position|order, from 0|顺序
url|absolute address|网址
text|text of the link|链接文字
sha256|hash of its bytes, when fetched|字节哈希
# sites|sites this archive has visited, and what was learned of them|站点
id|site id|站点代码
name|short name|名称
home|address of the home page|首页
hosts|hosts that are fetched, JSON|主机
division_code|GB/T 2260 code|行政区划代码
province|province|省
prefecture|prefecture|地级
family|CMS family, as known or learned|建站系统
family_points|what the family was learned from, JSON|识别依据
learned|what else was learned, JSON|已学知识
first_seen|first run, UTC|首次
last_seen|last run, UTC|末次
# divisions|divisions in force, GB/T 2260|行政区划
code|six digits|代码
name|full name|全称
level|province, prefecture or county|级别
parent_code|the division above|上级代码
province|province|省
prefecture|prefecture|地级
short_name|without the names of peoples|简称
type|县, 市辖区 …|类型
# runs|what was done, when and from where|运行
id|number private to this file|文件内编号
command|crawl, import …|命令
started_at|UTC|开始
finished_at|UTC; null when it was killed|结束
version|version of govnews|版本
vantage|from where: a label of the user's|观测点
settings|options, JSON|设置
counts|totals, JSON|计数
sites|per site: verdict and numbers, JSON|各站结果
reason|finished, shutdown or a failure|结束原因
# issues|what someone may have to know|问题
id|number private to this file|文件内编号
code|issue code|代码
severity|info, warning or error|严重程度
site|site id|站点代码
url|page or file|网址或文件
detail|particulars|详情
run|last run that met it|运行编号
times|how often|次数
first_seen|UTC|首见
last_seen|UTC|末见
# frontier|what the crawl owes and has done|抓取队列
id|number private to this file|文件内编号
kind|list, article or counter|类型
key|what makes two tasks the same|标识
site|site id|站点代码
state|queued, done or failed|状态
method|HTTP method|方法
url|address|网址
form|form body|表单
headers|extra request headers, JSON|请求头
column_url|list it came from|列表网址
list_title|title the list printed|列表标题
list_date|day the list printed|列表日期
page_number|depth of a list page|页码
uid|article a counter belongs to|文章标识
reader|family that reads the counter|计数器类型
priority|higher first|优先级
due|not before, UTC; for done articles the next visit|到期
attempts|failed tries|失败次数
error|last failure|错误
added_at|UTC|加入
done_at|UTC|完成
# folding|what a search takes for the same character|检索折叠表
char|the character|字符
folded|the character it counts as; a blank for signs, which no index holds|折叠为
# search_index|full-text index over pairs of characters (FTS5, contentless); ask it with the SQL of docs/search.md|全文索引
title|pairs of the title|标题
body|pairs of the text|正文
month|a word for the month published, #202106|月份
# search_state|how far the search index goes; one row|索引进度
id|always 1|编号
watermark|highest version in the index; what is above it is read directly|水位（版本号）
updated_at|when it was last filled, UTC; null: never|更新时间
# search_stale|versions in the index that were superseded|索引中的旧版本
version|number of that state|版本号
# version_sequence|gives version numbers; always empty|版本号序列
version|never read|版本号
# articles_by_month|view: articles a site and month|视图：按站按月
site|site id|站点代码
month|YYYY-MM of publish_date|月份
articles|how many|篇数
with_source|with a source|有来源
with_view_count|with a view count|有浏览次数
without_text|with an empty body|无正文
# sources_by_site|view: sources a site quotes|视图：各站来源
site|site id|站点代码
source|source as printed|来源
articles|how many|篇数
first_date|first day|首日
last_date|last day|末日
# edits|view: what was changed after publication|视图：修改
uid|the article|文章标识
site|site id|站点代码
url|address|网址
old_version|version before|旧版本
cause|site, extractor or merge|原因
first_seen|old state first seen, UTC|旧版首见
last_seen|old state last seen, UTC|旧版末见
old_title|title before|旧标题
title|title now|现标题
old_publish_time|time before|旧时间
publish_time|time now|现时间
old_source|source before|旧来源
source|source now|现来源
body_changed|1 when the text differs|正文有变
# no_longer_found|view: articles not found at the last visit|视图：已无法访问
uid|the article|文章标识
site|site id|站点代码
title|title|标题
publish_date|day|发布日期
url|address|网址
presence|suspect or gone|状态
presence_since|UTC|起始
last_good_capture|last time it was seen, UTC|末次可见
# field_completeness|view: how many articles of a site have each field|视图：字段完整度
site|site id|站点代码
articles|how many|篇数
title|with a title|有标题
publish_time|with a time|有时间
source|with a source|有来源
view_count|with a count|有浏览次数
body|with text|有正文
# articles_with_place|view: articles with the names of their county, prefecture and province, without the text|视图：文章与地名
uid|the article|文章标识
province|province|省
prefecture|prefecture|地级
county|name of the site, or its id|县（站点）
site|site id|站点代码
publish_date|local day|发布日期
publish_time|ISO 8601 at the printed precision|发布时间
title|the printed headline|标题
source|the 来源 as printed|来源（稿源）
view_count|the article's own count, null when unread|浏览次数
presence|alive, suspect or gone|在线状态
url|address|网址
# field_completeness_by_year|view: how many articles of a site and year have each field|视图：按年字段完整度
site|site id|站点代码
year|YYYY of publish_date; null without one|年份
articles|how many|篇数
title|with a title|有标题
publish_time|with a time|有时间
source|with a source|有来源
view_count|with a count|有浏览次数
body|with text|有正文
# gaps|view: more than 13 days in a row without an article: nothing was published, or it is not archived|视图：空档
site|site id|站点代码
last_before|last day with an article|空档前最后一日
first_after|next day with an article|空档后第一日
days|days between them without one|空档天数
# publication_hours|view: hour of publication, where the page prints a clock|视图：发布时刻
site|site id|站点代码
hour|0 to 23, local time|小时
articles|how many|篇数
# publication_lag|view: days from the printed day to our first capture; only what appeared after our first visit|视图：发布至首次抓取
uid|the article|文章标识
site|site id|站点代码
publish_date|local day|发布日期
first_capture|first capture of any version, UTC|首次抓取
days|local days between; negative when the page names a later day|相隔天数
# latest_verdicts|view: how the newest finished run that visited a site ended for it|视图：各站最近一次运行结果
site|site id|站点代码
run|the run|运行编号
finished_at|when that run ended, UTC|结束时间
verdict|verdict code|结果
new|new articles|新增
failed|pages that could not be had|失败
"""


def _parse(text: str) -> tuple[TableMeaning, ...]:
    tables: list[tuple[str, str, str, list[ColumnMeaning]]] = []
    for line in text.strip().splitlines():
        if not line.strip():
            continue
        name, en, zh = line.removeprefix("# ").split("|")
        if line.startswith("# "):
            tables.append((name, en, zh, []))
        else:
            tables[-1][3].append(ColumnMeaning(name, en, zh))
    return tuple(TableMeaning(name, en, zh, tuple(columns)) for name, en, zh, columns in tables)


SCHEMA: tuple[TableMeaning, ...] = _parse(_TEXT)


def as_markdown() -> str:
    """The tables section of docs/database.md."""
    out = []
    for table in SCHEMA:
        out.append(
            f"### `{table.name}`\n\n{table.en[0].upper()}{table.en[1:]}. {table.zh}。\n\n| column | meaning | 含义 |\n| --- | --- | --- |"
        )
        out += [f"| `{c.name}` | {c.en} | {c.zh} |" for c in table.columns]
        out.append("")
    return "\n".join(out)
