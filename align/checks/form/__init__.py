"""Checks on the form of a translation: marks, spaces, doubled words, corrupted characters.

`conventions.toml` says what languages do differently from one another; each check is a module.
"""
