"""Checks on the form of a translation: marks, spaces, doubled words, corrupted characters.

What languages do differently from one another is in their profiles; each check is a module.
"""
