"""Take the scripts out of a page before its text is read."""

from dataclasses import dataclass

from bs4 import BeautifulSoup, Tag

_WITHOUT_TEXT = ("script", "style", "template", "noscript", "svg", "iframe", "object")


@dataclass(frozen=True, slots=True)
class Script:
    """A script element.

    Attributes:
        media_type: `type` attribute in lower case, without parameters; empty for JavaScript without one.
        element_id: `id` attribute; empty if it has none.
        text: its content.
    """

    media_type: str
    element_id: str
    text: str


def take_scripts(soup: BeautifulSoup) -> list[Script]:
    """Remove elements without readable text (scripts, styles, templates, embedded objects); return the scripts."""
    scripts = [_read_script(tag) for tag in soup.find_all("script")]
    for tag in soup.find_all(_WITHOUT_TEXT):
        if isinstance(tag, Tag) and not tag.decomposed:
            tag.decompose()
    return [script for script in scripts if script.text]


def _read_script(tag: Tag) -> Script:
    media_type = str(tag.get("type") or "").partition(";")[0].strip().lower()
    text = "".join(str(child) for child in tag.contents)
    return Script(media_type, str(tag.get("id") or ""), text.strip())
