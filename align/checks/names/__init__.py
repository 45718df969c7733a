"""The check of names: `known.py` says how each is written, `misspellings.py` finds what differs."""
