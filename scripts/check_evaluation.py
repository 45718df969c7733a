"""Scores the checks, or some of them, and shows what they miss and what they raise.

    python scripts/check_evaluation.py                                  # as evaluate.py checks
    python scripts/check_evaluation.py drafts --language fr --list      # what was missed
    python scripts/check_evaluation.py news --only names --sample 10    # a tenth of the news

`evaluation/checks.py` says what counts as found.
"""

from __future__ import annotations

import argparse

from evaluation.checks import PARTS, evaluate_checks
from evaluation.dev_data import TARGET_LANGUAGES

import align


def main() -> None:
    """Scores what the command line asks for."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("parts", nargs="*", metavar="PART", help=", ".join(PARTS))
    parser.add_argument("--language", action="append", choices=TARGET_LANGUAGES)
    parser.add_argument("--only", action="append", metavar="CHECK", help="run these checks only")
    parser.add_argument(
        "--sample", type=int, default=1, metavar="N", help="take every Nth story of the news"
    )
    parser.add_argument(
        "--list", action="store_true", help="show what was missed and what was raised"
    )
    parser.add_argument("--encoder", default="use-multilingual")
    arguments = parser.parse_args()
    if unknown := set(arguments.parts) - set(PARTS):
        parser.error(f"no part called {', '.join(sorted(unknown))}; there are {', '.join(PARTS)}")
    settings = align.Settings(encoder=align.load_encoder(arguments.encoder))
    signature = evaluate_checks(
        settings,
        arguments.parts or PARTS,
        arguments.language or TARGET_LANGUAGES,
        arguments.only or (),
        arguments.sample,
        listed=arguments.list,
    )
    print(signature)


if __name__ == "__main__":
    main()
