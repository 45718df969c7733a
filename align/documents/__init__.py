"""Files and pages in: each edition becomes a document of blocks (title, headings, paragraphs)."""

from __future__ import annotations

from align.documents.cleaning import clean
from align.documents.corpus import Corpus, SourceEdition, read_corpus
from align.documents.decoding import decode
from align.documents.model import Block, Document
from align.documents.reading import read_document

__all__ = [
    "Block",
    "Corpus",
    "Document",
    "SourceEdition",
    "clean",
    "decode",
    "read_corpus",
    "read_document",
]
