"""Texts whose alignment, terms and errors are known, and how what is made of them is scored."""
