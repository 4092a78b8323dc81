"""Hindi and English day and month words, written as numbers that a date parser reads.

"5वीं सित. 2025" (5th of Sept. 2025) becomes "5 september 2025".
"""

import re

from etl.domain.hindi import remove_invisible

_MONTHS = {
    "january": "जन जनव जनवरी जनवरि जेनुअरी",
    "february": "फर फरव फरवरी फरवरि फेब फेब्रुअरी",
    "march": "मार मार्च",
    "april": "अप अप्र अप्रै अप्रैल अप्रेल एप्रिल",
    "may": "मई",
    "june": "जून",
    "july": "जुल जुला जुलाई जौलाई",
    "august": "अग अगस अगस्त",
    "september": "सित सितं सितम सितम् सितंबर सितम्बर सेप्टेंबर",
    "october": "अक्ट अक्टू अक्तू अक्टूबर अक्तूबर अक्टोबर",
    "november": "नव नवं नवम नवम् नवंबर नवम्बर",
    "december": "दिस दिसं दिसम दिसम् दिसंबर दिसम्बर",
}
_ENGLISH = {hindi: english for english, words in _MONTHS.items() for hindi in words.split()}
_ORDINALS = {"पहली": "1", "पहला": "1", "दूसरी": "2", "तीसरी": "3", "चौथी": "4"}
_WEEKDAY = re.compile(r"(?:सोम|मंगल|बुध|गुरु|गुरू|बृहस्पति|वीर|शुक्र|शनि|रवि|इत)(?:वार)?")
_SIGNS = str.maketrans(
    {"\u093c": None, "\u200c": None, "\u200d": None, "\u0901": "\u0902", "\u0970": None, "ः": None}
)
_ZERO_AS_DOT = re.compile(r"(?<=[\u0900-\u0963])[०0](?!\d)")
_DIGITS = str.maketrans("०१२३४५६७८९", "0123456789")
_SUFFIX = re.compile(
    r"(?<=\d)[ -]?(?:ली|ला|री|रा|थी|था|ठी|वीं|वी|वें|वे|वां|वा|st|nd|rd|th)(?![\w\u0900-\u097f])", re.I
)
_WORD = re.compile(r"[\u0900-\u0963]+(?:\.(?!\d))?")


def write_dates_in_english(text: str) -> str:
    """Return the text with digits in ASCII, ordinals as numbers, months in English, and no names of days of the week.

    Other words are unchanged. Months may be short, with or without a sign of abbreviation: सित, सित., सित॰, सित०
    (Sept.).
    """
    plain = _ZERO_AS_DOT.sub("", remove_invisible(text)).translate(_DIGITS)
    plain = _SUFFIX.sub("", plain.translate(_SIGNS))
    return _WORD.sub(lambda match: _translate(match[0]), plain)


def _translate(word: str) -> str:
    bare = word.removesuffix(".")
    if _WEEKDAY.fullmatch(bare):
        return ""
    return _ENGLISH.get(bare) or _ORDINALS.get(bare) or word
