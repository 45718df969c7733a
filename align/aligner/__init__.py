"""Aligns two texts: what to look at, where to look, the best alignment and its confidence."""
