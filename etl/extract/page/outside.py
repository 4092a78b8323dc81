"""Recognise elements that are not part of an article, by tag name, class or id."""

import re

from bs4 import Tag

from etl.extract.page.limits import LIMITS

_TAGS = frozenset({
    "nav", "footer", "aside", "form", "button", "select", "figcaption", "menu", "dialog", "amp-sidebar",
})  # fmt: skip
_LABELS = re.compile(
    r"""(?:^|[-_\s])(?:
      nav(?:bar|igation)?|menu|footer|header|topbar|sidebar|side[-_]?bar|rhs|breadcrumbs?|bread[-_]crumb|
      share|sharing|social(?:[-_]\w{1,30})?|follow(?:[-_]?us)?|subscribe|newsletter|notification|app[-_]?download|
      related\w{0,30}|read[-_]?(?:more|also|next)|also[-_]?read|recommend\w{0,30}|trending|popular|
      most[-_]?\w{0,30}read|more[-_]?(?:news|stories|from)|latest[-_]?news|top[-_]?news|next[-_]?(?:story|article)|
      widget|promo\w{0,30}|taboola\w{0,30}|outbrain\w{0,30}|ads?|advert\w{0,30}|adsbox|sponsor\w{0,30}|
      google[-_]?ad\w{0,30}|comments?|comment[-_]\w{1,30}|disqus\w{0,30}|
      tags?|tag[-_]?(?:list|cloud)|topics?|keywords?|byline|author\w{0,30}|caption\w{0,30}|credits?|
      gallery|slider|carousel|ticker|popup|modal|cookie\w{0,30}|login|signup|poll|rating|copyright|disclaimer
    )(?:$|[-_\s])""",
    re.I | re.X,
)


def is_outside_article(element: Tag) -> bool:
    """Return whether tag name, class or id of an element mark it as not part of an article."""
    return element.name in _TAGS or bool(_LABELS.search(label_of(element)))


def label_of(element: Tag) -> str:
    """Return class and id of an element, cut at the limit of an attribute."""
    names = element.get("class") or ()
    classes = names if isinstance(names, str) else " ".join(names)
    return f"{classes[: LIMITS.attribute]} {str(element.get('id') or '')[: LIMITS.attribute]}".strip()
