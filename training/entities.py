"""Read the named-entity corpora, repair their known faults and map their labels to the six labels of the product.

IL-NER has all six labels and is the reference. HiNER has no artefacts and marks numbers by another rule (most एक "one"
are unmarked), so these labels are missing in its sentences. `training.harmonise` fills them in before the final
training.
"""

import hashlib
import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

LABELS = ("PERSON", "ORGANIZATION", "LOCATION", "DATE", "NUMBER", "ARTEFACT")

ILNER_LABELS = {
    "NEP": "PERSON",
    "NEO": "ORGANIZATION",
    "NEL": "LOCATION",
    "NETI": "DATE",
    "NEN": "NUMBER",
    "NEAR": "ARTEFACT",
}
HINER_LABELS = {
    "PERSON": "PERSON",
    "ORGANIZATION": "ORGANIZATION",
    "LOCATION": "LOCATION",
    "TIMEX": "DATE",
}

_OPENING_MARKS = "\"'“‘("
_CLOSING_QUOTES = "\"'”’"
_CLOSING_MARKS = _CLOSING_QUOTES + ")।"
_SENTENCE_ENDS = ".।?!,"
# Python's re does not count vowel signs as word characters, so they are listed.
_INNER_HYPHEN = re.compile(r"(?<=[\w\u0900-\u0963])(-)(?=[\w\u0900-\u0963])")


@dataclass(frozen=True)
class Sentence:
    """A sentence with one label for each token.

    Attributes:
        words: the tokens.
        tags: labels of the product in BIO, one for each token.
    """

    words: tuple[str, ...]
    tags: tuple[str, ...]


def read_columns(path: Path) -> Iterator[list[tuple[str, str]]]:
    """Yield the sentences of a file of `word TAB tag` lines; blank lines separate sentences.

    Lines without two columns are dropped.
    """
    rows: list[tuple[str, str]] = []
    for line in unicodedata.normalize("NFC", path.read_text("utf-8")).split("\n"):
        fields = line.split("\t")
        if not line.strip():
            if rows:
                yield rows
            rows = []
        elif len(fields) == 2 and fields[0].strip():
            rows.append((fields[0].strip(), fields[1].strip()))
    if rows:
        yield rows


def repair_ilner_tags(rows: list[tuple[str, str]]) -> list[str] | None:
    """Restore the BIO prefixes that IL-NER's conversion lost.

    In a chunk that was corrected by hand the first word has a tag such as `-NEL` and the others have a bare `-`. If
    `((` follows the first word, the label slid one word to the left and belongs to the words after the bracket.

    Returns:
        BIO tags with IL-NER's labels, or None if a bare `-` has no label before it and the tags cannot be restored.
    """
    tags: list[str] = []
    pending = ""
    for index, (word, tag) in enumerate(rows):
        bracket_follows = index + 1 < len(rows) and rows[index + 1][0] == "(("
        if tag == "-":
            if not pending:
                return None
            tags.append(pending)
            pending = "I-" + pending[2:]
        elif tag.startswith("-"):
            pending = tag[1:]
            if bracket_follows:
                tags.append("O")
                pending = "B-" + pending
            else:
                tags.append("B-" + pending)
                pending = "I-" + pending
        else:
            tags.append(tag)
            if word != "((":
                pending = ""
    return tags


def rename_tags(tags: Iterable[str], labels: dict[str, str]) -> tuple[str, ...]:
    """Map BIO tags to the labels of the product; unknown labels become O, an I- without B- becomes B-."""
    renamed: list[str] = []
    for tag in tags:
        label = labels.get(tag[2:])
        if label is None:
            renamed.append("O")
        elif tag.startswith("I-") and renamed and renamed[-1][2:] == label:
            renamed.append("I-" + label)
        else:
            renamed.append("B-" + label)
    return tuple(renamed)


def _is_glued_stop(word: str) -> bool:
    """Return whether a word begins with the full stop of the previous sentence; `.5` and `...` do not."""
    return word[0] == "." and not word[1].isdigit() and word[1] != "."


def split_punctuation(word: str) -> list[str]:
    """Split quotes, brackets and sentence ends off a word, as the tokenizer does.

    HiNER leaves them on the words, as in `"अभियान`, `है."`, `.लेकिन` and `है।`. A full stop after a letter is kept,
    since the word may be an abbreviation.
    """
    head: list[str] = []
    tail: list[str] = []
    while len(word) > 1 and (word[0] in _OPENING_MARKS or _is_glued_stop(word)):
        head.append(word[0])
        word = word[1:]
    while len(word) > 1 and word[-1] in _CLOSING_MARKS:
        tail.insert(0, word[-1])
        is_quote = word[-1] in _CLOSING_QUOTES
        word = word[:-1]
        if is_quote and len(word) > 1 and word[-1] in _SENTENCE_ENDS:
            tail.insert(0, word[-1])
            word = word[:-1]
    return [*head, word, *tail]


def split_hyphens(word: str) -> list[str]:
    """Split a compound at its hyphens, as treebanks and IL-NER do; a single hyphen is unchanged."""
    return [piece for piece in _INNER_HYPHEN.split(word) if piece]


def split_row(word: str, tag: str) -> list[tuple[str, str]]:
    """Split a token at punctuation and hyphens: punctuation is outside the entity, hyphens are inside."""
    pieces = split_punctuation(word)
    core = max(range(len(pieces)), key=lambda index: len(pieces[index]))
    rows: list[tuple[str, str]] = []
    for index, piece in enumerate(pieces):
        if index != core:
            rows.append((piece, "O"))
            continue
        first, *rest = split_hyphens(piece)
        rows.append((first, tag))
        rows.extend((part, tag.replace("B-", "I-", 1)) for part in rest)
    return rows


def read_ilner(path: Path) -> list[Sentence]:
    """Read IL-NER; sentences whose tags cannot be restored are skipped."""
    sentences = []
    for rows in read_columns(path):
        tags = repair_ilner_tags(rows)
        if tags is not None:
            words = tuple(word for word, _ in rows)
            sentences.append(Sentence(words, rename_tags(tags, ILNER_LABELS)))
    return sentences


def read_hiner(path: Path) -> list[Sentence]:
    """Read HiNER with punctuation and hyphens split off, without its number labels."""
    sentences = []
    for rows in read_columns(path):
        pieces = [piece for word, tag in rows for piece in split_row(word, tag)]
        words = tuple(word for word, _ in pieces)
        sentences.append(Sentence(words, rename_tags((tag for _, tag in pieces), HINER_LABELS)))
    return sentences


def is_dev(words: Iterable[str], every: int = 10) -> bool:
    """Return whether a sentence is in the dev slice: one in `every`, by a hash of its words."""
    digest = hashlib.sha256(" ".join(words).encode()).digest()
    return int.from_bytes(digest[:4], "big") % every == 0


def split_off_dev(sentences: list[Sentence], every: int = 10) -> tuple[list[Sentence], list[Sentence]]:
    """Split sentences into (train, dev); equal sentences are always in the same part."""
    train = [sentence for sentence in sentences if not is_dev(sentence.words, every)]
    dev = [sentence for sentence in sentences if is_dev(sentence.words, every)]
    return train, dev


def without_label(sentence: Sentence, label: str) -> Sentence:
    """Return the sentence without the entities of one label."""
    tags = tuple("O" if tag[2:] == label else tag for tag in sentence.tags)
    return replace(sentence, tags=tags)
