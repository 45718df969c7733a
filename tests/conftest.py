"""Fixtures that more than one folder of tests uses."""

from __future__ import annotations

import os
import shutil
import subprocess
from typing import TYPE_CHECKING

import pytest
from lxml import etree

from align.terminology.model import (
    Mention,
    Occurrence,
    RenderedTerm,
    Rendering,
    Term,
    TermFinding,
    TermReport,
    TextSpan,
)

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path


def require_program(name: str) -> str:
    """The path of a program; without it the test is skipped, or fails where it has to run."""
    found = shutil.which(name)
    if found:
        return found
    reason = f"{name} is not installed"
    if os.environ.get("ALIGN_REQUIRE_INTEGRATION") == "1":
        pytest.fail(f"{reason}, and ALIGN_REQUIRE_INTEGRATION=1 asks for it")
    pytest.skip(reason)


@pytest.fixture(scope="session")
def require_transformers() -> None:
    """Skips without the optional packages, or fails where they have to be there."""
    os.environ["HF_HUB_OFFLINE"] = "1"
    try:
        import torch  # noqa: F401
        import transformers  # noqa: F401
    except ImportError as error:
        reason = f"the transformers extra is not installed: {error}"
        if os.environ.get("ALIGN_REQUIRE_INTEGRATION") == "1":
            pytest.fail(f"{reason}, and ALIGN_REQUIRE_INTEGRATION=1 asks for it")
        pytest.skip(reason)


@pytest.fixture(scope="session")
def make_translator(
    require_transformers: None, tmp_path_factory: pytest.TempPathFactory
) -> Callable[..., Path]:
    """Makes a small translation model with random weights in a folder of its own.

    Called with the tokens by which it knows languages, if any, and a seed. Its tokens are
    characters; what it says is always the same, and means nothing.
    """
    import torch
    import transformers
    from tokenizers import Tokenizer, models, pre_tokenizers, processors

    characters = [chr(code) for code in range(32, 0x500)] + [*"渡し船は朝六時に港を出た。"]

    def make(languages: tuple[str, ...] = (), *, seed: int = 0, positions: int = 64) -> Path:
        special = ["<s>", "<pad>", "</s>", "<unk>", *languages]
        vocabulary = {token: index for index, token in enumerate([*special, *characters])}
        tokenizer = Tokenizer(models.WordLevel(vocabulary, unk_token="<unk>"))
        tokenizer.pre_tokenizer = pre_tokenizers.Split("", "isolated")
        tokenizer.post_processor = processors.TemplateProcessing(
            single="$A </s>", special_tokens=[("</s>", vocabulary["</s>"])]
        )
        fast = transformers.PreTrainedTokenizerFast(
            tokenizer_object=tokenizer,
            bos_token="<s>",
            eos_token="</s>",
            pad_token="<pad>",
            unk_token="<unk>",
            additional_special_tokens=list(languages),
            model_max_length=positions,
        )
        torch.manual_seed(seed)
        network = transformers.M2M100ForConditionalGeneration(
            transformers.M2M100Config(
                vocab_size=len(vocabulary),
                d_model=32,
                encoder_layers=1,
                decoder_layers=1,
                encoder_attention_heads=2,
                decoder_attention_heads=2,
                encoder_ffn_dim=32,
                decoder_ffn_dim=32,
                max_position_embeddings=positions,
                init_std=0.5,
                bos_token_id=0,
                pad_token_id=1,
                eos_token_id=2,
                decoder_start_token_id=2,
            )
        )
        folder = tmp_path_factory.mktemp(f"translator-{seed}")
        network.save_pretrained(folder)
        fast.save_pretrained(folder)
        return folder

    return make


@pytest.fixture
def omegat(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str, Path, str, str], str]:
    """Translates text with OmegaT and nothing but a memory, as a translator's project would.

    Called with the source text, the TMX file, and the two languages as the memory writes them,
    it returns the target text: what the memory holds is replaced, the rest stays as it was.
    A blank line ends a paragraph; a mere line break does not end a sentence for OmegaT.
    """
    program = require_program("omegat")

    def translate(source_text: str, tmx: Path, source_lang: str, target_lang: str) -> str:
        home = tmp_path_factory.mktemp("omegat")
        project = home / "project"
        for folder in ("source", "target", "tm/auto", "omegat", "glossary", "dictionary"):
            (project / folder).mkdir(parents=True)
        (project / "omegat.project").write_bytes(_project_file(source_lang, target_lang))
        # OmegaT reads and writes files named .utf8 as UTF-8, whatever the system's encoding.
        (project / "source" / "article.utf8").write_text(source_text, encoding="utf-8")
        shutil.copy(tmx, project / "tm" / "auto" / "memory.tmx")
        finished = subprocess.run(
            [program, "--mode=console-translate", f"--config-dir={home}", str(project)],
            env=os.environ | {"HOME": str(home), "JAVA_TOOL_OPTIONS": f"-Duser.home={home}"},
            capture_output=True,
            text=True,
            timeout=120,
            check=False,
        )
        translated = project / "target" / "article.utf8"
        assert translated.exists(), finished.stdout + finished.stderr
        return translated.read_text(encoding="utf-8")

    return translate


