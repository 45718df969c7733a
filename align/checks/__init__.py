"""Checks on a translation: what a reviewer would want to know before it is published.

`model.py` says what a finding and a report are, `base.py` what a check is and what it looks at,
`registry.py` lists the checks; each check is a module of its own.
"""
