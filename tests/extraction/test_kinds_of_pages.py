"""Pages that look like articles and are none, and articles that look like those: all of our writing."""

from __future__ import annotations

import pytest

from govnews import extract

MENU = "<ul><li><a href=/>首页</a></li><li><a href=/xw/>新闻中心</a></li><li><a href=/zw/>政务公开</a></li></ul>"
FOOT = "<div>主办：松溪县人民政府办公室　网站标识码：5399980001</div>"
LEAD = "近日，松溪县在各乡镇开展农机安全检查，查看了机手的证件和机具的状况，要求及时排除隐患，确保春耕安全"
TITLES = ["农机安全检查进村入户", "河道清淤工程开工建设", "中小学校举行消防演练", "山区客运班线恢复运行"]


def _page(title: str, inner: str) -> str:
    return f"<html><head><meta charset=utf-8><title>{title}</title></head><body>{MENU}<div>{inner}</div>{FOOT}</body></html>"


def _leads(after: str) -> str:
    return "".join(
        f"<div><h3><a href=/n/{n}.html>{title}</a></h3><p>{LEAD}…</p>{after}</div>" for n, title in enumerate(TITLES)
    )


LIST_WITH_DATES = _page("乡镇动态", "<div>您的位置：首页 > 乡镇动态</div>" + _leads("<span>2024-09-20</span>"))
LIST_WITHOUT_DATES = _page("专题报道-松溪县", "<h2>专题报道</h2>" + _leads(""))
RESULTS = _page(
    "站内搜索", "<p>找到约 132 条结果，用时0.02秒</p>" + _leads("<p>2023-01-11 http://www.songxi.test/n/1.html</p>")
)
VIDEOS = _page(
    "视频新闻-松溪融媒",
    "<h3>视频新闻</h3><ul>"
    + "".join(
        f"<li><a href=/v/{n}.html><img src=v{n}.jpg></a><a href=/v/{n}.html>松溪新闻 2023年{n}月6日</a><span>播放：{n * 31}</span></li>"
        for n in range(1, 9)
    )
    + "</ul>",
)
LEADER = _page(
    "李春林-政府领导-松溪县人民政府",
    "<div>首页 > 政府领导</div><h2>李春林</h2><p>县委副书记、县人民政府县长</p><h3>个人简历</h3>"
    "<p>李春林，1975年3月生，大学学历，中共党员，1996年7月参加工作。历任永春乡党委书记、县委办公室主任、副县长等职，"
    "在乡镇工作十一年，熟悉农村情况，2021年8月起任县人民政府县长，在任期间主抓交通和教育，走遍全县九十六个行政村。</p>"
    "<h3>工作分工</h3><p>主持县人民政府全面工作，分管县审计局、县机关事务服务中心。</p>",
)
LETTER = _page(
    "社保卡如何补办-局长信箱",
    "<h2>局长信箱</h2><p>标题：社保卡如何补办</p><p>写信人：王先生　写信日期：2022-08-01</p>"
    "<p>信件内容：您好，社保卡丢失了怎么补办？补办期间看病能不能报销？</p><p>答复单位：县人社局　答复日期：2022-08-03</p>"
    "<p>答复内容：您好，请携带身份证到就近的合作银行网点或县政务服务中心社保窗口办理挂失补卡，补卡期间可以凭电子社保卡就医。</p>",
)
WITHDRAWN = _page(
    "松溪县人民政府",
    "<p>对不起，您要查看的文章已下线，请浏览其他内容。</p><ul>"
    + "".join(
        f"<li><a href=/n/{n}.html>{t}</a><span>2024-09-2{n}</span></li>"
        for n, t in enumerate([*TITLES, "水厂扩建完工"])
    )
    + "</ul>",
)
DIGEST = _page(
    "一周要闻回顾",
    "<h1>一周要闻回顾</h1><p>2024-09-22　来源：松溪融媒</p><div>"
    + f"<p>　　本周，松溪县农事正忙，各地各部门的工作扎实推进，下面是记者为您整理的要闻。{LEAD}。{LEAD}。{LEAD}。</p>"
    + f"<p>　　{LEAD}。</p><p><a href=/n/1.html>{TITLES[0]}</a></p><p>　　{LEAD}。</p><p>　　{LEAD}。</p></div>",
)
APPOINTED = _page(
    "干部任前公示公告",
    "<h1>干部任前公示公告</h1><p>发布时间：2024-09-22　来源：县委组织部</p><div>"
    "<p>　　李春林，男，1975年3月生，大学学历，现任县政府办公室主任。</p>"
    "<p>工作简历</p><p>　　1996年7月参加工作，历任永春乡党委书记、县委办公室主任，拟任副县级领导职务。</p>"
    "<p>　　公示期五个工作日，有问题请与县委组织部联系。</p></div>",
)
HOTLINE = _page(
    "热线办答复群众来信",
    "<h1>热线办答复群众来信</h1><p>2024-09-22　来源：县热线办</p><div><p>　　九月，热线办收到群众来信四十二件，件件有回音。</p>"
    "<p>　　答复内容主要是社保、道路和供水，回复时间平均一天半，比上月快了半天，群众普遍满意。</p></div>",
)
UNDATED = _page(
    "松溪县人民政府", "".join(f"<p><a href=/b{n}>关于第{n}批项目招标结果的公示公告</a></p>" for n in range(8))
)
OTHER_TRADE = _page(
    "成人直播app下载-松溪县卫生局", "<h1>成人直播app下载</h1><p>在线观看，高清流畅。</p><p>发布时间：2024-01-01</p>"
)
TAKEN_DOWN = _page("松溪新闻网", "<p>文章已下架</p>")
BLOCKED = "<html><head><title>安全拦截</title></head><body><h1>请求已被拦截</h1><p>您的请求存在威胁，如有误报请联系管理员。</p></body></html>"
LEADERS = _page(
    "领导之窗-松溪县人民政府",
    "<h1>领导之窗</h1>"
    + "".join(
        f"<dl><dt><img src={n}.jpg></dt><dd><a href=/l/{n}>{name}</a><p>{office}，{work}。</p></dd></dl>"
        for n, (name, office, work) in enumerate(
            [
                ("李春林", "县委副书记、县长", "主持县人民政府全面工作"),
                ("王丽", "县委常委、副县长", "负责发展改革、财政、统计"),
                ("和志强", "副县长", "负责农业农村、水务、林草等工作"),
                ("张建国", "副县长", "负责教育、卫生健康、文化旅游"),
            ]
        )
    ),
)
BRAND = _page(
    "XYZ体育综合官网_app下载",
    "<div>XYZ体育综合官网_app下载</div><p>来源：本站　时间：2023-08-02</p><p>XYZ体育综合平台提供足球、篮球赛事直播和投注服务，注册就送大礼。</p>",
)
SPORTS = _page(
    "县体育局官网改版上线",
    "<h1>县体育局官网改版上线</h1><p>来源：县体育局　时间：2023-08-02</p><p>　　今天，县体育局官网改版上线，群众可以在网上预约场馆，查询赛事。</p>",
)
SHORT = _page(
    "校友合唱团来校演出",
    "<h1>校友合唱团来校演出</h1><p>2024-09-22 10:20:30　松溪新闻网</p><p>　　昨晚，校友合唱团在礼堂演出，座无虚席。</p><h4>相关新闻</h4>"
    + _leads(""),
)
ANSWERED = _page(
    "王女士关于加分政策的咨询已答复",
    "<h1>王女士关于加分政策的咨询已答复</h1><p>时间：2024-09-22　来源：松溪侨网</p><p>留言时间：2024-09-05 16:07:19</p><p>答复时间：2024-09-17 11:36:28</p>"
    "<p>留言内容：外孙明年参加高考，能不能按照侨眷的政策加分？</p><p>答复内容：您好，根据有关规定，加分的是归侨的子女，外孙不在其中。</p>",
)
FEW_RESULTS = _page(
    "站内搜索",
    "<p>共找到相关结果 1203 条，用时 0.02 秒</p><p>时间：不限 一周内 一月内</p>"
    f"<div><h4><a href=/1.html>{TITLES[0]}</a></h4><p>{LEAD}…</p><p>2024-09-20</p></div>"
    f"<div><h4><a href=/2.html>{TITLES[1]}</a></h4><p>{LEAD}…</p><p>2023-04-01</p></div>",
)
REPORTS = _page(
    "政府信息公开年报",
    "<ul><li>政府信息公开指南</li><li>政府信息公开制度</li></ul><table><tr><th>标题</th><th>发文字号</th><th>发布时间</th></tr>"
    + "".join(
        f"<tr><td><a href={year}>松溪县{year}年政府信息公开工作年度报告</a></td><td></td><td>{year + 1}-01-29</td></tr>"
        for year in (2023, 2022, 2021)
    )
    + "</table>",
)
POST = _page(
    "领导之窗-县政府领导",
    "<h2>县政府领导</h2><div><img src=p.jpg><h3>李春林</h3><p>县委副书记、县长</p><p>男，彝族，1974年5月生，大学学历，中共党员。</p>"
    "<p>工作分工：主持县人民政府全面工作，负责审计、监察等方面工作。</p></div><ul><li><a href=2>和丽 副县长</a></li><li><a href=3>杨帆 副县长</a></li></ul>",
)
SIGN_IN = _page(
    "用户登录",
    "<form><h2>用户登录</h2><p>用户名<input name=u></p><p>密码<input type=password></p><p>验证码<input><img src=code.jsp></p><a href=r>立即注册</a></form>",
)
LETTERS = _page(
    "县长信箱",
    "<h2>县长信箱</h2><table><tr><th>编号</th><th>标题</th><th>来信时间</th><th>状态</th></tr>"
    + "".join(
        f"<tr><td>20221{n}</td><td><a href=m{n}>{t}</a></td><td>2022-06-0{8 - n}</td><td>已办结</td></tr>"
        for n, t in enumerate(TITLES)
    )
    + "</table><a>我要写信</a>",
)
BUREAU = _page(
    "机构职能-松溪县水务局",
    "<h2>松溪县水务局</h2><p>机构职能：贯彻执行水资源管理、防汛抗旱等方面法律法规；组织编制全县水利规划。</p><p>负责人：李春林</p>"
    "<p>办公地址：松溪县滨河路20号</p><p>办公时间：周一至周五 8:30-12:00 14:30-17:30</p><p>联系电话：0800-000000</p>",
)
BROADCASTS = _page(
    "视频-松溪融媒",
    "<h2>松溪新闻</h2><div>"
    + "".join(
        f"<div><a href=v{n}><img src={n}.jpg><span>0{n}:32</span><p>松溪新闻 2024年5月{20 - n}日</p></a></div>"
        for n in range(4)
    )
    + "</div>",
)
PATIENCE = (
    "<html><head><meta charset=utf-8><title>WAF</title><script>setTimeout(function(){document.cookie='sid=1;path=/';location.reload()},100)"
    "</script></head><body>正在验证您的浏览器，请稍候...</body></html>"
)
COUNTED = _page(
    "乡镇动态",
    "<ul>"
    + "".join(
        f"<li><h4><a href=/n/{n}.html>{t}</a></h4><p>{LEAD}…</p><i>2023-11-0{n + 1}</i><i>浏览：{n * 7 + 3}</i></li>"
        for n, t in enumerate(TITLES[:3])
    )
    + "</ul>",
)
PROMPT = _page(
    "信息提示",
    "<table><tr><td>错误信息</td></tr><tr><td>产生错误的可能原因：<li>您要查看的文章不存在或者已经被管理员删除！</li></td></tr>"
    "<tr><td><a href=javascript:history.go(-1)>返回上一页</a></td></tr></table>",
)
UNLINKED = _page(
    "乡镇动态",
    "<div>您的位置：首页 > 乡镇动态</div>"
    + "".join(
        f"<div onclick=open({n})><h3>{t}</h3><p>{LEAD}…</p><span>发布时间：2024-09-2{n}</span></div>"
        for n, t in enumerate(TITLES)
    ),
)
TALKS = _page(
    "在线访谈",
    "<div>您的位置：首页 > 在线访谈</div>"
    + "".join(
        f"<div><h3><a href=/f/{n}>{t}</a></h3><p>嘉宾：李春林 时间：2024-09-1{n}</p><p>摘要：与网民交流农机安全的问题。</p></div>"
        for n, t in enumerate(TITLES)
    ),
)
TAGGED = _page(
    "标签：农机",
    "<h1>标签：农机</h1><p>共有31篇文章</p>" + "".join(f"<a href=/n/{n}>{t}</a> " for n, t in enumerate(TITLES * 2)),
)
SERVICE = _page(
    "农机驾驶证换证",
    "<div>首页 > 部门服务</div><h2>农机驾驶证换证</h2><p>实施主体：松溪县农业农村局</p><p>到办事现场次数：1次</p><p>法定办结时限：3个工作日</p>"
    "<h4>受理条件</h4><p>驾驶证有效期满前三个月内，机手可以向核发驾驶证的农机监理机构申请换发，身体条件应当符合规定。</p>"
    "<h4>申请材料</h4><p>身份证明、原驾驶证、县级以上医院出具的身体条件证明，以及一寸白底彩色照片两张。</p>",
)
DATASET = _page(
    "松溪县农机合作社名录",
    "<h2>松溪县农机合作社名录</h2><table><tr><td>数据提供方</td><td>县农业农村局</td><td>更新频率</td><td>每年</td></tr>"
    "<tr><td>下载次数</td><td>41</td><td>发布时间</td><td>2023-08-01</td></tr>"
    "<tr><td>数据描述</td><td>全县农机合作社的名称、地址、理事长和拥有机具的台数，每年八月由各乡镇上报更新。</td></tr></table>",
)
DUTIES = _page(
    "机构职能-松溪县水务局",
    "<h2>松溪县水务局</h2><p>办公地址：松溪县滨河路20号</p><p>联系电话：0800-000000</p><p>负责人：李春林</p><h3>主要职责</h3>"
    "<p>（一）贯彻执行水资源管理、防汛抗旱等方面法律法规；组织编制全县水利规划。</p><p>（二）负责农村饮水安全和水库的安全运行。</p>"
    "<h3>内设机构</h3><p>办公室、水政水资源股、工程建设股。</p>",
)
UNFILLED = _page(
    "详情",
    "<div>首页 > 新闻中心</div><h1>{{detail.title}}</h1><p>发布时间：{{detail.time}} 来源：{{detail.source}}</p><div class=content>加载中...</div>",
)
CATALOGUE = _page(
    "松溪县公共数据开放清单公布",
    "<h1>松溪县公共数据开放清单公布</h1><div><p>　　现将今年开放的数据公布如下，欢迎社会各界下载使用。</p>"
    "<table><tr><th>数据名称</th><th>数据提供方</th><th>更新频率</th><th>开放属性</th></tr>"
    "<tr><td>农机合作社名录</td><td>县农业农村局</td><td>每年</td><td>无条件开放</td></tr></table><p>2024年9月22日</p></div>",
)
HIRING = _page(
    "松溪县水务局招聘工程管理员公告",
    "<h1>松溪县水务局招聘工程管理员公告</h1><div><p>　　因工作需要，县水务局面向社会招聘工程管理员两名，现将有关事项公告如下。</p><p>主要职责</p>"
    "<p>　　负责水库大坝的日常巡查和记录，汛期二十四小时值守，服从调度。</p><p>联系电话：0800-000000</p><p>地址：松溪县滨河路20号</p>"
    "<p>松溪县水务局</p></div>",
)
SIMPLER = _page(
    "农机驾驶证换证不用再跑",
    "<h1>农机驾驶证换证不用再跑</h1><div><p>　　今年起，松溪县农机驾驶证换证有了变化，法定办结时限为三个工作日的事项当天办完。</p>"
    "<p>实施主体：县农业农村局</p><p>申请材料：身份证明、原驾驶证</p><p>　　机手王师傅说，现在在乡里就能办，再也不用到县城排队了。</p></div>",
)
ALERTS = _page(
    "松溪县气象台一周预警回顾",
    "<h1>松溪县气象台一周预警回顾</h1><p>2024-09-22　来源：县气象台</p><div><p>　　本周县气象台发布预警两次，各乡镇及时转移群众四十余人。</p>"
    "<h3>大风蓝色预警</h3><p>发布时间：2024-09-18</p><p>　　预计未来十二小时北部乡镇有七级大风，请注意防范。</p>"
    "<h3>暴雨黄色预警</h3><p>发布时间：2024-09-20</p><p>　　预计未来六小时南部乡镇降雨五十毫米以上，请注意防范。</p>"
    "<h3>雷电黄色预警</h3><p>发布时间：2024-09-21</p><p>　　预计未来六小时全县有雷电活动，请注意防范。</p></div>",
)
GREETING = _page(
    "松溪县上线一网通办系统",
    "<h1>松溪县上线一网通办系统</h1><p>2024-09-22　来源：松溪融媒</p><div><p>　　今天，一网通办系统上线。"
    "技术人员说，页面里的 {{name}} 会换成群众的姓名。</p></div>",
)


