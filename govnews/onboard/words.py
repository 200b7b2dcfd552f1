"""How counties name what is on their home pages: data alone, read by columns.py and owner.py.

Patterns are for names that are folded and without blanks. `{own}` stands for the county's own names, with and without its rank.
May import: nothing.
"""

from __future__ import annotations

NEWS = "要闻|新闻|动态|资讯|头条|快讯|快报|速递|快递|播报|时讯|要情|简讯"
"""What news is called; last in a column's name."""

OWN = (
    (10, r"(?:{own})(?:时政|政务|综合|每日|今日|图文|最新|本地)?(?:news)?", "it names the county"),
    (
        9,
        r"(?:本地|本[县区市旗]|[县区市旗][内级]|我[县区市旗]|县域|县区|身边|全[县区旗]|[县区市旗]政府|[县区旗])(?:政务|时政|重要)?",
        "it says it is local",
    ),
    (8, r"(?:今日|最新|头条|综合|重要|每日|时政|政务|政府|党政|本站|中心|近期|领导)?", "a usual name of the county's own news"),
    (7, r"(?:工作|基层|新闻|要闻|信息|文字|图文|动态|政要|经济|民生)", "a usual name of news"),
    (
        6,
        r"(?:部门|镇街|街镇|乡街|街道|乡镇|乡镇街道|镇村|县乡|镇区|社区|乡村|各镇|各乡镇|各街道|部门乡镇|乡镇部门|委办局|镇办|各地|一线|社会|生活|文化|三农|园区)",
        "news of its offices and townships",
    ),
)  # fmt: skip
"""(points, what may stand before a word of NEWS, the reason)."""
WHOLE = {
    "部门乡镇": (6, "news of its offices and townships"),
    "乡镇部门": (6, "news of its offices and townships"),
    **dict.fromkeys(
        ("部门信息", "乡镇信息", "镇街信息", "街镇信息", "街道信息", "基层信息", "部门街镇", "乡镇风采"),
        (6, "news of its offices and townships"),
    ),
    "新闻发布": (3, "a name that may mean news"),
    "时政": (5, "a name that may mean news"),
}
"""Names as a whole → (points, the reason)."""
TODAY = r"今日(?:{own}|[\u4e00-\u9fff]{1,2}旗)"
"""今日顺义: a name of news without a word of it."""
DECORATED = rf"^(?:点击|查看|更多)+|^新闻中心(?=[\u4e00-\u9fff]{{2,4}}(?:{NEWS})$)|(?<=[\u4e00-\u9fff])(?:news|more)$"
"""What stands around a column's name and says nothing."""
RANK = r"(?:本|我|全)?([县区市旗])(?:内|政府|域|级)?(?:政务|时政|重要)?"
"""What may stand before a word of NEWS and means the division of that rank: 区内要闻 of a county is its autonomous region's."""

CHANNEL = (
    (4, r"新闻中心|新闻资讯|资讯中心|动态要闻|新闻动态|要闻动态|新闻频道|新闻|资讯|动态|政务动态"),
    (3, r"(?:走进|魅力|印象|认识|今日)(?:{own})|政务公开|信息公开|政府信息公开|政务信息"),
)
"""(points, names of pages that lead to columns and may be none themselves)."""

NOT_NEWS = (
    "通知|公告|公示|政策|法规|法律|文件|解读|规划|计划|预算|决算|招标|采购|招聘|招考|人事|任免|专题|专栏|视频|图片|图说|影像|微信|微博|访谈|信箱|"
    "咨询|投诉|举报|调查|征集|指南|办事|服务|年报|年度|制度|依申请|机构|领导之窗|概况|地图|导航|登录|注册|邮箱|无障碍|繁体|english|版权|"
    "关于我们|联系我们|应急|预警|天气|统计|数据|督查|回应|发布会|曝光|便民|旅游|招商"
)
"""Words in a column's name by which it is no news column, or not one of articles that are the county's own words."""
UPPER = (
    "国务院|国务|国家|中央|全国|国内|国际|时事|天下|新华|人民网|央视|省内|省府|省委|省政府|本省|全省|我省|自治区|区市|省市|中省|省区|市州|州内|州委|疆内|兵团|"
    "省级|市级|上级|外媒|媒体|转载|各省|各市|龙江|齐鲁|三晋|三秦|八桂|荆楚|燕赵|中原|陇原|八闽|巴蜀|岭南|省(?=要闻|新闻|动态)"
)
"""Words in a column's name by which it is an upper level's, another place's or the press's."""
UPPER_TITLES = "习近平|国务院|党中央|中共中央|李强|总书记|全国人大|全国政协|外交部|新华社|国家主席|商务部|国新办|省委|省政府|省长|自治区党委|自治区政府"
"""Words in headlines by which a list is an upper level's."""
NOTICE_TITLES = "公告|公示|通知|通告|招聘|中标|采购|拟录用|名单|批复|招标|竞价|结果公布"
"""Words in headlines by which a list is one of notices."""

