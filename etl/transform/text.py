"""Characters and lines of Hindi copy: what is the same text written another way."""

import re
import unicodedata
from functools import lru_cache

from etl.domain.hindi import fold_name

_SPACES = re.compile(r"[^\S\n]+")
_CONTROLS = re.compile(r"[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f\ufeff\u200b\u2028\u2029\ufffe\uffff]")
_SOUND = str.maketrans("ैौॉॅीूऐऔऑईऊणषञङ", "ेोोेिुएओओइउनशनन", "ंँः")
_DOUBLED = re.compile("([क-ह])्(?=\\1)")
_NASAL_BEFORE_STOP = re.compile("[ङञणनम]्(?=[क-म])")
_DEVANAGARI = re.compile(r"[\u0900-\u097f]")


def normalise_text(text: str) -> str:
    """Return NFC text with one space between words and one newline between non-empty lines.

    ZWJ and ZWNJ stay (they change how a conjunct is drawn); zero-width spaces and control characters go.
    """
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    text = unicodedata.normalize("NFC", _CONTROLS.sub("", text))
    lines = (_SPACES.sub(" ", line).strip() for line in text.split("\n"))
    return "\n".join(line for line in lines if line)


def devanagari_share(text: str) -> float:
    """Return the share of Devanagari among letters and vowel signs, 0 to 1 (0 without any letter)."""
    letters = [char for char in text if unicodedata.category(char)[0] in "LM"]
    return sum(bool(_DEVANAGARI.match(char)) for char in letters) / len(letters) if letters else 0.0


@lru_cache(maxsize=1 << 16)
def fold_sound(word: str) -> str:
    """Return the form under which spellings that sound alike are equal (मौरिसन, मॉरिसन; पुतिन, पूतिन).

    Long vowels become short, ण, ष and their like become the common letter, nasals before a stop (जॉन्ग, जोंग), nasal
    signs and doubled consonants go.
    """
    return _DOUBLED.sub("", _NASAL_BEFORE_STOP.sub("", fold_name(word)).translate(_SOUND))
