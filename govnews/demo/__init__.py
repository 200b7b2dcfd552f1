"""Three small counties that do not exist, served on this machine, for a first crawl and for the end-to-end tests.

Lives here: their articles (counties/*.toml), what their systems print (cms.py, templates/), one page as a pure function of host,
path and day (pages.py), what a right archive holds of them (truth.py), the server (server.py), and what `govnews demo` does
(run.py). May import: crawl, archive, sites, model, the standard library. The pages never look at what the crawler makes of them.
"""
