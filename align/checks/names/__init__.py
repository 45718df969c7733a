"""The check of names: `known.py` says how each is written, `spelling.py` finds what is close."""
