"""Training file of the lemmatiser: each word form a few times, not as often as it occurs.

Stanza's lemmatiser learns from every token; half of running Hindi is a few hundred forms, so the
file holds each form, tag and lemma in proportion to the logarithm of its count. The commonest
lemma of a form stays the commonest.
"""

import math
from collections import Counter
from collections.abc import Iterable, Iterator

from training.treebanks import Word

ROW_LENGTH = 25


def count_copies(count: int, is_commonest: bool) -> int:
    """Return how many copies of a reading to keep."""
    return math.ceil(math.log2(count + 1)) + is_commonest


def condense(sentences: Iterable[list[Word]]) -> Iterator[list[Word]]:
    """Yield pseudo-sentences of condensed readings, the common ones first."""
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
