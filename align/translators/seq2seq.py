"""Translation models of the `transformers` library, from the hub or a local folder."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from align.errors import InputError, MissingExtraError
from align.languages import joiner
from align.translators.codes import language_and_script, language_tokens

_TOKENS_A_BATCH = 4096
_LONGEST_POSSIBLE = 1_000_000  # tokenizers without a maximum say a huge number
_LONGEST_WINDOW = 200  # tokens; models were trained on sentences, and drop what goes on longer
_GROWTH = 2  # how many tokens a translation may have for one of the text's,
_ROOM = 16  # and how many more


class Seq2SeqTranslator:
    """A sequence-to-sequence model that translates.

    A text longer than a long sentence is translated in pieces, which are joined again. The same
    text gives the same translation: nothing is sampled.

    Args:
        model: Name on the hub, or a folder.
        device: Where it runs; by default a GPU if there is one.

    Raises:
        MissingExtraError: If torch or transformers is not installed.
        InputError: If the model cannot be loaded.
    """

    def __init__(self, model: str, *, device: str | None = None) -> None:
        try:
            import torch
            import transformers
        except ImportError as error:
            raise MissingExtraError(f"the translation model {model!r}", "transformers") from error

        logging: Any = transformers.utils.logging
        logging.disable_progress_bar()
        verbosity = logging.get_verbosity()
        logging.set_verbosity_error()  # what matters is raised below
        try:
            self._tokenizer = transformers.AutoTokenizer.from_pretrained(model)
            network = transformers.AutoModelForSeq2SeqLM.from_pretrained(model)
        except (OSError, ValueError, ImportError) as error:
            first_line = str(error).strip().splitlines()[0]
            raise InputError(
                f"cannot load the translation model {model!r} ({first_line}); give a local folder "
                "with a sequence-to-sequence model, or connect to the hub once so that it is "
                "downloaded"
            ) from error
        finally:
            logging.set_verbosity(verbosity)
        self._torch = torch
        self._device = device or ("cuda" if torch.cuda.is_available() else "cpu")
        self._network = network.eval().float().to(self._device)
        self._tokens = language_tokens(self._tokenizer.get_vocab())
        positions = getattr(network.config, "max_position_embeddings", _LONGEST_POSSIBLE)
        longest = min(self._tokenizer.model_max_length, positions) - 8  # what marks languages
        self._window = max(min(longest, _LONGEST_WINDOW), 1)
        # The same for every batch, so that none changes what a text becomes.
        self._most_new = min(_GROWTH * self._window + _ROOM, positions - 2)
        self.name = Path(model).name
        self.fingerprint = f"{self.name}@{_fingerprint(network)}"

    def translate(self, texts: Sequence[str], *, source: str, target: str) -> list[str]:
        """Translates texts one by one; see `Translator.translate`."""
        prefix, options = self._languages(source, target)
        pieces = [(index, piece) for index, text in enumerate(texts) for piece in self._cut(text)]
        translated = self._generate([prefix + piece for _, piece in pieces], options)
        joined: list[list[str]] = [[] for _ in texts]
        for (index, _), piece in zip(pieces, translated, strict=True):
            joined[index].append(piece)
        return [joiner(target).join(parts) for parts in joined]

    def _languages(self, source: str, target: str) -> tuple[str, dict[str, Any]]:
        """What tells the model the languages: words before the text, and options.

        A model without tokens for languages translates one pair only, and is told nothing.
        """
        if not self._tokens:
            return "", {}
        token = self._token(target)
        if token.startswith(("<", ">")):
            return f"{token} ", {}
        self._tokenizer.src_lang = self._token(source).strip("_")
        return "", {"forced_bos_token_id": self._tokenizer.convert_tokens_to_ids(token)}

    def _token(self, tag: str) -> str:
        language, script = language_and_script(tag)
        found = self._tokens.get((language, script)) or next(
            (token for (known, _), token in self._tokens.items() if known == language), None
        )
        if found is None:
            raise InputError(f"the translation model {self.name!r} does not know {tag!r}")
        return found

    def _cut(self, text: str) -> Iterator[str]:
        """A text as it is or, if it is long, in pieces that end at spaces where there are any."""
        rest = text.strip()
        while rest:
            encoded = self._tokenizer(
                rest, add_special_tokens=False, truncation=False, verbose=False
            )
            size = len(encoded["input_ids"])
            if size <= self._window or len(rest) == 1:
                yield rest
                return
            at = max(len(rest) * self._window // size - 1, 1)
            at = (
                max((rest.rfind(mark, 0, at) + 1 for mark in (" ", "。", "，", "、")), default=0)
                or at
            )
            yield rest[:at].strip()
            rest = rest[at:].strip()

    def _generate(self, texts: Sequence[str], options: dict[str, Any]) -> list[str]:
        result = [""] * len(texts)
        order = sorted(range(len(texts)), key=lambda index: len(texts[index]))
        while order:
            longest = len(self._tokenizer(texts[order[-1]])["input_ids"])
            size = max(1, min(len(order), _TOKENS_A_BATCH // max(longest, 1)))
            batch, order = order[-size:], order[:-size]
            encoded = self._tokenizer(
                [texts[index] for index in batch], return_tensors="pt", padding=True
            ).to(self._device)
            with self._torch.inference_mode():
                generated = self._network.generate(
                    input_ids=encoded["input_ids"],
                    attention_mask=encoded["attention_mask"],
                    max_new_tokens=self._most_new,
                    do_sample=False,
                    **options,
                )
            decoded = self._tokenizer.batch_decode(generated, skip_special_tokens=True)
            for index, text in zip(batch, decoded, strict=True):
                result[index] = text.strip()
        return result


def _fingerprint(network: Any) -> str:
    """Identifies the weights: the hub's commit where known, else a digest of the tensors."""
    commit = getattr(network.config, "_commit_hash", None)
    if commit:
        return str(commit)[:12]
    digest = hashlib.sha256()
    for name, tensor in sorted(network.state_dict().items()):
        digest.update(name.encode())
        digest.update(tensor.float().cpu().numpy().tobytes())
    return digest.hexdigest()[:12]
