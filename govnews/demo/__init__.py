"""The demo counties: three small invented county sites served on this machine, with the ailments that matter.

Lives here: articles (data), pages (pure), server, the `govnews demo` shell. May import: crawl and below.
"""
