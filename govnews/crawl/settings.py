"""Scrapy settings of the project: polite by default, nothing open to the outside, one writer.

Read by `scrapy` (scrapy.cfg) and by run.py, which adds what one run asks for. May import: ingest (for the version).
"""

from __future__ import annotations

import importlib.util
import os

from govnews.ingest import package_version

BOT_NAME = "govnews"
SPIDER_LOADER_CLASS = "govnews.crawl.loader.SiteLoader"
SPIDER_MODULES = ["govnews.crawl.spiders"]

_contact = os.environ.get("GOVNEWS_CONTACT", "")
USER_AGENT = f"govnews/{package_version()} (archive of public local news{'; ' + _contact if _contact else ''})"
ROBOTSTXT_OBEY = True
ROBOTSTXT_USER_AGENT = "govnews"

SCHEDULER = "govnews.crawl.scheduler.FrontierScheduler"
ITEM_PIPELINES = {
    "govnews.crawl.pipelines.ExtractPipeline": 100,
    "govnews.crawl.pipelines.NormalisePipeline": 200,
    "govnews.crawl.pipelines.StorePipeline": 300,
}
DOWNLOADER_MIDDLEWARES = {
    "scrapy.downloadermiddlewares.robotstxt.RobotsTxtMiddleware": None,
    "scrapy.downloadermiddlewares.offsite.OffsiteMiddleware": None,
    "scrapy.downloadermiddlewares.cookies.CookiesMiddleware": None,
    "govnews.crawl.middlewares.hosts.SiteHostsMiddleware": 50,
    "govnews.crawl.middlewares.robots.HonestRobotsMiddleware": 100,
    "govnews.crawl.middlewares.pace.PaceMiddleware": 110,
    "govnews.crawl.middlewares.second_try.SecondTryMiddleware": 540,
    "govnews.crawl.middlewares.encoding.NoteEncodingMiddleware": 595,
}
EXTENSIONS = {
    "scrapy.extensions.logstats.LogStats": None,
    "scrapy.extensions.telnet.TelnetConsole": None,
    "scrapy.extensions.remote_control.RemoteControl": None,
    "govnews.crawl.extensions.progress.Progress": 20,
}
DOWNLOAD_HANDLERS = {"http": "govnews.crawl.handlers.ViaHandler", "https": "govnews.crawl.handlers.TLSHandler"}
DNS_RESOLVER = "govnews.crawl.resolver.PublicResolver"

CONCURRENT_REQUESTS = 256  # over all hosts; each host has one (scheduler.py)
CONCURRENT_REQUESTS_PER_DOMAIN = 1
CONCURRENT_ITEMS = 1  # a page is one item: Scrapy's 100 would start 100 workers for each, a tenth of a crawl's CPU
DOWNLOAD_DELAY = 0  # pace.py keeps the delays, over all crawls of this machine
DOWNLOAD_TIMEOUT = 60
DOWNLOAD_MAXSIZE = 30 * 2**20
DOWNLOAD_WARNSIZE = 0
DOWNLOAD_FAIL_ON_DATALOSS = True
RETRY_TIMES = 2
RETRY_HTTP_CODES = [500, 502, 504, 522, 524, 408]
REDIRECT_MAX_TIMES = 8
HTTPPROXY_ENABLED = False

LOG_LEVEL = "ERROR"
LOG_INSTALL_ROOT_HANDLER = False
if importlib.util.find_spec("uvloop"):
    ASYNCIO_EVENT_LOOP = "uvloop.Loop"
