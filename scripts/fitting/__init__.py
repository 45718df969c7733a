"""What the fits have in common: their models, and what those learn from."""
