"""Chinese search that is exact: the folding table, the query language, the index and the plans that ask it.

`govnews.archive.find` has the questions (Query, search, count, count_by), `index` fills the index. Nothing is imported here, so that
opening an archive does not load it all. May import: model, its neighbours in archive.
"""
