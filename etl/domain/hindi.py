"""Hindi folding: the form under which spellings of one name are equal."""

import unicodedata
from functools import lru_cache

_FOLD = dict.fromkeys(map(ord, "\u200b\u200c\u200d\u093c"))


@lru_cache(maxsize=1 << 16)
def fold_name(text: str) -> str:
    """Return the form under which spellings of one name are equal: NFD, no nukta or joiners, ँ as ं, one space."""
    decomposed = unicodedata.normalize("NFD", text).translate(_FOLD)
    return " ".join(decomposed.replace("\u0901", "\u0902").replace(".", " ").split())
