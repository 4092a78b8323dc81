"""Ids: digests that name records by their content."""

import hashlib

from slugify import slugify

from etl.domain.entity import EntityKind
from etl.domain.hindi import fold_name

_MAX_NAME_BYTES, _KEPT_CHARS = 255, 200
"""Longest name of a folder on common file systems, and how much of a longer slug is kept."""


def digest(*parts: str) -> str:
    """Return a hash of the parts in this order: 20 hex digits (80 bits). Lone surrogates are allowed."""
    return hashlib.sha256("\x1f".join(parts).encode("utf-8", "surrogatepass")).hexdigest()[:20]


def make_source_id(source_name: str) -> str:
    """Return the ASCII slug of a source for paths and tables. Too long a slug ends in a digest of the name."""
    slug = slugify(source_name) or "unnamed"
    return slug if len(slug) <= _MAX_NAME_BYTES else f"{slug[:_KEPT_CHARS]}-{digest(source_name)}"


def make_article_id(canonical_url: str | None, source_name: str, text: str) -> str:
    """Return the id of an article: a hash of its canonical URL, or of source and text if it has none."""
    return digest("url", canonical_url) if canonical_url else digest("text", source_name, text)


def make_entity_id(kind: EntityKind, name_hi: str, gazetteer_id: str | None) -> str:
    """Return the id of an entity: a hash of its gazetteer id, or of kind and folded name if it has none."""
    return digest("gazetteer", gazetteer_id) if gazetteer_id else digest(kind, fold_name(name_hi))


def make_report_id(article_id: str, ordinal: int) -> str:
    """Return the id of one article's report of one meeting."""
    return digest("report", article_id, str(ordinal))
