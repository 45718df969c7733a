"""Sentence encoders of the `transformers` library, from the hub or a local folder."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Any

import numpy as np

from align.encoders.base import encode_joined_spans
from align.encoders.cards import ModelCard
from align.errors import InputError, MissingExtraError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
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

    composes_spans = False

    def __init__(self, card: ModelCard, *, device: str | None = None) -> None:
        try:
            import torch
            import transformers
        except ImportError as error:
            raise MissingExtraError(f"the encoder {card.name!r}", card.extra) from error

        logging: Any = transformers.utils.logging
        logging.disable_progress_bar()
        verbosity = logging.get_verbosity()
        logging.set_verbosity_error()  # what matters is raised below
        try:
            self._tokenizer = transformers.AutoTokenizer.from_pretrained(card.model)
            model, loading = transformers.AutoModel.from_pretrained(
                card.model, output_loading_info=True
            )
        except (OSError, ValueError) as error:
            first_line = str(error).strip().splitlines()[0]
            raise InputError(
                f"cannot load the model {card.model!r} ({first_line}); give a local folder with "
                "--encoder FOLDER, or connect to the hub once so that it is downloaded"
            ) from error
        finally:
            logging.set_verbosity(verbosity)
        _must_fit(card, model, loading["missing_keys"])
        self._torch = torch
        self._device = device or ("cuda" if torch.cuda.is_available() else "cpu")
        self._model = model.eval().float().to(self._device)
        self.card = card
        self.fingerprint = f"{card.name}@{_fingerprint(card, model)}"
        self._opening, self._closing = _special_tokens(self._tokenizer)
        special = len(self._opening) + len(self._closing)
        positions = getattr(model.config, "max_position_embeddings", _LONGEST_POSSIBLE)
        self._padding = padding = getattr(model.config, "pad_token_id", None) or 0
        if getattr(model.config, "model_type", "") in {"roberta", "xlm-roberta", "camembert"}:
            positions -= padding + 1  # their positions are counted from after the padding's number
        self._window = min(self._tokenizer.model_max_length, positions) - special
        self._prefix = self._tokenizer(card.prefix, add_special_tokens=False)["input_ids"]

    def encode(self, texts: Sequence[str], *, language: str | None = None) -> FloatArray:
        """Encodes texts one by one; see `Encoder.encode`."""
        del language  # these models prepare no language of their own
        vectors = np.zeros((len(texts), self.card.dimension), dtype=np.float32)
        if not texts:
            return vectors
        windows: list[tuple[int, list[int]]] = []
        for index, ids in enumerate(self._tokenize(texts)):
            windows += [(index, window) for window in self._windows(ids)]
        for batch in _batches(windows):
            encoded = self._forward([window for _, window in batch])
            for (index, window), vector in zip(batch, encoded, strict=True):
                vectors[index] += max(len(window), 1) * vector
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
        return encode_joined_spans(
            self.encode,
            segments,
            longest=longest,
            language=language,
            dimension=self.card.dimension,
            advance=advance,
        )

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
        sequences = [[*self._opening, *window, *self._closing] for window in windows]
        shape = len(sequences), max(map(len, sequences))
        ids = torch.full(shape, self._padding, dtype=torch.long)
        attention = torch.zeros(shape, dtype=torch.long)
        for row, sequence in enumerate(sequences):
            ids[row, : len(sequence)] = torch.tensor(sequence)
            attention[row, : len(sequence)] = 1
        ids, attention = ids.to(self._device), attention.to(self._device)
        with torch.inference_mode():
            output = self._model(input_ids=ids, attention_mask=attention)
            if self.card.pooling == "pooler":
                pooled = output.pooler_output
            elif self.card.pooling == "cls":
                pooled = output.last_hidden_state[:, 0]
            else:
                mask = attention.unsqueeze(-1).to(output.last_hidden_state.dtype)
                pooled = (output.last_hidden_state * mask).sum(1) / mask.sum(1).clamp(min=1)
            unit = torch.nn.functional.normalize(pooled.float(), dim=1)
        result: FloatArray = unit.cpu().numpy()
        return result


def card_of_folder(folder: Path) -> ModelCard:
    """A card for a transformers model in a local folder that has none.

    Mean pooling, no prefix, every language; write a card of your own to say otherwise.

    Raises:
        InputError: If its `config.json` cannot be read or does not say how long vectors are.
    """
    import json

    file = folder / "config.json"
    try:
        dimension = int(json.loads(file.read_text(encoding="utf-8"))["hidden_size"])
    except (OSError, ValueError, TypeError, KeyError) as error:
        raise InputError(f"not the configuration of an encoder: {error}", path=file) from error
    return ModelCard(
        name=folder.resolve().name,
        kind="transformers",
        title=str(folder),
        licence="",
        languages=("*",),
        dimension=dimension,
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


def _special_tokens(tokenizer: Any) -> tuple[list[int], list[int]]:
    """What the tokenizer puts before and after every text.

    Read off an example, for no method of theirs exists in all versions of transformers.
    """
    bare: list[int] = tokenizer("a", add_special_tokens=False)["input_ids"]
    marked: list[int] = tokenizer("a")["input_ids"]
    before = next(
        start
        for start in range(len(marked) - len(bare) + 1)
        if marked[start : start + len(bare)] == bare
    )
    return marked[:before], marked[before + len(bare) :]


def _must_fit(card: ModelCard, model: Any, missing: Iterable[str]) -> None:
    """Refuses a model whose vectors would be random or of another length than its card says."""
    if card.pooling == "pooler" and any(name.startswith("pooler.") for name in missing):
        raise InputError(
            f"the model {card.model!r} has no pooler; let its card say pooling = 'mean' or 'cls'"
        )
    dimension = getattr(model.config, "hidden_size", card.dimension)
    if dimension != card.dimension:
        raise InputError(
            f"the model {card.model!r} gives vectors of {dimension} numbers, not of "
            f"{card.dimension}; mend the dimension on the card of {card.name!r}"
        )


def _fingerprint(card: ModelCard, model: Any) -> str:
    """Identifies the weights: the hub's commit where known, else a digest of the tensors."""
    commit = getattr(model.config, "_commit_hash", None)
    digest = hashlib.sha256(f"{card.pooling}|{card.prefix}|{commit or ''}".encode())
    if not commit:
        for name, tensor in sorted(model.state_dict().items()):
            if name.startswith("pooler.") and card.pooling != "pooler":
                continue  # unused, and made at random where the folder has none
            digest.update(name.encode())
            digest.update(tensor.float().cpu().numpy().tobytes())
    return digest.hexdigest()[:12]
