"""Identify the language of a text, among those that are easily confused with Hindi news."""

from functools import cache

from py3langid.langid import MODEL_FILE, LanguageIdentifier

_CANDIDATES = ("hi", "mr", "ne", "sa", "en", "bn", "gu", "pa", "ur", "ta", "te", "kn", "ml", "or")
_READ_CHARS = 4000


def identify_language(text: str) -> str:
    """Return the ISO 639-1 code of the most likely language; py3langid reads the first `_READ_CHARS` characters."""
    return str(_identifier().classify(text[:_READ_CHARS])[0])


@cache
def _identifier() -> LanguageIdentifier:
    identifier = LanguageIdentifier.from_model_file(MODEL_FILE)
    identifier.set_languages(list(_CANDIDATES))
    return identifier
