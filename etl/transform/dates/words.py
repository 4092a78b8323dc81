"""The vocabulary of Hindi time expressions, and the tokenizer that reads a text as words of that vocabulary."""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from babel import Locale

from etl.domain.days import EARLIEST_DAY, LATEST_DAY
from etl.domain.hindi import fold_name
from etl.transform.emoji import blank_emoji

LAST_WEEK = 5
"""Value of "last" among the ordinals of the weeks of a month."""

WORDS_BY_KIND = {
    "TODAY": "आज",
    "KAL": "कल",
    "PARSON": "परसों",
    "PAST": "बीते बीती बीता पिछले पिछली पिछला गत विगत गुजरे गुजरी",
    "NEXT": "अगले अगली अगला आगामी आने-वाले आने-वाली आने-वाला आनेवाले आनेवाली",
    "THIS": "इस इसी मौजूदा चालू वर्तमान",
    "DAY_UNIT": "दिन",
    "DAY_UNITS": "दिनों",
    "WEEK_UNIT": "सप्ताह हफ्ते हफ्ता",
    "WEEK_UNITS": "सप्ताहों हफ्तों",
    "MONTH_UNIT": "महीने महीना माह",
    "MONTH_UNITS": "महीनों",
    "YEAR_UNIT": "साल वर्ष बरस",
    "YEAR_UNITS": "सालों वर्षों",
    "WEEKEND": "सप्ताहांत वीकेंड",
    "DATE_UNIT": "तारीख",
    "FISCAL": "वित्त वित्तीय",
    "COMMON_ERA": "सन ईस्वी",
    "CHRIST": "ईसा",
    "BEFORE_CHRIST": "ईपू ई-पू",
    "DAYPART": "सुबह शाम रात दोपहर तड़के सवेरे भोर सायं पूर्वाह्न अपराह्न",
    "LATE": "देर",
    "BEFORE": "पहले पूर्व",
    "AFTER": "बाद",
    "LAST": "आखिरी अंतिम",
    "ABOUT": "करीब लगभग तकरीबन ठीक",
    "WHOLE": "भर",
    "ONLY": "ही",
    "STILL": "भी",
    "OF": "के की का इसके उसके जिसके इनके उनके इससे उससे जिससे",
    "IN": "में",
    "ON": "को",
    "FROM": "से",
    "STARTING": "लेकर शुरू होकर",
    "UNTIL": "तक",
    "AND": "और व एवं तथा या",
    "THAT_IS": "यानी यानि अर्थात",
    # Words by which a look-alike differs from a date.
    "EVERY": "हर प्रत्येक प्रति",
    "MACHINE": "कारखाना कारखाने कारखानों पुर्जा पुर्जे पुर्जों",
    "BRIGHT": "बेहतर सुनहरे सुनहरा उज्ज्वल",
    "ERA": "दौर समय युग जमाने दुनिया भारत परिवेश",
    "DECADE": "दशक",
    "BREAD": "रोटी",
    "MARCHING": "पैदल फ्लैग कैंडल मशाल विरोध लॉन्ग लॉंग लांग रूट शांति मौन आक्रोश किसान",
    "JOINING": "शामिल भाग हिस्सा",
    "LEARNED_DAY": "दिवस",
    "MEMORIAL": "क्रांति पेठ",
    "COUNTED": "करोड़ लाख हजार अरब खरब सौ रुपये रुपए रुपयों रु नोट नोटों लोग लोगों किलोमीटर किमी मीटर टन"
    " प्रतिशत फीसदी डॉलर सीटें सीटों अंक घर घरों धारा अनुच्छेद संख्या अधिक ज्यादा कम",
}
"""Kind of word → spellings; nukta, chandrabindu and joiners are folded before the look-up."""

_EXTRA_MONTHS = {2: "फरबरी", 4: "अप्रेल एप्रिल", 7: "जुलाइ", 10: "अक्टूबर अक्तूबर अक्टुबर", 12: "डिसंबर"}
_EXTRA_WEEKDAYS = {
    0: "चंद्रवार",
    1: "भौमवार",
    3: "गुरूवार बृहस्पतिवार वृहस्पतिवार वीरवार",
    5: "शनिचर शनिश्चर",
    6: "इतवार",
}
_DAY_NUMBERS = (
    "एक दो तीन चार पांच छह/छः/छे सात आठ नौ दस ग्यारह बारह तेरह चौदह पंद्रह सोलह सत्रह अठारह/अट्ठारह"
    " उन्नीस बीस इक्कीस बाईस/बाइस तेईस/तेइस चौबीस पच्चीस छब्बीस सत्ताईस/सत्ताइस अट्ठाईस/अट्ठाइस/अठाईस उनतीस/उन्तीस तीस"
    " इकतीस/इकत्तीस"
)
_ORDINALS = ("पहला पहली", "दूसरे दूसरा दूसरी", "तीसरे तीसरा तीसरी", "चौथे चौथा चौथी")
_VALUES = {"KAL": 1, "PARSON": 2, "BEFORE": 1, "LAST": LAST_WEEK}
_HALVES = {"डेढ़": 1.5, "ढाई": 2.5}
"""Hindi for "one and a half", "two and a half"."""
_MARCH = 3

