"""Spiders: one class for every site."""
