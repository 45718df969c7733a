"""What encoding costs: ours, a transformer's of LaBSE's shape, and what the machine could do."""

from __future__ import annotations

import importlib
import threading
import time
from collections import Counter
from functools import partial
from statistics import median
from typing import TYPE_CHECKING, Any

import numpy as np
from evaluation.dev_data import bundled_corpus, dev_folder, textberg

from align import __version__
from align.encoders import DEFAULT_ENCODER, load_encoder, model_card
from align.text import join_text

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    import numpy.typing as npt
    from evaluation.dev_data import GoldPair

    from align.encoders.base import Encoder
    from align.encoders.use_multilingual import UseEncoder

Shape = tuple[int, int, int]
Result = dict[str, Any]

LONGEST = 4
"""Segments of the longest span that is encoded."""

# LaBSE (Feng et al., ACL 2022): BERT base with a vocabulary of its own.
_LABSE = {
    "vocab_size": 501_153,
    "hidden_size": 768,
    "num_hidden_layers": 12,
    "num_attention_heads": 12,
    "intermediate_size": 3072,
    "max_position_embeddings": 512,
}
_LABSE_TOKENS = 256  # where its published configuration cuts texts off
_BATCH = 32
_SQUARE = 2048
_ENCODINGS = 9
_ONE_AT_A_TIME = threading.Lock()


def sample_pair() -> GoldPair:
    """The texts that are encoded: a development document, or an article of ours."""
    try:
        dev_folder()
    except SystemExit:
        return next(pair for pair in bundled_corpus() if pair.target_language == "fr")
    return textberg()


def our_speed(batches: int) -> Result:
    """How fast our encoder is on sentences, on the texts of spans, and on spans as it does them.

    Args:
        batches: How many batches of sentences, and of spans, are encoded.
    """
    pair, encoder = sample_pair(), load_encoder(cached=False)
    sentences, spans = _samples(pair, batches)
    return {
        "signature": _signature(encoder),
        "sentences_per_second": _rate(encoder.encode, sentences),
        "span_texts_per_second": _rate(encoder.encode, spans),
        "spans_per_second": _span_count(pair) / _seconds(partial(_encode_spans, encoder, pair)),
    }


def transformer_speed(batches: int, threads: int) -> Result:
    """How fast a transformer of LaBSE's shape, with random weights, is on the same texts.

    It is given as many tokens as our tokenizer makes of each text: random weights need none of
    its own. Texts are sorted by length and batched, as its library does.
    """
    import torch

    transformers: Any = importlib.import_module("transformers")
    torch.set_num_threads(threads)
    torch.manual_seed(1)
    model = transformers.BertModel(transformers.BertConfig(**_LABSE)).eval()
    tokenizer = _use_encoder()._tokenizer

    def encode(texts: Sequence[str]) -> None:
        lengths = sorted((len(ids) + 2 for ids in tokenizer.encode(list(texts))), reverse=True)
        for start in range(0, len(lengths), _BATCH):
            sizes = torch.tensor(lengths[start : start + _BATCH]).clamp(max=_LABSE_TOKENS)
            mask = (torch.arange(int(sizes.max())) < sizes[:, None]).long()
            tokens = torch.randint(_LABSE["vocab_size"], mask.shape)
            with torch.inference_mode():
                model(input_ids=tokens, attention_mask=mask)

    sentences, spans = _samples(sample_pair(), batches)
    return {
        "sentences_per_second": _rate(encode, sentences, repetitions=1),
        "span_texts_per_second": _rate(encode, spans, repetitions=1),
        "parameters": sum(weights.numel() for weights in model.parameters()),
    }


def limits() -> Result:
    """How near encoding a text with its spans comes to what the machine's matrix product allows.

    Counted are the matrix products that are executed; the limit is the time they alone take at
    the speed measured for their shapes, or at that of a large square product. Both, and encoding,
    are the best of several runs, for what else the machine does slows down now one, now the other.
    """
    pair = sample_pair()
    watched = _use_encoder()
    products = count_products(watched._network, partial(_encode_spans, watched, pair))
    by_weights: dict[tuple[int, int], list[Shape]] = {}
    for shape in products:
        by_weights.setdefault(shape[1:], []).append(shape)
    rows: list[dict[str, Any]] = []
    for (inner, columns), shapes in by_weights.items():
        operations = sum(2 * m * k * n * products[m, k, n] for m, k, n in shapes)
        tallest = max(m for m, _, _ in shapes)
        rate = product_rate((tallest, inner, columns))
        rows.append(
            {
                "shape": [tallest, inner, columns],
                "gigaflop": operations / 1e9,
                "gigaflop_per_second": rate,
                "seconds": operations / 1e9 / rate,
            }
        )
    rows.sort(key=lambda row: -row["gigaflop"])
    square = product_rate((_SQUARE, _SQUARE, _SQUARE))
    total = sum(row["gigaflop"] for row in rows)
    at_shapes = sum(row["seconds"] for row in rows)
    encoder = load_encoder(cached=False)
    measured = min(_times(partial(_encode_spans, encoder, pair), repetitions=_ENCODINGS))
    return {
        "signature": _signature(encoder),
        "segments": len(pair.source) + len(pair.target),
        "tokens": _token_count(pair),
        "spans": _span_count(pair),
        "products": rows,
        "gigaflop": total,
        "square": {"size": _SQUARE, "gigaflop_per_second": square},
        "seconds_at_square": total / square,
        "seconds_at_shapes": at_shapes,
        "seconds_measured": measured,
        "times_square": measured / (total / square),
        "times_shapes": measured / at_shapes,
    }


