"""A proposal as a site file: only what cannot be known without it. May import: its neighbours in this room, sites, model."""

from __future__ import annotations

import contextlib
from dataclasses import dataclass
from pathlib import Path

from govnews.extraction import host_of
from govnews.model import Failure
from govnews.onboard.proposal import Proposal
from govnews.onboard.samples import toml, write_samples
from govnews.sites import directory, read_site_file
from govnews.sites.directory import netloc


@dataclass(frozen=True, slots=True)
class Reach:
    """How the site is reached when it is not on the public network; both are left out of a file when they are not needed."""

    private: bool = False
    via: str = ""


def site_file(proposal: Proposal, reach: Reach) -> str:
    """The TOML of a proposal; the reasons stand in comments."""
    owner, family = proposal.owner, proposal.family
    assert owner is not None
    division = directory().divisions.get(owner.code[:6])
    place = f"# {division.place if division else owner.name}: added by `govnews site add`."
    lines = [place, f"id = {toml(owner.code)}", f"name = {toml(owner.site_name)}", f"home = {toml(proposal.home)}"]
    if [host_of(f"//{host}") for host in proposal.hosts] != [host_of(proposal.home)]:
        lines.append(f"hosts = {toml(proposal.hosts)}")
    if family is not None and family.name != "generic":
        lines.append(f"family = {toml(family.name)}")
    if reach.via:
        lines += [f"via = {toml(reach.via)}", "delay = 0"]
    elif reach.private:
        lines += ["private = true", "delay = 0"]
    for column in proposal.columns:
        lines += ["", "[[columns]]", f"name = {toml(column.name)}", f"url = {toml(column.url)}"]
        lines += [f"pages = {toml(column.pages)}"] if column.pages else []
    return "\n".join([*lines, ""])


def skeleton(proposal: Proposal) -> str:
    """A site file to be completed by hand: what was found is filled in, what was not is a line with the word FILL IN."""
    owner = proposal.owner
    code = owner.code if owner and owner.code else "FILL IN"
    name = owner.site_name if owner and owner.name else "FILL IN"
    lines = [
        f"id = {toml(code)}            # division code: govnews site search NAME",
        f"name = {toml(name)}",
        f"home = {toml(proposal.home)}",
        f"hosts = {toml(proposal.hosts or [netloc(proposal.home)])}",
    ]
    if proposal.family is not None and proposal.family.close:
        lines.append(f'family = "FILL IN"            # {proposal.family.name} or {proposal.family.close}')
    columns = [(c.name, c.url) for c in proposal.columns] or [("FILL IN", "FILL IN")]
    for column, url in columns:
        lines += ["", "[[columns]]", f"name = {toml(column)}", f"url = {toml(url)}            # first page of its list"]
    return "\n".join([*lines, ""])


def path_of(id: str, folder: Path) -> Path:
    """Where the site file of an id belongs."""
    return folder / id[:2] / f"{id}.toml"


def write(proposal: Proposal, folder: Path, reach: Reach) -> list[Path]:
    """Writes the site file and its samples; gives the paths, the site file first. Raises Failure `site_file_there` (nothing is
    overwritten), `cannot_write`."""
    assert proposal.owner is not None
    path = path_of(proposal.owner.code, folder)
    if path.exists():
        raise Failure("site_file_there", f"{path} is there already", hint="move it away first, or look with --dry-run")
    pages = [("list", tried.shell or tried.page) for tried in proposal.tried]
    pages += [("article", read.page) for read in proposal.articles]
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(site_file(proposal, reach), "utf-8")
        samples = write_samples(path.with_suffix(".samples"), pages, read_site_file(path))
    except OSError as error:
        with contextlib.suppress(OSError):
            path.unlink(missing_ok=True)  # half a site file, or one without its samples, would be believed
        raise Failure("cannot_write", f"{path} cannot be written: {error.strerror or error}") from error
    return [path, *samples]
