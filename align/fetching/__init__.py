"""Pages in: an article and its editions are fetched, one by one, and saved as they are.

Nothing else of `align` opens a connection.
"""

from __future__ import annotations
