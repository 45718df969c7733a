"""Writes what follows from the registries: docs/checks.md, docs/formats.md, the pre-commit hook.

python scripts/pages.py            writes them anew
python scripts/pages.py --check    says which are out of date, and ends with 1 if one is
"""

from __future__ import annotations

import ast
import re
import sys
from collections import defaultdict
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from align.checks.base import SUBJECTS
from align.checks.registry import CHECKS
from align.documentation import documentation_of, sections_of
from align.documents.registry import READERS
from align.formats.registry import (
    FINDING_WRITERS,
    MEMORY_WRITERS,
    PAIR_READERS,
    PAIR_WRITERS,
    TERM_WRITERS,
    TERMBASE_READERS,
    TERMBASE_WRITERS,
)
from align.terminology.divergences.registry import KINDS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from align.checks.base import Check
    from align.registry import Readers, Writers

ROOT = Path(__file__).parents[1]
_MADE = "<!-- Made by scripts/pages.py of what the modules say; edit these. -->"


def pages() -> dict[Path, str]:
    """Every file that is made, and what it should hold."""
    return {
        ROOT / "docs/checks.md": "\n".join(_checks()) + "\n",
        ROOT / "docs/formats.md": "\n".join(_formats()) + "\n",
        ROOT / ".pre-commit-hooks.yaml": _hook(ROOT / ".pre-commit-hooks.yaml"),
    }


def _checks() -> Iterator[str]:
    yield from ("# Checks", "", _MADE, "")
    yield "What `align check` looks for. `--skip NAME` leaves one out, `--only NAME` runs no other."
    for subject, title in SUBJECTS.items():
        yield from ("", f"## {title}")
        for check in CHECKS:
            if check.subject == subject:
                yield from _check(check)
    yield from ("", "## Divergences of terms", "")
    yield "What `align terms` reports of a term's renderings."
    yield from (
        "",
        "| kind | on pages | what it is | passed on by the check |",
        "|---|---|---|---|",
    )
    for kind in KINDS.values():
        said = _text(documentation_of(kind.text).summary)
        passed_on_by = f"`{kind.check.name}`" if kind.check else ""
        yield f"| `{kind.name}` | {kind.title} | {said} | {passed_on_by} |"


def _check(check: Check) -> Iterator[str]:
    said = check.documentation
    yield from ("", f"### {check.name}", "", f"*{_sentence(said.summary)}*", "", _text(said.what))
    yield from ("", f"**Why.** {_text(said.why)}")
    yield from ("", f"**Example.** {_text(said.example)}")
    yield from (
        "",
        f"**To keep it quiet.** {_text(said.silence)} Ignore it: `--skip {check.name}`.",
    )


def _formats() -> Iterator[str]:
    yield from ("# Formats", "", _MADE, "", "## Read")
    yield from _texts()
    for title, readers in (
        ("Texts that are aligned already, memories", PAIR_READERS),
        ("Termbases", TERMBASE_READERS),
    ):
        yield from _read(title, readers)
    yield from ("", "## Written", "")
    yield "*Read by*: the tools that tests have read what is written; [tools.md](tools.md) says"
    yield "what was tried and what it gave."
    yield from _carried()
    yield from _written("`align pair --to`", PAIR_WRITERS)
    for title, writers, what in (
        ("`align terms --to`", TERM_WRITERS, "terms"),
        ("`align check --to`", FINDING_WRITERS, "findings"),
        ("`align.write_termbase(…, to=…)`", TERMBASE_WRITERS, "termbase"),
    ):
        yield from _written(title, writers, what)


def _carried() -> Iterator[str]:
    """What each format of pairs can hold of a unit beside its texts."""
    yield from ("", "### `align convert --to`", "")
    yield "| name | what | endings | carries | does not carry | read by |"
    yield "|---|---|---|---|---|---|"
    opened = opened_by()
    for each in MEMORY_WRITERS.values():
        said = " ".join((each.write.__doc__ or "").split())
        does, _, rest = said.partition("Does not carry: ")
        does = does.partition("Carries: ")[2].strip().rstrip(".")
        does_not = re.split(r"\.(?= (?:Raises|Returns):|$)", rest)[0]
        cells = (_text(each.what), _endings(each.endings), _text(does), _text(does_not))
        tools = ", ".join(opened["memory", each.name])
        yield f"| `{each.name}` | {' | '.join(cells)} | {tools} |"


