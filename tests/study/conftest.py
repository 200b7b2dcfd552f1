"""One world for all tests of this folder: its two crawls are the dear part."""

from __future__ import annotations

import pytest
from world import World, build


@pytest.fixture(scope="session")
def world(tmp_path_factory: pytest.TempPathFactory) -> World:
    """The archive after both crawls, its coverage worked out. Tests add no articles to it."""
    return build(tmp_path_factory.mktemp("study"))
