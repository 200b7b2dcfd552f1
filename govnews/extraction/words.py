"""Words and names that the article side looks for on a page: containers, cut marks, tools, walls, soft 404s. Data only.

Sources: cms-families.md §3, §7 and §10, article-headers.md §7. Lines are matched whole or at their start, after folding and
without blanks: 关闭, 打印, 分享, 下载 and 附件 are ordinary words inside sentences.

May import: the standard library.
"""

import re

CONTAINER_IDS = frozenset(
    "zoom zoomcon ucap-content trscontent ivs_content con_con artibody articlecontent article_content article-content news_content newscontent "
    "vsb_content textbox contentbody js_content printcontent fontzoom content_body contenttext content-text detailcontent detail_content detail-content "
    "bodycontent mainbody infocontent info_content textcontent text_content ozoom chan_newsdetail artical_real endtext zw zwcontent wzcontent wznr xxgk_content "
    "news_body newsbody mp-editor doccontent docmain articlebody article_body js-content-box tex detailbody".split()
)
"""Element ids, lower case, that hold an article's text and nothing else, on several vendors' pages."""

CONTAINER_CLASSES = frozenset(
    "trs_editor trs_editor_view trs_ueditor trs_paper_default custom_unionstyle dochtmlcon view v_news_content wp_articlecontent article-content article_content "
    "articlecontent zoomcon xxgk_content article_component news_cont_d_wrap tyxxy_main bt_content main-txt wip_art_con wzcon j-fontcontent ewb-article-detail "
    "ewb-article-info post_text left_zw articletext article-body article_body art_content art-content news-content news_content newscontent con_text content_detail content-text "
    "content_text detail-content detail_content news_detail_content text_content textcontent zw zwnr wznr wzy_con gknbxq_detail gzk_detail gzk-article articlecon "
    "pages_content info_content infocontent cas_content show_content nr_con artcontent detail_txt article_txt txt_content mcontent content_body detailcontent art_con rich_media_content".split()
)
"""The same as classes, lower case."""

EDITOR_CLASSES = frozenset(
    "trs_editor trs_editor_view trs_ueditor trs_paper_default v_news_content wp_articlecontent".split()
)
"""Those that the editor of a CMS gives to what was typed into it."""

CONTAINER_TAGS = frozenset({"ucapcontent", "founder-content"})

FOOTER = re.compile(
    r"版权所有|ICP备|公网安备|网站标识码|主办(?:单位)?[:：]|承办(?:单位)?[:：]|copyright|违法和不良信息举报|技术支持[:：]|网站地图|建议使用.{0,20}(?:浏览器|分辨率)|最佳分辨率|"
    r"(?:备案号|备案编号|许可证)[:：]?|涉密(?:文件|信息)严禁|©|"
    r"^(?:关于我们|联系我们)$|^(?:关于我们|联系(?:我们|方式)|网站简介|网站声明|本网介绍|广告(?:服务|合作))[|丨\-·/]",
    re.IGNORECASE,
)
"""Somewhere in a short line: the foot of the site."""

CUT = re.compile(
    r"^[\[【(<〖■◆●·|>※*\s]*(?:相关(?:解读|稿件|链接|新闻|阅读|文章|推荐|文件|信息|资讯|内容|报道|专题|政策|附件|办事|热词|搜索)|关联稿件|关联阅读|推荐阅读|推荐新闻|热门(?:新闻|文章|推荐|资讯|排行|阅读)|"
    r"延伸阅读|往期(?:回顾|精彩|推荐|节目|内容)|更多(?:新闻|精彩|阅读|内容|资讯|相关)|最新(?:新闻|文章|资讯|动态|发布|信息)|猜你喜欢|精彩(?:推荐|图集)|新闻排行|阅读排行|点击排行|热点(?:新闻|推荐|排行)|今日热点|本栏(?:目)?(?:最新|热门|推荐)|"
    r"上一[篇条页个则]|下一[篇条页个则]|前一[篇条]|后一[篇条]|扫一扫|扫码|分享到|分享至|分享[:：]|一键分享|转发到|关注我们|"
    r"打印(?:本页|本文|此页|$)|关闭(?:当前|本)?(?:窗口|页面?|此页|$)|打印】|保存本页|加入收藏|收藏本页|返回(?:顶部|首页|列表|上一?[页级]|目录|[】\])〗>]*$)|回到顶部|"
    r"(?:发表|我要|网友|最新|最热|热门|全部|所有)评论|\d+条评论|[\d,]+人参与|我要纠错|网友留言|来说两句|免责声明|版权声明|法律声明|网站声明|特别声明|"
    r"网上有害信息|违法和不良|本文(?:地址|链接|网址)|您的浏览器(?:版本)?(?:过低|太旧|不支持)|附件下载|文件下载|下载附件|主题词云|文章标签|标签[:：]|您?可能(?:感兴趣|还?喜欢)|大家都在看|点击(?:加载|查看)更多|收起|展开全文|来源声明|操作[:：]?$|区块链(?:已)?存证|存证(?:时间|哈希)|\[?我要打印|(?:点击)?下载.{2,12}(?:客户端|APP))",
    re.IGNORECASE,
)
"""At the start of a short line below the text: the article is over."""

