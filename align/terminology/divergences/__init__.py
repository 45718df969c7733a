"""Where renderings diverge: one module a kind, asked about each mention in each language.

A check takes a `Context` (a mention in one language with all that is known beside it) and returns a
`Divergence` or None. `checks.py` lists them in the order in which they are asked; the first that
objects to a mention is heard.
"""

from align.terminology.divergences.checks import find_divergences

__all__ = ["find_divergences"]
