"""Decode the bytes of a page to text, whatever charset the server or the page declares."""

import codecs

from charset_normalizer import from_bytes
from w3lib.encoding import html_body_declared_encoding, http_content_type_encoding, read_bom

from etl.domain.hindi import mend_doubled

_DAMAGE_LIMIT = 0.01
_SAMPLE_BYTES = 100_000
_UTF16_SAMPLE_BYTES = 4096
_UTF16_HIGH_BYTES = frozenset({0x00, 0x09, 0x20})
"""First bytes of almost every UTF-16 unit of a Hindi page: Latin, Devanagari, punctuation."""
_BROWSER_CODECS = frozenset({
    "utf-8", "ascii", "big5", "big5hkscs", "cp866", "cp874", "cp932", "cp949", "euc_jp", "euc_kr", "gb18030", "gb2312",
    "gbk", "iso2022_jp", "koi8-r", "koi8-u", "mac-cyrillic", "mac-roman", "shift_jis", "tis-620",
    *(f"iso8859-{number}" for number in (*range(1, 12), *range(13, 17))),
    *(f"cp{number}" for number in range(1250, 1259)),
})  # fmt: skip
"""Names that `codecs.lookup` gives the charsets of the web. Python has more codecs (`hex`, `idna`, `undefined`,
`unicode_escape`), which are no charsets of pages; many of them raise for any input."""


def decode_page(payload: bytes, content_type: str | None = None) -> str:
    """Decode a page by its byte-order mark, as UTF-8, by header, by `meta` tag, or by detection, in this order.

    Bytes that are valid UTF-8 are decoded as UTF-8, whatever charset the header or the page declares. UTF-16 is
    recognised without a byte-order mark. Invalid bytes become U+FFFD, NUL characters are removed, and text that was
    encoded twice is repaired. Never raises.
    """
    bom_encoding, bom = read_bom(payload)
    encoding = bom_encoding or _find_encoding(payload, content_type)
    text = payload[len(bom or b"") :].decode(encoding, errors="replace")
    return mend_doubled(text.replace("\x00", ""))


def _find_encoding(payload: bytes, content_type: str | None) -> str:
    if utf16 := _find_utf16(payload):
        return utf16
    if _is_utf8(payload):
        return "utf-8"
    for declared in (http_content_type_encoding(content_type), html_body_declared_encoding(payload)):
        if declared and (codec := _browser_codec(declared)) and codec != "utf-8":
            return codec
    best = from_bytes(payload[:_SAMPLE_BYTES]).best()
    return (_browser_codec(best.encoding) if best else None) or "utf-8"


def _browser_codec(charset: str) -> str | None:
    """Return the codec of a charset that browsers know; None for any other word."""
    try:
        name = codecs.lookup(charset).name
    except (LookupError, ValueError):
        return None
    return name if name in _BROWSER_CODECS else None


def _find_utf16(payload: bytes) -> str | None:
    """Return the codec of UTF-16 without a byte-order mark; None for other text."""
    sample = payload[:_UTF16_SAMPLE_BYTES]
    for codec, high, low in (
        ("utf-16-le", sample[1::2], sample[::2]),
        ("utf-16-be", sample[::2], sample[1::2]),
    ):
        latin_count = high.count(0) - low.count(0)
        if latin_count * 20 > len(high) and sum(b in _UTF16_HIGH_BYTES for b in high) > 0.9 * len(high):
            return codec
    return None


def _is_utf8(payload: bytes) -> bool:
    damaged = payload.decode("utf-8", errors="replace").count("\ufffd")
    high = sum(byte >= 0x80 for byte in payload) if damaged else 0
    return damaged <= _DAMAGE_LIMIT * high
