"""Detect text typed for fonts that draw Latin letters as Devanagari (Kruti Dev, DevLys, Chanakya, Susha).

Such text is rejected, not converted: the fonts' tables differ between versions, and a wrongly converted letter would
invent a name.
"""

# Frequent words (है, में, और, के, का, की, को, से, हैं, था, भारत …) as they are typed in each font family.
_MARKERS: dict[str, frozenset[str]] = {
    "Kruti Dev": frozenset(
        [
            "gS",
            "gSa",
            "esa",
            "vkSj",
            "ds",
            "dk",
            "dh",
            "dks",
            "fd",
            "fy,",
            "fd;k",
            "Hkkjr",
            "Fkk",
            "Fks",
            "ugha",
            ";g",
        ]
    ),
    "Chanakya": frozenset(["ãñ", "ãñ´", "×ð´", "¥õÚU", "·ð¤", "·¤æ", "·¤è", "·¤ô", "âð", "Ùð", "ÂÚU"]),
    "Susha": frozenset(["hO", "hOM", "maoM", "AaOr", "ko", "ka", "kI", "kao", "sao", "nao", "pr", "Baart"]),
}
_MIN_SHARE = 0.1
"""Smallest share of marker words among all words."""
_MIN_DISTINCT = 4
"""Smallest number of different marker words."""


def find_legacy_font(text: str) -> str | None:
    """Return the font family that a text was typed for, or None for Unicode text in any language."""
    words = text.split()
    for family, markers in _MARKERS.items():
        found = [word for word in words if word.strip("।.()'\"") in markers]
        if len(set(found)) >= _MIN_DISTINCT and len(found) >= _MIN_SHARE * len(words):
            return family
    return None
