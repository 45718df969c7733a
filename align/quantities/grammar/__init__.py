"""How tokens make up quantities: one module for each sort, and `assembly.py` for their order."""