SHARING = re.compile(
    r"^[\[【(<〖\s]*(?:扫一扫|扫码|用微信扫|分享|一键分享|转发到|关注我们|打印|关闭|保存本页|加入收藏|收藏本页)"
)
"""Those of the cut marks that stand above the text on many pages: they end an article only when some of it has been read."""

STATEMENT = re.compile(r"^[\W_]*(?:免责|版权|法律|网站|特别|来源)声明|^[\W_]*违法和不良|^[\W_]*网上有害")
"""Cut marks that are whole sentences on many pages."""

HOSTS = re.compile(r"^\W*(?:主办|承办|协办|主管|技术支持|支持|指导)单?位?[:：]")
"""Foot marks that a notice of an event has among its own paragraphs."""

TOOL = re.compile(
    r"^[\[【(<〖|>\s]*(?:字体|字号|文字大小|字体大小|大小[:：]|【?大[\s】|\]]*【?\[?中[\s】|\]]*【?\[?小|T\|T|A[+-]|背景色|视力保护|保护视力|打印|关闭|分享|收藏|扫一扫|微信$|微博$|QQ空间|qq空间|朋友圈|新浪微博|"
    r"无障碍|适老|长者|关怀版|语音播报|听全文|朗读|图集$|用微信扫|温馨提示[:：].*(?:无障碍|适老)|今天是|保存(?:为|$)|加入收藏|设为首页|双击滚屏|复制链接|返回$|首页$|更多$|导出|下载(?:word|pdf)|\+|\||\]|】|】【|繁体$|简体$|放大$|缩小$|默认$|点击播放|"
    r"用手机看|手机(?:看|查看|阅读|扫)|我要(?:分享|收藏|打印)|点赞|Tag|附件[:：]?(?:是|否|无)?$|分享到?[:：]?更多|更多分享)",
    re.IGNORECASE,
)
"""At the start of a short line around the header: controls, not text."""

ONLY_SIGNS = re.compile(r"^[\W_]*$|^[\[【(]?\s*(?:大|中|小|T|A[+-]?|\+|-)\s*[\]】)]?$")

CRUMB = re.compile(
    r"(?:当前|现在|所在|您的|你的)?(?:所在)?(?:的)?位置(?:导航)?(?:是|为)?[:：]|^(?:首页|网站首页|主页)\s*[>»→/›》\-]|[>»›]\s*(?:正文|详情|内容)\s*$|^导航[:：]"
)

CRUMB_SIGN = re.compile("[>»›位首主导]")
"""In every breadcrumb; looked for first, since few lines have one."""

EDITOR_LINE = re.compile(
    r"^[\[【(〔]?\s*(?:责任编辑|责编|编\s?辑|网络编辑|值班编辑|编审|校对|审核|初审|复审|终审|一审|二审|三审|监制|总监|审稿|执行编辑|编校)[^。！？]{0,60}$"
)

NOT_SECTIONS = frozenset(
    "正文 正文详情 信息浏览 公开信息内容 详情 详细 内容 详情信息 文章详情 信息详情 查看 浏览 首页 网站首页 主页 当前页 详细内容 新闻详情 内容页 信息内容 详情页 文章内容 信息正文 浏览正文 阅读正文 查看正文 正文内容 浏览文章".split()
)

NOT_TITLES = NOT_SECTIONS | frozenset(
    "信息公开 政务公开 政府信息公开 新闻中心 新闻动态 新闻资讯 通知公告 文章 新闻 公告 热点新闻 热门推荐 推荐视频 详细信息 内容详情 页面内容".split()
)
"""Headings of page parts, in h1 on many templates, that never are a headline."""

NOT_FOUND = re.compile(
    r"(?:页面|网页|文章|信息|内容|栏目|文件|资源|稿件)(?:可能|似乎|或许)?(?:已经?|暂时|暂)?(?:不存在|未找到|找不到|被删除|已删除|无法找到|没有找到|已?失效|过期|已?下架|已?下线)|(?:找不到|未找到|没有找到)(?:您|你)?(?:要|想|所)?(?:访问|查找|请求|查看|浏览)?(?:的)?(?:页面|网页|文章|信息|内容|资源|文件)|"
    r"(?:您|你)(?:要|所|想)?(?:访问|查找|浏览|请求|查看)的?(?:页面|网页|文章|信息|内容|地址|资源|链接)?.{0,12}?(?:不存在|已删除|被删除|找不到|未找到|已?失效|走丢|丢失|不翼而飞|出错|有误|无法访问|已?下线|已?撤|正在审核)|"
    r"\b404\b|not found|无法显示该页|该页无法显示|页面(?:不小心|好像|可能)?(?:走丢|出错|飞走|丢失|跑丢|走失|迷路)|(?:该|此)(?:信息|文章|页面|内容|稿件)(?:已被?|不|未)(?:删除|存在|撤|发布|通过|下线|下架)|参数错误|非法(?:访问|请求|参数)|系统(?:出错|繁忙|错误|异常)|"
    r"服务器(?:错误|内部错误|繁忙)|页面加载失败|没有权限(?:查看|访问|浏览)|网站(?:已|正在)?(?:关闭|维护|升级|建设中)|信息正在审核|暂无(?:此|该)?(?:信息|内容)",
    re.IGNORECASE,
)

