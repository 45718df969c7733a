"""Where renderings diverge: one module a kind, asked about each mention in each language.

A module registers a function that takes a `Context` (a mention in one language with all that is
known beside it) and returns a `Divergence` or None; see 'add a kind of divergence' in
CONTRIBUTING.md.
"""
