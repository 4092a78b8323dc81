"""Normalise the characters and lines of Hindi text, and measure how much of it is Devanagari."""

import re
import unicodedata

_SPACES = re.compile(r"[^\S\n]+")
_CONTROLS = re.compile(r"[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f\ufeff\u200b\u2028\u2029\ufffe\uffff]")
_DEVANAGARI = re.compile(r"[\u0900-\u097f]")


def normalise_text(text: str) -> str:
    """Return NFC text with one space between words and one newline between non-empty lines.

    Zero-width joiners (ZWJ, ZWNJ) are kept: they change how a conjunct is drawn. Zero-width spaces and control
    characters are removed.
    """
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    text = unicodedata.normalize("NFC", _CONTROLS.sub("", text))
    lines = (_SPACES.sub(" ", line).strip() for line in text.split("\n"))
    return "\n".join(line for line in lines if line)


def devanagari_share(text: str) -> float:
    """Return the share of Devanagari among letters and vowel signs, 0 to 1 (0 if there are no letters)."""
    letters = [char for char in text if unicodedata.category(char)[0] in "LM"]
    return sum(bool(_DEVANAGARI.match(char)) for char in letters) / len(letters) if letters else 0.0
