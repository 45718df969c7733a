"""Targets for texts and files at random; `fuzz.py` runs them."""
