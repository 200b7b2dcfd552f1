"""What is extracted from each golden page, as a digest, pinned beside the version of the extractor that gave it.

Rows of an archive name that version, and `reextract` reads again what another one has read: output that changes under the same
version would never be corrected. When the version has changed with it, or a page is new or was rewritten, the pin is written anew
and the test fails once: read the diff of the golden pages, keep the pin. A version that changes alone needs nothing.
"""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

import pytest
from test_golden import PAGES, _extracted

from govnews.ingest import extractor_version

PIN = Path(__file__).with_name("extractor.json")
Pinned = dict[str, list[str]]
"""Page → digests of its bytes and of what was extracted from them."""


def compared(held: Pinned, got: Pinned, *, same_version: bool) -> str:
    """What is to be said of a pin and what is now: `same`, `moved` (and told by the version, or by the page itself) or `untold`."""
    untold = [
        page for page, (body, output) in held.items() if page in got and got[page][0] == body and got[page][1] != output
    ]
    if untold and same_version:
        return "untold"
    return "same" if held == got else "moved"


def _digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()[:16]


def test_output_does_not_change_under_the_same_version() -> None:
    got = {
        page.name: [
            _digest(page.read_bytes()),
            _digest(json.dumps(_extracted(page), ensure_ascii=False, sort_keys=True).encode()),
        ]
        for page in PAGES
    }
    pin = json.loads(PIN.read_text("utf-8")) if PIN.exists() else {"extractor": "", "pages": {}}
    verdict = compared(pin["pages"], got, same_version=pin["extractor"] == extractor_version())
    if verdict == "moved":
        PIN.write_text(json.dumps({"extractor": extractor_version(), "pages": got}, indent=1) + "\n", "utf-8")
        pytest.fail(
            f"golden pages or their output have changed; {PIN.name} now holds them with the extractor's version"
        )
    assert verdict == "same", "the golden output has changed, and the extractor's version does not tell"


@pytest.mark.parametrize(
    ("page", "same_version", "verdict"),
    [
        (["b", "o"], True, "same"),
        (["b", "o"], False, "same"),
        (["b", "O"], False, "moved"),
        (["b", "O"], True, "untold"),
        (["B", "O"], True, "moved"),
    ],
)
def test_what_counts_as_told(page: list[str], same_version: bool, verdict: str) -> None:
    assert compared({"p": ["b", "o"]}, {"p": page}, same_version=same_version) == verdict
