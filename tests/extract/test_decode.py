"""Charsets of pages: every name that a server or a page may declare, UTF-16, text that was encoded twice."""

from encodings.aliases import aliases

import pytest

from etl.extract.page.decode import decode_page
from testkit.article_pages import STORIES

LINES = "\n".join(f"<p>{paragraph}</p>" for paragraph in STORIES[0]["paragraphs"])
PAGE = f'<!doctype html><html lang="hi"><head><title>{STORIES[0]["title"]}</title></head><body>{LINES}</body></html>'
CODECS = sorted({
    *aliases, *aliases.values(), "idna", "punycode", "undefined", "unicode_escape", "raw_unicode_escape", "mbcs", "oem",
    "charmap", "palmos", "utf_8_sig", "nonsense", "", " ", "x" * 5000, "utf-8\x00", "ünï", "..", "encodings.utf_8",
})  # fmt: skip


@pytest.mark.parametrize("charset", CODECS, ids=lambda charset: ascii(charset[:20]))
def test_no_declared_charset_ends_or_changes_the_reading_of_utf8(charset: str) -> None:
    declared = PAGE.replace("<head>", f'<head><meta charset="{charset}">')
    assert decode_page(PAGE.encode(), f"text/html; charset={charset}") == PAGE
    assert decode_page(declared.encode(errors="replace")) == declared.replace("\x00", "")


@pytest.mark.parametrize("charset", CODECS, ids=lambda charset: ascii(charset[:20]))
def test_bytes_that_are_not_utf8_are_decoded_under_any_declared_charset(charset: str) -> None:
    broken = b"<p>\xff\xfe\x80\x81\x8d\xe0\xa4 caf\xe9</p>" * 3
    assert "caf" in decode_page(broken, f"text/html; charset={charset}")
    assert "caf" in decode_page(f"<meta charset='{charset}'>".encode(errors="replace") + broken)


@pytest.mark.parametrize("codec", ["utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("page", [PAGE, "\n" + PAGE, PAGE.replace("<p>", "").replace("</p>", "\n")])
@pytest.mark.parametrize("content_type", [None, "text/html; charset=utf-8", "text/html; charset=utf-16"])
def test_utf16_without_a_byte_order_mark(codec: str, page: str, content_type: str | None) -> None:
    assert decode_page(page.encode(codec), content_type) == page


@pytest.mark.parametrize("mark", ["utf-8-sig", "utf-16", "utf-32"])
def test_a_byte_order_mark_wins(mark: str) -> None:
    assert decode_page(PAGE.encode(mark), "text/html; charset=windows-1252") == PAGE


def test_a_declared_charset_is_used_for_text_that_is_not_utf8() -> None:
    page = '<meta charset="windows-1251"><p>' + "Встреча министров прошла в Дели. " * 20
    assert decode_page(page.encode("cp1251")) == page
    assert decode_page(page.encode("cp1251"), "text/html; charset=hex") == page


@pytest.mark.parametrize(
    "payload", [b"", b"\x00", b"\x00" * 10_000, b"\xff\xfe", b"\xfe\xff\x00", b"<p\x00>a\x00b"]
)
def test_nul_bytes_are_removed(payload: bytes) -> None:
    assert "\x00" not in decode_page(payload)


@pytest.mark.parametrize("times", [1, 2])
@pytest.mark.parametrize("story", STORIES, ids=lambda story: story["slug"])
@pytest.mark.parametrize("codec", ["latin-1", "cp1252"])
def test_text_encoded_twice_is_repaired(story: dict[str, object], codec: str, times: int) -> None:
    page = f"<h1>{story['title']}</h1><p>अब आज आ&nbsp;गए</p>" + "".join(
        f"<p>{p}</p>" for p in story["paragraphs"]
    )  # type: ignore[attr-defined]
    doubled = page
    for _ in range(times):
        doubled = doubled.encode().decode(
            codec, errors="replace" if codec == "latin-1" else "surrogateescape"
        )
        doubled = "".join(chr(ord(c) - 0xDC00) if "\udc80" <= c <= "\udcff" else c for c in doubled)
    assert decode_page(doubled.encode()) == page