MORE = r"(?:查看|点击|阅读)?(?:更多|more|\+|>|»|…|\.)[>»+.…\s]*(?:内容|信息)?"
"""What a link that leads to its block's column says."""
ENTER = (
    r"[【\[<「]?(?:点击|请)?(?:进入|跳过|直接进入)(?:网站|首页|主页|本站|动画|政府网站?|门户网站?|[\u4e00-\u9fff]{2,8}(?:网|网站|门户))?[】\]>」]?[>»]*"
    r"|(?:中文|简体|简体中文|中文简体)版?|enter|skip|skip intro"
)
"""What the one link of a page before the home page says."""
CRUMBS = r"(?:当前位置|所在位置|当前的位置|您的位置|位置)[^>»]{0,40}(?:[>»/][^>»/]{1,20}?)*[>»/]\s*([\u4e00-\u9fff]{2,12})(?=\s|$)"
"""The last piece of a breadcrumb in the text of a page."""
HOME_PATHS = ("", "/", "/index.html", "/index.htm", "/index.shtml", "/index.jsp", "/index.php", "/index.asp", "/index.aspx", "/default.html",
              "/default.htm", "/default.aspx", "/default.asp", "/main.htm", "/home.html")  # fmt: skip

SITE_CODE = r"(?:网站)?标识码[^0-9a-z]{0,8}(\d{6})\d{4}(?!\d)"
"""网站标识码: ten digits, the division's code first."""
POLICE = r"公网安备[^0-9]{0,4}(\d{6})\d{8}(?!\d)"
"""The police's number: fourteen digits, those of the division first."""
ICP = r"([京津冀晋蒙辽吉黑沪苏浙皖闽赣鲁豫鄂湘粤桂琼渝川贵云滇藏陕陇甘青宁新黔蜀])ICP备"
"""The licence's first character: the province."""
ICP_PROVINCES = {
    "京": "11", "津": "12", "冀": "13", "晋": "14", "蒙": "15", "辽": "21", "吉": "22", "黑": "23", "沪": "31", "苏": "32", "浙": "33", "皖": "34",
    "闽": "35", "赣": "36", "鲁": "37", "豫": "41", "鄂": "42", "湘": "43", "粤": "44", "桂": "45", "琼": "46", "渝": "50", "川": "51", "蜀": "51",
    "贵": "52", "黔": "52", "云": "53", "滇": "53", "藏": "54", "陕": "61", "陇": "62", "甘": "62", "青": "63", "宁": "64", "新": "65",
}  # fmt: skip
HOSTED_BY = (
    r"(?:主办单位|主办|主管单位|版权所有|版权)[:：\s]{0,3}(?:中共)?([\u4e00-\u9fff]{2,20}?)(?:人民政府|县委|区委|市委|旗委|政府办)"
    r"|([\u4e00-\u9fff]{2,20}?)人民政府(?:办公室)?\s*(?:主办|版权所有|版权)"
)
TITLED = (
    r"^(?:欢迎访问|欢迎光临|中国|云上|首页)?[·\s]{0,3}([\u4e00-\u9fff]{2,20}?)"
    r"(?:人民政府|政府网|政府门户|门户网站|融媒体|新闻网|公众信息网|政务网)"
)
"""The place in the text of the foot, and in a piece of `<title>`."""
TITLE_SIGNS = r"[-_—–|｜>»,，\s]+"
"""Signs between the pieces of a title."""
OFFICE = r"局|委员会|办公室|中心|厅|街道|镇人民政府|乡人民政府|法院|检察院|人大|政协"
"""Words in a title by which the site is one office's, not the county's."""
SECOND = {"rmt": "融媒体中心"}
"""Suffix of a second site's id → what its name has more than the county's."""
PEOPLES = (
    "蒙古|回|藏|维吾尔|苗|彝|壮|布依|朝鲜|满|侗|瑶|白|土家|哈尼|哈萨克|傣|黎|傈僳|佤|畲|高山|拉祜|水|东乡|纳西|景颇|柯尔克孜|土|达斡尔|仫佬|羌|布朗|撒拉|毛南|"
    "仡佬|锡伯|阿昌|普米|塔吉克|怒|乌孜别克|俄罗斯|鄂温克|德昂|保安|裕固|京|塔塔尔|独龙|鄂伦春|赫哲|门巴|珞巴|基诺|各"
)
"""Peoples whose names stand in a county's full name and not in what its columns are called; 族 follows."""
