"""Fold Hindi words and names so that spellings that sound alike become equal."""

import re
from collections.abc import Iterable
from functools import lru_cache

from etl.domain.hindi import fold_name

_SOUND = str.maketrans("ैौॉॅीूऐऔऑईऊणषञङ", "ेोोेिुएओओइउनशनन", "ंँः")
"""Letter → common letter that sounds alike; nasal signs and visarga are deleted."""
_DOUBLED = re.compile("([क-ह])्(?=\\1)")
_NASAL_BEFORE_STOP = re.compile("[ङञणनम]्(?=[क-म])")


@lru_cache(maxsize=1 << 16)
def fold_sound(word: str) -> str:
    """Return the form under which spellings that sound alike are equal (मौरिसन, मॉरिसन; पुतिन, पूतिन).

    Long vowels become short; ण, ष and similar letters become the common letter; nasals before a stop (जॉन्ग, जोंग),
    nasal signs and doubled consonants are removed.
    """
    return _DOUBLED.sub("", _NASAL_BEFORE_STOP.sub("", fold_name(word)).translate(_SOUND))


def sound_of(words: Iterable[str]) -> str:
    """Return the folded sound of a name as one string, so that राम नाथ and रामनाथ are equal."""
    return "".join(map(fold_sound, words))
