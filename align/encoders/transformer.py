"""Sentence encoders of the `transformers` library, from the hub or a local folder."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Any

import numpy as np

from align.encoders.base import join_text
from align.encoders.cards import ModelCard
from align.errors import InputError, MissingExtraError

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from align.encoders.base import Advance, FloatArray

_TOKENS_A_BATCH = 8192
_LONGEST_POSSIBLE = 1_000_000  # tokenizers without a maximum say a huge number


class TransformerEncoder:
    """A transformer encoder with pooling.

    A text longer than the model's maximum is not cut off: it is encoded in windows of the
    maximum length, which overlap by a quarter, and its vector is their mean weighted by length.

    Args:
        card: Its model card.
        device: Where it runs; by default a GPU if there is one.

    Raises:
        MissingExtraError: If torch or transformers is not installed.
        InputError: If the model cannot be loaded.
    """

    def __init__(self, card: ModelCard, *, device: str | None = None) -> None:
        try:
            import torch
            import transformers
        except ImportError as error:
            raise MissingExtraError(f"the encoder {card.name!r}", "transformers") from error

        transformers.utils.logging.disable_progress_bar()
        try:
            self._tokenizer = transformers.AutoTokenizer.from_pretrained(card.model)
            model = transformers.AutoModel.from_pretrained(card.model)
        except (OSError, ValueError) as error:
            first_line = str(error).strip().splitlines()[0]
            raise InputError(
                f"cannot load the model {card.model!r} ({first_line}); give a local folder with "
                "--encoder FOLDER, or connect to the hub once so that it is downloaded"
            ) from error
        self._torch = torch
        self._device = device or ("cuda" if torch.cuda.is_available() else "cpu")
        self._model = model.eval().to(self._device)
        self.card = card
        self.fingerprint = f"{card.name}@{_fingerprint(card, model)}"
        special = self._tokenizer.num_special_tokens_to_add()
        positions = getattr(model.config, "max_position_embeddings", _LONGEST_POSSIBLE)
        padding = getattr(model.config, "pad_token_id", None) or 0
        if getattr(model.config, "model_type", "") in {"roberta", "xlm-roberta", "camembert"}:
            positions -= padding + 1  # their positions are counted from after the padding's number
        self._window = min(self._tokenizer.model_max_length, positions) - special
        self._prefix = self._tokenizer(card.prefix, add_special_tokens=False)["input_ids"]

    def encode(self, texts: Sequence[str], *, language: str | None = None) -> FloatArray:
        """Encodes texts one by one; see `Encoder.encode`."""
        del language  # these models prepare no language of their own
        vectors = np.zeros((len(texts), self.card.dimension), dtype=np.float32)
        weights = np.zeros(len(texts), dtype=np.float32)
        if not texts:
            return vectors
        windows: list[tuple[int, list[int]]] = []
        for index, ids in enumerate(self._tokenize(texts)):
            windows += [(index, window) for window in self._windows(ids)]
        for batch in _batches(windows):
            encoded = self._forward([window for _, window in batch])
            for (index, window), vector in zip(batch, encoded, strict=True):
                vectors[index] += len(window) * vector
                weights[index] += len(window)
        vectors /= np.maximum(np.linalg.norm(vectors, axis=1, keepdims=True), 1e-12)
        return vectors

    def encode_spans(
        self,
        segments: Sequence[str],
        *,
        longest: int,
        language: str,
        advance: Advance | None = None,
    ) -> FloatArray:
        """Encodes the joined text of every run of segments; see `Encoder.encode_spans`."""
        count = len(segments)
        vectors = np.zeros((longest, count, self.card.dimension), dtype=np.float32)
        joined = join_text(segments, language)
        for start in range(0, count, _SEGMENTS_AT_ONCE):
            stop = min(start + _SEGMENTS_AT_ONCE, count)
            places = [
                (length - 1, first)
                for first in range(start, stop)
                for length in range(1, min(longest, count - first) + 1)
            ]
            encoded = self.encode([joined.span(i, i + k + 1) for k, i in places])
            lengths, firsts = np.array(places).T
            vectors[lengths, firsts] = encoded
            if advance:
                advance(stop - start)
        return vectors

    def _tokenize(self, texts: Sequence[str]) -> list[list[int]]:
        encoded = self._tokenizer(
            list(texts), add_special_tokens=False, truncation=False, verbose=False
        )
        ids: list[list[int]] = encoded["input_ids"]
        return ids

    def _windows(self, ids: list[int]) -> Iterator[list[int]]:
        room = max(self._window - len(self._prefix), 1)
        if len(ids) <= room:
            yield self._prefix + ids
            return
        step = max(room - room // 4, 1)
        for start in range(0, len(ids) - room // 4, step):
            yield self._prefix + ids[start : start + room]

    def _forward(self, windows: Sequence[list[int]]) -> FloatArray:
        torch = self._torch
        inputs = self._tokenizer.pad(
            [
                {"input_ids": self._tokenizer.build_inputs_with_special_tokens(window)}
                for window in windows
            ],
            return_tensors="pt",
        ).to(self._device)
        with torch.inference_mode():
            output = self._model(**inputs)
            if self.card.pooling == "pooler":
                pooled = output.pooler_output
            elif self.card.pooling == "cls":
                pooled = output.last_hidden_state[:, 0]
            else:
                mask = inputs["attention_mask"].unsqueeze(-1).to(output.last_hidden_state.dtype)
                pooled = (output.last_hidden_state * mask).sum(1) / mask.sum(1).clamp(min=1)
            unit = torch.nn.functional.normalize(pooled.float(), dim=1)
        result: FloatArray = unit.cpu().numpy()
        return result


_SEGMENTS_AT_ONCE = 64


def card_of_folder(folder: Path) -> ModelCard:
    """A card for a transformers model in a local folder that has none.

    Mean pooling, no prefix, every language; write a card of your own to say otherwise.
    """
    import json

    config = json.loads((folder / "config.json").read_text(encoding="utf-8"))
    return ModelCard(
        name=folder.resolve().name,
        kind="transformers",
        title=str(folder),
        licence="",
        languages=("*",),
        dimension=int(config["hidden_size"]),
        model=str(folder),
    )


def _batches(
    windows: Sequence[tuple[int, list[int]]],
) -> Iterator[list[tuple[int, list[int]]]]:
    """Windows of like length together, so that little is padding."""
    batch: list[tuple[int, list[int]]] = []
    for window in sorted(windows, key=lambda window: len(window[1])):
        if batch and len(window[1]) * (len(batch) + 1) > _TOKENS_A_BATCH:
            yield batch
            batch = []
        batch.append(window)
    if batch:
        yield batch


def _fingerprint(card: ModelCard, model: Any) -> str:
    """Identifies the weights: the hub's commit where known, else a digest of the tensors."""
    commit = getattr(model.config, "_commit_hash", None)
    digest = hashlib.sha256(f"{card.pooling}|{card.prefix}|{commit or ''}".encode())
    if not commit:
        for name, tensor in sorted(model.state_dict().items()):
            digest.update(name.encode())
            digest.update(tensor.float().cpu().numpy().tobytes())
    return digest.hexdigest()[:12]
