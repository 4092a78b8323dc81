"""The source of kind "inbox": articles lying in files, as engineers load dumps.

A `.jsonl` file holds one article a line; a `.txt` file is one article's text with its metadata beside it in a
`.json` file of the same name. Both become the same raw payload: a JSON object with the fields `url`, `title`,
`text`, `published_at`, `source`, of which only `text` must be there.
"""

import hashlib
import json
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

from etl.errors import BadSetting, RejectedArticle
from etl.models import IST, UNDATED, RawArticle, RawRecord

DEFAULT_SOURCE = "inbox"
_CONTENT_TYPE = "application/json"


def read_inbox(path: Path, default_day: str | None = None) -> Iterator[RawRecord]:
    """Yield what lies in a JSONL file, a TXT file, or a folder of both (searched in name order).

    Args:
        path: a file or folder.
        default_day: partition of readable articles without a publication date; None files them `UNDATED`.

    Yields:
        One record a line or file, also for those that cannot be parsed: cleaning rejects them by name.

    Raises:
        BadSetting: the path does not exist or is no `.jsonl` or `.txt` file.
    """
    if path.is_dir():
        for file in sorted(path.rglob("*")):
            if file.suffix in _READERS:
                yield from _read_file(file, default_day)
    elif path.is_file() and path.suffix in _READERS:
        yield from _read_file(path, default_day)
    else:
        raise BadSetting(f"{path}: no such folder, nor a .jsonl or .txt file")


def parse_article(record: RawRecord) -> RawArticle:
    """Read one raw payload.

    Raises:
        RejectedArticle: `bad_json`, `bad_record` or `bad_published_at`.
    """
    try:
        fields = json.loads(record.payload)
    except ValueError as error:
        raise RejectedArticle("bad_json", str(error)) from error
    if not isinstance(fields, dict):
        raise RejectedArticle("bad_record", f"expected a JSON object, found {type(fields).__name__}")
    text = _text_field(fields, "text")
    if text is None:
        raise RejectedArticle("bad_record", "the field text is missing")
    return RawArticle(
        source_name=_text_field(fields, "source") or DEFAULT_SOURCE,
        url=_text_field(fields, "url"),
        title=_text_field(fields, "title"),
        text=text,
        published_at=_parse_time(_text_field(fields, "published_at")),
    )


def _read_file(file: Path, default_day: str | None) -> Iterator[RawRecord]:
    return (_file_record(payload, default_day) for payload in _READERS[file.suffix](file))


def _file_record(payload: bytes, default_day: str | None) -> RawRecord:
    uri = f"urn:sha256:{hashlib.sha256(payload).hexdigest()}"
    unread = RawRecord(DEFAULT_SOURCE, uri, _CONTENT_TYPE, payload, UNDATED)
    try:
        article = parse_article(unread)
    except RejectedArticle:
        return unread
    published = article.published_at
    day = published.astimezone(IST).date().isoformat() if published else default_day or UNDATED
    return RawRecord(article.source_name, article.url or uri, _CONTENT_TYPE, payload, day)


def _read_jsonl(file: Path) -> Iterator[bytes]:
    with file.open("rb") as lines:
        for line in lines:
            if line.strip():
                yield line.strip()


def _read_text(file: Path) -> Iterator[bytes]:
    sidecar = file.with_suffix(".json")
    metadata = sidecar.read_bytes() if sidecar.exists() else b"{}"
    try:
        fields = json.loads(metadata)
        text = file.read_text(encoding="utf-8")
    except ValueError:
        yield metadata + b"\n" + file.read_bytes()
        return
    yield json.dumps({**fields, "text": text}, ensure_ascii=False, sort_keys=True).encode()


_READERS = {".jsonl": _read_jsonl, ".txt": _read_text}


def _text_field(fields: dict[str, object], name: str) -> str | None:
    value = fields.get(name)
    if value is not None and not isinstance(value, str):
        raise RejectedArticle("bad_record", f"{name} is {type(value).__name__}, not text")
    return value.strip() or None if value else None


def _parse_time(text: str | None) -> datetime | None:
    """Parse ISO 8601; a time without zone is Indian Standard Time, a date alone its midnight."""
    if text is None:
        return None
    try:
        moment = datetime.fromisoformat(text)
    except ValueError as error:
        raise RejectedArticle("bad_published_at", f"{text!r} is not ISO 8601") from error
    return moment if moment.tzinfo else moment.replace(tzinfo=IST)
