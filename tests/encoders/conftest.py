"""The embedded encoder, and transformers models so small that they are made on the spot."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

import pytest

from align.encoders import model_card
from align.encoders.use_multilingual import UseEncoder

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

# What the tokenizer of the small models learns its pieces from.
SENTENCES = [
    "The ferry left the harbour at six in the morning.",
    "Nobody on the quay saw it leave.",
    "A red lantern hung over the door of the inn.",
    "The harbour master has waited here since the war.",
    "Le bac a quitté le port à six heures du matin.",
    "Personne sur le quai ne l’a vu partir.",
    "Une lanterne rouge pendait au-dessus de la porte.",
    "Паром вышел из гавани в шесть часов утра.",
    "Никто на причале не видел, как он ушёл.",
    "渡し船は朝六時に港を出た。",
    "岸壁でそれを見送った者はいない。",
    "宿の戸口には赤い提灯が下がっていた。",
    "渡船清晨六点离开港口。",
    "码头上没有人看见它离去。",
    "غادرت العبّارة الميناء في السادسة صباحًا.",
    "لم يرها أحد على الرصيف.",
]
POSITIONS = 48  # the most tokens that the small models see at once


@pytest.fixture(scope="session")
def use_encoder() -> UseEncoder:
    """The embedded encoder alone, given every text as it is."""
    return UseEncoder(model_card("use-multilingual"))


@pytest.fixture(scope="session")
def make_model(
    require_transformers: None, tmp_path_factory: pytest.TempPathFactory
) -> Callable[..., Path]:
    """Makes a transformers model with random weights in a folder of its own.

    Called with the architecture (`bert`, `xlm-roberta`, `qwen3`, `gemma3`, `eurobert` or
    `modernbert`), a seed for the weights and whether it has a pooler.
    """
    import torch
    import transformers

    tokenizer = _tokenizer()

    def make(architecture: str, *, seed: int = 0, pooler: bool = True) -> Path:
        folder = tmp_path_factory.mktemp(f"{architecture}-{seed}")
        torch.manual_seed(seed)
        sizes = {
            "vocab_size": len(tokenizer),
            "hidden_size": 32,
            "num_hidden_layers": 2,
            "num_attention_heads": 4,
            "intermediate_size": 64,
            "pad_token_id": tokenizer.pad_token_id,
            "initializer_range": 0.5,  # so that random vectors are not all alike
        }
        if architecture == "bert":
            config = transformers.BertConfig(max_position_embeddings=POSITIONS, **sizes)
            model = transformers.BertModel(config, add_pooling_layer=pooler)
        elif architecture == "xlm-roberta":
            # This family numbers positions from after the padding's number.
            config = transformers.XLMRobertaConfig(
                max_position_embeddings=POSITIONS + tokenizer.pad_token_id + 1, **sizes
            )
            model = transformers.XLMRobertaModel(config, add_pooling_layer=pooler)
        else:
            model = _modern(architecture, max_position_embeddings=POSITIONS, **sizes)
        model.save_pretrained(folder)
        tokenizer.save_pretrained(folder)
        return folder

    return make


@pytest.fixture(scope="session")
def bert(make_model: Callable[..., Path]) -> Path:
    """The folder of a small BERT."""
    return make_model("bert", seed=1)


@pytest.fixture(scope="session")
def xlm_roberta(make_model: Callable[..., Path]) -> Path:
    """The folder of a small XLM-RoBERTa."""
    return make_model("xlm-roberta", seed=2)


def _modern(architecture, **sizes):
    """A small model of a family that has no pooler: two that look back only or both ways."""
    import transformers

    heads = {"num_key_value_heads": 2, "head_dim": 8}
    if architecture == "qwen3":
        return transformers.Qwen3Model(transformers.Qwen3Config(**heads, **sizes))
    if architecture == "gemma3":
        config = transformers.Gemma3TextConfig(
            use_bidirectional_attention=True, sliding_window=8, **heads, **sizes
        )
        return transformers.Gemma3TextModel(config)
    if architecture == "eurobert":
        return transformers.EuroBertModel(transformers.EuroBertConfig(**sizes))
    return transformers.ModernBertModel(transformers.ModernBertConfig(**sizes))


def _tokenizer():
    """A tokenizer whose pieces SentencePiece learns from the sentences above."""
    import sentencepiece
    import transformers
    from tokenizers import Tokenizer, models, normalizers, pre_tokenizers, processors

    trained = io.BytesIO()
    sentencepiece.SentencePieceTrainer.train(
        sentence_iterator=iter(SENTENCES),
        model_writer=trained,
        vocab_size=400,
        hard_vocab_limit=False,
        bos_id=0,
        pad_id=1,
        eos_id=2,
        unk_id=3,
        minloglevel=2,
    )
    pieces = sentencepiece.SentencePieceProcessor(model_proto=trained.getvalue())
    vocabulary = [
        (pieces.id_to_piece(index), pieces.get_score(index))
        for index in range(pieces.get_piece_size())
    ]
    tokenizer = Tokenizer(models.Unigram(vocabulary, unk_id=3, byte_fallback=False))
    tokenizer.normalizer = normalizers.NFKC()
    tokenizer.pre_tokenizer = pre_tokenizers.Sequence(
        [pre_tokenizers.WhitespaceSplit(), pre_tokenizers.Metaspace()]
    )
    tokenizer.post_processor = processors.TemplateProcessing(
        single="<s> $A </s>",
        pair="<s> $A </s> $B </s>",
        special_tokens=[("<s>", 0), ("</s>", 2)],
    )
    return transformers.PreTrainedTokenizerFast(
        tokenizer_object=tokenizer,
        bos_token="<s>",
        cls_token="<s>",
        eos_token="</s>",
        sep_token="</s>",
        pad_token="<pad>",
        unk_token="<unk>",
        model_max_length=POSITIONS,
    )