def _texts() -> Iterator[str]:
    yield from ("", "### Texts", "", "| format | endings |", "|---|---|")
    for each in READERS.values():
        yield f"| {each.name} | {_endings(each.endings)} |"
    yield from ("", "What is read of each, what is left out, and how its places are called:", "")
    yield from ("| format | read | left out | places |", "|---|---|---|---|")
    for each in READERS.values():
        said = sections_of(each.read.__doc__)
        if "Read" in said:
            parts = (_text(said.get(head, "")) for head in ("Read", "Dropped", "Places"))
            yield f"| {each.name} | {' | '.join(parts)} |"


def _read(title: str, readers: Readers[Any]) -> Iterator[str]:
    yield from ("", f"### {title}", "", "| format | endings |", "|---|---|")
    for each in readers.values():
        yield f"| {each.name} | {_endings(each.endings) or 'told by content or name'} |"


def _written(title: str, writers: Writers[Any], what: str = "") -> Iterator[str]:
    """The formats of some writers, and if it is said what they write, the tools that read it."""
    heads = ["name", "what", "endings", *(["read by"] if what else [])]
    yield from ("", f"### {title}", "", f"| {' | '.join(heads)} |", f"|{'---|' * len(heads)}")
    opened = opened_by()
    for each in writers.values():
        cells = [f"`{each.name}`", _text(each.what), _endings(each.endings)]
        cells += [", ".join(opened[what, each.name])] if what else []
        yield f"| {' | '.join(cells)} |"


@cache
def opened_by() -> defaultdict[tuple[str, str], list[str]]:
    """The tools that tests have read each format, by what is written and the format's name.

    The tests say it themselves: `@pytest.mark.opened_by("LibreOffice", memory="docx xlsx")`.
    """
    found: defaultdict[tuple[str, str], list[str]] = defaultdict(list)
    for path in sorted((ROOT / "tests").rglob("test_*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and ast.unparse(node.func) == "pytest.mark.opened_by":
                tool = ast.literal_eval(node.args[0])
                for said in node.keywords:
                    for name in ast.literal_eval(said.value).split():
                        found[str(said.arg), name].append(tool)
    for key, tools in found.items():
        found[key] = sorted(set(tools), key=str.casefold)
    return found


def _endings(endings: tuple[str, ...]) -> str:
    return ", ".join(f"`{ending}`" for ending in endings)


def _sentence(text: str) -> str:
    return _text(text[:1].upper() + text[1:]) + "."


def _text(text: str) -> str:
    """Text as Markdown that shows it as it stands, but for words between backquotes."""
    parts = text.split("`")
    parts[::2] = [re.sub(r"([\\*_<\[|])", r"\\\1", part) for part in parts[::2]]
    return "`".join(parts)


def _hook(path: Path) -> str:
    """The hook's file, run for files of every kind that can be checked."""
    # A table may hold anything: it is checked where somebody names it.
    pairs = [ending for each in PAIR_READERS.values() if each.of_texts for ending in each.endings]
    endings = "|".join(ending[1:] for ending in (*READERS.endings, *pairs))
    was = path.read_text(encoding="utf-8")
    return re.sub(r"(?m)^  files: .*$", lambda _: rf"  files: \.({endings})$", was)


def main() -> None:
    """Writes the files, or says which are out of date."""
    stale = [
        path
        for path, text in pages().items()
        if not path.exists() or path.read_text(encoding="utf-8") != text
    ]
    if sys.argv[1:] == ["--check"]:
        for path in stale:
            print(f"{path.relative_to(ROOT)} is out of date; run scripts/pages.py")
        sys.exit(bool(stale))
    for path, text in pages().items():
        path.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
