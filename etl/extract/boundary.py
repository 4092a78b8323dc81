"""The boundary around one record: whatever goes wrong while it is read rejects that record and nothing else."""

import logging
import re
from collections.abc import Iterator
from contextlib import contextmanager

from etl.domain.characters import one_line
from etl.errors import MulaqatError, RejectedArticle, RejectReason

_MAX_MESSAGE_CHARS = 200
_ADDRESS = re.compile(r"0x[0-9a-f]{4,}")
log = logging.getLogger(__name__)


@contextmanager
def reject_errors(place: str) -> Iterator[None]:
    """Reject the record that is read in this context if an unexpected error occurs, and log the traceback.

    Args:
        place: file and line, or URL, for the log.

    Raises:
        RejectedArticle: `too_costly` for a lack of memory, `unreadable` for any other error. Our own errors pass.
    """
    try:
        yield
    except MulaqatError:
        raise
    except Exception as error:
        log.exception("cannot read %s", one_line(place))
        reason: RejectReason = "too_costly" if isinstance(error, MemoryError) else "unreadable"
        raise RejectedArticle(reason, describe_error(error)) from error


def describe_error(error: Exception) -> str:
    """Return type and message of an error in one line that is the same in every run."""
    message = _ADDRESS.sub("0x…", one_line(str(error)[:_MAX_MESSAGE_CHARS]))
    return f"{type(error).__name__}: {message}" if message else type(error).__name__
