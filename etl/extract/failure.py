"""What is kept in raw where there is no page or file to keep: the reason."""

import json

from etl.domain.raw import FAILURE_TYPE, RawRecord
from etl.errors import RejectReason


def make_failure(
    source_name: str, uri: str, reason: RejectReason, detail: str, partition_day: str
) -> RawRecord:
    """Return the raw record of something that was known and could not be had; cleaning rejects it by its reason."""
    why = json.dumps({"reason": reason, "detail": detail}, ensure_ascii=False, sort_keys=True)
    return RawRecord(source_name, uri, FAILURE_TYPE, why.encode(), partition_day)
