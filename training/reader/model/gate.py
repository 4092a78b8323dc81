"""The gate: which sentences may report a meeting, by their words alone, so that the encoder reads only near them."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import pairwise
from math import inf

from etl.domain.hindi import fold_name
from training.reader.model.page import Page, Word


class Gate:
    """A linear model over words and pairs of neighbouring words.

    Args:
        weights: of words and of pairs ("से मिले"); what is not there weighs nothing.
        bias: what an empty sentence has.
        least: from which score on a sentence passes.
    """

    def __init__(self, weights: Mapping[str, float], bias: float, least: float) -> None:
        self._weights = weights
        self._bias = bias
        self._least = least

    def score(self, sentence: Sequence[Word], actors: int) -> float:
        """Return the log odds that a sentence reports a meeting."""
        names = features(sentence, actors)
        return self._bias + sum(self._weights.get(name, 0.0) for name in names)

    def passing(self, page: Page) -> set[int]:
        """Return the sentences that may report a meeting; none where nobody could meet anybody."""
        if len(page.actors) < 2:
            return set()
        counts = count_actors(page)
        scores = (self.score(sentence, counts[n]) for n, sentence in enumerate(page.sentences))
        return {n for n, score in enumerate(scores) if score >= self._least}


OPEN = Gate({}, 0.0, -inf)
"""Lets every sentence pass."""


def count_actors(page: Page) -> list[int]:
    """Return how many actors each sentence names."""
    named: list[set[int]] = [set() for _ in page.sentences]
    for naming in page.namings:
        named[naming.sentence].add(naming.actor)
    return [len(actors) for actors in named]


def features(sentence: Sequence[Word], actors: int) -> set[str]:
    """Return what a sentence is judged by."""
    words = [fold_name(word.text) or word.text for word in sentence]
    return {*words, *_pairs(words), f"#actors {min(actors, 4)}"}


def _pairs(words: Iterable[str]) -> Iterator[str]:
    return (f"{one} {other}" for one, other in pairwise(words))