_LETTER = r"[^\W\d_]|[\u0900-\u0903\u093a-\u094f\u0951-\u0957\u0962\u0963\u200c\u200d]"
_DIGIT = "[0-9०-९]"
_READER = re.compile(
    rf"(?P<date>(?<!{_DIGIT}){_DIGIT}{{1,2}}(?P<separator>[./-]){_DIGIT}{{1,2}}(?P=separator){_DIGIT}{{4}}(?!{_DIGIT})"
    rf"|(?<!{_DIGIT}){_DIGIT}{{4}}-{_DIGIT}{{2}}-{_DIGIT}{{2}}(?!{_DIGIT}))"
    rf"|(?P<number>{_DIGIT}{{1,3}}(?:,{_DIGIT}{{2}}){{0,6}},{_DIGIT}{{3}}(?!{_DIGIT})|{_DIGIT}+(?:[.:]{_DIGIT}+)*)"
    rf"|(?P<word>आने[ -]?वाल[ेीा]|ई\. ?पू\.?|(?:{_LETTER})(?:{_LETTER}|{_DIGIT})*)"
    r"|(?P<sign>\S)"
)
_SIGNS = {
    ",": "COMMA",
    "-": "HYPHEN",
    "–": "HYPHEN",
    "—": "HYPHEN",
    "(": "OPEN",
    ")": "CLOSE",
    "₹": "COUNTED",
    "$": "COUNTED",
}
_HOMORGANIC_NASAL = re.compile("[ङञणनम]\u094d(?=[क-म])")


@dataclass(frozen=True, slots=True)
class Word:
    """One word, number or sign of the text.

    Attributes:
        kind: the upper-case name that the rules use; "OTHER" for words that are not in the vocabulary. "FAR_YEAR" is
            a number of four digits that is not a year of the news.
        value: number, month (1-12), weekday (Monday = 0), or `date.toordinal()` of a whole date; 0 for other words.
        start_char: code points, half-open with `end_char`, into the text.
    """

    kind: str
    value: float
    start_char: int
    end_char: int


def read_words(text: str) -> list[Word]:
    """Return the words, numbers and signs of a text in order."""
    words: list[Word] = []
    for match in _READER.finditer(blank_emoji(text)):
        kind, value = _classify(match)
        if kind in ("DAY", "YEAR") and _names_a_series(words, match.start()):
            kind = "OTHER"
        words.append(Word(kind, value, match.start(), match.end()))
    return words


def _classify(match: re.Match[str]) -> tuple[str, float]:
    if match["word"]:
        return _LEXICON.get(_fold_word(match["word"]), ("OTHER", 0))
    if match["number"]:
        return _classify_number(match["number"])
    if match["date"]:
        return _classify_date(match["date"])
    return _SIGNS.get(match["sign"], "OTHER"), 0


def _classify_number(digits: str) -> tuple[str, float]:
    if not digits.isdigit() or len(digits) > 4:
        return "OTHER", 0
    number = int(digits)
    if len(digits) == 4:
        return ("YEAR" if EARLIEST_DAY.year <= number <= LATEST_DAY.year else "FAR_YEAR"), number
    return ("DAY" if 1 <= number <= 31 and len(digits) <= 2 else "NUMBER"), number


def _classify_date(digits: str) -> tuple[str, float]:
    numbers = [int(number) for number in re.split("[./-]", digits)]
    day, month, year = numbers if numbers[2] > 31 else reversed(numbers)
    try:
        return "DATE", date(year, month, day).toordinal()
    except ValueError:
        return "OTHER", 0


def _names_a_series(words: list[Word], start_char: int) -> bool:
    """Return whether a number is part of a name: जी-20, चंद्रयान-3, सम्मेलन-2018."""
    if len(words) < 2 or words[-1].kind != "HYPHEN":
        return False
    name, hyphen = words[-2:]
    return name.kind == "OTHER" and name.end_char == hyphen.start_char and hyphen.end_char == start_char


def _fold_word(word: str) -> str:
    joined = fold_name(word).replace(" ", "-").rstrip("\u0903\u094d")
    return unicodedata.normalize("NFC", _HOMORGANIC_NASAL.sub("\u0902", joined))


def _lexicon_entries() -> Iterator[tuple[str, str, float]]:
    """Yield spelling, kind and value of every word; a later entry for a spelling replaces an earlier one."""
    hindi = Locale.parse("hi")
    for kind, spellings in WORDS_BY_KIND.items():
        yield from ((spelling, kind, _VALUES.get(kind, 0)) for spelling in spellings.split())
    for month, name in hindi.months["format"]["wide"].items():
        for spelling in (name, *_EXTRA_MONTHS.get(month, "").split()):
            yield spelling, "MARCH" if month == _MARCH else "MONTH", month
    for weekday, name in hindi.days["format"]["wide"].items():
        for spelling in (name, *_EXTRA_WEEKDAYS.get(weekday, "").split()):
            yield spelling, "WEEKDAY", weekday
    for number, spellings in enumerate(_DAY_NUMBERS.split(), start=1):
        yield from ((spelling, "DAY", number) for spelling in spellings.split("/"))
    for number, spellings in enumerate(_ORDINALS, start=1):
        yield from ((spelling, "ORDINAL", number) for spelling in spellings.split())
    yield from ((spelling, "HALF", value) for spelling, value in _HALVES.items())


_LEXICON = {_fold_word(spelling): (kind, value) for spelling, kind, value in _lexicon_entries()}
KINDS = sorted(
    {kind for kind, _ in _LEXICON.values()}
    | set(_SIGNS.values())
    | {"DATE", "NUMBER", "YEAR", "FAR_YEAR", "OTHER"}
)
"""All kinds of words."""