class Counted(np.ndarray):
    """An array that tallies the matrix products it takes part in, and gives plain results."""

    tally: Counter[Shape] | None = None

    def __array_finalize__(self, origin: object) -> None:
        self.tally = getattr(origin, "tally", None)

    def __array_ufunc__(self, ufunc: np.ufunc, method: str, *inputs: Any, **options: Any) -> Any:
        plain = [_plain(value) for value in inputs]
        if "out" in options:
            options["out"] = tuple(_plain(value) for value in options["out"])
        result = getattr(ufunc, method)(*plain, **options)
        if ufunc is np.matmul and self.tally is not None:
            inner = plain[0].shape[-1]
            columns = plain[1].shape[-1]
            with _ONE_AT_A_TIME:  # several threads multiply
                self.tally[result.size // columns, inner, columns] += 1
        return result


def counted(array: npt.NDArray[Any], tally: Counter[Shape]) -> Counted:
    """The array, seen so that its matrix products are tallied by rows, inner size and columns."""
    view = array.view(Counted)
    view.tally = tally
    return view


def count_products(network: object, action: Callable[[], object]) -> Counter[Shape]:
    """The matrix products with a network's weights that an action executes, by shape.

    Args:
        network: Its attributes are the weights: arrays, and lists and tuples of arrays.
        action: Runs the network.
    """
    tally: Counter[Shape] = Counter()
    for name, value in vars(network).items():
        setattr(network, name, _watched(value, tally))
    action()
    return tally


def product_rate(shape: Shape, *, seconds: float = 0.3) -> float:
    """Billions of operations a second of the best single-precision product of a shape."""
    rows, inner, columns = shape
    random = np.random.default_rng(1)
    left = random.standard_normal((rows, inner), dtype=np.float32)
    right = random.standard_normal((inner, columns), dtype=np.float32)
    out = left @ right
    best, begun = float("inf"), time.perf_counter()
    while time.perf_counter() - begun < seconds:
        started = time.perf_counter()
        np.matmul(left, right, out=out)
        best = min(best, time.perf_counter() - started)
    return 2 * rows * inner * columns / best / 1e9


def _watched(value: Any, tally: Counter[Shape]) -> Any:
    if isinstance(value, np.ndarray):
        return counted(value, tally)
    if isinstance(value, (list, tuple)):
        return type(value)(_watched(item, tally) for item in value)
    return value


def _plain(value: Any) -> Any:
    return value.view(np.ndarray) if isinstance(value, Counted) else value


def _use_encoder() -> UseEncoder:
    from align.encoders.use_multilingual import UseEncoder

    return UseEncoder(model_card(DEFAULT_ENCODER))


def _signature(encoder: Encoder) -> str:
    return f"align:{__version__}|encoder:{encoder.fingerprint}"


def _encode_spans(encoder: Encoder, pair: GoldPair) -> None:
    encoder.encode_spans(pair.source, longest=LONGEST, language=pair.source_language)
    encoder.encode_spans(pair.target, longest=LONGEST, language=pair.target_language)


def _samples(pair: GoldPair, batches: int) -> tuple[list[str], list[str]]:
    """Sentences, and spans of one to `LONGEST` sentences, of all lengths.

    A transformer encodes texts sorted by length in batches, so that little is padded. Taken are
    whole batches of all texts in that order, at even distances.
    """
    sentences: list[str] = []
    spans: list[str] = []
    for segments, language in (
        (pair.source, pair.source_language),
        (pair.target, pair.target_language),
    ):
        joined = join_text(segments, language)
        sentences += segments
        spans += [
            joined.span(start, start + length)
            for length in range(1, LONGEST + 1)
            for start in range(len(segments) - length + 1)
        ]
    return _some_batches(sentences, batches), _some_batches(spans, batches)


def _some_batches(texts: list[str], batches: int) -> list[str]:
    texts = sorted(texts, key=len)
    places = (np.arange(batches) + 0.5) / batches * len(texts) - _BATCH / 2
    return [
        text
        for place in np.clip(places, 0, None).astype(int).tolist()
        for text in texts[place : place + _BATCH]
    ]


def _span_count(pair: GoldPair) -> int:
    sizes = len(pair.source), len(pair.target)
    return sum(max(size - length, 0) for size in sizes for length in range(LONGEST))


def _token_count(pair: GoldPair) -> int:
    tokenizer = _use_encoder()._tokenizer
    return sum(map(len, tokenizer.encode([*pair.source, *pair.target])))


def _rate(
    encode: Callable[[Sequence[str]], object], texts: Sequence[str], *, repetitions: int = 3
) -> float:
    """Texts a second, what is loaded on first use not counted."""
    encode(texts[:4])
    return len(texts) / _seconds(partial(encode, texts), repetitions=repetitions)


def _seconds(action: Callable[[], object], *, repetitions: int = 3) -> float:
    """Median time of an action."""
    return median(_times(action, repetitions=repetitions))


def _times(action: Callable[[], object], *, repetitions: int) -> list[float]:
    times = []
    for _ in range(repetitions):
        started = time.perf_counter()
        action()
        times.append(time.perf_counter() - started)
    return times
