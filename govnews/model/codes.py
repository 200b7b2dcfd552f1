"""Every code the house says: kinds of page, response classes, issues, flags, states, verdicts.

One table, each row with group, severity and one sentence in English and Chinese. Docs, help and the data dictionary
are made from it. A code that is not here may not be used; a test walks the source for strangers.

May import: the standard library.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Severity = Literal["info", "warning", "error"]


@dataclass(frozen=True, slots=True)
class Code:
    """One word with its meaning. group: kind, response, issue, flag, state, presence,
    evidence, cause, verdict, lint, coverage, health."""

    code: str
    group: str
    severity: Severity
    en: str
    zh: str


@dataclass(frozen=True, slots=True)
class Issue:
    """Something that a person may have to know: a code of group "issue" and what it is about."""

    code: str
    detail: str = ""


_TABLE = """
kind|article|info|an article, also one of pictures, a video or a PDF only|文章
kind|list|info|a list of articles or a home page|列表页
kind|challenge|warning|a firewall's check instead of the page|防火墙验证页
kind|not_found|warning|says that the page is not there, whatever the status|页面不存在
kind|shell|warning|an empty frame that scripts would fill|空壳页
kind|hijacked|error|taken over: betting words or a machine-made copy|被劫持的页面
kind|attachment|info|a file, not a page|附件
kind|other|info|none of these, for example an empty page or a search form|其他

response|ok|info|the server gave a page|正常
response|not_modified|info|the server says it did not change (304)|未修改
response|blocked|warning|a firewall or challenge stands in front|被拦截
response|throttled|warning|too many requests (429) or asked to wait|限流
response|gone|info|404 or 410|页面不存在
response|redirect|info|sends on to another address|重定向
response|soft_404|info|status 200, but the page says it is not there, or it is the home page|软 404
response|shell|warning|an empty frame|空壳
response|forbidden|warning|401 or 403 without a known firewall|禁止访问
response|robots|info|robots.txt asks us not to|robots 禁止
response|off_site|info|leads to a host that is not the site's|站外
response|server_error|warning|5xx|服务器错误
response|dns|warning|the host name is not known|域名无法解析
response|refused|warning|the connection was refused|拒绝连接
response|timeout|warning|no answer in time|超时
response|cut_off|warning|the connection broke off in the middle|连接中断
response|tls|warning|no secure connection could be made|TLS 失败
response|too_large|warning|larger than we fetch|超出大小
response|private_address|error|the name points to a private network|指向内网地址
response|redirect_loop|warning|sent from one address to the next without end|重定向循环
response|unreachable|warning|could not be fetched for another reason|无法访问

issue|extract_failed|error|the page could not be understood because of a fault of ours; its bytes are kept|解析出错（字节已保存）
issue|not_an_article|warning|an address a list gave as an article is something else|列表指向的不是文章
issue|blocked|warning|a firewall page came instead of the page|被防火墙拦截
issue|fetch_failed|warning|could not be fetched|抓取失败
issue|list_empty|warning|a list page without a single row|列表页没有条目
issue|list_ended|info|a list that goes on until a page has no rows came to that page|列表到此结束
issue|list_failed|error|a list page could not be fetched or read|列表页无法读取
issue|list_repeats|warning|a further page of a list shows the first one again|列表翻页重复
issue|no_title|warning|an article without a title|缺标题
issue|no_publish_time|warning|an article without a publish time|缺发布时间
issue|empty_body|info|an article without text|正文为空
issue|counter_unread|info|the counter's reply could not be read|计数器无法读取
issue|charset_repaired|info|the declared charset was wrong|编码声明有误
issue|unreadable_file|warning|an imported file could not be read|文件无法读取
issue|passed_over|info|an imported file that is no page|已略过的文件
issue|digest_differs|info|an imported record states another digest of its payload; its bytes were taken in|记录所载摘要与内容不符（已收录）
issue|duplicate_text|info|the same text stands under another address|正文重复
issue|layout_selector|error|a selector of the site file is not valid|站点文件选择器有误
issue|left_site|info|a redirect led to a host that is not the site's|跳转到站外
issue|robots_denied|info|robots.txt asks us not to fetch it|robots 禁止抓取
issue|tampered|error|stored bytes do not match their hash|字节与哈希不符

