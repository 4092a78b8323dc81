"""Ids: digests that name records by their content."""

import hashlib

from slugify import slugify

from etl.domain.entity import EntityKind
from etl.domain.hindi import fold_name


def digest(*parts: str) -> str:
    """Return 20 hex digits (80 bits) that name the parts, in this order."""
    return hashlib.sha256("\x1f".join(parts).encode()).hexdigest()[:20]


def make_source_id(source_name: str) -> str:
    """Return the ASCII slug that names a source in paths and tables."""
    return slugify(source_name) or "unnamed"


def make_article_id(canonical_url: str | None, source_name: str, text: str) -> str:
    """Name an article by its canonical URL, or without one by source and text."""
    return digest("url", canonical_url) if canonical_url else digest("text", source_name, text)


def make_entity_id(kind: EntityKind, name_hi: str, gazetteer_id: str | None) -> str:
    """Name an entity by its gazetteer row, or without one by kind and folded full name."""
    return digest("gazetteer", gazetteer_id) if gazetteer_id else digest(kind, fold_name(name_hi))


def make_report_id(article_id: str, ordinal: int) -> str:
    """Name one article's report of one meeting."""
    return digest("report", article_id, str(ordinal))
