"""Sentence encoders of the `transformers` library, from the hub or a local folder."""

from __future__ import annotations

import hashlib
import itertools
import json
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from align.encoders.base import Advance, FloatArray, encode_joined_spans
from align.encoders.cards import ModelCard
from align.encoders.kinds import extra_of
from align.encoders.sentence_modules import NOT_OF_A_MODEL, load_dense, read_modules
from align.errors import InputError, MissingExtraError

_TOKENS_A_BATCH = 8192
_LONGEST_POSSIBLE = 1_000_000  # tokenizers without a maximum say a huge number


class TransformerEncoder:
    """A transformer encoder with pooling, computed in float32 whatever its weights are kept in.

    Code that comes with a model is never run. A text longer than the model's maximum is not cut
    off: it is encoded in windows of the maximum length, which overlap by a quarter, and its vector
    is their mean weighted by length.

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
            raise MissingExtraError(f"the encoder {card.name!r}", extra_of(card)) from error

        logging: Any = transformers.utils.logging
        logging.disable_progress_bar()
        verbosity = logging.get_verbosity()
        logging.set_verbosity_error()  # what matters is raised below
        try:
            self._tokenizer = transformers.AutoTokenizer.from_pretrained(
                card.model, trust_remote_code=False
            )
            model, loading = transformers.AutoModel.from_pretrained(
                card.model, output_loading_info=True, trust_remote_code=False
            )
        except (OSError, ValueError) as error:
            if "trust_remote_code" in str(error):
                raise InputError(
                    f"the model {card.model!r} needs code of its own, which is never run; "
                    "take one whose architecture the transformers library has, or a newer library"
                ) from error
            first_line = str(error).strip().splitlines()[0]
            raise InputError(
                f"cannot load the model {card.model!r} ({first_line}); give a local folder with "
                "--encoder FOLDER, or connect to the hub once so that it is downloaded"
            ) from error
        finally:
            logging.set_verbosity(verbosity)
        dense = torch.nn.Sequential(*(load_dense(card.model, name) for name in card.dense))
        _must_fit(card, model, dense, loading["missing_keys"])
        self._torch = torch
        self._device = device or ("cuda" if torch.cuda.is_available() else "cpu")
        self._model = model.eval().float().to(self._device)
        self._dense = dense.eval().to(self._device)
        self.card = card
        self.fingerprint = f"{card.name}@{_fingerprint(card, model, dense)}"
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
        # With its prefix, for a token may take the prefix's last space.
        encoded = self._tokenizer(
            [self.card.prefix + text for text in texts],
            add_special_tokens=False,
            truncation=False,
            verbose=False,
        )
        ids: list[list[int]] = encoded["input_ids"]
        return ids

    def _windows(self, ids: list[int]) -> Iterator[list[int]]:
        if len(ids) <= self._window:
            yield ids
            return
        prefix = _common_start(self._prefix, ids)
        text = ids[len(prefix) :]
        room = max(self._window - len(prefix), 1)
        step = max(room - room // 4, 1)
        for start in range(0, len(text) - room // 4, step):
            yield prefix + text[start : start + room]

    def _forward(self, windows: Sequence[list[int]]) -> FloatArray:
        torch = self._torch
        # A tokenizer without marks makes nothing of an empty text, a model must see something.
        sequences = [
            [*self._opening, *window, *self._closing] or [self._padding] for window in windows
        ]
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
            elif self.card.pooling == "last":
                # Padding comes after the text, where a model that only looks back never sees it.
                ends = attention.sum(1) - 1
                rows = torch.arange(len(ends), device=ends.device)
                pooled = output.last_hidden_state[rows, ends]
            else:
                mask = attention.unsqueeze(-1).to(output.last_hidden_state.dtype)
                pooled = (output.last_hidden_state * mask).sum(1) / mask.sum(1).clamp(min=1)
            unit = torch.nn.functional.normalize(self._dense(pooled.float()), dim=1)
        result: FloatArray = unit.cpu().numpy()
        return result


def card_of_folder(folder: Path) -> ModelCard:
    """A card for a transformers model in a local folder that has none.

    Pooling and dense layers as its `modules.json` says, mean pooling where it has none; no prefix,
    every language. Write a card of your own to say otherwise.

    Raises:
        InputError: If its `config.json` cannot be read or does not say how long vectors are, or
            its `modules.json` names what is not supported.
    """
    file = folder / "config.json"
    try:
        dimension = int(json.loads(file.read_text(encoding="utf-8"))["hidden_size"])
    except NOT_OF_A_MODEL as error:
        raise InputError(f"not the configuration of an encoder: {error}", path=file) from error
    modules = read_modules(folder)
    return ModelCard(
        name=folder.resolve().name,
        kind="transformers",
        title=str(folder),
        licence="",
        languages=("*",),
        dimension=modules.dimension or dimension,
        model=str(folder),
        pooling=modules.pooling,
        dense=modules.dense,
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


def _common_start(first: list[int], second: list[int]) -> list[int]:
    """The tokens that two sequences both start with."""
    pairs = zip(first, second, strict=False)
    return [token for token, _ in itertools.takewhile(lambda pair: pair[0] == pair[1], pairs)]


def _must_fit(card: ModelCard, model: Any, dense: Any, missing: Iterable[str]) -> None:
    """Refuses a model whose vectors would be random or of another length than its card says."""
    if card.pooling == "pooler" and any(name.startswith("pooler.") for name in missing):
        raise InputError(
            f"the model {card.model!r} has no pooler; let its card say pooling = 'mean' or 'cls'"
        )
    dimension = getattr(model.config, "hidden_size", card.dimension)
    for linear, _ in dense:
        if linear.in_features != dimension:
            raise InputError(
                f"a dense layer of the model {card.model!r} takes vectors of {linear.in_features} "
                f"numbers, but is given {dimension}; mend the layers on the card of {card.name!r}"
            )
        dimension = linear.out_features
    if dimension != card.dimension:
        raise InputError(
            f"the model {card.model!r} gives vectors of {dimension} numbers, not of "
            f"{card.dimension}; mend the dimension on the card of {card.name!r}"
        )


def _fingerprint(card: ModelCard, model: Any, dense: Any) -> str:
    """Identifies the weights: the hub's commit where known, else a digest of the tensors."""
    commit = getattr(model.config, "_commit_hash", None)
    told = (card.pooling, card.prefix, *card.dense, commit or "")
    digest = hashlib.sha256("|".join(told).encode())
    if not commit:
        tensors = [*model.state_dict().items(), *dense.state_dict(prefix="dense.").items()]
        for name, tensor in sorted(tensors):
            if name.startswith("pooler.") and card.pooling != "pooler":
                continue  # unused, and made at random where the folder has none
            digest.update(name.encode())
            digest.update(tensor.float().cpu().numpy().tobytes())
    return digest.hexdigest()[:12]
