"""Hindi folding: one key for the spellings of a name."""

import unicodedata
from functools import lru_cache

_FOLD = dict.fromkeys(map(ord, "\u200b\u200c\u200d\u093c"))


@lru_cache(maxsize=1 << 16)
def fold_name(text: str) -> str:
    """Return a key that is equal for spellings of one name: NFD, no nukta or joiners, ँ as ं, single spaces."""
    decomposed = unicodedata.normalize("NFD", text).translate(_FOLD)
    return " ".join(decomposed.replace("\u0901", "\u0902").replace(".", " ").split())
