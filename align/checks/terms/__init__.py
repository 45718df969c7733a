"""Checks of terms: against termbases, and what `align.terms` finds in the text itself.

`lexicon.py` finds listed expressions in a source, `standing.py` their renderings in a target,
`against_termbase.py` compares the two, `of_text.py` passes on what the text says of itself.
"""
