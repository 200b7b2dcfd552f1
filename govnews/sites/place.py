"""Where the data are: in the wheel (`govnews/_data`), or in the checkout (`data/`) of an editable install.

May import: model, the standard library.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path

from govnews.model import Failure


@cache
def data_dir() -> Path:
    """The folder with `directory/` and `sites/`, whatever the working folder is. Raises Failure `no_data`."""
    package = Path(__file__).resolve().parent.parent
    for candidate in (package / "_data", package.parent / "data"):
        if (candidate / "directory" / "divisions.csv").is_file():
            return candidate
    raise Failure(
        "no_data", "the directory of counties is missing from this installation", hint="install govnews again"
    )
