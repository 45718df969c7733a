"""Checks of terms: against termbases, and what `align.terms` finds in the text itself.

`lexicon.py` finds listed expressions in a source, `standing.py` their renderings in a target,
`rules.py` compares the two and `usages.py` follows the text's own terms; the checks are in
`against_termbase.py`, `of_text.py` and `inconsistent.py`.
"""
