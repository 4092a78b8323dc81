"""Failure records: the raw record of a URL or file that could not be collected, with the reason."""

import json

from etl.domain.characters import mend_surrogates
from etl.domain.raw import FAILURE_TYPE, RawRecord
from etl.errors import RejectReason


def make_failure(
    source_name: str, uri: str, reason: RejectReason, detail: str, partition_day: str, *, place: str = ""
) -> RawRecord:
    """Return the raw record of a URL or file that could not be collected. Clean rejects it for the same reason."""
    payload = json.dumps(
        {"reason": reason, "detail": mend_surrogates(detail)}, ensure_ascii=False, sort_keys=True
    )
    return RawRecord(
        source_name, uri, FAILURE_TYPE, payload.encode(), partition_day, kind="failure", place=place
    )
