"""Clauses that a translation leaves out, or adds, within a passage that is aligned.

`parts.py` cuts passages into what may be left out, `evidence.py` gathers what tells that it was,
`parameters.py` holds the fitted weights, `check.py` is the two checks.
"""
