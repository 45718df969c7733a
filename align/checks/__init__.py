"""Checks on a translation: what a reviewer would want to know before it is published.

`model.py` says what a finding and a report are, `base.py` what a check is and what it looks at,
`registry.py` lists the checks; each check is a module or a package of its own.

`pipeline.py` runs them: `inputs.py` makes what is checked an aligned article, `merging.py` leaves
out what is said twice, `fingerprints.py` and `baseline.py` know what was accepted earlier, and
`places.py` finds the line and column of a finding.
"""
