"""Texts that are aligned already, in the formats of translators and researchers, one a module.

TMX and XLIFF, which are larger, have their own places beside this package.
"""
