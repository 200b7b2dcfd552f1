"""The crawl: Scrapy over the archive's frontier. Scrapy's own names stand for Scrapy's own things.

Lives here: settings, the one spider, scheduler, pipelines, middlewares, extensions, the run. May import: ingest, archive, sites and
below, Scrapy. May not: the command line, other shells. `crawl.run.crawl` is the way in.
"""
