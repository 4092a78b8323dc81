"""Read the articles of the text corpora as tokenised paragraphs, for word vectors and character models.

A regular expression splits the text, not the trained tokenizer, because that is a result of this recipe. The split
agrees with the treebanks where it matters for word vectors.
"""

import json
import lzma
import re
import unicodedata
from collections.abc import Iterator
from pathlib import Path

CORPORA = ("ddnews.jsonl.xz", "hiwiki.jsonl.xz")

# Devanagari letters and signs without the two dandas, joiners, Latin letters and digits.
_WORD = r"[\w\u0900-\u0963\u0966-\u097f\u200c\u200d]+"
_NUMBER = r"\d+(?:[.,:]\d+)*"
_TOKEN = re.compile(rf"{_NUMBER}(?!\w)|{_WORD}|[^\s\w]")


def tokenize_plainly(text: str) -> list[str]:
    """Split text into words, numbers and single punctuation marks; hyphens are tokens of their own."""
    return _TOKEN.findall(unicodedata.normalize("NFC", text))


def fold_text(text: str) -> str:
    """Return only the word characters of a text, so that copies with another layout are equal."""
    return "".join(re.findall(_WORD, unicodedata.normalize("NFC", text)))


def read_held_out(gold: Path) -> set[str]:
    """Return the folded texts of the annotated articles, which must not be in the training text.

    Args:
        gold: JSON list of annotated articles, each with a `text`.
    """
    return {fold_text(article["text"]) for article in json.loads(gold.read_text("utf-8"))}


def read_articles(path: Path) -> Iterator[str]:
    """Yield the text of each article of an xz-compressed JSONL file."""
    with lzma.open(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            yield json.loads(line)["text"]


def read_sentences(folder: Path, held_out: set[str]) -> Iterator[list[str]]:
    """Yield the tokens of each paragraph of all corpora, except the held-out articles."""
    for name in CORPORA:
        for text in read_articles(folder / name):
            if fold_text(text) in held_out:
                continue
            for paragraph in text.split("\n"):
                if tokens := tokenize_plainly(paragraph):
                    yield tokens
