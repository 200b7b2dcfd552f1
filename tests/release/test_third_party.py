"""What others say of a release: frictionless of its package, DataCite's own JSON schema of its record. Both are the extra `check`."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest
from test_release import CITATION, made, released

from govnews.archive import open_archive
from govnews.release import build
from govnews.release.tables import VARIANTS

HAVE = "pip install 'govnews[check]'"


@pytest.mark.parametrize("variant", VARIANTS)
def test_frictionless_finds_every_value_of_its_type_and_every_reference(tmp_path: Path, variant: str) -> None:
    frictionless = pytest.importorskip("frictionless", reason=f"frictionless is not here: {HAVE}")
    out = released(made(tmp_path / "a.db", [1, 2, 3], vantage="甲"), tmp_path / "r", variant=variant)
    report = frictionless.validate(str(out / "datapackage.json"))
    assert report.valid, report.flatten(["name", "rowNumber", "fieldName", "type", "message"])[:5]
    assert {task.name for task in report.tasks} >= {"articles", "runs"}
    with (out / "csv" / "runs.csv").open("a", encoding="utf-8") as table:
        table.write("no number\r\n")
    assert not frictionless.validate(str(out / "datapackage.json")).valid, "it looks"


@pytest.mark.parametrize("doi", ["", "10.5281/zenodo.1234567"])
def test_the_record_is_valid_by_datacites_schema(tmp_path: Path, doi: str) -> None:
    schema = pytest.importorskip("datacite.schema45", reason=f"datacite is not here: {HAVE}")
    path = made(tmp_path / "a.db", [1, 2, 3], vantage="甲")
    with open_archive(path, read_only=True) as archive:
        build(archive, tmp_path / "r", replace(CITATION, doi=doi))
    record = json.loads((tmp_path / "r" / "datacite.json").read_text("utf-8"))
    assert [error.message for error in schema.validator.iter_errors(record)] == []
    assert record.get("doi", "") == doi
    del record["titles"]
    assert list(schema.validator.iter_errors(record)), "it looks"
