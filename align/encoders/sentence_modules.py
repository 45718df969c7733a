"""What sentence encoders have after the transformer, as the sentence-transformers library saves it.

A model's folder lists its modules in `modules.json`: the transformer, a pooling of its token
vectors, dense layers that the pooled vector goes through, and scaling to unit length.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from align.encoders.cards import Pooling
from align.errors import InputError

_POOLINGS: dict[str, Pooling] = {
    "pooling_mode_mean_tokens": "mean",
    "pooling_mode_cls_token": "cls",
    "pooling_mode_lasttoken": "last",
}
_ACTIVATIONS = frozenset({"Identity", "Tanh", "ReLU", "GELU", "Sigmoid"})
_WITHOUT_SETTINGS = frozenset({"Transformer", "Normalize"})

NOT_OF_A_MODEL = (
    OSError, ValueError, TypeError, KeyError, AttributeError, OverflowError, RecursionError,
)  # fmt: skip
"""What reading a file of JSON raises that says other things of a model than it should."""


@dataclass(frozen=True, slots=True)
class SentenceModules:
    """What a model's folder says of its modules.

    Attributes:
        pooling: How token vectors become one.
        dense: Folders of the dense layers, in their order.
        dimension: Length of the vectors; none where it is the transformer's.
    """

    pooling: Pooling = "mean"
    dense: tuple[str, ...] = ()
    dimension: int | None = None


def read_modules(folder: Path) -> SentenceModules:
    """Reads what a model's folder says of its modules; a folder without a list has mean pooling.

    Raises:
        InputError: If the list cannot be read or names a module that is not supported.
    """
    file = folder / "modules.json"
    if not file.is_file():
        return SentenceModules()
    pooling: Pooling = "mean"
    dense: list[str] = []
    dimension: int | None = None
    try:
        for module in _json(file):
            kind = module["type"].rpartition(".")[2]
            if kind == "Pooling":
                pooling = _pooling(_json(folder / module["path"] / "config.json"))
            elif kind == "Dense":
                dense.append(module["path"])
                dimension = int(_json(folder / module["path"] / "config.json")["out_features"])
            elif kind not in _WITHOUT_SETTINGS:
                raise ValueError(f"{kind} is no module that is supported")
    except NOT_OF_A_MODEL as error:
        raise InputError(f"not the modules of an encoder: {error}", path=file) from error
    return SentenceModules(pooling, tuple(dense), dimension)


def load_dense(model: str, name: str) -> Any:
    """Loads one dense layer and its activation.

    Args:
        model: The model's place on the hub, or a local folder.
        name: The layer's folder in it (`2_Dense`).

    Returns:
        A torch module that computes in float32.

    Raises:
        InputError: If the layer is not there, or is none.
    """
    import torch
    from safetensors import SafetensorError
    from safetensors.torch import load_file

    try:
        config = _json(_file(model, name, "config.json"))
        weights = load_file(_file(model, name, "model.safetensors"))
        activation = config["activation_function"].rpartition(".")[2]
        if activation not in _ACTIVATIONS:
            raise ValueError(f"its activation {activation} is not supported")
        linear = torch.nn.Linear(
            config["in_features"], config["out_features"], bias=config.get("bias", True)
        )
        linear.load_state_dict({key.removeprefix("linear."): weights[key] for key in weights})
    except (
        OSError, ValueError, TypeError, KeyError, AttributeError, RuntimeError, SafetensorError,
    ) as error:  # fmt: skip
        first_line = str(error).strip().splitlines()[0]
        raise InputError(
            f"cannot load the dense layer {name!r} of the model {model!r} ({first_line})"
        ) from error
    return torch.nn.Sequential(linear, getattr(torch.nn, activation)()).float()


def _pooling(config: dict[str, bool]) -> Pooling:
    chosen = [key for key, value in config.items() if key.startswith("pooling_mode_") and value]
    if len(chosen) != 1 or chosen[0] not in _POOLINGS:
        raise ValueError(f"pooling is {' and '.join(chosen)}, not one of {', '.join(_POOLINGS)}")
    return _POOLINGS[chosen[0]]


def _file(model: str, folder: str, name: str) -> Path:
    """A file of a model, downloaded where the model is on the hub."""
    from transformers.utils.hub import cached_file

    return Path(str(cached_file(model, name, subfolder=folder)))


def _json(file: Path) -> Any:
    return json.loads(file.read_text(encoding="utf-8"))
