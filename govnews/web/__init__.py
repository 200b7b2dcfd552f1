"""The desk: Datasette on an archive, with our own pages, words and limits. Read-only; no script; nothing loaded from outside.

Lives here: pages, templates, one style sheet, the words of the interface, canned queries. May import: archive, text, model, datasette
(extra `web`, at first use). May not: the crawler, the command line. Datasette is imported by `app` and `plugin` alone.
"""
