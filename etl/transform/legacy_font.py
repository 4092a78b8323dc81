"""Devanagari typed for fonts that draw Latin letters as Hindi (Kruti Dev, DevLys, Chanakya, Susha).

Such text is quarantined, not converted: the fonts' tables differ by version, and a wrong letter in a name would be
an invented one.
"""

# The commonest words (है, में, और, के, का, की, को, से, हैं, था, भारत …) as each font family types them.
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
_MIN_DISTINCT = 4


def find_legacy_font(text: str) -> str | None:
    """Return the font family that a text was typed for; None for Unicode text of any language."""
    words = text.split()
    for family, markers in _MARKERS.items():
        found = [word for word in words if word.strip("।.()'\"") in markers]
        if len(set(found)) >= _MIN_DISTINCT and len(found) >= _MIN_SHARE * len(words):
            return family
    return None
