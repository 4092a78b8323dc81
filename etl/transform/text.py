"""Normalise the characters and lines of Hindi text, and measure how much of it is Devanagari."""

import html
import re
import unicodedata

import ftfy

from etl.domain.hindi import mend_doubled, remove_invisible

_REFERENCE = re.compile(r"&(?:[a-z]+\d*|#\d+|#x[0-9a-f]+);", re.I)
_MAX_ESCAPES = 3
_SPACES = re.compile(r"[^\S\n]+")
_CONTROLS = re.compile(r"[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f\u2028\u2029\ud800-\udfff\ufffe\uffff]")
_DEVANAGARI = re.compile(r"[\u0900-\u097f]")


def correct_characters(text: str) -> str:
    """Return text without mojibake, HTML references and marks that nobody sees, and normalised.

    Doubly encoded text is repaired first: its bytes include characters that count as spaces or invisible marks.
    """
    text = ftfy.fix_encoding(mend_doubled(text))
    for _ in range(_MAX_ESCAPES):
        if not _REFERENCE.search(text):
            break
        text = html.unescape(text)
    return normalise_text(mend_doubled(text))


def normalise_text(text: str) -> str:
    """Return NFC text with one space between words and one newline between non-empty lines.

    Zero-width joiners (ZWJ, ZWNJ) are kept: they change how a conjunct is drawn. Other invisible marks, control
    characters and lone surrogates are removed.
    """
    text = remove_invisible(text.replace("\r\n", "\n").replace("\r", "\n"))
    text = unicodedata.normalize("NFC", _CONTROLS.sub("", text))
    lines = (_SPACES.sub(" ", line).strip() for line in text.split("\n"))
    return "\n".join(line for line in lines if line)


def devanagari_share(text: str) -> float:
    """Return the share of Devanagari among letters and vowel signs, 0 to 1 (0 if there are no letters)."""
    letters = [char for char in text if unicodedata.category(char)[0] in "LM"]
    return sum(bool(_DEVANAGARI.match(char)) for char in letters) / len(letters) if letters else 0.0
