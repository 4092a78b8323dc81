"""Hindi in Latin letters: ISO 15919, and a plain ASCII reading for people who read English.

The reading drops the inherent vowel where Hindi does (राजनाथ is "rajnath"). It is a search key, never a join key:
spellings that differ in Hindi may read alike.
"""

import re
import unicodedata
from dataclasses import dataclass

from indic_transliteration import sanscript


def _table(pairs: str) -> dict[str, str]:
    words = pairs.split()
    return dict(zip(words[::2], words[1::2], strict=True))


_VOWELS = _table("अ a आ ā इ i ई ī उ u ऊ ū ऋ ri ॠ ri ऌ li ए e ऐ ai ओ o औ au ऍ e ऎ e ऑ o ऒ o ॲ e ॐ om")
_SIGNS = _table("ा ā ि i ी ī ु u ू ū ृ ri ॄ ri े e ै ai ो o ौ au ॅ e ॆ e ॉ o ॊ o")
_CONSONANTS = _table(
    "क k ख kh ग g घ gh ङ n च ch छ chh ज j झ jh ञ ñ ट t ठ th ड d ढ dh ण n त t थ th द d ध dh न n"
    " प p फ f ब b भ bh म m य y र r ल l ळ l व v श sh ष sh स s ह h"
)
_NUKTA_CONSONANTS = _table("क q ज z झ zh ड r ढ rh")
_NUKTA, _HALANT, _VISARGA = "\u093c", "\u094d", "\u0903"
_NASALS = "\u0900\u0901\u0902"
_JOINERS = dict.fromkeys(map(ord, "\u200b\u200c\u200d"))
_SCHWA = "ə"
_LONG_WORD = 4
_LABIALS = ("p", "f", "b", "m", "v")
_SONORANTS = ("y", "r", "l", "v", "n", "m", "ñ")
_SYLLABLE = re.compile(
    f"(?P<cluster>(?:[क-ह]{_NUKTA}?{_HALANT})*[क-ह]{_NUKTA}?)(?P<sign>[ा-ौ]|{_HALANT})?(?P<tail>[{_NASALS}{_VISARGA}]?)"
    f"|(?P<vowel>[अ-औॐॠॲ])(?P<vowel_tail>[{_NASALS}{_VISARGA}]?)"
)
_CHANDRA_E = re.compile("अॅ|ॲ")
_HIATUS = re.compile(f"(?<=[अक-ह{_NUKTA}])(?=[इउ])")
_WORD = re.compile("[\u0900-\u0963\u0970-\u097f]+")


@dataclass(slots=True)
class _Syllable:
    """Consonants before a vowel, and the nasal or visarga after it; a bare vowel has no consonants."""

    consonants: list[str]
    vowel: str
    tail: str
    is_first: bool

    @property
    def onset(self) -> str:
        """The consonants as one string."""
        return "".join(self.consonants)


def to_iso15919(text_hi: str) -> str:
    """Transliterate Devanagari to ISO 15919, letter by letter and reversibly ("narēṁdra mōdī").

    Digits become ASCII and a danda a full stop; all else passes through. Against the library alone: zero-width
    joiners go (it leaves "{}"), अॅ and ॲ are ê, and अइ, अउ are a:i, a:u, told from ऐ and औ as the standard does.
    """
    devanagari = _HIATUS.sub(":", _CHANDRA_E.sub("ऍ", _bare(text_hi)))
    latin: str = sanscript.transliterate(devanagari, sanscript.DEVANAGARI, sanscript.ISO)
    return unicodedata.normalize("NFC", latin.replace("।", "."))


def romanize(text_hi: str) -> str:
    """Return a plain ASCII reading of Hindi text, with its unspoken inherent vowels left out.

    Latin letters and ASCII signs pass through, Devanagari digits become ASCII, other characters lose their marks
    or are dropped.
    """
    latin = _WORD.sub(lambda word: _read_word(word[0]), _bare(text_hi)).replace("।", ".")
    digits = "".join(str(unicodedata.decimal(sign, sign)) for sign in latin)
    return unicodedata.normalize("NFKD", digits).encode("ascii", "ignore").decode()


