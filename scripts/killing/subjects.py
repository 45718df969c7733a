"""The commands that are killed: what each is given, and what tells its results from halves."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from align.written import RECORD

ROOT = Path(__file__).parents[2]

_ARTICLE = ROOT / "corpora" / "japan-europe-sea-lanes"
_LANGUAGES = ("en", "fr", "ja")
_BLOCKS = 12  # of an edition: enough to take a moment, and to be written in several pieces
_UNITS = 600
_DOCUMENTS = 24

Files = Mapping[str, bytes]
"""Files by their paths within a folder."""


@dataclass(frozen=True, slots=True)
class Subject:
    """A command that is killed.

    Attributes:
        name: What it is called.
        arguments: What stands behind `align`; `{given}` is the folder of what it is given, `{out}`
            the one that it writes to, `{site}` the address of a site.
        other: Further arguments, with which it comes to another result.
        go_on: Arguments to begin it again, by the folder that it writes to.
        changing: What in a file differs from run to run though all is well.
    """

    name: str
    arguments: tuple[str, ...]
    other: tuple[str, ...] = ()
    go_on: Callable[[Path], tuple[str, ...]] = field(default=lambda _: ())
    changing: re.Pattern[bytes] | None = None

    def command(self, given: Path, out: Path, variant: int = 0, *, site: str = "") -> list[str]:
        """What stands behind `align`.

        Args:
            given: The folder of what it is given.
            out: The folder that it writes to.
            variant: 0 or 1, which of two results it is to come to.
            site: The address of the pages that `fetch` saves.
        """
        arguments = (*self.arguments, *(self.other if variant else ()))
        return [
            each.format(given=given, out=out, site=site) for each in (*arguments, *self.go_on(out))
        ]

    def files_in(self, out: Path) -> dict[str, bytes]:
        """What it left: all files but the record of what was written."""
        found = {}
        for path in sorted(out.rglob("*")):
            if path.is_file() and path.name != RECORD:
                data = path.read_bytes()
                name = path.relative_to(out).as_posix()
                found[name] = self.changing.sub(b"", data) if self.changing else data
        return found


def _where(name: str) -> Callable[[Path], tuple[str, ...]]:
    return lambda out: ("--force",) if (out / name).exists() else ()


_QUICK = ("--encoder", "anchors", "-q")
_NO_TERMS = ("--no-terms", *_QUICK)

SUBJECTS = {
    subject.name: subject
    for subject in (
        Subject("build", ("build", "{given}/article", "-o", "{out}", *_NO_TERMS), ("--no-props",)),
        Subject(
            "build, cached", ("build", "{given}/article", "-o", "{out}", "--no-terms", "-q"),
            ("--no-props",),
        ),
        Subject(
            "check", ("check", "{given}/article", "-o", "{out}/findings.html", "--fail-on", "never",
                      "--only", "numbers", *_QUICK), ("--only", "dates"),
        ),
        Subject(
            "pair", ("pair", "{given}/article/en.md", "{given}/article/fr.md", "--to", "xces", "-o",
                     "{out}/pair.xml", *_QUICK),
        ),
        Subject(
            "export", ("export", "{given}/built", "-o", "{out}", "-q"), ("--tmx-profile", "trados"),
        ),
        Subject("convert", ("convert", "{given}/b.tmx", "-o", "{out}/b.xlsx"), ("--no-props",)),
        Subject("convert to Moses", ("convert", "{given}/b.tmx", "--to", "moses", "-o", "{out}/b")),
        Subject(
            "tmx merge", ("tmx", "merge", "{given}/a.tmx", "-o", "{out}/all.tmx"),
            ("{given}/b.tmx",),
        ),
        Subject("tmx clean", ("tmx", "clean", "{given}/a.tmx", "-o", "{out}/clean.tmx")),
        Subject(
            "tmx dedupe", ("tmx", "dedupe", "{given}/a.tmx", "-o", "{out}/once.tmx"), ("--near",),
        ),
        Subject(
            "tmx split", ("tmx", "split", "{given}/a.tmx", "-o", "{out}/parts", "--every", "60"),
        ),
        Subject(
            "omegat", ("omegat", "{given}/built/article.alignment.json", "-o", "{out}/project",
                       "--language", "fr", "-q"),
            go_on=_where("project/omegat.project"),
        ),
        Subject(
            "corpus", ("corpus", "{given}/documents.jsonl", "-o", "{out}", "--shards", "4",
                       "--workers", "1", "--filter", "--segmented", "--to", "tmx", *_QUICK),
        ),
        Subject(
            "fetch", ("fetch", "{site}/en.html", "-o", "{out}", "--allow-private", "--pause", "0",
                      "-q"),
            go_on=_where("corpus.toml"),
            # The list of what was saved before it was stopped, with the time of day.
            changing=re.compile(rb"(?s)\Atitle = .*"),
        ),
    )
}  # fmt: skip
"""All of them but `review`, by name."""


def write_given(folder: Path) -> None:
    """Writes what the commands are given, but `built`, which `align build` makes of `article`."""
    article = folder / "article"
    article.mkdir(parents=True)
    site = folder / "site"
    site.mkdir()
    texts = {}
    links = "".join(
        f'<link rel="alternate" hreflang="{tag}" href="{tag}.html">' for tag in _LANGUAGES
    )
    for tag in _LANGUAGES:
        blocks = (_ARTICLE / f"{tag}.md").read_text(encoding="utf-8").split("\n\n")[:_BLOCKS]
        texts[tag] = blocks
        (article / f"{tag}.md").write_text("\n\n".join(blocks), encoding="utf-8")
        body = "".join(f"<p>{block.lstrip('# ')}</p>" for block in blocks)
        (site / f"{tag}.html").write_text(
            f'<html lang="{tag}"><head><meta charset="utf-8"><title>{blocks[0].lstrip("# ")}'
            f"</title>{links}</head><body><article>{body}</article></body></html>",
            encoding="utf-8",
        )
    for name, begin in (("a", 0), ("b", _UNITS // 2)):
        (folder / f"{name}.tmx").write_text(_memory(begin), encoding="utf-8")
    with (folder / "documents.jsonl").open("w", encoding="utf-8") as stream:
        for number in range(_DOCUMENTS):
            row = {
                "id": f"{number:03}",
                "source": "\n".join((f"Number {number}.", *texts["en"][1:6])),
                "target": "\n".join((f"Numéro {number}.", *texts["fr"][1:6])),
                "source_language": "en",
                "target_language": "fr",
            }
            stream.write(json.dumps(row, ensure_ascii=False) + "\n")


def _memory(begin: int) -> str:
    units = "".join(
        f'<tu><tuv xml:lang="en"><seg>The ferry of {number // 2} left the harbour late.</seg></tuv>'
        f'<tuv xml:lang="fr"><seg>Le bac de {number // 2} quitta le port en retard.</seg></tuv>'
        f"</tu>\n"
        for number in range(begin, begin + _UNITS)
    )
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n<tmx version="1.4"><header creationtool="other" '
        'creationtoolversion="1" segtype="sentence" o-tmf="other" adminlang="en" srclang="en" '
        f'datatype="plaintext"/><body>\n{units}</body></tmx>\n'
    )