def _news(title: str, text: str) -> str:
    return _page(
        f"{title}-松溪县人民政府",
        f"<h1>{title}</h1><p>发布时间：2024-09-22　来源：松溪融媒</p><div><p>　　{text}</p></div>",
    )


FISHING = _news(
    "松溪河县城段禁止捕鱼的通告", "为保护松溪河的鱼类资源，县城段全年禁止捕鱼，违者由县农业农村局依法处理。"
)
RAIDED = _news(
    "松溪警方端掉一处地下赌场", "九月二十日夜里，民警在山腰一处空房抓获参赌人员十一人，涉案的现金四万元已经收缴。"
)
TRAINED = _news("县体彩站点业主学习快三规则", "九月二十一日，四十名站点业主参加培训，学习新的规则和理性购彩的宣传。")
MUSEUM = _news("松溪县成立博物馆", "九月二十一日，松溪县博物馆成立，馆里有农具和陶器四百件。")
CODES = _news("今晚特码资料大全", "一肖一码，一肖中特，期期都准，请收藏本站。")
CHEATS = _news("松溪麻将开挂神器-必赢辅助软件", "支持透视看牌，加微信就能安装，老玩家都在用。")
FILM = _news("麻豆传媒在线看", "无码高清，天天更新，永久免费。")
HALL = _page(
    "农机驾驶证换证",
    "<h2>农机驾驶证换证</h2><table><tr><td>实施编码</td><td>115300001</td><td>事项类型</td><td>行政许可</td></tr>"
    "<tr><td>行使层级</td><td>县级</td><td>办件类型</td><td>即办件</td></tr></table><h3>受理条件</h3>"
    "<p>驾驶证有效期满前三个月内，机手可以向核发驾驶证的农机监理机构申请换发，身体条件应当符合规定。</p>",
)
CARD = _page(
    "农机驾驶证换证",
    "<div>首页 > 办事服务</div><h1>农机驾驶证换证</h1><dl>"
    "<dt>办理依据</dt><dd>农业机械安全监督管理条例</dd><dt>办理条件</dt><dd>驾驶证有效期满前三个月内的机手</dd>"
    "<dt>所需材料</dt><dd>身份证明、原驾驶证、身体条件证明</dd><dt>办理程序</dt><dd>申请、审核、发证</dd><dt>办理地点</dt><dd>县政务服务中心</dd></dl>",
)
VOTE = _page(
    "最美机手网络投票",
    "<h1>最美机手网络投票</h1><p>投票时间：2024年9月1日至9月10日，每人每天可以投三票，请不要用机器投票。</p>"
    + "".join(
        f"<div><img src={n}.jpg><p>{n}号机手</p><p>{n * 31}票</p><button>投票</button></div>" for n in range(1, 5)
    ),
)
READ_ON = _page(
    "乡镇风采",
    "<div>您的位置：首页 > 乡镇风采</div>"
    + "".join(
        f"<div><h4>{t}</h4><p>{LEAD}…</p><p>来源：松溪融媒 2024-09-2{n} 阅读：{n * 9 + 3}</p><a href=/n/{n}>阅读全文</a></div>"
        for n, t in enumerate(TITLES)
    ),
)
OF_ONE = _page(
    "李春林",
    "<div>首页 > 县政府领导</div><h1>李春林</h1><img src=l.jpg><p>县委常委、副县长</p><p>李春林，男，汉族，1978年3月出生，大学学历，中共党员。</p>"
    "<p>负责农业农村、水务等方面工作，分管县农业农村局、县水务局，联系县气象局。</p>",
)
FILES = (
    "<html><head><title>Index of /upload/</title></head><body><h1>Index of /upload/</h1><pre><a href=../>../</a>\n"
    "<a href=a.doc>a.doc</a> 06-May-2024 10:00 12345\n<a href=b.doc>b.doc</a> 06-May-2024 10:00 23456</pre></body></html>"
)


