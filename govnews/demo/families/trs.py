"""蕨岭县 on TRS WCM: createPageHTML, page 2 is index_1.html; time and source are written by inline script; no count."""

from __future__ import annotations

from govnews.demo.families.county import County

COUNTY = County(
    id="991113",
    name="蕨岭县",
    stem="jueling",
    family="trs",
    column="/xwzx/bmdt/index.html",
    sheet=lambda n: f"/xwzx/bmdt/index_{n - 1}.html",
    address=lambda s: f"/xwzx/bmdt/{s.time[:7].replace('-', '')}/t{s.time[:10].replace('-', '')}_{s.number}.html",
    first=8455001,
    row='<li><a href="{{href}}" title="{{title}}">{{title}}</a><span>[{{day}}]</span></li>',
    page="""<!DOCTYPE html><html><head><meta charset="utf-8"><title>部门动态</title></head><body>{{nav}}
<div class="dqwz"><a class="CurrChnlCls" href="../../">首页</a></div><div class="right-list-box"><ul>{{rows}}</ul></div>
<div class="page"><script>//WCM置标
{{pager}}</script></div>{{foot}}</body></html>""",
    pager=lambda sheet: f'createPageHTML({sheet.total}, {sheet.here - 1}, "index", "html");',
    article="""<!DOCTYPE html><html><head><meta charset="utf-8"><meta name="SiteName" content="{{name}}人民政府"><title>{{title}}</title></head><body>
{{nav}}<div class="dqwz">您当前的位置： <a href="../../../" class="CurrChnlCls">首页</a> &gt; <a href="../" class="CurrChnlCls">部门动态</a></div>
<div class="Article_bt">{{title}}</div><div class="Article_ly"><script>
var pubdata='{{time}}';
var wzly='{{source}}';
document.write('<span>发布时间：'+pubdata+'</span>');
if(wzly!=''){document.write('<span>来源：'+wzly+'</span>');}
</script><span class="zh">字体：<a onclick="doZoom(20)">大</a> <a onclick="doZoom(16)">中</a></span></div>
<div class="Article_zw"><div class="TRS_Editor"><style type="text/css">.TRS_Editor P{margin-top:0;line-height:2}</style>{{body}}</div></div>
{{foot}}</body></html>""",
    paragraph='<p align="justify">　　{{text}}</p>',
)