def _bare(text: str) -> str:
    """Return the text decomposed (ड़ is ड and a nukta) and without zero-width joiners, which carry no sound."""
    return unicodedata.normalize("NFD", text).translate(_JOINERS)


def _read_word(word: str) -> str:
    syllables = [_read_syllable(match) for match in _SYLLABLE.finditer(word)]
    _silence_schwas(syllables)
    followers = [*(syllable.onset for syllable in syllables[1:]), ""]
    latin = "".join(
        _spell(syllable, follower) for syllable, follower in zip(syllables, followers, strict=False)
    )
    return latin.replace(_SCHWA, "a").replace("ñ", "n").replace("chchh", "chh")


def _silence_schwas(syllables: list[_Syllable]) -> None:
    """Silence inherent vowels from the right; in long words the one before an open last syllable stays (जनवरी)."""
    if len(syllables) > 1 and _drops_final_schwa(syllables[-2], syllables[-1]):
        syllables[-1].vowel = ""
    is_long = len(syllables) >= _LONG_WORD and syllables[-1].vowel != ""
    candidates = syllables[:-1] if is_long else syllables
    for before, syllable, after in reversed(
        list(zip(candidates, candidates[1:], candidates[2:], strict=False))
    ):
        if _drops_inner_schwa(before, syllable, after):
            syllable.vowel = ""


def _read_syllable(match: re.Match[str]) -> _Syllable:
    if match["vowel"]:
        return _Syllable([], _VOWELS[match["vowel"]], match["vowel_tail"], match.start() == 0)
    consonants = [_read_consonant(letter) for letter in match["cluster"].split(_HALANT)]
    sign = match["sign"]
    vowel = "" if sign == _HALANT else _SIGNS[sign] if sign else _SCHWA
    return _Syllable(consonants, vowel, match["tail"], match.start() == 0)


def _read_consonant(letter: str) -> str:
    plain = _CONSONANTS[letter[0]]
    return _NUKTA_CONSONANTS.get(letter[0], plain) if letter.endswith(_NUKTA) else plain


def _drops_final_schwa(before: _Syllable, last: _Syllable) -> bool:
    """Tell whether a word's last inherent vowel is silent: राम is "ram", but चंद्र "chandra" and प्रिय "priya"."""
    if last.vowel != _SCHWA or last.tail:
        return False
    if len(last.consonants) == 1:
        return not (last.consonants == ["y"] and before.vowel in ("i", "ī", "ri"))
    *_, first, second = last.consonants
    return first == second or second not in _SONORANTS or (first == "r" and second != "y")


def _drops_inner_schwa(before: _Syllable, syllable: _Syllable, after: _Syllable) -> bool:
    """Tell whether an inherent vowel is silent: between vowels, with one consonant on either side of it.

    It stays after an inner short i or u: अपना is "apna" and जयशंकर "jayshankar", but महिपति "mahipati".
    """
    follows_vowel = (
        before.vowel != "" and not before.tail and (before.is_first or before.vowel not in ("i", "u"))
    )
    precedes_vowel = after.vowel != "" and len(after.consonants) == 1 and after.consonants != ["y"]
    is_bare = syllable.vowel == _SCHWA and not syllable.tail and len(syllable.consonants) == 1
    return is_bare and follows_vowel and precedes_vowel


def _spell(syllable: _Syllable, follower: str) -> str:
    onset = syllable.onset.replace("jñ", "gy")
    if not syllable.tail or syllable.tail == _VISARGA:
        return onset + syllable.vowel + ("h" if syllable.tail and not follower else "")
    if follower == "h":
        return onset + syllable.vowel + "ng"  # सिंह is "singh"
    return onset + syllable.vowel + ("m" if follower.startswith(_LABIALS) else "n")
