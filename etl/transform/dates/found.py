"""A rule's match, as the meanings ask about it."""

import re
from dataclasses import dataclass
from datetime import date

from etl.transform.dates.periods import Tense
from etl.transform.dates.words import Word

_SIDES: dict[str, Tense] = {"PAST": "past", "NEXT": "future"}
_SIGNS = {"PAST": -1, "NEXT": 1}


@dataclass(frozen=True, slots=True)
class Found:
    """A rule's match: its named parts as words, the day it is counted from, and the sentence's tense."""

    match: re.Match[str]
    words: list[Word]
    anchor: date
    tense: Tense

    def has(self, part: str) -> bool:
        """Tell whether the rule has such a part and it was found."""
        return self.match.groupdict().get(part) is not None

    def kind(self, part: str) -> str:
        """Return the kind of the part's first word, "" without the part."""
        return self.words[self.match.start(part)].kind if self.has(part) else ""

    def number(self, part: str) -> int:
        """Return the value of the part's first word."""
        return int(self.words[self.match.start(part)].value)

    def numbers(self, part: str) -> list[int]:
        """Return the values of all words of the part that carry one."""
        values = (word.value for word in self.words[self.match.start(part) : self.match.end(part)])
        return [int(value) for value in values if value]

    @property
    def direction(self) -> Tense:
        """The side of the anchor that "last" or "next" names, else the tense."""
        return _SIDES.get(self.kind("which"), self.tense)

    def sign(self, part: str = "which") -> int:
        """Return -1 for "last", 0 for "this" or nothing, 1 for "next"."""
        return _SIGNS.get(self.kind(part), 0)
