"""The errors that stages raise, and how a caller handles each.

MulaqatError
├── TransientError        retry: the cause may pass (a lock, a network)
│   └── WarehouseLocked   another process holds the working database
├── PermanentError        do not retry: a person must act; the message says how
│   ├── BadSetting        a setting or argument is invalid
│   ├── ModelsMissing     the models folder holds no Stanza models
│   ├── TooManyRejected   more of a day was rejected than the caller allows
│   ├── PartitionClosed   retention removed the raw files of a day: it cannot be rebuilt
│   ├── ArchiveDamaged    a file of the raw archive does not contain what was written; the message says how to go on
│   ├── StageIncomplete   files of an earlier stage are missing or damaged: run that stage again
│   └── AuditBlocked      a day failed a blocking audit check and was rolled back
├── FetchFailed           one URL gave no page; it is retried, or counted with its reason
└── RejectedArticle       one article cannot be used; it is counted and the stage continues
"""

from typing import Literal

RejectReason = Literal[
    "bad_json",
    "bad_record",
    "bad_published_at",
    "no_text",
    "too_short",
    "not_hindi",
    "legacy_font",
    "duplicate_url",
    "bad_file",
    "unreadable",
    "too_costly",
    "too_long",
    "not_html",
    "paywalled",
    "video_page",
    "bad_url",
    "address_refused",
    "robots_denied",
    "bad_redirect",
    "not_found",
    "http_error",
    "too_large",
    "unreachable",
]
"""Why an article was rejected (closed list; the warehouse stores these words).

Records: bad_json: the line or file is not a JSON object; bad_record: a field is missing or has the wrong type;
bad_published_at: no longer given: the article is undated; no_text: cleaning left nothing; too_short: fewer than 40
characters; not_hindi: fewer than half of the letters are Devanagari, or the language is another one; legacy_font: Hindi
typed as Latin letters for a legacy font; duplicate_url: another revision of the article was kept; bad_file: the file is
not of the type that its name says; unreadable: an unexpected error while reading the record; too_costly: reading it
exceeds the limits of time, memory or nesting; too_long: a line, title or text exceeds its limit.

Pages: not_html: contains no element; paywalled: only the beginning is free; video_page: a video with hardly any text.

URLs without a page: bad_url: not an http(s) URL; address_refused: resolves to a private or local address;
robots_denied: robots.txt forbids it; bad_redirect: too many redirects, or to a forbidden address; not_found: 404 or
410; http_error: another response without a page; too_large: over the size limit, compressed or not; unreachable: every
attempt failed (timeout, connection, 429, 5xx).
"""

UNREADABLE_REASONS: frozenset[RejectReason] = frozenset(
    [
        "bad_json",
        "bad_record",
        "bad_published_at",
        "unreadable",
        "too_costly",
        "not_html",
        "no_text",
        "paywalled",
        "video_page",
    ]
)
"""Reasons that mean: something was fetched, but no article could be read from it."""


class MulaqatError(Exception):
    """Base of every error that this project raises."""


class TransientError(MulaqatError):
    """The cause may pass: retry with back-off."""


class WarehouseLocked(TransientError):
    """Another process holds the working database; waiting for it timed out."""


class PermanentError(MulaqatError):
    """A retry cannot help; the message says what to do."""


class BadSetting(PermanentError):
    """A setting or argument is invalid."""


class ModelsMissing(PermanentError):
    """The models folder holds no Stanza models."""


class TooManyRejected(PermanentError):
    """More of a partition was rejected than the caller allows."""


class PartitionClosed(PermanentError):
    """Retention removed the raw files of a partition; its rows in the warehouse stay unchanged."""


class ArchiveDamaged(PermanentError):
    """A file of the raw archive, or one about to be added to it, does not contain what was written."""


class StageIncomplete(PermanentError):
    """Files of an earlier stage are missing or damaged."""


class AuditBlocked(PermanentError):
    """A partition failed a blocking audit check; its transaction was rolled back."""


class RejectedArticle(MulaqatError):
    """One article cannot be used.

    Attributes:
        reason: see `RejectReason`.
        detail: what was found, for people.
    """

    def __init__(self, reason: RejectReason, detail: str) -> None:
        super().__init__(f"{reason}: {detail}")
        self.reason: RejectReason = reason
        self.detail = detail


class FetchFailed(MulaqatError):
    """One URL gave no page.

    Attributes:
        reason: see `RejectReason`.
        detail: what was found, for people.
        is_transient: a later attempt may succeed.
    """

    def __init__(self, reason: RejectReason, detail: str, *, is_transient: bool = False) -> None:
        super().__init__(f"{reason}: {detail}")
        self.reason: RejectReason = reason
        self.detail = detail
        self.is_transient = is_transient
