"""Read the entries of a feed or sitemap, each by itself, and count those that cannot be read."""

from collections.abc import Callable
from itertools import islice

from etl.errors import RejectedArticle
from etl.extract.boundary import reject_errors
from etl.extract.discovered import DiscoveredUrl
from etl.extract.xml_pieces import CutDocument, XmlField, read_fields

ReadEntry = Callable[[list[XmlField]], DiscoveredUrl | None]
"""Reads one entry; None if it has no URL."""


def read_entries(
    url: str, document: CutDocument, read: ReadEntry, limit: int
) -> tuple[list[DiscoveredUrl], list[str]]:
    """Return the URLs of the first `limit` entries of a document, in order, and its problems.

    Args:
        url: of the document, for the problems.
        document: the document, cut into its entries.
        read: reads one entry.
        limit: number of entries that are read.
    """
    attempts = [_try_to_read(url, piece, read) for piece in islice(document.pieces, limit)]
    found = [entry for entry in attempts if entry]
    problems = []
    if unreadable := len(attempts) - len(found):
        problems.append(f"unreadable: {url}: {unreadable} of {len(attempts)} entries have no URL")
    if left := len(document.pieces) - len(attempts):
        problems.append(f"too_long: {url}: {left} entries after the first {limit} were left out")
    if not document.is_complete:
        problems.append(f"unreadable: {url}: the document ends early; {len(found)} entries were read")
    return found, problems


def _try_to_read(url: str, piece: str, read: ReadEntry) -> DiscoveredUrl | None:
    try:
        with reject_errors(url):
            return read(list(read_fields(piece)))
    except RejectedArticle:
        return None
