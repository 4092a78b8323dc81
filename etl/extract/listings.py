"""Read the links of a listing: a page of a publisher that links to its new articles."""

from collections.abc import Callable, Mapping

from lxml import etree  # type: ignore[import-untyped]

from etl.domain.urls import absolute_url
from etl.extract.discovered import DiscoveredUrl, DocumentContents
from etl.extract.fetch import Page
from etl.extract.page.decode import decode_page

_LINK_LIMIT = 5_000


def read_listing(page: Page, *, is_article: Callable[[str], bool]) -> DocumentContents:
    """Read the links of a page that look like articles, in order, each once."""
    parser = etree.HTMLParser(target=_LinkCollector(), encoding="utf-8")
    parser.feed(decode_page(page.body, page.header("Content-Type")).encode("utf-8", "replace"))
    links = (absolute_url(page.url, link) for link in parser.close())
    urls = [url for url in dict.fromkeys(links) if url and is_article(url)]
    left_out = len(urls) - _LINK_LIMIT
    return DocumentContents(
        tuple(map(DiscoveredUrl, urls[:_LINK_LIMIT])),
        problems=(f"too_long: {page.url}: {left_out} links left out",) if left_out > 0 else (),
    )


class _LinkCollector:
    """Target of the parser: keeps links and no tree, so the depth of a page costs nothing."""

    def __init__(self) -> None:
        self._links: list[str] = []

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        if tag == "a" and "href" in attributes:
            self._links.append(attributes["href"])

    def close(self) -> list[str]:
        return self._links
