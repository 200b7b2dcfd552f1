"""Small counties that do not exist, served on this machine: three for a first crawl, one for every family, and those of a study.

Lives here: the articles of the three (counties/*.toml), what their systems print (cms.py, templates/), one page as a pure function of host,
path and day (pages.py), what a right archive holds of them (truth.py), the others (families/), the server (server.py)
and which counties it shows (worlds.py), the counties of a study, each of which lacks something (study.py), and what `govnews demo`
does (run.py). May import: crawl, archive, sites, model, the standard library. The pages never look at what the crawler makes of them.
"""
