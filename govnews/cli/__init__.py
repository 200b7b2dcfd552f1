"""The command line: the only place that prints and exits.

Lives here: commands, one module each in commands/ (found by scanning that folder), and how things are shown. May import everything.
Data go to stdout, talk to stderr. Exit: 0 done, 1 could not, 2 wrong usage, 130 interrupted.
"""

from govnews.cli.app import main

__all__ = ["main"]
