"""Find the blocks of further articles on a page: stories that infinite scroll appends, posts of a blog, `article`s."""

import re
from collections.abc import Iterator, Sequence
from itertools import accumulate

from bs4.element import PageElement, Tag

from etl.domain.hindi import fold_name
from etl.extract.page.agreement import compare_titles, is_same_story
from etl.extract.page.blocks import Block, Extent, PageBlocks
from etl.extract.page.limits import LIMITS
from etl.extract.page.outside import label_of
from etl.extract.page.timestamps import find_visible_date

_SENTENCE_CHARS, _MIN_PROSE = 40, 100
_LONG_PROSE = 300
"""Prose between the headline and a heading of another story that follows in the same element."""
_DATELINE_BLOCKS, _DATELINE_CHARS = 4, 80
_MIN_HEADLINE_WORDS = 5
_BYLINE = re.compile(r"^(?:by\b|posted\b|published\b|updated\b|प्रकाशित|अपडेट|लेखक|रिपोर्ट|द्वारा)", re.I)
_NEXT_STORY = re.compile(
    r"(?:^|[-_\s])(?:(?:next|more|other|another|second|auto)[-_]?(?:stor(?:y|ies)|articles?|posts?|news|load\w{0,20})|"
    r"infinite\w{0,20}|autoload\w{0,20}|nextpage|post[-_]add\w{0,20}|load[-_]?more|ajax[-_]?load\w{0,20}|"
    r"scroll[-_]?(?:stor(?:y|ies)|articles?|posts?|news|load\w{0,20})|(?:story|article|post)[-_]?scroll\w{0,20})"
    r"(?:$|[-_\s])",
    re.I,
)
_COMMON_NAMES = re.compile(
    r"^(?:row|col\w{0,3}(?:-.*)?|container(?:-fluid)?|clearfix|wrap(?:per)?|inner|outer|box|block|section|content|grid|"
    r"main|left|right|center|item|card|part|text|active|first|last|odd|even|hidden|d-.*|m[btlrxy]?-.*|p[btlrxy]?-.*)$",
    re.I,
)
_DIGITS = re.compile(r"\d+")
_NUMBERED = re.compile(r"^\W*(?:\d|[०-९])")


def find_other_articles(page: PageBlocks, title: str | None) -> frozenset[int]:
    """Return the numbers of the blocks that belong to articles other than the one of the headline.

    Three kinds of parts are found:

    - an element beside one that contains the headline and its prose, if it starts with a heading of its own and looks
      like another story: it has the same class, is marked as the next story, has a date line, follows a rule, or
      begins with a headline and both elements have names;
    - other `article` elements, if one contains the headline and its prose;
    - everything from a heading in the element of the article itself that starts another story: an `h1`, or a heading
      after a rule, with a date line, or one that is a link with prose after it.
    """
    headline = _find_headline(page, title)
    if headline is None:
        return frozenset()
    search = _Search(page, headline, title or headline.text)
    return frozenset(number for extent in search.find() for number in range(*extent))


def _find_headline(page: PageBlocks, title: str | None) -> Block | None:
    """Return the block of the headline: a heading if there is one with these words, else any block with them."""
    wanted = fold_name((title or "")[: LIMITS.title])
    same = [block for block in page.every if wanted and fold_name(block.text[: LIMITS.title]) == wanted]
    headings = [block for block in same if block.heading is not None]
    if headings or same:
        return (headings or same)[0]
    similar = (
        b for b in page.every if b.heading is not None and compare_titles(b.text, title or "") == "contained"
    )
    return next(similar, None)


