"""Write the working database anew: DuckDB reuses the room of deleted rows, and never gives it back."""

import time
from pathlib import Path

from etl.warehouse.connection import WORKING_STORAGE, open_working
from etl.warehouse.publish import check_copy, copy_database, remove_database, sync
from etl.warehouse.statements import query_sql

_LATECOMERS_SECONDS = 1.0
"""A process that opened the former file just before it was replaced finds it locked, and opens the new one."""


def compact_database(working_path: Path) -> None:
    """Replace the working database by a copy of itself without empty room; a killed run leaves the former one.

    Raises:
        PermanentError: the copy is not equal to its original.
        WarehouseLocked: another process held the working database.
    """
    partial = working_path.with_name(f".{working_path.name}.partial")
    with open_working(working_path) as con:
        try:
            remove_database(partial)
            con.execute("CHECKPOINT")  # so that no log of the former file lies beside the new one
            copy_database(con, partial, WORKING_STORAGE)
            check_copy(partial, query_sql(con, "publish/fingerprint.sql"))
            sync(partial)
            partial.replace(working_path)
            sync(working_path.parent)
            time.sleep(_LATECOMERS_SECONDS)
        finally:
            remove_database(partial)
