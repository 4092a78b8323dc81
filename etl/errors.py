"""The errors a stage may raise, and what the caller does about each.

MulaqatError
├── TransientError        try again: the cause may pass (a lock, a network)
│   └── WarehouseLocked   another process holds the working database
├── PermanentError        do not try again: a person must act; the message says what to do
│   ├── BadSetting        a setting or argument is unusable
│   ├── ModelsMissing     no Stanza models where the settings point
│   └── AuditBlocked      a day broke a blocking audit check and was rolled back
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
    "duplicate_url",
]
"""Why one article was refused (closed list; the warehouse stores the word as it stands here).

bad_json: the line or file is no JSON object; bad_record: a field has the wrong type or is missing;
bad_published_at: not ISO 8601; no_text: nothing left after cleaning; too_short: fewer than 40 characters;
not_hindi: fewer than half of the letters are Devanagari; duplicate_url: another revision of the same article was kept.
"""


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
