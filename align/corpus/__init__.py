"""A corpus of many documents: aligned in parts, on one machine or many, and begun again at will.

`manifest.py` reads what is to be aligned, `plan.py` says how it is cut into shards, `shards.py`
aligns one, `parts.py` is how rows lie on disk, `running.py` does all that is missing.
"""
