"""Aligning on the engines that corpora are processed with: a thin module for each.

All take rows as `align corpus` takes them, and give the rows of its parts. A row that cannot be
aligned gives none, and a warning of the logger `align`.
"""
