"""Fixtures that more than one folder of tests uses."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from collections import Counter
from dataclasses import dataclass
from importlib import import_module
from typing import TYPE_CHECKING

import hypothesis
import pytest
from lxml import etree

from align.cli import main
from align.terminology.model import (
    Mention,
    Occurrence,
    RenderedTerm,
    Rendering,
    Term,
    TermFinding,
    TermReport,
)
from align.text import Span

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path
    from types import ModuleType


# How long an example takes depends on what else the machine does, and says nothing of the code. The
# same examples are tried each time, so that a suite that passed passes again; `scripts/fuzzing.py`
# and `ALIGN_NEW_EXAMPLES=1` look for others.
hypothesis.settings.register_profile(
    "align", deadline=None, derandomize=not os.environ.get("ALIGN_NEW_EXAMPLES")
)
hypothesis.settings.load_profile("align")

# Read when the hub's package is first imported, by whichever test that is: none asks the network.
os.environ["HF_HUB_OFFLINE"] = "1"


@pytest.fixture
def calls_in():
    """Counts the calls, of functions in Python and in C, that something takes once it is warm.

    A count says how work grows with its input, whatever else the machine does.
    """

    def calls(run: Callable[[], object]) -> int:
        events: Counter[str] = Counter()
        run()
        sys.setprofile(lambda _frame, event, _argument: events.update((event,)))
        try:
            run()
        finally:
            sys.setprofile(None)
        return events["call"] + events["c_call"]

    return calls


@pytest.fixture(scope="session")
def _chromium():
    """A browser that is there, driven from outside; without it, or what drives it, tests skip."""
    reason = None
    program = next(filter(None, map(shutil.which, ("chromium", "chromium-browser"))), None)
    try:
        from playwright.sync_api import sync_playwright
    except ImportError as error:
        reason = f"playwright is not installed: {error}"
    if reason is None and program is None:
        reason = "chromium is not installed"
    if reason:
        if os.environ.get("ALIGN_REQUIRE_INTEGRATION") == "1":
            pytest.fail(f"{reason}, and ALIGN_REQUIRE_INTEGRATION=1 asks for it")
        pytest.skip(reason)
    with sync_playwright() as driver:
        arguments = ["--no-sandbox"] if getattr(os, "geteuid", lambda: 1)() == 0 else []
        browser = driver.chromium.launch(executable_path=program, args=arguments)
        yield browser
        browser.close()


@pytest.fixture
def chromium(_chromium):
    """A window of the browser that knows nothing of the others."""
    context = _chromium.new_context(viewport={"width": 1280, "height": 900})
    context.set_default_timeout(20_000)
    yield context
    context.close()


@pytest.fixture(autouse=True, scope="session")
def own_cache(tmp_path_factory):
    """Keeps vectors in a folder of the tests' own, which all of them share."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("ALIGN_CACHE", str(tmp_path_factory.mktemp("cache")))
        yield


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
def program() -> Callable[[str], str]:
    """Finds a program that is not a Python package, see `require_program`."""
    return require_program


def require_package(name: str) -> ModuleType:
    """A package; without it the test is skipped, or fails where it has to run."""
    try:
        return import_module(name)
    except ImportError as error:
        if os.environ.get("ALIGN_REQUIRE_INTEGRATION") == "1":
            pytest.fail(f"{error}, and ALIGN_REQUIRE_INTEGRATION=1 asks for it")
        pytest.skip(str(error))


@pytest.fixture(scope="session")
def package() -> Callable[[str], ModuleType]:
    """Imports a package that may be missing, see `require_package`."""
    return require_package


@pytest.fixture(scope="session")
def require_transformers() -> None:
    """Skips without the optional packages, or fails where they have to be there."""
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
        project = _omegat_project(tmp_path_factory, source_text, source_lang, target_lang)
        shutil.copy(tmx, project / "tm" / "auto" / "memory.tmx")
        said = _open_in_omegat(program, project)
        translated = project / "target" / "article.utf8"
        assert translated.exists(), said
        return translated.read_text(encoding="utf-8")

    return translate