flag|dates_disagree|warning|another stated publish time differs|发布时间相互矛盾
flag|filler_midnight|info|00:00 printed where no clock is kept; the day is given|零点填充
flag|filler_noon|info|exactly 12:00:00, possibly a filler|正午填充（可疑）
flag|document_date|info|only a 生成日期 or 发文日期 is printed|取自公文日期
flag|impossible_date|warning|a printed date that no calendar has|不可能的日期
flag|suspect_zero|info|a count of 0 without a counter script: possibly not yet loaded|可疑的零
flag|charset_repaired|info|the bytes were not in the declared charset|编码已修复
flag|truncated_for_reading|warning|over 8 MB: only the first part was read|超长截断
flag|too_deep|warning|nested too deeply to be read whole|嵌套过深
flag|beside_counter_script|info|the printed count may be a stale one: a script loads the true one|旁有计数脚本
flag|approximate|info|a rounded count, such as 42万|约数
flag|future|warning|later than the fetch by more than a day: not taken|晚于抓取时间
flag|template_sample|warning|text of the site's template, not of the article|模板样例
flag|url_date_differs|info|the day in the address is another one|网址日期不同
flag|org_as_author|info|the 作者 is an organisation|作者栏为机构
flag|identity_card|warning|the title or text holds an identity-card number of a person|含身份证号码
flag|mobile|info|the title or text holds a mobile telephone number|含手机号码
flag|bank_card|warning|the title or text holds a bank-card number|含银行卡号
flag|notice_name|warning|a public notice (公示) lists names beside numbers of persons|公示名单含个人信息
flag|relative_time|info|a relative time, resolved against the fetch|相对时间

state|shown|info|a number was printed|已显示
state|label-without-number|info|a label without a number|有标签无数字
state|absent|info|no label|无浏览次数

presence|alive|info|found at the last visit|在线
presence|suspect|warning|not found at the last visit; not yet confirmed|疑似消失
presence|gone|warning|no longer found, confirmed over days|已无法访问

evidence|http_404|info|the server says that the address is not there (404)|服务器称页面不存在（404）
evidence|http_410|info|the server says that it was removed for good (410)|服务器称页面已永久移除（410）
evidence|soft_404|info|another page stands there that says so, or the home page, with status 200|软 404
evidence|redirect|info|the address leads to another page|跳转
evidence|off_list|info|a list page that still shows the rows around it no longer shows it; confirms nothing by itself|列表中已无
evidence|back|info|found again after it was missed|恢复可见

cause|site|info|the site changed the page|网站修改
cause|extractor|info|a better extractor read the same bytes|解析器更新
cause|merge|info|came with another archive|合并

verdict|ok|info|new or changed articles were archived|正常
verdict|nothing_new|info|every list was read, nothing was new|无更新
verdict|blocked|warning|a firewall stands in front|被拦截
verdict|throttled|warning|the server asks us to slow down or to wait|被限流
verdict|server_error|error|the server fails again and again|服务器故障
verdict|unreachable|error|no page could be fetched|无法访问
verdict|robots|info|robots.txt asks us not to crawl it|robots 禁止
verdict|list_failed|error|its news list could not be read|列表不可读
verdict|layout_changed|error|pages came, but their fields could not be found|版式已变
verdict|no_column|warning|no news column is known|无可用栏目
verdict|interrupted|warning|the run was stopped before it was done|已中断
verdict|partial|warning|part of it could not be fetched|部分完成

