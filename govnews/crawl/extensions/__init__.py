"""Extensions: politeness beyond Scrapy's own, and progress."""
