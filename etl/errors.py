"""The errors a stage may raise, and what the caller does about each.

MulaqatError
├── TransientError        try again: the cause may pass (a lock, a network)
│   └── WarehouseLocked   another process holds the working database
├── PermanentError        do not try again: a person must act; the message says what to do
│   ├── BadSetting        a setting or argument is unusable
│   ├── ModelsMissing     no Stanza models where the settings point
│   ├── TooManyRejected   more of a day was refused than the caller allows
│   ├── PartitionClosed   a day's raw files were removed on purpose: it cannot be rebuilt
│   ├── StageIncomplete   files of an earlier stage are missing or damaged: run that stage again
│   └── AuditBlocked      a day broke a blocking audit check and was rolled back
├── FetchFailed           this one address gave no page; it is tried again, or counted with its reason
└── RejectedArticle       this one article cannot be used; it is counted, the stage goes on
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
"""Why one article was refused (closed list; the warehouse stores the word as it stands here).

bad_json: the line or file is no JSON object; bad_record: a field has the wrong type or is missing;
bad_published_at: not ISO 8601; no_text: nothing left after cleaning; too_short: fewer than 40 characters;
not_hindi: fewer than half of the letters are Devanagari, or the language is another one; legacy_font: Devanagari
typed for a font that draws Latin letters as Hindi; duplicate_url: another revision of the same article was kept.

bad_file: a file that cannot be opened as what its name says.

Pages: not_html: no element in it; paywalled: only its beginning is free; video_page: hardly any text beside a video.
Addresses that gave no page: bad_url: no http(s) URL; address_refused: it leads to a private or local address;
robots_denied: robots.txt forbids it; bad_redirect: too many, or to where we do not go; not_found: 404 or 410;
http_error: another answer without a page; too_large: beyond the size limit, packed or unpacked; unreachable: it
failed (time-out, connection, 429, 5xx) as often as we try.
"""

UNREADABLE_REASONS: frozenset[RejectReason] = frozenset(
    ["bad_json", "bad_record", "bad_published_at", "not_html", "no_text", "paywalled", "video_page"]
)
"""Those that say: something came, and no article's fields could be read from it."""


class MulaqatError(Exception):
    """Base of every error this project raises on purpose."""


class TransientError(MulaqatError):
    """The cause may pass by itself: retry with back-off."""


class WarehouseLocked(TransientError):
    """Another process held the working database for longer than we wait."""


class PermanentError(MulaqatError):
    """Trying again cannot help; the message tells a person what to do."""


class BadSetting(PermanentError):
    """A setting or argument is unusable."""


class ModelsMissing(PermanentError):
    """No Stanza models lie where the settings point."""


class TooManyRejected(PermanentError):
    """More of a partition was refused than the caller allows."""


class PartitionClosed(PermanentError):
    """A partition's raw files were removed by retention; what is stored of it stays as it is."""


class StageIncomplete(PermanentError):
    """Files that an earlier stage should have left are missing or damaged."""


class AuditBlocked(PermanentError):
    """A partition broke a blocking audit check; its transaction was rolled back."""


class RejectedArticle(MulaqatError):
    """One article cannot be used.

    Attributes:
        reason: one word of the closed list.
        detail: what was seen, for a person.
    """

    def __init__(self, reason: RejectReason, detail: str) -> None:
        super().__init__(f"{reason}: {detail}")
        self.reason: RejectReason = reason
        self.detail = detail


class FetchFailed(MulaqatError):
    """One address gave no page.

    Attributes:
        reason: one word of the closed list.
        detail: what was seen, for a person.
        may_pass: another try, later, may succeed.
    """

    def __init__(self, reason: RejectReason, detail: str, *, may_pass: bool = False) -> None:
        super().__init__(f"{reason}: {detail}")
        self.reason: RejectReason = reason
        self.detail = detail
        self.may_pass = may_pass