lint|bad_table|error|a table of the directory lacks a column, or a row has too few or too many cells|表格缺列
lint|bad_code|error|not six digits, or not a division in force|代码无效
lint|bad_place|error|parent, prefecture or province are not those of the code|上级或省份与代码不符
lint|other_name|error|the name is not the one that divisions.csv has for the code|名称与代码不符
lint|twice|error|a second row of one division|重复行
lint|bad_address|error|not an http or https address with a host|网址无效
lint|shared_home|error|the same home for two divisions|主页重复
lint|shared_host|error|the same host for two divisions, so that an article could be either's|主机重复
lint|shared_column|error|the same usable column for two divisions|栏目重复
lint|off_host|error|the column is not on a host of its site, which the row does not say|栏目不在本站主机（未注明）
lint|other_host|warning|the row says that the column is on another host: it is not crawled|栏目在其他主机
lint|upper_level|warning|the only known column is an upper level's: it is not crawled|上级栏目
lint|upper_by_name|warning|a column taken for the county's, whose name says it is an upper level's|栏目名称指向上级
lint|own_by_name|warning|a column taken for an upper level's, whose name is that of the division with its rank|栏目名称指向本级
lint|headline|warning|the column's name reads like the headline of an article|栏目名疑为文章标题
lint|no_home|warning|a county without a known home|无主页
lint|outside|warning|a site file whose id begins with no division in force; demo sites begin with 99|站点文件代码不在区划表
coverage|observed|info|lists were read past the month, and all that they showed is archived|已观测
coverage|observed_zero|info|lists were read past the month and showed nothing in it|已观测（无文章）
coverage|partial|warning|some of the month is archived, not all|部分观测
coverage|beyond_list_depth|info|the list ends later than the month|超出列表深度
coverage|gone_before_first_visit|info|all that lists showed of the month was no longer there when first asked for|首访前已消失
coverage|blocked|warning|a firewall, a refusal or a limit stood in front|被拦截
coverage|unreachable|warning|the site or its list could not be fetched or read|无法访问
coverage|robots|info|robots.txt asks us not to|robots 禁止
coverage|no_column|info|no news column is known, or the known one is no longer there|无可用栏目
coverage|no_site|info|no site of the county is known|无网站
coverage|never_tried|info|nobody looked, or not so far back, or not since|未尝试
health|blocked|error|a firewall stands in front, or the server asks us to wait|被拦截或限流
health|unreachable|error|no page could be fetched, or the server fails|无法访问
health|list_failed|error|its news list could not be read|列表不可读
health|redesigned|error|another system writes its pages than before|网站已改版
health|layout_changed|error|what most pages had is missing on the newest|版式已变
health|counts_stopped|warning|view counts, which most pages had, are missing on the newest|浏览次数缺失
health|many_lost|warning|many of its articles are no longer found|大量文章无法访问
health|quiet|warning|nothing was published for much longer than usual|长期无更新
health|list_quiet|warning|one of its lists shows nothing new for much longer than usual|栏目长期无更新
health|off_promise|warning|more or fewer articles a month than its site file promises|月发文量不符预期
health|fewer|warning|far fewer articles a month than usual|月发文量骤减
health|lengths_changed|warning|texts are much longer or shorter than they were|正文长度突变
health|dates_disagree|warning|printed and hidden times began to disagree|时间开始不一致
health|not_visited|warning|it was not crawled for much longer than usual|长期未抓取
health|redated|info|many articles that were of other days before now print the same one|批量改期
health|counts_reset|info|view counts of most articles that were read again had fallen|浏览计数清零
health|label_lost|info|a value that stood beside a label is now found another way|标签消失
"""

CODES: dict[tuple[str, str], Code] = {}
for _line in _TABLE.strip().splitlines():
    if _line:
        _group, _code, _severity, _en, _zh = _line.split("|")
        CODES[(_group, _code)] = Code(_code, _group, _severity, _en, _zh)  # type: ignore[arg-type]


def codes(group: str) -> tuple[str, ...]:
    """The codes of a group, in table order."""
    return tuple(c.code for c in CODES.values() if c.group == group)


def describe(group: str, code: str) -> str:
    """The English sentence of a code; the code itself for a stranger (an archive of a newer version)."""
    known = CODES.get((group, code))
    return known.en if known else code
