"""Running text for the word vectors: articles in, tokenised lines out.

The text is cut with one regular expression rather than with a trained tokenizer, because the
tokenizer is itself a product of this recipe; the cut agrees with the treebanks wherever a word
vector could matter.
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
    """Cut text into words, numbers and single punctuation marks; hyphens stand alone."""
    return _TOKEN.findall(unicodedata.normalize("NFC", text))


def fold_text(text: str) -> str:
    """Reduce a text to its word characters, so that copies differing in layout compare equal."""
    return "".join(re.findall(_WORD, unicodedata.normalize("NFC", text)))


def read_held_out(gold: Path) -> set[str]:
    """Return the folded texts of the annotated articles, which no model may learn from.

    Args:
        gold: The JSON list of annotated articles, each with a ``text``.
    """
    return {fold_text(article["text"]) for article in json.loads(gold.read_text("utf-8"))}


def read_articles(path: Path) -> Iterator[str]:
    """Yield the text of each article of an xz-compressed JSONL file."""
    with lzma.open(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            yield json.loads(line)["text"]


def read_sentences(folder: Path, held_out: set[str]) -> Iterator[list[str]]:
    """Yield the tokens of each paragraph of every corpus, the held-out articles left out."""
    for name in CORPORA:
        for text in read_articles(folder / name):
            if fold_text(text) in held_out:
                continue
            for paragraph in text.split("\n"):
                if tokens := tokenize_plainly(paragraph):
                    yield tokens
