"""Condense the training data of the lemmatiser: each word form a few times, not as often as it occurs.

Stanza's lemmatiser trains on every token, and a few hundred forms make up half of Hindi text. So each combination of
form, tag and lemma is repeated in proportion to the logarithm of its count. The most frequent lemma of a form stays the
most frequent.
"""

import math
from collections import Counter
from collections.abc import Iterable, Iterator

from training.treebanks import Word

ROW_LENGTH = 25


def count_copies(count: int, is_commonest: bool) -> int:
    """Return the number of copies of a form, tag and lemma."""
    return math.ceil(math.log2(count + 1)) + is_commonest


def condense(sentences: Iterable[list[Word]]) -> Iterator[list[Word]]:
    """Yield rows of at most `ROW_LENGTH` condensed words as pseudo-sentences, the most frequent words first."""
    readings = Counter((word.text, word.upos, word.lemma) for words in sentences for word in words)
    commonest: dict[tuple[str, str], str] = {}
    row: list[Word] = []
    for (text, upos, lemma), count in readings.most_common():
        is_commonest = commonest.setdefault((text, upos), lemma) == lemma
        for _ in range(count_copies(count, is_commonest)):
            row.append(Word(text, lemma, upos, "_"))
            if len(row) == ROW_LENGTH:
                yield row
                row = []
    if row:
        yield row
