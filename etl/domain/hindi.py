"""Hindi text: repair of doubly encoded text, removal of invisible marks, and one key for the spellings of a name."""

import re
import unicodedata
from functools import lru_cache

_FOLD = dict.fromkeys(map(ord, "\u200b\u200c\u200d\u093c"))
_INVISIBLE = re.compile(
    "[\u00ad\u061c\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufeff\ufff9-\ufffb]"
)
_BYTE_OF_TWIN = {
    ord(byte.decode("cp1252")): byte[0]
    for byte in (bytes([value]) for value in range(0x80, 0xA0))
    if byte.decode("cp1252", "ignore")
}
"""cp1252 gives 27 of the C1 characters another code point: … (U+2026) for byte 85."""
_TRAIL = "[\u0080-\u00bf" + "".join(map(chr, _BYTE_OF_TWIN)) + "]"
_DOUBLED_DEVANAGARI = re.compile(f"\u00e0[\u00a4\u00a5]{_TRAIL}|\u00c3\u00a0\u00c2[\u00a4\u00a5]")
"""One letter of Devanagari (UTF-8 E0 A4 xx or E0 A5 xx) encoded twice; its first two bytes encoded three times."""
_DOUBLED_CHARACTER = re.compile(
    f"[\u00c2-\u00df]{_TRAIL}|[\u00e0-\u00ef]{_TRAIL}{{2}}|[\u00f0-\u00f4]{_TRAIL}{{3}}"
)
_MAX_REPAIRS = 2
_LONGEST_CACHED_NAME = 200


def fold_name(text: str) -> str:
    """Return a key that is equal for spellings of one name: NFD, no nukta or joiners, ँ as ं, single spaces."""
    return _fold_cached(text) if len(text) <= _LONGEST_CACHED_NAME else _fold(text)


@lru_cache(maxsize=1 << 16)
def _fold_cached(text: str) -> str:
    return _fold(text)


def _fold(text: str) -> str:
    decomposed = unicodedata.normalize("NFD", text).translate(_FOLD)
    return " ".join(decomposed.replace("\u0901", "\u0902").replace(".", " ").split())


def remove_invisible(text: str) -> str:
    """Return the text without invisible marks: soft hyphens, word joiners, zero-width spaces, marks of direction.

    ZWJ and ZWNJ are kept: they change how a conjunct is drawn.
    """
    return _INVISIBLE.sub("", text)


def mend_doubled(text: str) -> str:
    """Return the text with doubly encoded Hindi repaired: UTF-8 that was read as Latin-1 or cp1252, once or twice.

    "à¤…" becomes अ. A line changes only if it contains doubly encoded Devanagari; then its other doubly encoded
    characters (quotation marks, emoji) are repaired, too. Call it before anything removes control characters or folds
    spaces: the bytes 85 and A0 read as Latin-1 are spaces for Python. The time is linear in the length.
    """
    if not _DOUBLED_DEVANAGARI.search(text):
        return text
    return "\n".join(map(_mend_line, text.split("\n")))


def _mend_line(line: str) -> str:
    for _ in range(_MAX_REPAIRS):
        if not _DOUBLED_DEVANAGARI.search(line):
            break
        line = _DOUBLED_CHARACTER.sub(lambda match: _mend_character(match[0]), line)
    return line


@lru_cache(maxsize=1 << 12)
def _mend_character(doubled: str) -> str:
    """Return the character of a sequence of bytes read as Latin-1 or cp1252; the same text if it is not UTF-8."""
    try:
        return doubled.translate(_BYTE_OF_TWIN).encode("latin-1").decode("utf-8")
    except UnicodeDecodeError:
        return doubled
