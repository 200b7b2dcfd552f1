"""What can be told of a script's document.write without running it, and what cannot."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from govnews.extraction.written import written


@pytest.mark.parametrize(
    ("script", "text"),
    [
        ('document.write("2023-06-08 16:20");', "2023-06-08 16:20"),
        ("document.write('来源：' + '县林草局')", "来源：县林草局"),
        ("var ly='县林草局';\nif(ly!=''){document.write('来源：'+ly);}", "来源：县林草局"),
        ('if ("" != "") { document.write("作者：某某"); }', ""),
        ('if ("县报" == "县报") document.writeln("<b>县报</b>")', " 县报 "),
        ('var d = new Date(); document.write(d.getFullYear() + "年")', ""),
        ('if (a == "x") { document.write("甲"); } else { document.write("乙"); }', ""),
        ("document.write(views)", ""),
        ("var a = 1;", ""),
    ],
)
def test_only_what_is_certain(script: str, text: str) -> None:
    assert written(script) == text


@given(st.text(alphabet="document.write()\"'+;=ifvar<> 来源\n", max_size=300))
def test_any_script_is_read_without_fault(piece: str) -> None:
    assert "<b>" not in written(f"document.write({piece}); document.write({piece})")
