"""govnews: an archive of the news that China's county governments publish.

`extract` and `listing` are the pure core: bytes in, Article or Listing out. Importing this package loads neither Scrapy nor
dateparser.
"""

from govnews.extraction import extract, listing
from govnews.model import Article, Listing

__version__ = "0.1.0"
__all__ = ["Article", "Listing", "__version__", "extract", "listing"]
