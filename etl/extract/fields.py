"""Parse the JSON object of one article from a file.

Only `text` is required. Any other field that cannot be read costs only itself: it is dropped and noted in
`RawArticle.extraction`.
"""

import json
import math
import re
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta

from etl.domain.characters import mend_surrogates, one_line
from etl.domain.days import IST, is_plausible_moment
from etl.domain.hindi import mend_doubled
from etl.domain.raw import RawArticle
from etl.errors import RejectedArticle
from etl.extract.markup import plain_text
from etl.extract.page.timestamps import find_visible_date, parse_timestamp

DEFAULT_SOURCE = "inbox"
_UNREADABLE, _OUT_OF_RANGE = "unreadable", "out_of_range"
FIELD_NAMES = ("url", "title", "text", "published_at", "source")
_MISSING = ("", "nan", "nat", "none", "null", "<na>")
"""What table libraries write, in any case, for a value that is not there."""
_MAX_CHARS = {"url": 8_000, "source": 1_000, "title": 10_000, "published_at": 200}
_NUMBER = re.compile(r"(-?\d{8,19})(?:\.\d*)?")
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_EPOCH_UNITS = {9: 1, 10: 1, 11: 1, 12: 10**3, 13: 10**3, 15: 10**6, 16: 10**6, 18: 10**9, 19: 10**9}
"""Units per second of an epoch time, by its number of digits."""
_DIGIT_FORMATS = {8: ("%Y%m%d", IST), 12: ("%Y%m%d%H%M", UTC), 14: ("%Y%m%d%H%M%S", UTC)}
"""Format and zone by number of digits: those who write a time so, GDELT and web archives, write UTC."""


@dataclass(slots=True)
class Fields:
    """The fields of one JSON object; names are matched without regard to case.

    Attributes:
        latest: last plausible day of publication; None: no limit.
        notes: the fields that were dropped so far, each with the reason.
    """

    values: dict[str, object]
    latest: date | None = None
    notes: dict[str, str] = field(default_factory=dict)

    def text(self, name: str) -> str | None:
        """Return an optional field as text without control characters; None if it is missing or unreadable."""
        value = self._value(name)
        if isinstance(value, int | float) and name != "url" and not isinstance(value, bool):
            value = str(value)
        if value is not None and not (isinstance(value, str) and len(value) <= _MAX_CHARS[name]):
            self.notes[name] = _UNREADABLE
            return None
        return one_line(plain_text(mend_doubled(mend_surrogates(value)))) or None if value else None

    def moment(self, name: str) -> datetime | None:
        """Return an optional field as a time with zone; None if it is missing, unreadable or not plausible."""
        value = self._value(name)
        if value is None:
            return None
        moment = parse_moment(value)
        if moment and is_plausible_moment(moment, self.latest):
            return moment
        self.notes[name] = _OUT_OF_RANGE if moment else _UNREADABLE
        return None

    def body(self) -> str:
        """Return the text of the article; a list of paragraphs is joined, HTML becomes lines.

        Raises:
            RejectedArticle: `bad_record`: there is no text, or it is something else.
        """
        value = self._value("text")
        if isinstance(value, list) and all(isinstance(item, str) for item in value):
            value = "\n".join(value)
        if value is None:
            raise RejectedArticle("bad_record", "the field text is missing")
        if not isinstance(value, str):
            raise RejectedArticle("bad_record", f"text is {type(value).__name__}, not text")
        return plain_text(mend_doubled(mend_surrogates(value))).strip()

    def _value(self, name: str) -> object:
        """Return a field's value; None if it is missing or is a word for a missing value."""
        value = self.values.get(name)
        if value is None:
            value = next((self.values[key] for key in self.values if key.strip().lower() == name), None)
        if isinstance(value, float) and not math.isfinite(value):
            return None
        return None if isinstance(value, str) and value.strip().lower() in _MISSING else value


def load_object(payload: bytes) -> dict[str, object]:
    """Parse a JSON object.

    Raises:
        RejectedArticle: `bad_json` or `bad_record`.
    """
    try:
        values = json.loads(payload)
    except ValueError as error:
        raise RejectedArticle("bad_json", str(error)) from error
    if not isinstance(values, dict):
        raise RejectedArticle("bad_record", f"expected a JSON object, found {type(values).__name__}")
    return values


def parse_fields(payload: bytes, latest: date | None = None) -> RawArticle:
    """Parse the JSON object of one article.

    Args:
        latest: last plausible day of publication; None: no limit.

    Raises:
        RejectedArticle: `bad_json` or `bad_record`.
    """
    fields = Fields(load_object(payload), latest)
    return RawArticle(
        source_name=fields.text("source") or DEFAULT_SOURCE,
        url=fields.text("url"),
        title=fields.text("title"),
        text=fields.body(),
        published_at=fields.moment("published_at"),
        extraction=";".join(f"{name}={note}" for name, note in fields.notes.items()) or None,
    )


def has_dropped_field(extraction: str | None) -> bool:
    """Return whether `RawArticle.extraction` notes a field that could not be read."""
    return (extraction or "").endswith((f"={_UNREADABLE}", f"={_OUT_OF_RANGE}"))


def parse_moment(value: object) -> datetime | None:
    """Return a time of any usual kind; without a zone it is in Indian Standard Time, a date alone means midnight there.

    Kinds: ISO 8601; RFC 2822; digits such as 20260302043000; epoch seconds to nanoseconds, as number or text; words in
    English or Hindi, day before month.
    """
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        return None
    text = f"{value:.6f}" if isinstance(value, float) else str(value).strip()
    if len(text) > _MAX_CHARS["published_at"]:
        return None
    if number := _NUMBER.fullmatch(text):
        return _from_digits(number[1])
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        return parse_timestamp(text) or find_visible_date(text)
    return moment if moment.tzinfo else moment.replace(tzinfo=IST)


def _from_digits(digits: str) -> datetime | None:
    if len(digits) in _DIGIT_FORMATS:
        layout, zone = _DIGIT_FORMATS[len(digits)]
        with suppress(ValueError):
            moment = datetime.strptime(digits, layout).replace(tzinfo=zone)
            if is_plausible_moment(moment):
                return moment.astimezone(IST)
    unit = _EPOCH_UNITS.get(len(digits.removeprefix("-")))
    try:
        return (
            (_EPOCH + timedelta(microseconds=int(digits) * 10**6 // unit)).astimezone(IST) if unit else None
        )
    except OverflowError:
        return None
