"""Downloader middlewares, one class a file."""
