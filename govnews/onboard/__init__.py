"""From one address to a site file: whose site it is, which columns are its own news, whether list, paging and articles read well.

Lives here: the questions (owner.py, columns.py, family.py, links.py: pure, their words in words.py), the few polite requests that
answer them (visit.py), the way from the address to a proposal (propose.py), what is written (write.py, samples.py). May import:
crawl, sites, extraction and below. May not: print, the archive, the network but through the `Fetch` it is given.
"""

from govnews.onboard.proposal import Proposal, Step
from govnews.onboard.propose import Wish, propose
from govnews.onboard.visit import Fetch, Visitor
from govnews.onboard.write import site_file, skeleton, write

__all__ = ["Fetch", "Proposal", "Step", "Visitor", "Wish", "propose", "site_file", "skeleton", "write"]
