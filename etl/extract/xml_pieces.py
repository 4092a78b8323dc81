"""Cut feeds and sitemaps into their entries, and read each entry by itself.

Documents of real sites are often not well-formed: text before the XML declaration, a bare `&`, references to characters
that do not exist, tags that are never closed. An XML parser stops there and loses every later entry. So a document is
cut at the start of each entry, and each piece goes to a recovering parser on its own: damage costs only its own entry.
"""

import html
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

from lxml import etree  # type: ignore[import-untyped]

from etl.extract.fetch import Page
from etl.extract.page.decode import decode_page

DocumentKind = Literal["feed", "sitemap", "index"]
_ROOT = re.compile(r"<([\w.-]{1,40}:)?(rss|rdf|feed|urlset|sitemapindex)(?=[\s>])", re.I)
_KINDS: dict[str, DocumentKind] = {"urlset": "sitemap", "sitemapindex": "index"}
_ENTRIES: dict[DocumentKind, str] = {"feed": "item|entry", "sitemap": "url", "index": "sitemap"}
_REFERENCE = re.compile(r"&(?:#(?:(\d+)|[xX]([0-9a-fA-F]+));|(?:lt|gt|amp|quot|apos);)?")
_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_LONGEST_REFERENCE = 7
"""Number of digits of the highest character, U+10FFFF, in decimal."""


@dataclass(frozen=True, slots=True)
class CutDocument:
    """A feed, sitemap or sitemap index, cut at the start of each entry.

    Attributes:
        kind: None if the text is none of the three.
        pieces: one per entry, in order: its markup, and whatever follows it.
        is_complete: the document ends with the end tag of its root. If it does not, an unfinished last entry is left
            out: its URL may be cut short.
    """

    kind: DocumentKind | None
    pieces: tuple[str, ...] = ()
    is_complete: bool = True


@dataclass(frozen=True, slots=True)
class XmlField:
    """One element of an entry: its name in lower case without prefix, its text, and its attributes."""

    name: str
    text: str
    attributes: Mapping[str, str]


def cut_document(page: Page) -> CutDocument:
    """Cut a feed, sitemap or sitemap index, in any encoding, into its entries."""
    text = _mend_references(
        _drop_comments(_unwrap_cdata(decode_page(page.body, page.header("Content-Type"))))
    )
    root = _ROOT.search(text)
    if root is None:
        return CutDocument(None)
    prefix, name = re.escape(root[1] or ""), root[2].lower()
    kind = _KINDS.get(name, "feed")
    entry = rf"(?:{prefix})?(?:{_ENTRIES[kind]})"
    starts = [match.start() for match in re.finditer(rf"<{entry}(?=[\s>/])", text, re.I)]
    pieces = [text[start:end] for start, end in pairwise([*starts, len(text)])]
    is_complete = bool(re.search(rf"</(?:{prefix})?{name}\s*>", (pieces or [text])[-1], re.I)) or (
        not pieces and text.rstrip().endswith("/>")
    )
    if pieces and not is_complete and not re.search(rf"</{entry}\s*>", pieces[-1], re.I):
        pieces.pop()
    return CutDocument(kind, tuple(pieces), is_complete)


def read_fields(piece: str) -> Iterator[XmlField]:
    """Yield the elements directly inside an entry, in order, then those of a news sitemap's publication date."""
    parser = etree.XMLParser(recover=True, resolve_entities=False, no_network=True, remove_pis=True)
    entry = etree.fromstring(piece.encode("utf-8", "replace"), parser)
    if entry is not None:
        yield from map(_read_field, entry.iterchildren("{*}*"))
        yield from (
            field for field in map(_read_field, entry.iter("{*}*")) if field.name == "publication_date"
        )


def _read_field(element: etree._Element) -> XmlField:
    name = str(element.tag).rpartition("}")[2].rpartition(":")[2].lower()
    attributes = {str(key).rpartition("}")[2].lower(): str(value) for key, value in element.attrib.items()}
    return XmlField(name, "".join(element.itertext()).strip(), attributes)


def _unwrap_cdata(text: str) -> str:
    """Replace each CDATA section by escaped text; of one that is never closed, drop only its opening."""
    before, *parts = text.split("<![CDATA[")
    sections = (part.partition("]]>") for part in parts)
    return before + "".join(
        html.escape(content, quote=False) + rest if closing else content
        for content, closing, rest in sections
    )


def _drop_comments(text: str) -> str:
    """Remove comments; of one that is never closed, drop only its opening."""
    before, *parts = text.split("<!--")
    comments = (part.partition("-->") for part in parts)
    return before + "".join(rest if closing else content for content, closing, rest in comments)


def _mend_references(text: str) -> str:
    """Escape each bare `&`, and replace by U+FFFD what is not a character of XML, as such or as a reference."""
    return _REFERENCE.sub(_mend_reference, _NOT_XML.sub("\ufffd", text))


def _mend_reference(match: re.Match[str]) -> str:
    decimal, hexadecimal = match[1], match[2]
    digits = (decimal or hexadecimal or "").lstrip("0")
    if not decimal and not hexadecimal:
        return "&amp;" if match[0] == "&" else match[0]
    if not digits or len(digits) > _LONGEST_REFERENCE:
        return "\ufffd"
    number = int(digits, 10 if decimal else 16)
    return "\ufffd" if number > 0x10FFFF or _NOT_XML.match(chr(number)) else match[0]
