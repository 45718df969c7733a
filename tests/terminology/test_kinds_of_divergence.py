"""Every kind of divergence, where a rendering makes it speak and where the right one does not."""

from __future__ import annotations

from dataclasses import dataclass

import pytest

from align.termbases import Termbase, TermbaseEntry, TermbaseTerm
from align.terminology.divergences.registry import KINDS


@dataclass(frozen=True)
class Slip:
    """One line of one edition, as it is right and as it diverges.

    Attributes:
        kind: The kind of divergence.
        severity: How grave it is.
        language: The edition.
        segment: The line.
        wrong: What stands there.
        right: What should.
        editions: All editions, with `…` for that line.
        terms: The terms that are asked for.
        message: A part of what is said.
    """

    kind: str
    severity: str
    language: str
    segment: int
    wrong: str
    right: str
    editions: dict[str, tuple[str, ...]]
    terms: tuple[str, ...]
    message: str

    def __str__(self) -> str:
        return f"{self.kind}: {self.wrong}"

    def editions_with(self, line: str) -> dict[str, list[str]]:
        """The editions, a line put in its place."""
        return {
            language: [line if text == "…" else text for text in texts]
            for language, texts in self.editions.items()
        }


CONTROLS = {
    "en": (
        "Export controls came first.",
        "The sanctions were announced in Tokyo.",
        "Without export controls nothing would change.",
        "The ministry explained the export controls.",
        "Nobody liked the sanctions.",
        "The minister defended the sanctions.",
        "The export controls hit the harbour.",
    ),
    "fr": (
        "Les contrôles à l’exportation vinrent d’abord.",
        "Les sanctions furent annoncées à Tokyo.",
        "Sans contrôles à l’exportation, rien ne changerait.",
        "Le ministère expliqua les contrôles à l’exportation.",
        "Personne n’aimait les sanctions.",
        "La ministre défendit les sanctions.",
        "…",
    ),
}
DETERRENCE = {
    "en": (
        "Deterrence needs undersea cables, and deterrence needs an alliance.",
        "An alliance needs strategic autonomy, and it needs deterrence.",
    ),
    "zh-Hans": ("威慑需要海底电缆，威慑也需要同盟。", "同盟需要战略自主，也需要威慑。"),
    "zh-Hant": ("…", "同盟需要戰略自主，也需要嚇阻。"),
}
SPRING = ("The spring came first.", "Nobody saw the spring in Tokyo.", "They spoke of the spring.")
ABBREVIATION = {
    "en": ("NATO repairs the cables.", "The harbour is calm."),
    "ja": ("…", "港は静かだ。"),
    "zh-Hans": ("NATO修理电缆。", "港口很平静。"),
    "de": ("Die NATO repariert die Kabel.", "Der Hafen ist ruhig."),
}
NAME = {
    "en": ("Naoko Hirabayashi came to the harbour.",),
    "ja": ("平林直子は港に来た。",),
    "zh-Hans": ("平林直子来到港口。",),
    "zh-Hant": ("…",),
}
SURNAME = (
    "Hirabayashi came to the harbour.",
    "Nobody saw Hirabayashi again.",
    "They asked for Hirabayashi.",
)
FULL_NAME = ("Naoko Hirabayashi came to the harbour.", *SURNAME[1:])
AUTONOMY = {
    "en": ("The towns want strategic autonomy.", "Nobody opposed strategic autonomy."),
    "fr": ("…", "Personne ne s’opposa à l’autonomie stratégique."),
    "ru": (
        "Города хотят стратегической автономии.",
        "Никто не был против стратегической автономии.",
    ),
}

