"""Measures the segmenter on the golden rules that pySBD tests itself by, where a user has them.

    python scripts/golden_rules.py PYSBD/tests/lang         # how many of each list hold
    python scripts/golden_rules.py PYSBD/tests/lang -v      # each that does not, and what is found

PYSBD is a clone of its sources; the tests are read, not run. A list is what a test file has under a
name in capitals, pairs of a text and its segments. Texts with line breaks in them are left out, and
lists for cleaning and PDF with `--sentences`: they say how a text is mended, not where it is cut.
"""

from __future__ import annotations

import argparse
import ast
from collections.abc import Iterator
from pathlib import Path

from align.segmentation import Segmenter

# The languages, by the files' names or the letters in the lists' names.
_LANGUAGES = {
    "amharic": "am", "arabic": "ar", "armenian": "hy", "bulgarian": "bg", "burmese": "my",
    "chinese": "zh", "danish": "da", "deutsch": "de", "dutch": "nl", "english": "en",
    "french": "fr", "greek": "el", "hindi": "hi", "italian": "it", "japanese": "ja",
    "kazakh": "kk", "marathi": "mr", "persian": "fa", "polish": "pl", "russian": "ru",
    "slovak": "sk", "spanish": "es", "urdu": "ur",
}  # fmt: skip
_NOT_OF_SENTENCES = ("CLEAN", "PDF")

Rule = tuple[str, list[str]]


def lists_of(path: Path) -> Iterator[tuple[str, list[Rule]]]:
    """The lists of a test file: the name of each, and its texts with their segments."""
    for node in ast.parse(path.read_text("utf-8")).body:
        if isinstance(node, ast.Assign) and isinstance(node.value, ast.List):
            rules = [rule for each in node.value.elts if (rule := _rule(each)) is not None]
            if rules and isinstance(node.targets[0], ast.Name):
                yield node.targets[0].id, rules


def _rule(node: ast.expr) -> Rule | None:
    """A pair as it stands or in `pytest.param`, without the marks that expect it to fail."""
    elements = node.args if isinstance(node, ast.Call) else getattr(node, "elts", [])
    try:
        text, segments = (ast.literal_eval(each) for each in elements[:2])
    except (ValueError, TypeError):
        return None
    is_rule = isinstance(text, str) and isinstance(segments, list)
    return (text, segments) if is_rule and "\n" not in text else None


def language_of(path: Path) -> str | None:
    """The language of a test file; None where it is not one that CLDR and we know."""
    return _LANGUAGES.get(path.stem.removeprefix("test_").split("_")[0])


def main() -> None:
    """Prints a line for each list, and one for all."""
    reader = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    reader.add_argument("folder", type=Path, help="pySBD's tests/lang")
    reader.add_argument("--sentences", action="store_true", help="leave cleaning and PDF out")
    reader.add_argument("-v", "--verbose", action="store_true", help="show what does not hold")
    options = reader.parse_args()
    segmenter = Segmenter()
    print(f"segmenter: {segmenter.signature}")
    held = total = 0
    for path in sorted(options.folder.glob("test_*.py")):
        language = language_of(path)
        for name, rules in lists_of(path) if language else ():
            if options.sentences and any(word in name for word in _NOT_OF_SENTENCES):
                continue
            found = [segmenter.split(text, language or "") for text, _ in rules]
            right = [got == wanted for got, (_, wanted) in zip(found, rules, strict=True)]
            held, total = held + sum(right), total + len(right)
            print(f"{language}\t{name}\t{sum(right)}/{len(right)}")
            for got, (_, wanted), is_right in zip(found, rules, right, strict=True):
                if options.verbose and not is_right:
                    print(f"  got:    {got}\n  wanted: {wanted}")
    print(f"all\t{held}/{total}")


if __name__ == "__main__":
    main()
