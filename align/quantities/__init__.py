"""Quantities in a text: numbers, dates, times, money, percentages and measures, as values.

`43兆円`, `43 000 milliards de yens` and `43 trillion yen` are the same quantity. `quantities_of`
reads them from a text in the notation of its language; `languages/LANG.toml` holds what CLDR does
not say of a language's notation.
"""

from align.quantities.model import Certainty, Clock, Day, Kind, Quantity
from align.quantities.reader import quantities_of

__all__ = ["Certainty", "Clock", "Day", "Kind", "Quantity", "quantities_of"]
