"""Strings to values: charsets, blanks, dates, counts, names, labels.

Lives here: total functions from text to values, and the word lists they use. May import: model, the standard library;
dateparser only inside the one function that needs it. May not: markup, files, clocks.
"""
