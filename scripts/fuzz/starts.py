"""What guided fuzzing starts from: the files of the tests, and what tests write as files.

A reader goes deeper into a real file with something wrong in it than into any heap of bytes.
"""

from __future__ import annotations

import ast
import json
from collections.abc import Iterator
from pathlib import Path

from fuzz.archives import cases_of
from fuzz.targets import FILE_TARGETS, LANGUAGES, Reading

_TESTS = Path(__file__).parents[2] / "tests"
_LARGEST = 200_000  # bytes
_SHORTEST = 12  # characters of what a test may write as a file

_BILINGUAL = (
    "formats/test_bilingual_files.py",
    "cli/test_files_of_pairs.py",
    "formats/test_pair_formats.py",
    "formats/test_memory_formats.py",
    "cli/test_convert_command.py",
)
_TERMS = (
    "termbases/test_tables.py",
    "termbases/test_glossary.py",
    "termbases/test_other_tools.py",
    "termbases/test_tbx.py",
)
_STARTS: dict[str, tuple[str, ...]] = {
    "plain text": ("documents/files/*.txt", "documents/test_plain_text.py"),
    "markdown": ("documents/markdown/*", "documents/test_reading.py", "documents/test_lines.py"),
    "mdx": ("documents/markdown/*", "documents/test_reading.py"),
    "html": ("documents/pages/*.html", "documents/test_html_*.py", "documents/test_page_*.py"),
    "restructuredtext": ("documents/test_restructured_text.py",),
    "srt": ("documents/test_subtitles.py",),
    "webvtt": ("documents/test_subtitles.py",),
    "rtf": ("documents/files/*.rtf", "documents/test_word_processing.py"),
    "pdf": ("documents/files/*.pdf",),
    "flat odt": ("documents/files/*.fod?", "documents/test_word_processing.py"),
    "memory": ("formats/test_tmx_*.py", "memories/*.py", "cli/test_tmx_command.py"),
    "xliff": ("formats/test_xliff_reading.py", *_BILINGUAL),
    "xces": _BILINGUAL,
    "po": _BILINGUAL,
    "table": (*_BILINGUAL, "formats/test_tsv.py"),
    "jsonl": _BILINGUAL,
    "moses": _BILINGUAL,
    "ladder": _BILINGUAL,
    "vecalign": _BILINGUAL,
    "codes": ("formats/test_tmx_*.py", "formats/test_xliff_reading.py", "checks/test_codes.py"),
    "termbase": _TERMS,
    "termbase, tbx": _TERMS,
    "termbase, multiterm": _TERMS,
    "srx": ("segmentation/test_srx.py",),
    "corpus.toml": ("documents/test_corpus_*.py", "cli/test_hostile_files.py"),
    "model card": ("encoders/test_model_cards.py",),
    "baseline": ("formats/test_baseline_file.py",),
    "alignment file": ("formats/test_alignment_file.py",),
    "terms file": ("formats/test_terms_file.py",),
    "indices": ("formats/test_indices.py", "cli/test_score_command.py"),
    "manifest, jsonl": ("corpus/*.py",),
    "manifest, table": ("corpus/*.py",),
    "review": ("review/*.py",),
    "quantities": ("quantities/*.py", "checks/test_quantit*.py"),
    "addresses": ("checks/test_addresses.py", "quantities/test_telephones.py"),
    "items": ("segmentation/test_items.py", "checks/test_omissions.py"),
    "clock": ("quantities/*.py",),
    "segments": ("segmentation/cases/*.txt", "segmentation/*.py"),
    "names": ("checks/test_names.py", "languages/test_names.py"),
    "checks": ("checks/*.py",),
}

