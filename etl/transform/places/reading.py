"""Compare a Hindi place name with an English one: by the consonants of its romanised reading, then letter by letter."""

import re
import unicodedata
from functools import lru_cache

from rapidfuzz.distance import JaroWinkler

_SPELLINGS = (
    ("tch", "c"), ("sch", "s"), ("sh", "s"), ("ch", "c"), ("ph", "f"), ("zh", "j"), ("gh", "g"), ("kh", "k"),
    ("th", "t"), ("dh", "d"), ("bh", "b"), ("jh", "j"), ("rh", "r"), ("dj", "j"), ("ck", "k"), ("x", "ks"),
    ("q", "k"), ("w", "v"), ("z", "j"),
)  # fmt: skip
"""Spelling → the letter that stands for all spellings of one consonant."""
_CHINESE = (("zh", "j"), ("q", "c"), ("x", "s"))
"""Pinyin letters that Hindi writes by sound."""
_SOFT_C = re.compile("c(?=[eiy])")
_HARD_C = re.compile("c(?![h])")
_NOT_LETTERS = re.compile("[^a-z]")
_DOUBLED = re.compile(r"(.)\1+")
_VOWELS = re.compile("[aeiouy]+")
_MIN_CONSONANTS = 3
"""Names with fewer consonants look like too many others."""
_RIVAL_LIKENESS = 0.8
"""Smallest similarity of a city that a name may mean."""


@lru_cache(maxsize=1 << 16)
def consonants_of(latin: str, *, is_english: bool, is_chinese: bool = False) -> str:
    """Return the consonants of a name in Latin letters, in one spelling: "washington" and "voshingatan" give vsngtn.

    An initial vowel counts as `a`, so that Osaka differs from Sakai. Other vowels and later h, y are dropped.

    Args:
        latin: an English name, or a Hindi one as `romanize` reads it.
        is_english: c is k or s, as in English; in a reading of Hindi it occurs only in ch.
        is_chinese: the name is in pinyin.
    """
    word = _unify(latin, is_english=is_english, is_chinese=is_chinese)
    head, tail = word[:1], word[1:]
    initial = "a" if _VOWELS.fullmatch(head) else head
    return initial + re.sub("[aeiouyh]|v$", "", tail)


def likeness(hindi_latin: str, english: str, *, is_chinese: bool = False) -> float:
    """Return the Jaro-Winkler similarity (0 to 1) of a romanised Hindi name and an English name, both in one spelling.

    0 where it is less than `_RIVAL_LIKENESS`, and where their consonants differ or are too few to tell names apart.
    """
    ours = consonants_of(hindi_latin, is_english=False)
    theirs = consonants_of(english, is_english=True, is_chinese=is_chinese)
    if ours != theirs or len(ours) < _MIN_CONSONANTS:
        return 0
    similarity: float = JaroWinkler.similarity(
        _unify(hindi_latin, is_english=False), _unify(english, is_english=True, is_chinese=is_chinese)
    )
    return similarity if similarity >= _RIVAL_LIKENESS else 0


def _unify(latin: str, *, is_english: bool, is_chinese: bool = False) -> str:
    plain = unicodedata.normalize("NFKD", latin.lower()).encode("ascii", "ignore").decode()
    word = _NOT_LETTERS.sub("", plain)
    for spelling, letter in _CHINESE if is_chinese else ():
        word = word.replace(spelling, letter)
    if is_english and not is_chinese:
        word = _HARD_C.sub("k", _SOFT_C.sub("s", word))
    for spelling, letter in _SPELLINGS:
        word = word.replace(spelling, letter)
    return _DOUBLED.sub(r"\1", word)
