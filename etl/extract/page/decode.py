"""Decode the bytes of a page to text, even if server or page declare a wrong charset."""

import codecs

from charset_normalizer import from_bytes
from w3lib.encoding import (
    html_body_declared_encoding,
    http_content_type_encoding,
    read_bom,
    resolve_encoding,
)

_DAMAGE_LIMIT = 0.01
_SAMPLE_BYTES = 100_000


def decode_page(payload: bytes, content_type: str | None = None) -> str:
    """Decode a page by its byte-order mark, as UTF-8, by header, by `meta` tag, or by detection, in this order.

    Bytes that are valid UTF-8 are decoded as UTF-8, whatever charset the header or the page declares. A few invalid
    bytes are allowed and become U+FFFD.
    """
    bom_encoding, bom = read_bom(payload)
    if bom_encoding and bom:
        return payload[len(bom) :].decode(bom_encoding, errors="replace")
    if _is_utf8(payload):
        return payload.decode("utf-8", errors="replace")
    declared = http_content_type_encoding(content_type) or html_body_declared_encoding(payload)
    if declared and resolve_encoding(declared) != "utf-8":
        return payload.decode(codecs.lookup(declared).name, errors="replace")
    best = from_bytes(payload[:_SAMPLE_BYTES]).best()
    return payload.decode(best.encoding if best else "utf-8", errors="replace")


def _is_utf8(payload: bytes) -> bool:
    damaged = payload.decode("utf-8", errors="replace").count("\ufffd")
    high = sum(byte >= 0x80 for byte in payload) if damaged else 0
    return damaged <= _DAMAGE_LIMIT * high
