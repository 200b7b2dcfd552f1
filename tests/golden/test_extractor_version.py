"""What is extracted from the golden pages, as one digest, pinned beside the version of the extractor that gave it.

Rows of an archive name that version, and `reextract` reads again what another one has read: output that changes under the same
version would never be corrected. When both have changed, the pin is written anew, and the test fails once: read the diff of the
golden pages, keep the pin. A version that changes alone needs nothing.
"""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

import pytest
from test_golden import PAGES, _extracted

from govnews.ingest import extractor_version

PIN = Path(__file__).with_name("extractor.json")


def compared(held: dict[str, str], got: dict[str, str]) -> str:
    """What is to be said of a pin and what is now: `same`, `moved` (both differ) or `untold` (the output alone)."""
    if held["output"] == got["output"]:
        return "same"
    return "moved" if held["extractor"] != got["extractor"] else "untold"


def test_output_does_not_change_under_the_same_version() -> None:
    sha = hashlib.sha256()
    for page in PAGES:
        sha.update(f"{page.name}\n{json.dumps(_extracted(page), ensure_ascii=False, sort_keys=True)}\n".encode())
    got = {"extractor": extractor_version(), "output": sha.hexdigest()}
    verdict = compared(json.loads(PIN.read_text("utf-8")), got) if PIN.exists() else "moved"
    if verdict == "moved":
        PIN.write_text(json.dumps(got, indent=1) + "\n", "utf-8")
        pytest.fail(f"the golden output has changed and so has the extractor's version; {PIN.name} now holds both")
    assert verdict == "same", "the golden output has changed, and the extractor's version does not tell"


@pytest.mark.parametrize(
    ("output", "extractor", "verdict"),
    [("1", "a", "same"), ("1", "b", "same"), ("2", "b", "moved"), ("2", "a", "untold")],
)
def test_what_counts_as_told(output: str, extractor: str, verdict: str) -> None:
    assert compared({"extractor": "a", "output": "1"}, {"extractor": extractor, "output": output}) == verdict
