"""Runs our aligner beside those that a user would pick instead; see `benchmarking/command.py`."""

from __future__ import annotations

from benchmarking.command import main

if __name__ == "__main__":
    main()
