"""Compare headlines: do two of them name the same story?"""

import re
from typing import Literal

from etl.domain.hindi import fold_name
from etl.extract.page.limits import LIMITS

Agreement = Literal["equal", "contained", "similar", "unknown", "different"]
_WORD = re.compile(r"[\w\u0900-\u097f]+")
_HINDI = re.compile(r"[\u0900-\u097f]")
_MIN_CHARS = 8
_SIMILAR, _DIFFERENT = 0.6, 0.34


def compare_titles(one: str, other: str) -> Agreement:
    """Return how far two headlines agree.

    Returns:
        equal: same words; contained: one is a part of the other, as in "headline | name of the site"; similar: most of
        the words are shared; different: both are Hindi and share few words; unknown: anything else, such as a
        headline in English letters.
    """
    left, right = (" ".join(_WORD.findall(fold_name(text[: LIMITS.title]))) for text in (one, other))
    if not left or not right:
        return "unknown"
    if left == right:
        return "equal"
    shorter, longer = sorted((left, right), key=len)
    if len(shorter) >= _MIN_CHARS and shorter in longer:
        return "contained"
    words, others = set(left.split()), set(right.split())
    share = len(words & others) / min(len(words), len(others))
    if share >= _SIMILAR and min(len(words), len(others)) >= 3:
        return "similar"
    is_hindi = _HINDI.search(left) and _HINDI.search(right)
    return "different" if is_hindi and share < _DIFFERENT else "unknown"


def is_same_story(heading: str, title: str) -> bool:
    """Return whether two headlines name the same story."""
    return compare_titles(heading, title) in ("equal", "contained", "similar")
