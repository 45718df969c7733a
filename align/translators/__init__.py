"""Machine translation, for what compares a translation with it: models, and how one is loaded."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

__all__ = ["Translator", "load_translator"]


class Translator(Protocol):
    """Translates texts.

    Attributes:
        name: The model's name.
        fingerprint: Changes whenever the translations would.
    """

    name: str
    fingerprint: str

    def translate(self, texts: Sequence[str], *, source: str, target: str) -> list[str]:
        """Translates texts one by one.

        Args:
            texts: The texts.
            source: Their BCP 47 tag.
            target: BCP 47 tag of the language that is wanted.

        Returns:
            The translations, in the order of the texts.

        Raises:
            InputError: If the model does not know a language.
        """
        ...


def load_translator(model: str, *, device: str | None = None) -> Translator:
    """Loads a translation model.

    Args:
        model: Name of a sequence-to-sequence model on the hub, or a folder that holds one
            (Marian, M2M100, NLLB, mBART-50, MADLAD-400 and their like).
        device: Where it runs (`cpu`, `cuda`, …); by default a GPU if there is one.

    Raises:
        MissingExtraError: If torch or transformers is not installed.
        InputError: If the model cannot be loaded.
    """
    from align.translators.seq2seq import Seq2SeqTranslator

    return Seq2SeqTranslator(model, device=device)