_ALIGNMENT = {
    "format": "align-alignment",
    "version": 1,
    "created": "2030-01-01T00:00:00Z",
    "signature": "",
    "name": "a",
    "title": "A",
    "licence": None,
    "pivot": "en",
    "min_confidence": 0.5,
    "editions": {
        language: {
            "file": None,
            "address": None,
            "declared_language": None,
            "text": "It is.",
            "blocks": [{"kind": "title", "start": 0, "stop": 6, "line": 1}],
            "segments": [{"start": 0, "stop": 6, "block": 0, "place": "page 3"}],
        }
        for language in ("en", "fr")
    },
    "alignments": {
        "fr": [
            {
                "source": [0, 1],
                "target": [0, 1],
                "score": 0.5,
                "confidence": 0.7,
                "moved": False,
                "reviewed": "accepted",
            }
        ]
    },
    "units": [
        [
            {
                "language": "en",
                "segments": [0],
                "text": "It is.",
                "score": None,
                "confidence": None,
                "complete": True,
            }
        ]
    ],
}
_ACCEPTED = {
    "language": "fr",
    "check": "numbers",
    "fingerprint": "0123456789abcdef",
    "message": "12",
    "target_text": "13",
}
_BASELINE = {"format": "align-baseline", "version": 1, "accepted": [_ACCEPTED]}

_WRITTEN: dict[str, tuple[str, ...]] = {
    "moses": ("It is old.\nIt is red.\n\x1eIl est vieux.\nIl est rouge.\n",),
    "ladder": ("0\t0\t0.7\n1\t1\t0.2\n2\t2\t0\n", "It is old.\tIl est vieux.\t0.8\n"),
    "vecalign": ("[0]:[0]:0.8\n[1]:[1]:0.3\n", "# of two\n[0, 1]:[0, 1]:0.5\n"),
    "xces": (
        "<cesAlign><linkGrp fromDoc='en/a.xml' toDoc='fr/a.xml'><link xtargets='1;1'/>"
        "<link xtargets='1 2;2'/></linkGrp></cesAlign>",
    ),
    "codes": (
        "<bpt i='1'>&lt;b&gt;</bpt>old<ept i='1'>&lt;/b&gt;</ept>",
        "<ph x='2'>a <sub>note</sub> b</ph>It<it pos='begin'>{</it><hi type='x'>is</hi>",
    ),
    "alignment file": (json.dumps(_ALIGNMENT),),
    "baseline": (json.dumps(_BASELINE),),
    "review": (
        '{"format":"align-review","version":1,"alignment":"x"}\n'
        '{"id":"a","time":"2030-01-01T00:00:00Z","operation":{"kind":"edit","side":"target",'
        '"language":"fr","segment":"0","text":"Le pont."}}\n'
        '{"id":"b","time":"2030-01-01T00:00:01Z","operation":{"kind":"undo","of":"a"}}\n',
    ),
    "names": ("Kobayashi left Yokohama.\x1eKobayasi a quitté Yokohama et M. Okada.",),
    "checks": (
        "The bridge costs $1,250 (see https://a.b).\x1eLe pont coûte 1 520 $ «voir https://a.c)",
    ),
}


def starts_of(name: str) -> Iterator[bytes]:
    """The cases that a target starts from."""
    target = FILE_TARGETS.get(name)
    if isinstance(target, Reading) and target.parts:
        yield from cases_of(Path(target.file).suffix)
        return
    of_texts = target is None
    for written in _WRITTEN.get(name, ()):
        yield _language(of_texts, 1) + written.encode()
    for pattern in _STARTS[name]:
        for path in sorted(_TESTS.glob(pattern)):
            if path.suffix == ".py":
                for number, text in enumerate(_written_in(path)):
                    yield _language(of_texts, number) + text
            elif path.is_file() and path.stat().st_size <= _LARGEST:
                data = path.read_bytes()
                yield from (
                    (
                        _language(True, number) + line
                        for number, line in enumerate(data.split(b"\n"))
                    )
                    if of_texts
                    else (data,)
                )


def _language(of_texts: bool, number: int) -> bytes:
    """Of a text, the byte before it, which says its language."""
    return bytes([number % len(LANGUAGES)]) if of_texts else b""


def _written_in(path: Path) -> Iterator[bytes]:
    """The longer texts and bytes that a test names."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Constant) and isinstance(node.value, str | bytes):
            value = node.value
            if len(value) >= _SHORTEST:
                yield value if isinstance(value, bytes) else value.encode("utf-8", "ignore")
