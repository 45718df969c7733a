"""What checks found, written out: one module a format, each with `write_x(path, report)`.

The page to read is with the other pages, in `align.formats.report`.
"""
