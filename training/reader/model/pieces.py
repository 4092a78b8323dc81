"""Pieces: words cut into the parts of the encoder's vocabulary."""

import unicodedata
from collections.abc import Sequence

BEGIN, PAD, END, UNKNOWN = 0, 1, 2, 3
_SPACE = "\u2581"
_IMPOSSIBLE = -1e30


class Cutter:
    """Cuts words by the likeliest row of pieces (unigram model, Viterbi); remembers what it has cut.

    Args:
        pieces: the vocabulary by number; the first four are marks.
        scores: their log probabilities.
    """

    def __init__(self, pieces: Sequence[str], scores: Sequence[float]) -> None:
        self._numbers = {piece: number for number, piece in enumerate(pieces) if number > UNKNOWN}
        self._scores = list(map(float, scores))
        self._unknown = min(self._scores) - 10
        self._longest = max(map(len, pieces))
        self._known: dict[tuple[str, bool], tuple[int, ...]] = {}

    def cut(self, word: str, is_glued: bool) -> tuple[int, ...]:
        """Return the numbers of a word's pieces, at least one."""
        key = (word, is_glued)
        if key not in self._known:
            self._known[key] = self._cut(("" if is_glued else _SPACE) + unicodedata.normalize("NFKC", word))
        return self._known[key]

    def _cut(self, text: str) -> tuple[int, ...]:
        best = [0.0] + [_IMPOSSIBLE] * len(text)
        back = [(0, UNKNOWN)] * (len(text) + 1)
        for start in range(len(text)):
            for end in range(start + 1, min(len(text), start + self._longest) + 1):
                piece = self._numbers.get(text[start:end])
                if piece is not None and best[start] + self._scores[piece] > best[end]:
                    best[end], back[end] = best[start] + self._scores[piece], (start, piece)
            if best[start] + self._unknown > best[start + 1]:
                best[start + 1], back[start + 1] = best[start] + self._unknown, (start, UNKNOWN)
        out: list[int] = []
        at = len(text)
        while at:
            at, piece = back[at]
            out.append(piece)
        return tuple(reversed(out)) or (UNKNOWN,)
