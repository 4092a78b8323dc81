"""One match of a rule, with access to its named parts."""

import re
from dataclasses import dataclass
from datetime import date

from etl.transform.dates.periods import Tense
from etl.transform.dates.words import Word

_SIDES: dict[str, Tense] = {"PAST": "past", "NEXT": "future"}
_SIGNS = {"PAST": -1, "NEXT": 1}


@dataclass(frozen=True, slots=True)
class RuleMatch:
    """One match of a rule.

    Attributes:
        match: of the rule's pattern; its positions are indices into `words`.
        words: all words of the text.
        anchor: day from which relative expressions are counted.
        tense: of the sentence.
    """

    match: re.Match[str]
    words: list[Word]
    anchor: date
    tense: Tense

    def has(self, part: str) -> bool:
        """Return whether the rule has a part of this name and the part matched."""
        return self.match.groupdict().get(part) is not None

    def kind(self, part: str) -> str:
        """Return the kind of the first word of a part, "" if the part did not match."""
        return self.words[self.match.start(part)].kind if self.has(part) else ""

    def number(self, part: str) -> int:
        """Return the value of the first word of a part."""
        return int(self.words[self.match.start(part)].value)

    def numbers(self, part: str) -> list[int]:
        """Return the values of all words of a part that have one."""
        values = (word.value for word in self.words[self.match.start(part) : self.match.end(part)])
        return [int(value) for value in values if value]

    @property
    def direction(self) -> Tense:
        """The tense that "last" (past) or "next" (future) gives, else the tense of the sentence."""
        return _SIDES.get(self.kind("which"), self.tense)

    def sign(self, part: str = "which") -> int:
        """Return -1 for "last", 1 for "next", 0 for "this" or if the part did not match."""
        return _SIGNS.get(self.kind(part), 0)