CHALLENGES: tuple[tuple[str, str], ...] = (
    ("加速乐", "__jsl_clearance"),
    ("加速乐", "__jsluid"),
    ("创宇盾", "365cyd."),
    ("创宇盾", "cyd-error"),
    ("瑞数", "$_ts="),
    ("瑞数", "$_ts["),
    ("瑞数", "fssbbil1ugzbn7n80"),
    ("网宿", "wzws_"),
    ("网宿", "请开启javascript并刷新该页"),
    ("C3VK", "c3vk="),
    ("openresty", "ct6t="),
    ("安全狗", "safedog"),
    ("安全狗", "waf2.0"),
    ("腾讯EdgeOne", "eo-bot-js-token"),
    ("腾讯EdgeOne", "eojschallengesdk"),
    ("阿里云盾", "acw_sc__v2"),
    ("阿里云盾", "errors.aliyun.com"),
    ("阿里云盾", "aliyun_waf"),
    ("云锁", "yunsuo_session"),
    ("云锁", "yunsuoautojump"),
    ("云锁", "security_verify_"),
    ("宝塔", "bt waf"),
    ("Cloudflare", "cf-browser-verification"),
    ("Cloudflare", "/cdn-cgi/challenge-platform"),
    ("访问验证", "访问验证"),
    ("访问验证", "滑动验证"),
    ("访问验证", "正在验证浏览器"),
    ("访问验证", "正在进行安全检查"),
    ("访问验证", "安全验证"),
    ("访问验证", "人机验证"),
    ("访问验证", "请完成验证"),
    ("拦截", "您的请求已被拦截"),
    ("拦截", "您的访问被拦截"),
    ("拦截", "请求被拦截"),
    ("拦截", "系统检测到异常访问"),
    ("拦截", "访问行为异常"),
    ("拦截", "访问过于频繁"),
    ("拦截", "您的访问过于频繁"),
    ("拦截", "疑似攻击"),
    ("拦截", "请求已被拦截"),
    ("拦截", "访问被阻断"),
    ("拦截", "云防护拦截"),
    ("拦截", "访问频率"),
    ("访问验证", "请输入验证码继续"),
    ("访问验证", "网络存在异常"),
    ("拦截", "web应用防火墙"),
    ("拦截", "网站防火墙"),
    ("拦截", "access denied"),
    ("拦截", "request blocked"),
    ("拦截", "当前访问疑似黑客攻击"),
    ("拦截", "您没有权限访问"),
)
"""(make of the wall, lower-case piece of the source). A piece alone proves nothing: real articles carry bot sensors too."""

BETTING = (
    "博彩 彩票平台 澳门新葡京 新葡京 威尼斯人 太阳城 百家乐 老虎机 时时彩 北京赛车 六合彩 开元棋牌 棋牌游戏 真人娱乐 真人荷官 娱乐城 体育投注 足球投注 亚博 必威 "
    "bet365 betway 乐鱼体育 开云体育 万博体育 米兰体育 半岛体育 澳门银河 金沙娱乐 永利 皇冠体育 皇冠现金 赌场 赌博网 pg电子 pg麻将 电子游艺 彩金 首存 注册送 "
    "成人直播 成人视频 成人网站 国产精品一区 国产精品视频 一区二区三区 激情视频 棋牌官网 欧洲杯投注 世界杯投注 华体会 九游 爱游戏 星空体育 mk体育 ky体育 188bet 威廉希尔 立博 凤凰彩票 大发快三 快三 pk10 体彩投注 捕鱼 澳门六彩 特码 一肖一码 一肖中特 麻豆传媒 无码 开挂神器 开挂辅助 外挂神器 透视挂".split()
)
"""Words of hijacked pages (article-headers.md §8). Several different ones, or one in the title, are needed."""

EVERYDAY = frozenset(
    "赌场 赌博网 博彩 百家乐 老虎机 时时彩 六合彩 快三 捕鱼 太阳城 永利 立博 九游 彩金 首存 成人视频 成人网站 棋牌游戏 无码 特码 一区二区三区 威尼斯人 "
    "亚博 爱游戏 电子游艺 娱乐城 体彩投注 华体会".split()
)
"""Those that titles of genuine articles say too: a den that was closed, a river where nobody may fish, a village of that name, or two
words that meet (成立博物馆)."""

POLICE = re.compile(r"公安|民警|警方|抓获|涉案|犯罪|诈骗|反诈|禁赌|查处|打击|法院|检察")
"""Words of reports on a gambling case, which name what hijacked pages sell."""

OFFICE = re.compile(
    r"体育(?:局|总局|中心|馆|场|学院|协会|总会)|文(?:化)?(?:广|旅|体)|委员会|学校|频道|彩票(?:中心|管理|发行)|税务|政务|社保|医保|通知|公告"
)
"""Words of a title that speaks of sports or lotteries and of their sites without selling any."""
