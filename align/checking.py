"""Runs the checks on a translation and gathers what they find."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from difflib import get_close_matches

from align import __version__
from align.article import AlignedArticle
from align.checks import registry
from align.checks.base import Check, CheckCannotRunError, Translation
from align.checks.baseline import Baseline
from align.checks.fingerprints import with_fingerprints
from align.checks.memory.check import memory_index
from align.checks.merging import merged
from align.checks.model import CheckReport, Leverage
from align.checks.sharing import SharedWork
from align.encoders import load_encoder
from align.encoders.base import Encoder
from align.encoders.cards import covers
from align.errors import InputError
from align.findings import Finding
from align.inputs import article_of, translations_in
from align.languages import normalise_tag
from align.pipeline import Text
from align.progress import StartProgress
from align.settings import Settings
from align.termbases import Termbase
from align.text import Span
from align.units import TranslationUnit


def check(
    source: AlignedArticle | Text,
    translation: Text | None = None,
    *,
    source_language: str | None = None,
    languages: Sequence[str] = (),
    termbases: Sequence[Termbase] = (),
    memory: Iterable[TranslationUnit] = (),
    baseline: Baseline | None = None,
    only: Sequence[str] = (),
    skip: Sequence[str] = (),
    translator: str | None = None,
    states: Sequence[str] = (),
    settings: Settings | None = None,
    progress: StartProgress | None = None,
) -> CheckReport:
    """Finds what a reviewer should look at in a translation.

    Args:
        source: The source text, if `translation` is given too: a text, a `Path` of a file, or a
            document that was read. Alone, it is an aligned article, all of whose translations
            are checked, or the place of one: a folder of editions, which is aligned first, an
            alignment file, or a file of pairs that are aligned already (TMX, XLIFF, PO, a table).
        translation: The translation, likewise a text, a `Path` or a document.
        source_language: Language of the source, or the pivot of a folder; as the file says or the
            text looks where not given.
        languages: Languages of the translations to check; all where none is named.
        termbases: What renderings are permitted, the most binding first.
        memory: Units of earlier translations, such as `align.read_tmx` gives.
        baseline: Findings that were accepted earlier, and are not reported again.
        only: Names of the checks to run; all of them where none is named.
        skip: Names of checks not to run.
        translator: Name or folder of a translation model, for checks by back-translation.
        states: Of a file of pairs, how far the translations are that are checked: `untranslated`,
            `draft`, `translated`, `reviewed`, `final`, or words of the file; all where none is
            named.
        settings: Encoder and the like, as for `align.build`.
        progress: Told what goes on, for a progress bar.

    Returns:
        The findings in the order of each translation. Those on beads less sure than the
        article's `min_confidence`, which is that of the settings where it is aligned here, are
        held back and counted; what two checks say of the same words is said once (see
        `align.checks.merging`).

    Raises:
        InputError: If a text, a setting or the name of a check cannot be used.
        MissingExtraError: If a check was asked for whose packages are not installed.

    Example:
        >>> report = check("It costs 1,250 euros.", "Cela coûte 1 250 euros.",
        ...                source_language="en", languages=["fr"])
        >>> report.languages, report.count("error")
        (('fr',), 0)
    """
    settings = settings or Settings()
    chosen = checks_named(only, skip)
    wanted = [normalise_tag(tag) for tag in languages]
    article = article_of(
        source,
        translation,
        source_language=normalise_tag(source_language) if source_language else None,
        languages=wanted,
        settings=settings,
        progress=progress,
        states=states,
    )
    checked = tuple(article.alignments)
    if wanted:
        found_for = translations_in(article, wanted)
        checked = tuple(tag for tag in checked if tag in found_for)
    encoder = _encoder(article, settings)
    known, given = tuple(memory), tuple(termbases)
    work = SharedWork()
    advance = progress("checking", len(chosen) * len(checked)) if progress else None
    findings: list[Finding] = []
    ran: set[str] = set()
    not_run: dict[str, str] = {}
    held_back: Counter[str] = Counter()
    leverage: dict[str, Leverage] = {}
    for language in checked:
        looked_at = Translation(
            article,
            language,
            encoder,
            given,
            known,
            translator=translator,
            work=work,
        )
        found: list[Finding] = []
        for each in chosen:
            try:
                found += each.find(looked_at)
                ran.add(each.name)
            except CheckCannotRunError as reason:
                not_run[each.name] = str(reason)
            if advance:
                advance(1)
        sure, doubtful = _held_back(found, looked_at)
        held_back.update(finding.check for finding in doubtful)
        findings += merged(sure, [each.name for each in registry.CHECKS])
        if known:
            leverage[language] = _leverage(looked_at)
    named = with_fingerprints(findings)
    accepted = baseline.fingerprints if baseline else frozenset()
    new = tuple(finding for finding in named if finding.fingerprint not in accepted)
    return CheckReport(
        article=article,
        languages=checked,
        findings=new,
        checks=tuple(each.name for each in chosen if each.name in ran),
        not_run=not_run,
        held_back=dict(held_back),
        accepted=len(named) - len(new),
        leverage=leverage,
        signature=_signature(article, encoder, len(termbases), len(known)),
    )


def checks_named(only: Sequence[str] = (), skip: Sequence[str] = ()) -> list[Check]:
    """The checks to run, in the order of the list.

    Args:
        only: Their names; all checks where none is named.
        skip: Names of checks to leave out.

    Raises:
        InputError: If there is no check of a name, or none is left.
    """
    names = [each.name for each in registry.CHECKS]
    for name in (*only, *skip):
        if name not in names:
            near = get_close_matches(name, names, n=1, cutoff=0.6)
            meant = f"did you mean {near[0]!r}?" if near else f"there are {', '.join(names)}"
            raise InputError(f"unknown check {name!r}; {meant}")
    chosen = [
        each
        for each in registry.CHECKS
        if (not only or each.name in only) and each.name not in skip
    ]
    if not chosen:
        raise InputError("no check is left to run; skip fewer")
    return chosen


def _encoder(article: AlignedArticle, settings: Settings) -> Encoder:
    """The encoder of the settings, or the one without a model where it lacks a language."""
    encoder = settings.encoder
    if isinstance(encoder, str):
        encoder = load_encoder(encoder, cached=settings.cached, device=settings.device)
    known = encoder.card.languages
    if known and not all(covers(encoder.card, language) for language in article.editions):
        return load_encoder("anchors")
    return encoder


def _held_back(
    findings: Iterable[Finding], translation: Translation
) -> tuple[list[Finding], list[Finding]]:
    """Parts findings on beads that are sure from those on beads that are not.

    A finding that spans several beads is as doubtful as the least sure of them.
    """
    by_place: dict[tuple[Span, Span], bool] = {}
    source: dict[int, bool] = {}
    target: dict[int, bool] = {}
    for passage in translation.passages:
        bead = passage.bead
        sure_bead = translation.is_sure(passage)
        by_place[bead.source, bead.target] = sure_bead
        source.update(dict.fromkeys(bead.source, sure_bead))
        target.update(dict.fromkeys(bead.target, sure_bead))

    def is_sure(finding: Finding) -> bool:
        place = finding.source_segments, finding.target_segments
        if place in by_place:
            return by_place[place]
        return all(source[index] for index in place[0]) and all(target[index] for index in place[1])

    sure: list[Finding] = []
    doubtful: list[Finding] = []
    for finding in findings:
        (sure if is_sure(finding) else doubtful).append(finding)
    return sure, doubtful


def _leverage(translation: Translation) -> Leverage:
    from align.checks.memory import leverage

    return leverage(
        [segment.text for segment in translation.source.segments],
        memory_index(translation),
        source_language=translation.source_language,
    )


def _signature(article: AlignedArticle, encoder: Encoder, termbases: int, memory: int) -> str:
    aligned = article.signature or f"align:{__version__}|encoder:{encoder.fingerprint}"
    return f"{aligned}|checks:{__version__}|termbases:{termbases}|memory:{memory}"
