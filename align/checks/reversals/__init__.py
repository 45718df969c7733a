"""Translations that say the opposite: “not” lost, increase for decrease, before for after.

`cues.py` finds the words that decide it, which `languages/data/` lists, `evidence.py` gathers what
tells that they have no counterpart, `check.py` judges it by fitted weights and reports.
"""
