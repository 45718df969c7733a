"""Checks that compare numbers, dates, times, money, percentages and measures as values.

`matching.py` finds which quantities of two passages are the same, `differences.py` what is left,
`wording.py` how a value would be written in the translation, and `check.py` has the six checks,
which share one pass over the translation.
"""