def _project_file(source_lang: str, target_lang: str) -> bytes:
    root = etree.Element("omegat")
    project = etree.SubElement(root, "project", version="1.0")
    for name, value in {
        "source_dir": "__DEFAULT__",
        "target_dir": "__DEFAULT__",
        "tm_dir": "__DEFAULT__",
        "glossary_dir": "__DEFAULT__",
        "dictionary_dir": "__DEFAULT__",
        "source_lang": source_lang,
        "target_lang": target_lang,
        "sentence_seg": "true",
        "support_default_translations": "true",
        "remove_tags": "false",
    }.items():
        etree.SubElement(project, name).text = value
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8")


def _within(text: str, part: str | None) -> TextSpan | None:
    return None if part is None else TextSpan(text.index(part), text.index(part) + len(part))


_PLACES = (
    # segment, what stands in English, and the sentences with the renderings in them
    (
        0,
        "Rare earths",
        "Rare earths & magnets come from few mines.",
        ("レアアース", "レアアースと磁石の産地は少ない。"),
        ("العناصر الأرضية النادرة", "تأتي العناصر الأرضية النادرة من مناجم قليلة."),
    ),
    (
        2,
        "rare earths",
        "Without rare earths <no> motors run.",
        ("レアアース", "レアアースがなければモーターは動かない。"),
        ("المعادن النادرة", "لا تعمل المحركات بلا المعادن النادرة."),
    ),
    (
        3,
        "rare earths",
        "The price of rare earths rose.",
        (None, "その値段は上がった。"),
        (None, ""),
    ),
)


@pytest.fixture
def term_report() -> TermReport:
    """A term in Japanese and Arabic: an inconsistent rendering, a missing one, a gap; a name."""
    mentions = [
        Mention(segment, _within(source, text), text) for segment, text, source, *_ in _PLACES
    ]
    occurrences = {
        language: tuple(
            Occurrence(
                mention=mention,
                source_text=place[2],
                target_text=place[side][1],
                source_span=mention.span,
                target_span=_within(place[side][1], place[side][0]),
                target_segments=(place[0],) if place[side][1] else (),
                probability=0.9,
                bead_confidence=0.875 if place[side][1] else None,
            )
            for mention, place in zip(mentions, _PLACES, strict=True)
        )
        for language, side in (("ja", 3), ("ar", 4))
    }
    term = Term("rare earths", ("rare earths", "Rare earths"), "phrase", "text", tuple(mentions))
    rendered = RenderedTerm(
        term,
        {
            "ja": (Rendering("レアアース", {"レアアース": 2}),),
            "ar": (
                Rendering("العناصر الأرضية النادرة", {"العناصر الأرضية النادرة": 1}),
                Rendering("المعادن النادرة", {"المعادن النادرة": 1}),
            ),
        },
        occurrences,
    )
    nowhere = RenderedTerm(
        Term("Atalanta", ("Atalanta",), "name", "given", ()),
        {"ja": (), "ar": ()},
        {"ja": (), "ar": ()},
    )

    def finding(language: str, place: int, kind: str, severity: str, **other) -> TermFinding:
        at = occurrences[language][place]
        return TermFinding(
            kind=kind,
            severity=severity,
            confidence=0.8,
            language=language,
            term=term.text,
            rendering=at.form,
            source_text=at.source_text,
            target_text=at.target_text,
            source_span=at.source_span,
            target_span=at.target_span,
            segment=at.mention.segment,
            target_segments=at.target_segments,
            **other,
        )

    return TermReport(
        name="mines",
        title="Mines & <magnets>",
        pivot="en",
        languages=("ja", "ar"),
        terms=(rendered, nowhere),
        findings=(
            finding(
                "ja",
                2,
                "missing",
                "error",
                expected="レアアース",
                message="Nothing renders “rare earths” here; elsewhere it is “レアアース”.",
            ),
            finding(
                "ar",
                1,
                "inconsistent",
                "warning",
                expected="العناصر الأرضية النادرة",
                message="“rare earths” is rendered by “المعادن النادرة” here.",
            ),
            finding(
                "ja",
                0,
                "across-languages",
                "note",
                expected=None,
                message="The Arabic edition says something else.",
            ),
        ),
        held_back=2,
        signature="align 0.1.0 | by hand",
    )
