"""Read the article that a page carries only as state of its program: `__NEXT_DATA__`, `__NUXT__`, Fusion, and others.

The state describes menus and other stories as well. The article is the object whose headline the page shows and that
has the most Hindi text.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from urllib.parse import unquote

from etl.extract.page.agreement import is_same_story
from etl.extract.page.item_text import read_lines
from etl.extract.page.items import Properties
from etl.extract.page.js_literal import read_literal, unescape_string
from etl.extract.page.lenient_json import Json, parse_json_script, read_value
from etl.extract.page.limits import LIMITS
from etl.extract.page.plain import one_line
from etl.extract.page.scripts import Script

_HINDI_WRITTEN = re.compile(r"[\u0900-\u097f]|\\u09[0-7]|%E0%A4", re.I)
_HINDI = re.compile(r"[\u0900-\u097f]")
_START = re.compile(r"[=(,]\s{0,9}(?=[{\[(]|JSON\.parse\(|decodeURIComponent\()")
_STRING_CALL = re.compile(r"""(?:JSON\.parse\(|decodeURIComponent\(|\s){1,9}(?=["'`])""")
_QUOTED = re.compile(r'"(?:[^"\\]++|\\.)*+"|\'(?:[^\'\\]++|\\.)*+\'|`(?:[^`\\]++|\\.)*+`', re.S)
_MAX_FAILURES = 8
_FLIGHT = re.compile(r"__next_f\.push\(\s?(?=\[)")
_FLIGHT_ROW = re.compile(r"^[0-9a-f]{1,6}:(?=[\[{])", re.M)
_FLIGHT_TEXT = re.compile(r"[0-9a-f]{1,6}:T[0-9a-f]{1,8},")
_TITLE_KEYS = ("headline", "title", "headlines", "name", "heading", "storyheadline", "newstitle", "posttitle")
_DATE_KEYS = (
    "publishedat", "publishdate", "datepublished", "publisheddate", "firstpublishdate", "displaydate", "publishedtime",
    "publishtime", "publishedon", "pubdate", "createdat", "date", "firstpublishedat", "creationdate",
)  # fmt: skip
_BODY_KEYS = (
    "articlebody", "contentelements", "body", "content", "story", "storybody", "fullstory", "storycontent", "html",
    "contenthtml", "bodyhtml", "text", "description", "longdescription", "paragraphs", "blocks",
)  # fmt: skip
_TEXT_KEYS = (
    "text", "content", "html", "value", "body", "children", "data", "contentelements", "blocks", "elements",
    "paragraphs", "sections", "paragraph", "rendered", "processed",
)  # fmt: skip
_OTHER_KEYS = re.compile(
    r"related|recommend|comment|trending|latest|popular|more|next|prev|seo|meta|author|tag|breadcrumb|menu|nav|footer|"
    r"header|caption|image|video|gallery|\bads?\b|widget|slug|url|title|headline|keyword|share|categor"
)
_OTHER_TYPES = re.compile(r"image|video|gallery|link|embed|ad$|advert|related|reference|social|tweet")
_LINE_TYPES = re.compile(
    r"^(?:p|paragraph|h[1-6]|heading|header|li|listitem|list-item|quote|blockquote|text)$"
)
_MIN_LETTERS, _MIN_HEADLINE_WORDS = 100, 5
_MAX_DEPTH, _MAX_POSITIONS = 40, 6


@dataclass(frozen=True, slots=True)
class StateArticle:
    """An article in the state of a page's program.

    Attributes:
        lines: paragraphs.
        published: texts of the time of publication, not parsed.
    """

    title: str | None
    lines: tuple[str, ...]
    published: tuple[str, ...]


def read_state_article(scripts: Iterable[Script], titles: Sequence[str]) -> StateArticle | None:
    """Return the article of the page in the JSON or JavaScript of its scripts; None if there is none.

    Args:
        scripts: of the page.
        titles: headlines that the page shows. If none is longer than the name of a site, the only object with a
            headline and text is taken.
    """
    objects = [found for state in _read_states(scripts) for found in _iterate_objects(state)]
    candidates: list[tuple[str, Properties]] = []
    for found in objects[: LIMITS.values]:
        title = _title(found)
        if title and _could_have_text(found):
            candidates.append((title, found))
    shown = [pair for pair in candidates if any(is_same_story(pair[0], title) for title in titles)]
    if not shown and any(len(title.split()) >= _MIN_HEADLINE_WORDS for title in titles):
        return None
    articles = [_make_article(title, found) for title, found in (shown or candidates)[: LIMITS.items]]
    articles = [article for article in articles if _letter_count(article.lines) >= _MIN_LETTERS]
    if not shown and len({article.lines for article in articles}) > 1:
        return None
    return max(articles, key=lambda article: _letter_count(article.lines), default=None)


def _read_states(scripts: Iterable[Script]) -> Iterator[Json]:
    flight: list[Json] = []
    for script in scripts:
        if script.media_type == "application/ld+json" or len(script.text) > LIMITS.script:
            continue
        if _FLIGHT.search(script.text):
            flight += _read_flight_calls(script.text)
            continue
        if not _HINDI_WRITTEN.search(script.text):
            continue
        if script.media_type.endswith("json"):
            for value in parse_json_script(script.text):
                yield _unflatten(value) if isinstance(value, list) else value
        else:
            yield from _read_assignments(script.text)
    yield from _read_flight(flight)


def _read_assignments(text: str) -> Iterator[Json]:
    """Yield the objects that a script assigns to a variable or passes to a function."""
    at = failures = 0
    while failures < _MAX_FAILURES and (start := _START.search(text, at)):
        at = start.end()
        found = _read_string_call(text, at) or read_value(text, at) or _read_literal(text, at)
        if found is None:
            failures += 1
            continue
        value, at = found
        if isinstance(value, dict | list) and value:
            yield value


def _read_string_call(text: str, at: int) -> tuple[Json, int] | None:
    """Read `JSON.parse("…")`, also of `decodeURIComponent("…")`."""
    call = _STRING_CALL.match(text, at)
    quoted = _QUOTED.match(text, call.end()) if call else None
    if quoted is None:
        return None
    content = unescape_string(quoted[0])
    inner = read_value(unquote(content) if content.startswith("%") else content, 0)
    return (inner[0], quoted.end()) if inner else None


def _read_literal(text: str, at: int) -> tuple[Json, int] | None:
    try:
        return read_literal(text, at)
    except (ValueError, RecursionError):
        return None


def _read_flight_calls(text: str) -> Iterator[Json]:
    """Yield the pieces of the stream of a Next.js page, which its scripts pass to `__next_f.push`."""
    for call in _FLIGHT.finditer(text):
        found = read_value(text, call.end())
        yield from found[0] if found and isinstance(found[0], list) else ()


def _read_flight(pieces: Iterable[Json]) -> Iterator[Json]:
    """Yield the rows of the stream: a number, a colon, a JSON value."""
    stream = _FLIGHT_TEXT.sub("\n", "".join(piece for piece in pieces if isinstance(piece, str)))
    for row in _FLIGHT_ROW.finditer(stream):
        if found := read_value(stream, row.end()):
            yield found[0]


def _unflatten(values: list[Json]) -> Json:
    """Return the objects of a Nuxt 3 page, whose state is a list in which objects refer to values by position.

    Any other list is returned unchanged.
    """
    objects = [value for value in values if isinstance(value, dict)]
    numbers = [part for value in objects for part in value.values()]
    if not objects or not all(isinstance(part, int) and -9 < part < len(values) for part in numbers):
        return values
    positions = _Positions(values)
    return [{key: positions.read(part) for key, part in value.items()} for value in objects]


class _Positions:
    """Follows positions in the list of a Nuxt 3 page, up to the limit of values: lists may repeat one another."""

    def __init__(self, values: list[Json]) -> None:
        self._values = values
        self._remaining = LIMITS.values

    def read(self, position: Json, depth: int = 0) -> Json:
        """Return the value at a position; None for the negative ones, which stand for undefined and NaN."""
        self._remaining -= 1
        if not isinstance(position, int) or position < 0 or depth > _MAX_POSITIONS or self._remaining < 0:
            return None
        value = self._values[position] if position < len(self._values) else None
        if isinstance(value, list):
            return [self.read(part, depth + 1) for part in value]
        if isinstance(value, dict):
            return {key: self.read(part, depth + 1) for key, part in value.items()}
        return value


def _iterate_objects(state: Json) -> Iterator[Properties]:
    """Yield the objects of a state, outer ones first, up to the limit of values."""
    waiting: list[tuple[Json, int]] = [(state, 0)]
    count = 0
    while waiting and count < LIMITS.values:
        value, depth = waiting.pop()
        count += 1
        if isinstance(value, dict):
            yield value
        parts = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
        if depth < _MAX_DEPTH:
            waiting += [(part, depth + 1) for part in parts if isinstance(part, dict | list)][::-1]


def _plain_key(key: str) -> str:
    return key.lower().replace("_", "").replace("-", "")


def _title(found: Properties) -> str | None:
    """Return the headline of an object: a text, or an object with a text under `basic` or `rendered`."""
    keys = {_plain_key(key): key for key in found}
    for name in _TITLE_KEYS:
        value = found.get(keys.get(name, ""))
        if isinstance(value, dict):
            value = next((value[key] for key in ("basic", "rendered", "main", "text") if key in value), None)
        if isinstance(value, str) and (line := one_line(value[: LIMITS.title])):
            return line
    return None


def _could_have_text(found: Properties) -> bool:
    return any(
        isinstance(value, str | list | dict) and not _OTHER_KEYS.search(key.lower())
        for key, value in found.items()
    )


def _make_article(title: str, found: Properties) -> StateArticle:
    """Build the article of an object: its text is the body, else the property with the most Hindi letters."""
    keys = {_plain_key(key): key for key in found}
    named = (_take_lines(found[keys[name]]) for name in _BODY_KEYS if name in keys)
    lines = next((lines for lines in named if _letter_count(lines) >= _MIN_LETTERS), None)
    if lines is None:
        other = (value for key, value in found.items() if not _OTHER_KEYS.search(key.lower()))
        lines = max(map(_take_lines, other), key=_letter_count, default=())
    dates = (found.get(keys.get(name, "")) for name in _DATE_KEYS)
    published = tuple(
        str(date) for date in dates if isinstance(date, str | int) and not isinstance(date, bool)
    )
    return StateArticle(title, lines, published)


def _take_lines(value: Json) -> tuple[str, ...]:
    """Return the paragraphs of a value up to the limit of an article: functions may repeat a text without end."""
    lines: list[str] = []
    length = 0
    for line in _read_text(value):
        lines.append(line)
        length += len(line)
        if length > LIMITS.text:
            break
    return tuple(lines)


def _read_text(value: Json, depth: int = 0) -> Iterator[str]:
    """Yield the paragraphs of a text, of a list of parts, or of an object with text."""
    if isinstance(value, str) and _HINDI.search(value):
        yield from read_lines(value)
    elif isinstance(value, list) and depth < _MAX_DEPTH:
        for part in value:
            yield from _read_text(part, depth + 1)
    elif isinstance(value, dict) and depth < _MAX_DEPTH and not _OTHER_TYPES.search(_type_of(value)):
        if _is_one_line(value):
            yield from read_lines("".join(_read_pieces(value, depth)))
            return
        for part in _text_parts(value):
            lines = _read_text(part, depth + 1)
            if (first := next(lines, None)) is not None:
                yield first
                yield from lines
                break


def _read_pieces(value: Json, depth: int) -> Iterator[str]:
    """Yield the texts of the parts of one paragraph, with their spaces."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, list) and depth < _MAX_DEPTH:
        for part in value:
            yield from _read_pieces(part, depth + 1)
    elif isinstance(value, dict) and depth < _MAX_DEPTH:
        for part in _text_parts(value)[:1]:
            yield from _read_pieces(part, depth + 1)


def _text_parts(value: Properties) -> list[Json]:
    """Return the properties of an object that may have its text, most likely first."""
    keys = {_plain_key(key): key for key in value}
    return [value[keys[name]] for name in _TEXT_KEYS if name in keys]


def _is_one_line(value: Properties) -> bool:
    """Return whether an object is a paragraph whose text is split into parts of different styles."""
    children = value.get("children", value.get("content"))
    return bool(_LINE_TYPES.match(_type_of(value))) and isinstance(children, list)


def _type_of(value: Properties) -> str:
    return str(value.get("type") or value.get("nodeType") or value.get("_type") or "").lower()


def _letter_count(lines: Iterable[str]) -> int:
    return sum(len(_HINDI.findall(line)) for line in lines)