@pytest.mark.parametrize(
    ("page", "kind"),
    [
        pytest.param(LIST_WITH_DATES, "list", id="four rows with summaries and dates"),
        pytest.param(LIST_WITHOUT_DATES, "list", id="four rows with summaries alone"),
        pytest.param(RESULTS, "list", id="results of a search"),
        pytest.param(FEW_RESULTS, "list", id="two results of a search"),
        pytest.param(REPORTS, "list", id="a short table of documents"),
        pytest.param(POST, "other", id="a leader's post on one line"),
        pytest.param(SIGN_IN, "other", id="a page to sign in"),
        pytest.param(LETTERS, "list", id="a short table of letters"),
        pytest.param(BUREAU, "other", id="what an office is for"),
        pytest.param(BROADCASTS, "list", id="four broadcasts"),
        pytest.param(PATIENCE, "challenge", id="a wall that asks for patience"),
        pytest.param(COUNTED, "list", id="three rows with counts"),
        pytest.param(PROMPT, "not_found", id="a prompt with the reason in a list"),
        pytest.param(VIDEOS, "list", id="pictures of videos"),
        pytest.param(LEADER, "other", id="a leader's page"),
        pytest.param(LETTER, "other", id="a letter and its reply"),
        pytest.param(UNDATED, "list", id="rows without dates"),
        pytest.param(OTHER_TRADE, "hijacked", id="what hijackers sell beside bets"),
        pytest.param(TAKEN_DOWN, "not_found", id="taken down"),
        pytest.param(BLOCKED, "challenge", id="a blocked request in Chinese"),
        pytest.param(WITHDRAWN, "not_found", id="withdrawn, above a list"),
        pytest.param(UNLINKED, "list", id="rows opened by a script"),
        pytest.param(TALKS, "list", id="talks with a dated line above their summary"),
        pytest.param(TAGGED, "list", id="what carries a tag"),
        pytest.param(SERVICE, "other", id="a service of the service hall"),
        pytest.param(DATASET, "other", id="a data set"),
        pytest.param(DUTIES, "other", id="what an office is for, under headings"),
        pytest.param(UNFILLED, "shell", id="a template nobody filled"),
        pytest.param(CODES, "hijacked", id="lottery codes"),
        pytest.param(CHEATS, "hijacked", id="cheats for a game"),
        pytest.param(FILM, "hijacked", id="films for adults"),
        pytest.param(HALL, "other", id="a service in a table"),
        pytest.param(CARD, "other", id="a service under bare headings"),
        pytest.param(VOTE, "other", id="a vote with counts"),
        pytest.param(READ_ON, "list", id="summaries with a link to read on"),
        pytest.param(OF_ONE, "other", id="a leader's page without headings"),
        pytest.param(FILES, "list", id="a folder of a server"),
        pytest.param(FISHING, "article", id="fishing is forbidden"),
        pytest.param(RAIDED, "article", id="a gambling den is closed"),
        pytest.param(MUSEUM, "article", id="a betting word between two words"),
        pytest.param(TRAINED, "article", id="a state lottery"),
        pytest.param(CATALOGUE, "article", id="a notice with a table of data sets"),
        pytest.param(HIRING, "article", id="an undated notice with duties and a telephone"),
        pytest.param(SIMPLER, "article", id="an undated report on a service"),
        pytest.param(ALERTS, "article", id="a report with dated alerts"),
        pytest.param(GREETING, "article", id="a report that quotes a template"),
        pytest.param(DIGEST, "article", id="a digest with a link"),
        pytest.param(APPOINTED, "article", id="a notice with a career"),
        pytest.param(LEADERS, "list", id="leaders in a row"),
        pytest.param(BRAND, "hijacked", id="a betting brand nobody has listed"),
        pytest.param(SPORTS, "article", id="the site of a sports bureau"),
        pytest.param(SHORT, "article", id="a short text above rows with summaries"),
        pytest.param(ANSWERED, "article", id="a letter that was published with a header"),
        pytest.param(HOTLINE, "article", id="a report on letters"),
    ],
)
def test_kind(page: str, kind: str) -> None:
    assert extract(page).kind == kind
