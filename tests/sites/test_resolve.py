"""What a name means."""

from pathlib import Path

import pytest

from govnews.model import Failure
from govnews.sites import all_sites, full_province, resolve

SITE = 'id = "{id}"\nname = "{name}"\nhome = "http://www.example.test/"\n'


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty working folder without site files of its own."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("GOVNEWS_SITES", raising=False)
    return tmp_path


def write(folder: Path, id: str, name: str, more: str = "") -> Path:
    path = folder / id[:2] / f"{id}.toml"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(SITE.format(id=id, name=name) + more, "utf-8")
    return folder


@pytest.mark.parametrize(
    "name",
    [
        "533423",
        "维西傈僳族自治县",
        "维西县",
        "维西",
        " 维西 ",
        "云南维西",
        "云南省维西县",
        "迪庆维西",
        "云南省迪庆州维西县",
        "云南省迪庆藏族自治州维西傈僳族自治县",
        "云南 迪庆 维西",
        "云南/维西",
    ],
)
def test_ways_to_name_weixi(name: str) -> None:
    assert resolve(name).id == "533423"


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("北京市朝阳区", "110105"),
        ("长春朝阳", "220104"),
        ("辽宁朝阳县", "211321"),
        ("前郭", "220721"),  # stem of an alias
        ("大理", "532901"),  # the county-level city before the prefecture
        ("迪庆", "533400"),  # no county of that name
        ("内蒙古", "150000"),
    ],
)
def test_counties_before_prefectures_before_provinces(name: str, code: str) -> None:
    assert resolve(name).id == code


@pytest.mark.parametrize(
    ("name", "code", "said"),
    [
        ("延庆县", "110119", "延庆县 is now 延庆区"),
        ("110229", "110119", "延庆县 is now 延庆区"),
        ("北京延庆县", "110119", "延庆县 is now 延庆区"),
        ("崇文", "110101", "崇文区 is now 东城区"),
        ("广西武鸣县", "450110", "武鸣县 is now 武鸣区"),
    ],
)
def test_a_former_name_is_followed_and_said(name: str, code: str, said: str) -> None:
    site = resolve(name)
    assert site.id == code
    assert site.note.split("; ")[0] == said


def test_successors_of_low_confidence_are_not_followed() -> None:
    with pytest.raises(Failure, match="no county is called 燕山区"):
        resolve("燕山区")


def test_several_hits_are_listed_with_their_provinces_and_codes() -> None:
    with pytest.raises(Failure) as caught:
        resolve("朝阳")
    failure = caught.value
    assert failure.code == "several_sites"
    assert failure.exit_code == 2
    for place in ("北京市 朝阳区 (110105)", "吉林省 长春市 朝阳区 (220104)", "辽宁省 朝阳市 朝阳县 (211321)"):
        assert place in failure.sentence
    assert "朝阳市 (211300)" not in failure.sentence  # a prefecture
    assert resolve(failure.hint.split(": ")[1]).id == "110105"


def test_the_way_out_of_several_hits_works_also_where_one_province_has_two() -> None:
    with pytest.raises(Failure) as caught:
        resolve("鼓楼区")
    assert resolve(caught.value.hint.split(": ")[1]).name == "鼓楼区"


@pytest.mark.parametrize(
    ("name", "near"),
    [
        ("维希", "维西县（云南省）"),
        ("云南维希", "维西县（云南省）"),
        ("维西県", "维西县（云南省）"),
        ("533499", "533423"),
    ],
)
def test_an_unknown_name_gets_the_nearest(name: str, near: str) -> None:
    with pytest.raises(Failure) as caught:
        resolve(name)
    assert (caught.value.code, caught.value.exit_code) == ("unknown_site", 2)
    assert near in caught.value.hint
    assert "\n" not in caught.value.sentence + caught.value.hint


@pytest.mark.parametrize("name", ["", "   ", "a", "县", "12", "维西\n县", "x" * 10_000, "%", "../533423"])
def test_odd_names_end_in_a_failure(name: str) -> None:
    with pytest.raises(Failure) as caught:
        resolve(name)
    assert caught.value.code == "unknown_site"


def test_a_county_without_a_site_says_so() -> None:
    with pytest.raises(Failure, match="no site of 福建省 泉州市 金门县 \\(350527\\) is known"):
        resolve("金门县")


def test_a_site_file_overrides_the_directory(folder: Path) -> None:
    sites = write(folder / "mine", "533423", "维西新站")
    site = resolve("维西", sites_dir=sites)
    assert (site.name, site.home, site.hosts) == ("维西新站", "http://www.example.test/", ("www.example.test",))
    assert (site.province, site.prefecture, site.division_code) == ("云南省", "迪庆藏族自治州", "533423")
    assert [s.name for s in all_sites(province="云南", sites_dir=sites) if s.id == "533423"] == ["维西新站"]


def test_search_order_of_site_files(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(folder / "data/sites", "533423", "here")
    assert resolve("533423").name == "here"
    monkeypatch.setenv("GOVNEWS_SITES", str(write(folder / "environment", "533423", "environment")))
    assert resolve("533423").name == "environment"
    assert resolve("533423", sites_dir=write(folder / "option", "533423", "option")).name == "option"


def test_a_second_site_of_a_county_is_found_by_id_and_by_name(folder: Path) -> None:
    sites = write(folder / "mine", "533423-rmt", "维西融媒")
    assert resolve("533423-rmt", sites_dir=sites).province == "云南省"
    assert resolve("维西融媒", sites_dir=sites).id == "533423-rmt"
    assert resolve("维西", sites_dir=sites).id == "533423"


def test_a_site_outside_the_directory_is_found_by_its_name_and_stem(folder: Path) -> None:
    sites = write(folder / "mine", "990101", "澜塘县")
    assert {resolve(n, sites_dir=sites).id for n in ("990101", "澜塘县", "澜塘")} == {"990101"}
    assert resolve("990101", sites_dir=sites).province is None
    with pytest.raises(Failure) as caught:
        resolve("澜堂县", sites_dir=sites)
    assert "澜塘县" in caught.value.hint


def test_two_site_files_of_one_name_are_listed(folder: Path) -> None:
    sites = write(write(folder / "mine", "990101", "澜塘县"), "990102", "澜塘县")
    with pytest.raises(Failure, match="澜塘县 \\(990101\\); 澜塘县 \\(990102\\)"):
        resolve("澜塘县", sites_dir=sites)


def test_what_an_archive_learned_fills_what_is_open_and_overrides_nothing(folder: Path) -> None:
    learned = {"110105": {"family": "vsb"}, "533423": {"family": "vsb"}}
    assert resolve("110105").family == ""
    assert resolve("110105", learned=learned).family == "vsb"
    assert resolve("533423", learned=learned).family == "diqing"
    assert next(s for s in all_sites(learned=learned) if s.id == "110105").family == "vsb"


def test_private_is_given_by_the_caller() -> None:
    assert not resolve("维西").private
    assert resolve("维西", private=True).private


@pytest.mark.parametrize(
    ("name", "full"),
    [("云南", "云南省"), ("云南省", "云南省"), ("53", "云南省"), ("530000", "云南省"), ("广西", "广西壮族自治区")],
)
def test_ways_to_name_a_province(name: str, full: str) -> None:
    assert full_province(name) == full


def test_an_unknown_province_gets_the_nearest() -> None:
    with pytest.raises(Failure) as caught:
        full_province("云男")
    assert caught.value.code == "unknown_province"
    assert "云南" in caught.value.hint
