"""What `scripts/benchmark.py` is made of: contestants, data sets, costs, tables and plots."""