SLIPS = [
    Slip(
        "conflated",
        "warning",
        "fr",
        6,
        "Les sanctions frappèrent le port.",
        "Les contrôles à l’exportation frappèrent le port.",
        CONTROLS,
        ("export controls", "sanctions"),
        "“sanctions” renders “export controls” here, but “sanctions” elsewhere",
    ),
    Slip(
        "across-languages",
        "note",
        "zh-Hant",
        0,
        "嚇阻需要海底電纜，嚇阻也需要同盟。",
        "威懾需要海底電纜，威懾也需要同盟。",
        DETERRENCE,
        ("deterrence",),
        "“嚇阻” here, “威慑” in Simplified Chinese",
    ),
    Slip(
        "inconsistent",
        "warning",
        "ru",
        2,
        "Они спросили Хиробаяси.",
        "Они спросили Хирабаяси.",
        {
            "en": SURNAME,
            "ru": ("Хирабаяси пришла в порт.", "Никто больше не видел Хирабаяси.", "…"),
        },
        (),
        "“Хирабаяси” in 2 of 3 places",
    ),
    Slip(
        "inconsistent",
        "warning",
        "ru",
        0,
        "Наоко Хиробаяси пришла в порт.",
        "Наоко Хирабаяси пришла в порт.",
        {"en": FULL_NAME, "ru": ("…", "Никто не видел Хирабаяси.", "Они спросили Хирабаяси.")},
        (),
        "a part of the name is “Хирабаяси” elsewhere",
    ),
    Slip(
        "inconsistent",
        "warning",
        "ja",
        0,
        "平森直子は港に来た。",
        "平林直子は港に来た。",
        {"en": FULL_NAME, "ja": ("…", "平林を二度と見た者はいない。", "人々は平林を呼んだ。")},
        (),
        "a part of the name is “平林” elsewhere",
    ),
    Slip(
        "mistranslated",
        "note",
        "ja",
        0,
        "OSCEはケーブルを修理する。",
        "NATOはケーブルを修理する。",
        ABBREVIATION,
        (),
        "“OSCE” stands here for “NATO”, which 2 other editions keep",
    ),
    Slip(
        "mistranslated",
        "warning",
        "zh-Hant",
        0,
        "平森直子來到港口。",
        "平林直子來到港口。",
        NAME,
        (),
        "the other editions in Chinese characters have “平林直子”",
    ),
    Slip(
        "untranslated",
        "warning",
        "fr",
        0,
        "Les villes veulent la strategic autonomy.",
        "Les villes veulent l’autonomie stratégique.",
        AUTONOMY,
        ("strategic autonomy",),
        "“strategic autonomy” is left untranslated",
    ),
    Slip(
        "missing",
        "warning",
        "ru",
        1,
        "Союзу нужно сдерживание.",
        "Союзу стратегическая автономия нужна так же, как сдерживание.",
        {
            "en": (
                "Nobody opposed strategic autonomy.",
                "An alliance needs strategic autonomy as much as deterrence does.",
            ),
            "ru": (AUTONOMY["ru"][1], "…"),
        },
        ("strategic autonomy",),
        "Nothing renders “strategic autonomy” here",
    ),
]


@pytest.mark.parametrize("slip", SLIPS, ids=str)
def test_a_slip_is_told_where_it_stands(terms_of, slip):
    report = terms_of(slip.editions_with(slip.wrong), terms=slip.terms)
    [finding] = [one for one in report.findings if one.kind == slip.kind]
    assert (finding.language, finding.segment) == (slip.language, slip.segment)
    assert finding.severity == slip.severity
    assert slip.message in finding.message


@pytest.mark.parametrize("slip", SLIPS, ids=str)
def test_the_right_words_in_its_place_are_silent(terms_of, slip):
    editions = slip.editions_with(slip.right)
    if slip.kind == "across-languages":
        editions["zh-Hant"] = [text.replace("嚇阻", "威懾") for text in editions["zh-Hant"]]
    assert terms_of(editions, terms=slip.terms).findings == ()


@pytest.mark.parametrize(
    ("spanish", "kinds"), [("el resorte", {"across-languages"}), ("la primavera", set())]
)
def test_french_and_spanish_are_expected_to_mean_the_same(terms_of, spanish, kinds):
    french = ("Le printemps vint d’abord.", "Nul ne vit le printemps à Tokyo.")
    report = terms_of(
        {
            "en": SPRING,
            "fr": [*french, "On parla du printemps."],
            "es": [
                f"{spanish} vino primero.",
                f"Nadie vio {spanish} en Tokio.",
                f"Se habló de {spanish}.",
            ],
        },
        terms=("spring",),
    )
    assert {finding.kind for finding in report.findings} == kinds


@pytest.mark.parametrize(
    ("status", "expected"),
    [("preferred", set()), ("deprecated", {("termbase", "error")})],
)
def test_a_termbase_speaks_of_what_it_forbids(terms_of, status, expected):
    base = Termbase(
        (
            TermbaseEntry(
                "1",
                (
                    TermbaseTerm("strategic autonomy", "en"),
                    TermbaseTerm("autonomie stratégique", "fr", status),
                ),
            ),
        )
    )
    editions = {
        "en": AUTONOMY["en"],
        "fr": ("Les villes veulent l’autonomie stratégique.", AUTONOMY["fr"][1]),
    }
    report = terms_of(editions, termbases=(base,))
    assert {(finding.kind, finding.severity) for finding in report.findings} == expected


def test_every_kind_stands_above():
    assert {slip.kind for slip in SLIPS} | {"termbase"} == set(KINDS)
