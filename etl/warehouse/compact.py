"""Rewrite the working database: DuckDB reuses the space of deleted rows but never returns it to the disk."""

import time
from pathlib import Path

from etl.warehouse.connection import WORKING_STORAGE, open_working
from etl.warehouse.publish import check_copy, copy_database, read_fingerprint, remove_database, sync

_LATECOMERS_SECONDS = 1.0
"""How long the new file stays locked: a process that opened the old file just before the swap then retries."""


def compact_database(working_path: Path) -> None:
    """Replace the working database with a copy of itself without free space; a killed run leaves the old file.

    Raises:
        PermanentError: the copy differs from the original.
        WarehouseLocked: another process held the working database.
    """
    partial = working_path.with_name(f".{working_path.name}.partial")
    with open_working(working_path) as con:
        try:
            remove_database(partial)
            con.execute(
                "CHECKPOINT"
            )  # empties the log, so that the old file's log is not read into the new file
            copy_database(con, partial, WORKING_STORAGE)
            check_copy(partial, read_fingerprint(con))
            sync(partial)
            partial.replace(working_path)
            sync(working_path.parent)
            time.sleep(_LATECOMERS_SECONDS)
        finally:
            remove_database(partial)
