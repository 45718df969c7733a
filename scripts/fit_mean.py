"""Fits the mean of a model's vectors, which its card may subtract; writes `models/NAME-mean.npy`.

    python scripts/fit_mean.py NAME

The mean is that of the line-aligned news in eight languages, of each alike. To use it, the card
says `mean = "NAME-mean.npy"`.
"""

from __future__ import annotations

import argparse

import numpy as np
from evaluation.dev_data import TARGET_LANGUAGES, raw_lines

from align.encoders import bare_encoder, model_card
from align.encoders.respelling import RespellingEncoder
from align.resources import data_folder


def main() -> None:
    """Fits the mean, writes it and prints how much all vectors have in common."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("name", help="name of the model card")
    name = parser.parse_args().name
    encoder = RespellingEncoder(bare_encoder(model_card(name)))
    means = [
        encoder.encode(raw_lines(language), language=language).mean(axis=0)
        for language in ("en", *TARGET_LANGUAGES)
    ]
    mean = np.mean(means, axis=0, dtype=np.float32)
    np.save(data_folder("models") / f"{name}-mean.npy", mean, allow_pickle=False)
    print(f"length of the mean of unit vectors: {np.linalg.norm(mean):.3f}")


if __name__ == "__main__":
    main()