class _Search:
    """The search around one headline."""

    def __init__(self, page: PageBlocks, headline: Block, title: str) -> None:
        self._page = page
        self._headline = headline
        self._title = title
        lengths = (len(block.text) if _is_prose(block) else 0 for block in page.every)
        self._prose = list(accumulate(lengths, initial=0))

    def find(self) -> Iterator[tuple[int, int]]:
        """Yield the first block number of each other article, and the one after its last."""
        own = [element for element in self._containers() if self._prose_of(element) >= _MIN_PROSE]
        for element in own:
            for sibling, is_later in _siblings(element):
                extent = self._page.extent_of(sibling)
                if (
                    extent
                    and isinstance(sibling, Tag)
                    and self._is_other_story(sibling, extent, element, is_later)
                ):
                    yield extent.start, extent.end
        article = next((element for element in own if element.name == "article"), None)
        if article is not None:
            yield from self._other_articles(article)
        if (start := self._end_of_article()) is not None:
            yield start, len(self._page.every)

    def _containers(self) -> Iterator[Tag]:
        """Yield the elements around the headline, innermost first."""
        heading = self._headline.heading or self._headline.element
        for element in (heading, *heading.parents):
            if element.name in ("body", "html", "[document]"):
                return
            yield element

    def _prose_of(self, element: Tag) -> int:
        extent = self._page.extent_of(element)
        return self._prose[extent.end] - self._prose[extent.start] if extent else 0

    def _other_articles(self, own: Tag) -> Iterator[tuple[int, int]]:
        around = {id(element) for element in (own, *own.parents)}
        inside = self._page.extent_of(own)
        for extent in self._page.extents.values():
            is_within = inside is not None and inside.start <= extent.start and extent.end <= inside.end
            if extent.element.name == "article" and id(extent.element) not in around and not is_within:
                yield extent.start, extent.end

    def _is_other_story(self, sibling: Tag, extent: Extent, own: Tag, is_later: bool) -> bool:
        """Return whether an element beside the article starts with its own heading and looks like a story."""
        if self._prose[extent.end] - self._prose[extent.start] < _MIN_PROSE:
            return False
        heading = self._first_heading(extent)
        if heading is None or is_same_story(heading.text, self._title):
            return False
        if _is_same_kind(sibling, own) or "article" in str(sibling.get("itemtype") or "").lower():
            return True
        if not is_later:
            return False
        if self._is_marked(sibling, heading) or heading.link_share > 0.8:
            return True
        if not _is_headline(heading.text):
            return self._has_dateline(heading)
        is_separate = any(b.is_after_rule for b in self._page.every[extent.start : heading.number + 1]) or (
            heading.number == extent.start
            and self._prose_of(own) >= _LONG_PROSE
            and bool(_kind(sibling) and _kind(own))
        )
        return is_separate or self._has_dateline(heading)

    def _first_heading(self, extent: Extent) -> Block | None:
        """Return the heading before the first prose of a part."""
        for block in self._page.every[extent.start : extent.end]:
            if block.heading is not None or self._has_class_of_headline(block):
                return block
            if _is_prose(block):
                return None
        return None

    def _has_class_of_headline(self, block: Block) -> bool:
        element, own = block.element, self._headline.element
        names = _kind(own)
        return element is not own and bool(names) and _kind(element) == names

    def _is_marked(self, sibling: Tag, heading: Block) -> bool:
        for element in (heading.element, *heading.element.parents):
            if _NEXT_STORY.search(label_of(element)):
                return True
            if element is sibling:
                return False
        return False

    def _has_dateline(self, heading: Block) -> bool:
        """Return whether a short line with a date or a byline follows a heading before any prose."""
        for block in self._page.every[heading.number + 1 : heading.number + 1 + _DATELINE_BLOCKS]:
            if _is_prose(block) or block.heading is not None:
                return False
            if len(block.text) <= _DATELINE_CHARS and (
                find_visible_date(block.text) or _BYLINE.search(block.text)
            ):
                return True
        return False

    def _end_of_article(self) -> int | None:
        """Return the number of the first later heading that starts another story; None if there is none."""
        start = self._headline.number + 1
        rule_at = -1
        for block in self._page.every[start:]:
            number = block.number
            if block.is_after_rule:
                rule_at = number
            has_article_before = self._prose[number] - self._prose[start] >= _LONG_PROSE
            is_heading = block.heading is not None or self._has_class_of_headline(block)
            if not is_heading or not has_article_before or self._is_own(block):
                continue
            if self._prose[-1] - self._prose[number] < _MIN_PROSE:
                return None
            is_first = block.heading is not None and block.heading.name == "h1"
            follows_rule = rule_at >= 0 and self._prose[number] == self._prose[rule_at]
            if is_first or (
                _is_headline(block.text)
                and (follows_rule or self._has_dateline(block) or self._is_linked_story(block))
            ):
                return rule_at if follows_rule else number
        return None

    def _is_own(self, heading: Block) -> bool:
        own = self._headline.heading
        return (own is not None and heading.heading is own) or is_same_story(heading.text, self._title)

    def _is_linked_story(self, heading: Block) -> bool:
        """Return whether a heading is a link, and two paragraphs follow."""
        following = self._page.every[heading.number + 1 : heading.number + 3]
        return heading.link_share > 0.8 and len(following) == 2 and all(map(_is_prose, following))


def _siblings(element: Tag) -> Iterator[tuple[PageElement, bool]]:
    """Yield the siblings of an element, each with whether it comes later."""
    yield from ((sibling, False) for sibling in element.previous_siblings)
    yield from ((sibling, True) for sibling in element.next_siblings)


def _is_prose(block: Block) -> bool:
    return len(block.text) >= _SENTENCE_CHARS and block.link_share <= 0.35 and block.heading is None


def _is_headline(text: str) -> bool:
    """Return whether a heading has the length of a headline and is not a numbered entry of a list."""
    return (
        len(text.split()) >= _MIN_HEADLINE_WORDS
        and not _NUMBERED.search(text)
        and not text.endswith((":", "?"))
    )


def _kind(element: Tag) -> frozenset[str]:
    """Return the class names of an element without numbers, and without names that lay out any part of a page."""
    return frozenset(_names(label_of(element).split()))


def _names(words: Sequence[str]) -> Iterator[str]:
    for word in words:
        name = _DIGITS.sub("", word.lower())
        if name and not _COMMON_NAMES.search(name):
            yield name


def _is_same_kind(one: Tag, other: Tag) -> bool:
    """Return whether two elements are marked alike: `story` and `story last`, `post-101` and `post-102`."""
    names, others = _kind(one), _kind(other)
    return one.name == other.name and bool(names and others) and (names <= others or others <= names)
