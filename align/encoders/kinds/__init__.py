"""The kinds of encoders: a module each, named as cards name the kind.

A module has a `KIND`, which says how an encoder of the kind is loaded from its card; see 'add an
encoder' in CONTRIBUTING.md. It is imported when such an encoder is wanted, or asked for the
packages that it needs.
"""

from __future__ import annotations

from dataclasses import dataclass
from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from align.encoders.base import Encoder
    from align.encoders.cards import ModelCard


@dataclass(frozen=True, slots=True)
class EncoderKind:
    """A kind of encoder.

    Attributes:
        load: Loads the encoder of a card; told where it shall run (`cpu`, `cuda`, …), if it was
            said. Raises `InputError` where the model cannot be loaded and `MissingExtraError`
            where packages are not installed.
        extra: The optional extra of `align` that it needs; empty where it needs none.
        cached: Whether its vectors are worth keeping on disk.
    """

    load: Callable[[ModelCard, str | None], Encoder]
    extra: str = ""
    cached: bool = True


def kind_named(name: str) -> EncoderKind:
    """The kind of that name, which is one of `align.encoders.cards.kind_names`."""
    kind: EncoderKind = import_module(f"{__name__}.{name}").KIND
    return kind


def extra_of(card: ModelCard) -> str:
    """The optional extra of `align` that a card's encoder needs; empty where it needs none."""
    return kind_named(card.kind).extra
