"""The help: every command has an example, and no sentence is cut."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator

import click
import pytest
from click.testing import CliRunner

from govnews.cli.app import cli


def _all(command: click.Command, words: tuple[str, ...] = ()) -> Iterator[tuple[str, ...]]:
    yield words
    if isinstance(command, click.Group):
        context = click.Context(command)
        for name in command.list_commands(context):
            if (found := command.get_command(context, name)) is not None:
                yield from _all(found, (*words, name))


@pytest.mark.parametrize("words", list(_all(cli)), ids=" ".join)
def test_help_says_whole_sentences_and_gives_an_example(words: tuple[str, ...]) -> None:
    said = CliRunner().invoke(cli, [*words, "--help"], env={**os.environ, "COLUMNS": "80"})
    assert said.exit_code == 0, said.output
    body = said.output.split("\n", 1)[1]
    assert not re.search(r"\w\.\.\.$", body, re.MULTILINE) and f"govnews {' '.join(words)}".rstrip() in body.replace(
        "\n", " "
    ), said.output
