"""How a release is cited: its DataCite record (kernel 4.5). Nothing is invented: what the record needs is asked for.

May import: model, the standard library.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from govnews.model import Failure

SCHEMA_VERSION = "http://datacite.org/schema/kernel-4"
_DOI = re.compile(r"10\.\d{4,9}/\S+")
_YEAR = re.compile(r"\d{4}")
_KINDS_OF_DATE = frozenset(
    "Accepted Available Copyrighted Collected Created Issued Submitted Updated Valid Withdrawn Other".split()
)
"""Of kernel 4.5; what a record may call a date."""


@dataclass(frozen=True, slots=True)
class Citation:
    """What a person says of a release. creators: persons as `Family, Given`, or bodies. year: of publication. license: an SPDX
    identifier or an address, "" when none is granted. doi: "" when none is registered yet. Raises Failure `bad_citation`."""

    title: str
    creators: tuple[str, ...]
    publisher: str
    version: str
    year: str
    doi: str = ""
    license: str = ""

    def __post_init__(self) -> None:
        if self.doi and not _DOI.fullmatch(self.doi):
            raise Failure("bad_citation", f"{self.doi} is no DOI", hint="write 10.5281/zenodo.1234567", exit_code=2)
        if not _YEAR.fullmatch(self.year):
            raise Failure("bad_citation", f"{self.year} is no year", exit_code=2)
        for name in ("title", "publisher", "version"):
            if not getattr(self, name).strip():
                raise Failure("bad_citation", f"--{name} is empty", exit_code=2)


def datacite(
    citation: Citation, *, formats: list[str], size: int, as_of: str, days: tuple[str, str] | None
) -> dict[str, Any]:
    """The record. formats: media types. size: bytes of all data files. days: first and last day of publication of the articles, or
    null when none is dated."""
    out: dict[str, Any] = {
        "schemaVersion": SCHEMA_VERSION,
        "creators": [{"name": name} for name in citation.creators],
        "titles": [{"title": citation.title}],
        "publisher": {"name": citation.publisher},
        "publicationYear": citation.year,
        "types": {"resourceTypeGeneral": "Dataset", "resourceType": "Dataset"},
        "version": citation.version,
        "dates": [{"date": as_of, "dateType": "Collected", "dateInformation": "data as of"}],
        "formats": formats,
        "sizes": [f"{size} bytes"],
    }
    if days:
        out["dates"].append({"date": "/".join(days), "dateType": "Other", "dateInformation": "days of publication"})
    if citation.doi:
        out["doi"] = citation.doi
    if citation.license:
        is_address = "://" in citation.license
        out["rightsList"] = [{"rightsUri" if is_address else "rightsIdentifier": citation.license}]
    return out


def faults(record: Any) -> Iterator[str]:
    """What a record lacks of the properties that kernel 4 requires. A missing DOI is no fault: it comes with registration."""
    if not isinstance(record, dict):
        yield "is no record"
        return
    for name, part in (("creators", "name"), ("titles", "title")):
        given = record.get(name)
        if not isinstance(given, list) or not given or not all(isinstance(g, dict) and g.get(part) for g in given):
            yield f"has no {name}"
    publisher = record.get("publisher")
    if not isinstance(publisher, dict) or not publisher.get("name"):
        yield "has no publisher"
    if not _YEAR.fullmatch(str(record.get("publicationYear", ""))):
        yield "has no publicationYear"
    types = record.get("types")
    if not isinstance(types, dict) or types.get("resourceTypeGeneral") != "Dataset":
        yield "is no Dataset"
    if not str(record.get("schemaVersion", "")).startswith(SCHEMA_VERSION):
        yield "is not of kernel 4"
    if "doi" in record and not _DOI.fullmatch(str(record["doi"])):
        yield f"has a DOI that is none: {record['doi']}"
    for each in record.get("dates") or []:
        if each.get("dateType") not in _KINDS_OF_DATE:
            yield f"has a date of no kind: {each.get('dateType')}"