@pytest.fixture
def omegat_glossary(
    tmp_path_factory: pytest.TempPathFactory,
) -> Callable[[str, Path, str, str], dict[str, list[list[str]]]]:
    """Opens text with a glossary in OmegaT on a system whose encoding is not UTF-8.

    Called with the source text, the glossary and the two languages, it returns for each segment
    what the glossary pane would offer: for each entry its source and its renderings.
    """
    program = require_program("omegat")

    def offered(
        source_text: str, glossary: Path, source_lang: str, target_lang: str
    ) -> dict[str, list[list[str]]]:
        project = _omegat_project(tmp_path_factory, source_text, source_lang, target_lang)
        shutil.copy(glossary, project / "glossary" / glossary.name)
        script = project / "glossary.groovy"
        script.write_text(_GLOSSARY_SCRIPT, encoding="utf-8")
        said = _open_in_omegat(
            program, project, f"--script={script}", java="-Dfile.encoding=windows-1252"
        )
        result = project / "offered.json"
        assert result.exists(), said
        return json.loads(result.read_text(encoding="utf-8"))

    return offered


# Without a window OmegaT has no glossary pane; what fills it is asked here: the loader of the
# files in the project's glossary folder, and the search for the entries of a segment.
_GLOSSARY_SCRIPT = """
import groovy.json.JsonOutput
import org.omegat.gui.glossary.FindGlossaryThread
import org.omegat.gui.glossary.GlossaryManager

if (eventType.toString() != "LOAD") return
def properties = project.projectProperties
def loader = new GlossaryManager(null)
loader.priorityGlossary = new File(properties.writeableGlossary)
def entries = new File(properties.glossaryRoot).listFiles().collectMany {
    loader.loadGlossaryFile(it)
}
def glossary = new GlossaryManager(null) {
    List getGlossaryEntries(String text) { entries }
}
def offered = project.allEntries.collectEntries { segment ->
    def search = new FindGlossaryThread(null, segment, glossary) {
        protected void checkEntryChanged() {}
    }
    [segment.srcText, search.search().collect { [it.srcText, *it.getLocTerms(false)] }]
}
new File(properties.projectRoot, "offered.json").setText(JsonOutput.toJson(offered), "UTF-8")
"""


def _omegat_project(
    tmp_path_factory: pytest.TempPathFactory, source_text: str, source_lang: str, target_lang: str
) -> Path:
    project = tmp_path_factory.mktemp("omegat") / "project"
    for folder in ("source", "target", "tm/auto", "omegat", "glossary", "dictionary"):
        (project / folder).mkdir(parents=True)
    (project / "omegat.project").write_bytes(_project_file(source_lang, target_lang))
    # OmegaT reads and writes files named .utf8 as UTF-8, whatever the system's encoding.
    (project / "source" / "article.utf8").write_text(source_text, encoding="utf-8")
    return project


def _open_in_omegat(program: str, project: Path, *options: str, java: str = "") -> str:
    """Translates a project as it stands; returns what OmegaT says."""
    home = project.parent
    finished = subprocess.run(
        [program, "--mode=console-translate", f"--config-dir={home}", *options, str(project)],
        env=os.environ | {"HOME": str(home), "JAVA_TOOL_OPTIONS": f"-Duser.home={home} {java}"},
        capture_output=True,
        text=True,
        errors="replace",
        check=False,
    )
    return finished.stdout + finished.stderr


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


def _within(text: str, part: str | None) -> Span | None:
    return None if part is None else Span(text.index(part), text.index(part) + len(part))


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


@dataclass(frozen=True)
class Finished:
    """How a command ended: its exit code and what it wrote."""

    code: int
    out: str
    err: str


@pytest.fixture
def run(monkeypatch, capsys):
    """Calls the command's `main` with arguments."""

    def run_main(*arguments):
        monkeypatch.setattr(sys, "argv", ["align", *map(str, arguments)])
        capsys.readouterr()
        try:
            main()
            code = 0
        except SystemExit as stop:
            code = stop.code
        return Finished(code, *capsys.readouterr())

    return run_main


@pytest.fixture
def serve_folder():
    """Serves a folder from another process; gives its address."""
    servers = []

    def serve(folder):
        server = subprocess.Popen(
            [sys.executable, "-u", "-m", "http.server", "0", "--bind", "127.0.0.1"],
            cwd=folder, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True,
        )  # fmt: skip
        servers.append(server)
        return re.search(r"http://[\d.]+:\d+", server.stdout.readline())[0]

    yield serve
    for server in servers:
        server.kill()
        server.communicate()


@pytest.fixture
def small_disk(tmp_path):
    """A folder on a disk of its own, of two megabytes."""
    place = tmp_path / "disk"
    place.mkdir()
    mount = shutil.which("mount")
    options = ["-t", "tmpfs", "-o", "size=2m", "tmpfs", str(place)]
    if (
        mount is None
        or subprocess.run([mount, *options], capture_output=True, check=False).returncode
    ):
        pytest.skip("no small disk can be made here")
    yield place
    subprocess.run(["umount", "-l", str(place)], check=False)
