"""Limits of what is read from one page. A page beyond them is rejected or cut; none of it can stop the others."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class PageLimits:
    """Limits of one page. Real news pages stay below a fifth of them.

    Attributes:
        depth: nested elements; a deeper page is rejected as `too_costly`.
        nodes: elements, texts and comments; a page with more is rejected as `too_costly`.
        attribute: characters read of a class, an id or another attribute; the rest is ignored.
        title: characters of a headline; a longer candidate is skipped.
        text: characters read of an article in a script. Cleaning rejects longer lines and texts of any kind.
        times: candidates for the time of publication; further ones are ignored.
        script: characters of JSON in one script; a longer script is not read.
        values: values read from the JSON of one page.
        items: articles that the metadata of one page describes; further ones are ignored.
    """

    depth: int = 250
    nodes: int = 250_000
    attribute: int = 1_000
    title: int = 500
    text: int = 400_000
    times: int = 50
    script: int = 4_000_000
    values: int = 200_000
    items: int = 500


LIMITS = PageLimits()
